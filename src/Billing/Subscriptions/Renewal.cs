using Billing.Customers;
using Billing.History;
using Billing.Invoicing;
using Billing.Metrics;
using NodaTime;

namespace Billing.Subscriptions;

/// <summary>What a renewal is decided on.</summary>
/// <param name="Customer">Whose balance settles first; it moves.</param>
/// <param name="PlanName">What the invoice line says.</param>
/// <param name="Discounts">The subscription's discounts; they count the period.</param>
/// <param name="MinimumCharge">The least the gateway charges, in the customer's currency.</param>
/// <param name="InvoiceId">The id of the invoice that may come of it.</param>
/// <param name="Now">When.</param>
public sealed record RenewalFacts(
    Customer Customer, string PlanName, IReadOnlyList<SubscriptionDiscount> Discounts, Money MinimumCharge, InvoiceId InvoiceId,
    Instant Now);

/// <summary>What came of a due period.</summary>
public abstract record Renewal
{
    private Renewal()
    {
    }

    /// <summary>The period was billed.</summary>
    /// <param name="Invoice">Issued, without a number yet.</param>
    /// <param name="BalanceEntries">Moves of the customer's balance.</param>
    /// <param name="Movement">The move of MRR, when its value changed.</param>
    /// <param name="Fact">For the history.</param>
    public sealed record Billed(Invoice Invoice, IReadOnlyList<BalanceEntry> BalanceEntries, MrrMovement? Movement, PeriodBilled Fact)
        : Renewal
    {
        /// <summary>For the history, when it is the first period after a price move.</summary>
        public PriceMoved? Moved { get; init; }
    }

    /// <summary>It ended, as planned or now.</summary>
    /// <param name="Movement">The churned MRR, if there was any.</param>
    /// <param name="Facts">For the history: a planned change taken back, if there was one, and the end.</param>
    public sealed record Ended(MrrMovement? Movement, IReadOnlyList<Fact> Facts) : Renewal;
}

/// <summary>A subscription began; with a trial, <paramref name="TrialEndsOn"/> is the first day after it.</summary>
public sealed record SubscriptionStarted(
    CustomerId CustomerId, LocalDate On, SubscriptionId SubscriptionId, PlanId PlanId, LocalDate? TrialEndsOn = null) : Fact(CustomerId, On);

/// <summary>A period was billed, from <see cref="Fact.On"/> to the day before <paramref name="End"/>.</summary>
public sealed record PeriodBilled(
    CustomerId CustomerId, LocalDate On, SubscriptionId SubscriptionId, InvoiceId InvoiceId, LocalDate End, long TotalMinor,
    string Currency) : Fact(CustomerId, On);

/// <summary>A discount was given.</summary>
public sealed record DiscountGiven(CustomerId CustomerId, LocalDate On, SubscriptionId SubscriptionId, string Name)
    : Fact(CustomerId, On);

/// <summary>It will end on <paramref name="EndsOn"/>.</summary>
public sealed record CancelPlanned(CustomerId CustomerId, LocalDate On, SubscriptionId SubscriptionId, LocalDate EndsOn)
    : Fact(CustomerId, On);

/// <summary>The planned end was taken back.</summary>
public sealed record CancelWithdrawn(CustomerId CustomerId, LocalDate On, SubscriptionId SubscriptionId) : Fact(CustomerId, On);

/// <summary>A subscription ended.</summary>
public sealed record SubscriptionEnded(CustomerId CustomerId, LocalDate On, SubscriptionId SubscriptionId, EndReason Reason)
    : Fact(CustomerId, On);
