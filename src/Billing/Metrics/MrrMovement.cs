using NodaTime;

namespace Billing.Metrics;

/// <summary>Why monthly recurring revenue moved.</summary>
public enum MrrMovementKind
{
    /// <summary>A customer's subscription is billed for the first time.</summary>
    New,

    /// <summary>It is worth more: seats, plan, price, or a discount that ended.</summary>
    Expansion,

    /// <summary>It is worth less.</summary>
    Contraction,

    /// <summary>It ended because the customer left.</summary>
    VoluntaryChurn,

    /// <summary>It ended because nothing could be collected.</summary>
    InvoluntaryChurn,

    /// <summary>It ended before and is billed again.</summary>
    Reactivation,

    /// <summary>It went On the Beach; above zero when one who was there was lost, so that the loss is not counted twice.</summary>
    ToBeach,

    /// <summary>It came back from the beach.</summary>
    BackFromBeach,

    /// <summary>It ended while on the beach.</summary>
    LostOnBeach,
}

/// <summary>One move of monthly recurring revenue; append-only. Opening plus movements is closing, every day.</summary>
public sealed class MrrMovement
{
    private MrrMovement()
    {
    }

    /// <summary>The subscription it belongs to.</summary>
    public SubscriptionId SubscriptionId { get; private set; }

    /// <summary>1, 2, 3 … for this subscription.</summary>
    public int Sequence { get; private set; }

    /// <summary>The customer.</summary>
    public CustomerId CustomerId { get; private set; }

    /// <summary>The plan at that moment.</summary>
    public PlanId PlanId { get; private set; }

    /// <summary>Why.</summary>
    public MrrMovementKind Kind { get; private set; }

    /// <summary>The day it counts from, in the customer's zone.</summary>
    public LocalDate On { get; private set; }

    /// <summary>The first day of the month it counts in.</summary>
    public LocalDate Month { get; private set; }

    /// <summary>The first day of the month in which the subscription was first worth something: its cohort.</summary>
    public LocalDate Cohort { get; private set; }

    /// <summary>The signed change, in minor units a month.</summary>
    public long AmountMinor { get; private set; }

    /// <summary>The currency.</summary>
    public Currency Currency { get; private set; } = null!;

    /// <summary>When we learned of it.</summary>
    public Instant RecordedAt { get; private set; }

    /// <summary>The run that took it into the daily totals; bookkeeping of the day's close, not part of the fact.</summary>
    public Guid? TotalledBy { get; private set; }

    internal static MrrMovement Create(
        SubscriptionId subscription, int sequence, CustomerId customer, PlanId plan, MrrMovementKind kind, LocalDate since,
        LocalDate on, Money amount, Instant now) => new()
        {
            SubscriptionId = subscription,
            Sequence = sequence,
            CustomerId = customer,
            PlanId = plan,
            Kind = kind,
            On = on,
            Month = FirstOfMonth(on),
            Cohort = FirstOfMonth(since),
            AmountMinor = amount.Minor,
            Currency = amount.Currency,
            RecordedAt = now,
        };

    private static LocalDate FirstOfMonth(LocalDate day) => day.With(DateAdjusters.StartOfMonth);
}
