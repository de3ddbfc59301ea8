using Billing.Customers;
using Billing.History;
using Billing.Metrics;
using Billing.Plans;
using NodaTime;

namespace Billing.Subscriptions;

/// <summary>Which price a customer who comes back pays.</summary>
public enum ComeBackPrice
{
    /// <summary>The one paid before, a negotiated one too.</summary>
    Kept,

    /// <summary>The price version sold today for the same plan and cadence.</summary>
    Todays,
}

/// <summary>What a coming back is decided on.</summary>
/// <param name="Customer">Who comes back; days are counted where the customer lives now.</param>
/// <param name="Plan">The plan it had.</param>
/// <param name="Sold">The price version sold today for that plan, in its currency and cadence.</param>
/// <param name="RestIsGivenBack">Whether an invoice whose period still runs was voided, or credited since the end.</param>
/// <param name="LostMrr">The MRR that its end took away; zero when it was worth nothing.</param>
/// <param name="Now">When.</param>
public sealed record ComeBackFacts(Customer Customer, Plan Plan, Price Sold, bool RestIsGivenBack, Money LostMrr, Instant Now);

/// <summary>A coming back, to be written down.</summary>
/// <param name="Fact">For the history.</param>
/// <param name="Movement">The MRR that is back at once, because what was billed still runs; else the first bill brings it.</param>
public sealed record Reactivation(CameBack Fact, MrrMovement? Movement);

/// <summary>A customer who had left came back to the same subscription, at <paramref name="Price"/>.</summary>
public sealed record CameBack(
    CustomerId CustomerId, LocalDate On, SubscriptionId SubscriptionId, PlanId PlanId, ComeBackPrice Price, long UnitAmountMinor,
    string Currency) : Fact(CustomerId, On);

/// <content>Coming back after the end.</content>
public sealed partial class Subscription
{
    /// <summary>For so many days after the end the old price is kept for whoever comes back; the last of them included.</summary>
    public const int DaysPriceIsKept = 90;

    /// <summary>The day it last came back after an end.</summary>
    public LocalDate? ReactivatedOn { get; private set; }

    /// <summary>Whether its last movement of MRR was a churn: then the next is a reactivation.</summary>
    public bool HasChurned { get; private set; }

    /// <summary>
    /// Takes up a subscription that has ended: same plan, cadence, seats and history; discounts that are not spent go on
    /// where they stopped. A new first period begins today and is due at once, without a trial.
    /// </summary>
    /// <remarks>
    /// Who ended it at once and comes back while what was billed still runs goes on in that period, or trial: nobody
    /// pays twice for a day. Unless the rest was given back: then a new period begins. Who was parked comes back at the price
    /// they had, whatever is sold meanwhile.
    /// </remarks>
    /// <exception cref="Refused"><c>subscription_not_ended</c>, <c>plan_retired</c>.</exception>
    /// <example>49.00 a month, ended on 28 February: back on 10 April at 49.00, from 30 May on at what Pro costs then.</example>
    public Reactivation ComeBack(ComeBackFacts facts)
    {
        if ((EndedOn ?? ParkedOn) is not { } ended || Lifecycle is not (Lifecycle.Ended or Lifecycle.Parked))
            throw new Refused("subscription_not_ended", "This subscription has not ended.");
        var parked = Lifecycle == Lifecycle.Parked;
        if (facts.Plan.RetiredAt is not null && !parked)
            throw new Refused("plan_retired", "This plan is no longer sold.");

        // Who moved west may be back on a date before the end.
        var today = LocalDate.Max(facts.Customer.Today(facts.Now), ended);
        var stillRuns = CurrentEnd > today && !facts.RestIsGivenBack;
        var price = parked || stillRuns || today <= ended.PlusDays(DaysPriceIsKept) ? ComeBackPrice.Kept : ComeBackPrice.Todays;
        if (!stillRuns) BeginAnew(today, facts.Customer.TimeZone);
        if (price == ComeBackPrice.Todays) (PriceId, UnitAmountMinor, IsNegotiated) = (facts.Sold.Id, facts.Sold.UnitAmountMinor, false);

        Lifecycle = TrialEndsOn > today ? Lifecycle.Trialing : Lifecycle.Active;
        (EndedOn, EndReason, ParkedOn, ReactivatedOn) = (null, null, null, today);
        NextBillingAt = DueAt(CurrentEnd);
        // What is billed anew is counted when it is billed; what still runs is worth again what it was.
        var movement = stillRuns && Lifecycle == Lifecycle.Active && HasChurned
            ? Move(MrrMovementKind.Reactivation, facts.LostMrr, today, facts.Now) : null;
        return new(new(CustomerId, today, Id, PlanId, price, UnitAmountMinor, Currency.Code), movement);
    }

    private void BeginAnew(LocalDate today, string timeZone)
    {
        Restarts++;
        (BankedStart, BankedEnd) = (null, null);
        (AnchorDate, NextPeriodIndex, CurrentStart, CurrentEnd, TimeZone) = (today, 0, today, today, timeZone);
    }
}
