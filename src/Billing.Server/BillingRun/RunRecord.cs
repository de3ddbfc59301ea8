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

/// <summary>An item the run could not do, kept from being lost: shown to a person and tried again later.</summary>
public sealed class SetAsideItem
{
    public string Pass { get; set; } = null!;
    public Guid SubjectId { get; set; }

    /// <summary>What went wrong, without secrets.</summary>
    public string Error { get; set; } = null!;

    public int Failures { get; set; }
    public Instant FirstFailedAt { get; set; }
    public Instant LastFailedAt { get; set; }

    /// <summary>When the run takes it up again; an operator may make that now.</summary>
    public Instant RetryAt { get; set; }
}
