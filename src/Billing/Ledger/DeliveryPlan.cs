using Billing.Invoicing;
using NodaTime;

namespace Billing.Ledger;

/// <summary>
/// What is to be delivered of an invoice from a day on, after something changed what its lines say; append-only, the last one
/// counts. Invoices to which nothing happens have none.
/// </summary>
public sealed class DeliveryPlan
{
    private DeliveryPlan()
    {
    }

    /// <summary>The invoice.</summary>
    public InvoiceId InvoiceId { get; private set; }

    /// <summary>1, 2, 3 … for this invoice; two writers cannot take the same.</summary>
    public int Sequence { get; private set; }

    /// <summary>The subscription it bills.</summary>
    public SubscriptionId? SubscriptionId { get; private set; }

    /// <summary>What it becomes when it is delivered.</summary>
    public Account Revenue { get; private set; }

    /// <summary>The currency.</summary>
    public Currency Currency { get; private set; } = null!;

    /// <summary>What is to be delivered, in minor units.</summary>
    public long AmountMinor { get; private set; }

    /// <summary>What was given up of the invoice so far.</summary>
    public long TakenMinor { get; private set; }

    /// <summary>The first day it counts for; the days before are as the plan or the lines before it say.</summary>
    public LocalDate EffectiveOn { get; private set; }

    /// <summary>First day; none while it waits for a return.</summary>
    public LocalDate? StartsOn { get; private set; }

    /// <summary>First day after.</summary>
    public LocalDate? EndsOn { get; private set; }

    /// <summary>When we learned of it.</summary>
    public Instant At { get; private set; }

    /// <summary>The days; none while it waits.</summary>
    public Stretch? Stretch => StartsOn is { } start ? new(start, EndsOn!.Value, new(AmountMinor, Currency), start) : null;

    internal static DeliveryPlan Create(
        Invoice invoice, int sequence, Account revenue, long amount, long taken, LocalDate effectiveOn, Stretch? days, Instant now) => new()
        {
            InvoiceId = invoice.Id,
            Sequence = sequence,
            SubscriptionId = invoice.SubscriptionId,
            Revenue = revenue,
            Currency = invoice.Currency,
            AmountMinor = amount,
            TakenMinor = taken,
            EffectiveOn = effectiveOn,
            StartsOn = days?.Start,
            EndsOn = days?.End,
            At = now,
        };
}
