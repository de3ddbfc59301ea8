using Billing.Customers;
using Billing.History;
using Billing.Invoicing;
using Billing.Metrics;
using NodaTime;

namespace Billing.Subscriptions;

/// <summary>What a confirmed change made.</summary>
/// <param name="Invoice">Issued, without a number yet; none when nothing is charged today.</param>
/// <param name="Credits">Credit notes, without numbers yet, and what became of them.</param>
/// <param name="BalanceEntries">Other moves of the customer's balance.</param>
/// <param name="Movement">The move of MRR, if any.</param>
/// <param name="Facts">For the history.</param>
public sealed record Changed(
    Invoice? Invoice, IReadOnlyList<Credited> Credits, IReadOnlyList<BalanceEntry> BalanceEntries, MrrMovement? Movement,
    IReadOnlyList<Fact> Facts);

/// <summary>It has other terms from <see cref="Fact.On"/>.</summary>
public sealed record TermsChanged(
    CustomerId CustomerId, LocalDate On, SubscriptionId SubscriptionId, PlanId FromPlan, PlanId ToPlan, int FromQuantity, int ToQuantity,
    InvoiceId? InvoiceId) : Fact(CustomerId, On);

/// <summary>It will have other terms from <paramref name="From"/>.</summary>
public sealed record ChangePlanned(
    CustomerId CustomerId, LocalDate On, SubscriptionId SubscriptionId, PlanId PlanId, int Quantity, LocalDate From) : Fact(CustomerId, On);

/// <summary>The planned change was taken back.</summary>
public sealed record ChangeWithdrawn(CustomerId CustomerId, LocalDate On, SubscriptionId SubscriptionId) : Fact(CustomerId, On);
