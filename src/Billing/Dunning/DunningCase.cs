using Billing.Customers;
using Billing.History;
using NodaTime;

namespace Billing.Dunning;

/// <summary>Where a case stands.</summary>
public enum CaseState
{
    /// <summary>Money is being asked for.</summary>
    Open,

    /// <summary>Exhausted: access has ended, everything is kept, one click returns.</summary>
    Parked,

    /// <summary>The money arrived.</summary>
    Recovered,

    /// <summary>Nothing is owed any more: voided, credited or written off.</summary>
    Settled,

    /// <summary>The customer went On the Beach.</summary>
    Paused,

    /// <summary>The customer moved to a smaller plan.</summary>
    MovedDown,

    /// <summary>The customer leaves.</summary>
    Left,

    /// <summary>We let it go.</summary>
    Forgiven,

    /// <summary>Nobody is asked any more by itself: support stopped it, or it was left to people.</summary>
    Stopped,

    /// <summary>The customer came back from being parked.</summary>
    Returned,

    /// <summary>Parked for so long that it ended for good.</summary>
    Ended,
}

/// <summary>How the money came.</summary>
public enum RecoveryRoute
{
    /// <summary>A silent retry, before anybody was written to.</summary>
    SilentRetry,

    /// <summary>A retry after a message.</summary>
    RetryAfterMessage,

    /// <summary>The expired card healed: the bank or the network did it, not we and not the customer.</summary>
    CardHealed,

    /// <summary>The customer put in a card, or chose another.</summary>
    NewCard,

    /// <summary>The second card, as the customer had agreed.</summary>
    BackupCard,

    /// <summary>On the day that the customer had chosen.</summary>
    Promise,

    /// <summary>The customer, or somebody for them, paid by hand.</summary>
    PaidNow,
}

/// <summary>All open invoices of one customer while they are asked for, so that one voice speaks. The ladder's steps live here.</summary>
public sealed partial class DunningCase : IVersioned
{
    /// <summary>The longest reason that is kept.</summary>
    public const int LongestWhy = 400;

    private DunningCase()
    {
    }

    /// <summary>The case's id.</summary>
    public DunningCaseId Id { get; private set; }

    /// <summary>Whose. At most one case of a customer is open.</summary>
    public CustomerId CustomerId { get; private set; }

    /// <summary>Where it stands.</summary>
    public CaseState State { get; private set; }

    /// <summary>The policy it began with and keeps.</summary>
    public int PolicyVersion { get; private set; }

    /// <summary>Which ladder it climbs.</summary>
    public string Ladder { get; private set; } = null!;

    /// <summary>The decline that chose the ladder.</summary>
    public string Code { get; private set; } = null!;

    /// <summary>The card that was declined.</summary>
    public CardId? CardId { get; private set; }

    /// <summary>The next rung.</summary>
    public int Rung { get; private set; }

    /// <summary>When the rung before was done, from which the next one is counted.</summary>
    public Instant LastStepAt { get; private set; }

    /// <summary>What happens next.</summary>
    public DunningStep NextStep { get; private set; }

    /// <summary>When; none once it is closed.</summary>
    public Instant? NextAt { get; private set; }

    /// <summary>The moment the ladder's own try was planned for; an attempt begun since then is that try.</summary>
    public Instant? RetryAt { get; private set; }

    /// <summary>Whether that try is the second card's.</summary>
    public bool IsOnBackup { get; private set; }

    /// <summary>Why that, and why then.</summary>
    public string NextWhy { get; private set; } = null!;

    /// <summary>The day of the first decline, where the customer lives.</summary>
    public LocalDate OpenedOn { get; private set; }

    /// <summary>The same, to the moment.</summary>
    public Instant OpenedAt { get; private set; }

    /// <summary>The customer's currency.</summary>
    public Currency Currency { get; private set; } = null!;

    /// <summary>Minor units that failed to be paid while it was open: what recovery is measured against.</summary>
    public long FailedMinor { get; private set; }

    /// <summary>How many invoices that were.</summary>
    public int FailedInvoices { get; private set; }

    /// <summary>Minor units that arrived while it was open.</summary>
    public long RecoveredMinor { get; private set; }

    /// <summary>Silent retries of the ladder.</summary>
    public int Retries { get; private set; }

    /// <summary>Retries after a machine failed, which use up no rung.</summary>
    public int MachineRetries { get; private set; }

    /// <summary>When a machine failed at the last try; none when the bank itself answered.</summary>
    public Instant? MachineFailedAt { get; private set; }

    /// <summary>Whether the second card, as agreed, was tried already.</summary>
    public bool BackupTried { get; private set; }

    /// <summary>Messages planned; also the number of the last one.</summary>
    public int Contacts { get; private set; }

    /// <summary>Whether support writes in person instead of the next message.</summary>
    public bool IsSilenced { get; private set; }

    /// <summary>The day the customer chose to pay on.</summary>
    public LocalDate? PromisedOn { get; private set; }

    /// <summary>How often the customer chose one.</summary>
    public int Promises { get; private set; }

    /// <summary>How many were not kept.</summary>
    public int PromisesBroken { get; private set; }

    /// <summary>Support said: nothing before that day.</summary>
    public LocalDate? GraceUntil { get; private set; }

    /// <summary>The day it was parked.</summary>
    public LocalDate? ParkedOn { get; private set; }

    /// <summary>How the money came.</summary>
    public RecoveryRoute? Route { get; private set; }

    /// <summary>The day it closed.</summary>
    public LocalDate? ClosedOn { get; private set; }

    /// <summary>Why it closed, in words.</summary>
    public string? ClosedWhy { get; private set; }

    /// <inheritdoc/>
    public int Version { get; private set; }

    /// <summary>Whether money is being asked for.</summary>
    public bool IsOpen => State == CaseState.Open;

    /// <summary>Whether it goes on in any way.</summary>
    public bool IsLive => State is CaseState.Open or CaseState.Parked;

    /// <summary>A payment failed: begins a case.</summary>
    public static DunningCase Begin(
        DunningCaseId id, Customer customer, DunningPolicy policy, string code, CardId? card, Instant now) => new()
        {
            Id = id,
            CustomerId = customer.Id,
            State = CaseState.Open,
            PolicyVersion = policy.Version,
            Ladder = DunningPolicy.LadderOf(code),
            Code = code,
            CardId = card,
            LastStepAt = now,
            NextStep = DunningStep.Wait,
            NextAt = now,
            NextWhy = "",
            OpenedAt = now,
            OpenedOn = customer.Today(now),
            Currency = customer.Currency,
            Version = 1,
        };

    /// <summary>An invoice failed to be paid and is asked for with the others; once for each.</summary>
    public void Join(Money due)
    {
        FailedMinor += due.Minor;
        FailedInvoices++;
    }
}
