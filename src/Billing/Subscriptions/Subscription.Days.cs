using Billing.Periods;
using NodaTime;

namespace Billing.Subscriptions;

/// <content>Which days are being used, and what they are worth.</content>
public sealed partial class Subscription
{
    /// <summary>First day of the period whose days were banked and are used first since a return, or wait for it.</summary>
    public LocalDate? BankedStart { get; private set; }

    /// <summary>First day after it.</summary>
    public LocalDate? BankedEnd { get; private set; }

    /// <summary>How often its periods began to be counted anew.</summary>
    public int Restarts { get; private set; }

    /// <summary>The full natural period that was billed last and whose days are being used; none in a trial.</summary>
    public BillingPeriod? Billed => BankedStart is { } start ? new(NextPeriodIndex - 1, start, BankedEnd!.Value)
        : NextPeriodIndex > 0 ? Anchor.Period(NextPeriodIndex - 1)
        : null;

    /// <summary>First day of what its running discounts and invoices were made for.</summary>
    public LocalDate PaidFrom => BankedStart ?? CurrentStart;

    internal Subscription Copy() => (Subscription)MemberwiseClone();

    /// <summary>
    /// What is left on a day, that day included: as many days as until <see cref="CurrentEnd"/>, counted as the last ones of
    /// the period they were billed with.
    /// </summary>
    private Proration Unused(BillingPeriod billed, LocalDate from) =>
        Proration.Rest(billed, billed.End.PlusDays(-Period.DaysBetween(from, CurrentEnd)));

    /// <summary>What the period under way costs, with the reductions it was billed with.</summary>
    private PeriodCharge UnderWay(string planName, IEnumerable<SubscriptionDiscount> discounts) =>
        PeriodCharge.InForce(planName, Quantity, Unit, InForce(discounts));

    private IEnumerable<SubscriptionDiscount> InForce(IEnumerable<SubscriptionDiscount> discounts) =>
        discounts.Where(d => d.LastUsedOn == PaidFrom);

    /// <summary>Today, but no day before what is being used: who moves west lives a day twice, and used it the first time.</summary>
    private LocalDate DayInUse(Instant now) => LocalDate.Max(Today(now), CurrentStart);

    /// <summary>The period under way gives way; whether a discount is in force is told by the day, which may come again.</summary>
    private void LeavePeriod(IEnumerable<SubscriptionDiscount> discounts)
    {
        foreach (var discount in InForce(discounts)) discount.Rest();
        (BankedStart, BankedEnd) = (null, null);
    }

    private void MustBeHere()
    {
        if (WhyNotHere() is { } away) throw away;
    }

    private Refused? WhyNotHere() =>
        Lifecycle == Lifecycle.Paused ? new("on_a_break", "This subscription is On the Beach; come back first.")
        : Lifecycle == Lifecycle.Parked ? new("parked", "Access rests until what is open is paid; come back first.")
        : BreakStartsOn is { } on ? new("break_planned", $"A break begins on {on:uuuu'-'MM'-'dd}; take that back first.")
        : null;
}
