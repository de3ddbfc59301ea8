using Billing.Customers;
using Billing.Invoicing;
using Billing.Periods;
using Billing.Plans;
using NodaTime;

namespace Billing.Subscriptions;

/// <summary>When a change takes effect.</summary>
public enum ChangeWhen
{
    /// <summary>Today, prorated.</summary>
    Now,

    /// <summary>When what is paid for is used up.</summary>
    PeriodEnd,
}

/// <summary>What a subscription is to become.</summary>
/// <param name="Plan">Of what.</param>
/// <param name="Price">The price version sold now for the plan and cadence wanted.</param>
/// <param name="Quantity">Seats.</param>
/// <param name="When">When, or <see langword="null"/> for: worth more a month now, anything else at period end.</param>
public sealed record ChangeTerms(Plan Plan, Price Price, int Quantity, ChangeWhen? When = null);

/// <summary>What a change is worked out from.</summary>
/// <param name="Customer">Whose balance settles first.</param>
/// <param name="PlanName">The name of the plan it has now.</param>
/// <param name="Discounts">All discounts it was ever given.</param>
/// <param name="Invoices">Its invoices whose period ends after <see cref="Subscription.PaidFrom"/>, oldest first.</param>
/// <param name="MinimumCharge">The least the gateway charges.</param>
/// <param name="Now">When.</param>
public sealed record ChangeFacts(
    Customer Customer, string PlanName, IReadOnlyList<SubscriptionDiscount> Discounts, IReadOnlyList<Invoice> Invoices,
    Money MinimumCharge, Instant Now);

/// <summary>One line of a quote, with what its arithmetic in words is made from.</summary>
/// <param name="Kind">A credit or a charge.</param>
/// <param name="PlanName">Of what.</param>
/// <param name="Quantity">Seats.</param>
/// <param name="Whole">What the full period costs, net of discounts.</param>
/// <param name="Days">Days credited or charged.</param>
/// <param name="Of">Days in the full period.</param>
/// <param name="Amount">The part; below zero for a credit.</param>
public sealed record QuoteLine(InvoiceLineKind Kind, string PlanName, int Quantity, Money Whole, int Days, int Of, Money Amount)
{
    /// <summary>The arithmetic in English.</summary>
    /// <example>Unused 14 of 30 days of Pro at USD 49.00</example>
    public string Words
    {
        get
        {
            var what = Quantity == 1 ? PlanName : $"{PlanName} × {Quantity}";
            return $"{(Kind == InvoiceLineKind.ProrationCredit ? "Unused " : "")}{Days} of {Of} days of {what} at {Whole}";
        }
    }
}

/// <summary>A charge that will come by itself.</summary>
/// <param name="On">The first day of its period.</param>
/// <param name="Total">Of its invoice, before the customer's balance.</param>
public sealed record NextCharge(LocalDate On, Money Total);

/// <summary>A change worked out line by line; what is confirmed is charged exactly so.</summary>
/// <param name="When">When it takes effect.</param>
/// <param name="EffectiveOn">The day it takes effect.</param>
/// <param name="Lines">What today's invoice will say; none when nothing is charged today.</param>
/// <param name="Total">Today's invoice.</param>
/// <param name="Use">What the balance takes over of it and what is left for the card.</param>
/// <param name="OffUnpaid">Unused time that was not paid for: comes off what is due, and is never credit.</param>
/// <param name="ToBalance">Unused time that was paid for, more than the new terms cost: the customer's credit.</param>
/// <param name="NextCharges">What will be charged after that, soonest first.</param>
/// <param name="ValidUntil">A quarter of an hour, or the end of the customer's day when that comes first.</param>
public sealed record Quote(
    ChangeWhen When, LocalDate EffectiveOn, IReadOnlyList<QuoteLine> Lines, Money Total, BalanceUse Use, Money OffUnpaid,
    Money ToBalance, IReadOnlyList<NextCharge> NextCharges, Instant ValidUntil)
{
    /// <summary>How long a quote holds at most.</summary>
    public static readonly Duration Life = Duration.FromMinutes(15);

    internal BillingPeriod Period { get; init; }

    internal PeriodCharge Charge { get; init; } = null!;

    internal BillingAnchor Anchor { get; init; }

    internal bool BeginsPeriod { get; init; }
}
