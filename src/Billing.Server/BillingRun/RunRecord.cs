using NodaTime;

namespace Billing.Server.BillingRun;

/// <summary>How a run stands.</summary>
public enum RunState
{
    /// <summary>Under way.</summary>
    Running,

    /// <summary>Did all that was due.</summary>
    Finished,

    /// <summary>Its process was stopped or killed; the next run went on where it was.</summary>
    Interrupted,

    /// <summary>Ended by a bug outside any single item.</summary>
    Failed,
}

/// <summary>What remains of a run when it is over.</summary>
public sealed class RunRecord
{
    /// <summary>The most that is kept of an error; databases refuse a longer one, and then the run would never end.</summary>
    public const int LongestError = 1000;

    public Guid Id { get; set; }

    /// <summary>The billing clock at the start: what was due by then was done.</summary>
    public Instant AsOf { get; set; }

    /// <summary>Who began it: <c>schedule</c>, <c>key:name</c>, <c>operator</c>.</summary>
    public string StartedBy { get; set; } = null!;

    public RunState State { get; set; }
    public Instant StartedAt { get; set; }
    public Instant? FinishedAt { get; set; }

    /// <summary>What ended it, when it failed.</summary>
    public string? Error { get; set; }
}

/// <summary>What one pass of a run did.</summary>
public sealed class RunPass
{
    public Guid RunId { get; set; }
    public int Position { get; set; }
    public string Name { get; set; } = null!;

    /// <summary>How many were due when it began; catching up may find more.</summary>
    public int Due { get; set; }

    public int Done { get; set; }
    public int SetAside { get; set; }
    public long Milliseconds { get; set; }
}

/// <summary>Who runs the billing run now. One row; taken by a conditional update, lost when it is not renewed in time.</summary>
public sealed class RunLease
{
    /// <summary>The lease of the billing run.</summary>
    public const string BillingRun = "billing-run";

    /// <summary>How long a silent owner keeps it; longer than any gateway call.</summary>
    public static readonly Duration Time = Duration.FromMinutes(2);

    public string Name { get; set; } = null!;
    public Guid? Owner { get; set; }

    /// <summary>By the wall clock, never the sandbox's.</summary>
    public Instant? Until { get; set; }
}
