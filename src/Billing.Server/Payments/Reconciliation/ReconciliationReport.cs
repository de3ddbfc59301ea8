using Billing.History;
using Billing.Server.Payments.Inbox;
using NodaTime;

namespace Billing.Server.Payments.Reconciliation;

/// <summary>What is compared, in this order; data moves down only.</summary>
public enum ReconciliationStep
{
    /// <summary>Every payment the gateway lists.</summary>
    Payments,

    /// <summary>Payments that our books hold as taken and its list did not have: asked for one by one.</summary>
    MissingPayments,

    /// <summary>Every refund it lists.</summary>
    Refunds,

    /// <summary>Every dispute it lists.</summary>
    Disputes,

    /// <summary>Attempts that are open in our books, however old: asked for one by one.</summary>
    OpenPayments,

    /// <summary>Refunds likewise.</summary>
    OpenRefunds,

    /// <summary>Disputes likewise.</summary>
    OpenDisputes,

    /// <summary>Cards of those for whom it matters now.</summary>
    Cards,

    /// <summary>Done.</summary>
    Finished,
}

/// <summary>
/// One comparison of our books with the gateway's: planned, under way or finished. It keeps how far it has come, so that
/// stopped anywhere it goes on there.
/// </summary>
public sealed class ReconciliationReport : IVersioned
{
    private ReconciliationReport()
    {
    }

    public Guid Id { get; private set; }

    /// <summary>When it is to begin.</summary>
    public Instant DueAt { get; private set; }

    /// <summary>When it began: the next one begins reading a little before.</summary>
    public Instant? StartedAt { get; private set; }

    public Instant? FinishedAt { get; private set; }

    /// <summary>From when on the gateway's books are read.</summary>
    public Instant Since { get; private set; }

    /// <summary>What is being compared.</summary>
    public ReconciliationStep Step { get; private set; }

    /// <summary>How far the list of this step was read.</summary>
    public Instant? ReadUpTo { get; private set; }

    /// <summary>How far our own rows of this step were asked about.</summary>
    public Guid? AskedUpTo { get; private set; }

    public int Payments { get; private set; }
    public int Refunds { get; private set; }
    public int Disputes { get; private set; }
    public int Cards { get; private set; }
    public int Healed { get; private set; }
    public int Differing { get; private set; }

    /// <inheritdoc/>
    public int Version { get; private set; }

    internal static ReconciliationReport Plan(Guid id, Instant dueAt, Instant since) => new() { Id = id, DueAt = dueAt, Since = since, Version = 1 };

    internal void Hasten(Instant to) => DueAt = Instant.Min(DueAt, to);

    internal void Begin(Instant now) => StartedAt ??= now;

    /// <summary>Counts something that was compared.</summary>
    internal void Count(Followed followed)
    {
        _ = Step switch
        {
            ReconciliationStep.Payments or ReconciliationStep.MissingPayments or ReconciliationStep.OpenPayments => Payments++,
            ReconciliationStep.Refunds or ReconciliationStep.OpenRefunds => Refunds++,
            ReconciliationStep.Disputes or ReconciliationStep.OpenDisputes => Disputes++,
            ReconciliationStep.Cards => Cards++,
            ReconciliationStep.Finished => throw new InvalidOperationException("It is finished."),
        };
        if (followed == Followed.Healed) Healed++;
        if (followed == Followed.Differs) Differing++;
    }

    internal void Reached(Instant upTo) => ReadUpTo = upTo;

    internal void Reached(Guid upTo) => AskedUpTo = upTo;

    /// <summary>On to the next step.</summary>
    internal void Turn(Instant now)
    {
        (Step, ReadUpTo, AskedUpTo) = (Step + 1, null, null);
        if (Step == ReconciliationStep.Finished) FinishedAt = now;
    }
}
