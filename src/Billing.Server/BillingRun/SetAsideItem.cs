using NodaTime;

namespace Billing.Server.BillingRun;

/// <summary>An item the run could not do, kept from being lost: shown to a person and tried again later.</summary>
public sealed class SetAsideItem
{
    /// <summary>The longest an item waits before the run tries it again.</summary>
    public static readonly Duration LongestWait = Duration.FromHours(24);

    private const int LongestError = 1000;

    public string Pass { get; set; } = null!;
    public Guid SubjectId { get; set; }

    /// <summary>What went wrong, without secrets.</summary>
    public string Error { get; set; } = null!;

    public int Failures { get; set; }
    public Instant FirstFailedAt { get; set; }
    public Instant LastFailedAt { get; set; }

    /// <summary>When the run takes it up again; an operator may make that now.</summary>
    public Instant RetryAt { get; set; }

    /// <summary>Counts a failure; the wait doubles from one hour to a day.</summary>
    public void Fail(Exception error, Instant now)
    {
        var innermost = error.GetBaseException();
        var text = $"{innermost.GetType().Name}: {innermost.Message}";
        Error = text.Length <= LongestError ? text : text[..LongestError];
        RetryAt = now + Duration.Min(Duration.FromHours(1L << Math.Min(Failures, 10)), LongestWait);
        Failures++;
        LastFailedAt = now;
    }
}
