using Billing.Customers;
using Billing.Invoicing;
using Billing.Periods;
using NodaTime;

namespace Billing.Subscriptions;

/// <summary>What happens next to a subscription if nobody does anything: the sentence on the customer's page.</summary>
/// <param name="SubscriptionId">Which one.</param>
public abstract record NextStep(SubscriptionId SubscriptionId)
{
    /// <summary>A period is billed.</summary>
    /// <param name="SubscriptionId">Which one.</param>
    /// <param name="DueAt">The start of the period's first day in the customer's zone.</param>
    /// <param name="Period">The period that will be paid for.</param>
    /// <param name="Charge">Its lines.</param>
    /// <param name="Use">What the balance takes over and what is left for the card.</param>
    /// <param name="AfterTrial">Whether it is the first charge, at the end of a trial.</param>
    public sealed record Bills(
        SubscriptionId SubscriptionId, Instant DueAt, BillingPeriod Period, PeriodCharge Charge, BalanceUse Use, bool AfterTrial)
        : NextStep(SubscriptionId);

    /// <summary>It ends, as planned; nothing is charged.</summary>
    /// <param name="SubscriptionId">Which one.</param>
    /// <param name="On">First day without service.</param>
    public sealed record Ends(SubscriptionId SubscriptionId, LocalDate On) : NextStep(SubscriptionId);

    /// <summary>It is over; nothing happens any more.</summary>
    /// <param name="SubscriptionId">Which one.</param>
    /// <param name="Since">First day without service.</param>
    public sealed record Over(SubscriptionId SubscriptionId, LocalDate Since) : NextStep(SubscriptionId);

    /// <summary>
    /// The next step of each of a customer's subscriptions, soonest first, those that are over last. Credit is used by the
    /// charge that comes first, as the billing run will do it.
    /// </summary>
    public static IReadOnlyList<NextStep> Of(Customer customer, IEnumerable<SubscriptionFacts> subscriptions, Money minimumCharge)
    {
        var balance = customer.Balance;
        List<NextStep> steps = [];
        foreach (var facts in subscriptions.OrderBy(f => f.Subscription.NextBillingAt ?? Instant.MaxValue))
        {
            var step = Of(facts, balance, minimumCharge);
            if (step is Bills bills) balance = bills.Use.Left(balance);
            steps.Add(step);
        }

        return steps;
    }

    private static NextStep Of(SubscriptionFacts facts, Money balance, Money minimumCharge)
    {
        var subscription = facts.Subscription;
        if (subscription.NextBillingAt is not { } due) return new Over(subscription.Id, subscription.EndedOn ?? subscription.CurrentEnd);
        if (subscription.CancelAtPeriodEnd) return new Ends(subscription.Id, subscription.CurrentEnd);

        var charge = subscription.ChargeFor(facts.PlanName, facts.Discounts);
        return new Bills(
            subscription.Id, due, subscription.Anchor.Period(subscription.NextPeriodIndex), charge,
            BalanceUse.Of(charge.Total, balance, minimumCharge), subscription.Lifecycle == Lifecycle.Trialing);
    }
}

/// <summary>What a next step is worked out from.</summary>
/// <param name="Subscription">The subscription.</param>
/// <param name="PlanName">What its invoice will say.</param>
/// <param name="Discounts">Its discounts.</param>
public sealed record SubscriptionFacts(Subscription Subscription, string PlanName, IReadOnlyList<SubscriptionDiscount> Discounts);
