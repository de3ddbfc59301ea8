using Billing.Customers;
using Billing.History;
using Billing.Invoicing;
using Billing.Metrics;
using NodaTime;

namespace Billing.Subscriptions;

/// <summary>What every step of a break is decided on.</summary>
/// <param name="Customer">Whose balance settles first; it moves.</param>
/// <param name="PlanName">What the lines of a fee say, and of the charge after the return.</param>
/// <param name="Discounts">The subscription's discounts.</param>
/// <param name="Card">The card that will be charged, or none.</param>
/// <param name="MinimumCharge">The least the gateway charges.</param>
/// <param name="InvoiceId">The id of the invoice that may come of it.</param>
/// <param name="Now">When.</param>
public sealed record BreakFacts(
    Customer Customer, string PlanName, IReadOnlyList<SubscriptionDiscount> Discounts, Cards.Card? Card, Money MinimumCharge,
    InvoiceId InvoiceId, Instant Now)
{
    /// <summary>Issued invoices that hold days not used yet: of the period under way, or of the break's fee; oldest first.</summary>
    public IReadOnlyList<Invoice> Invoices { get; init; } = [];

    /// <summary>Those of them that are being paid at this moment: their days count as paid.</summary>
    public IReadOnlyCollection<InvoiceId> BeingPaid { get; init; } = [];

    /// <summary>Ids for credit notes.</summary>
    public Func<CreditNoteId> NewNote { get; init; } = () => throw new InvalidOperationException("Nothing is credited here.");
}

/// <summary>What a step of a break made.</summary>
/// <param name="Break">The break, changed.</param>
/// <param name="Invoice">A fee, issued, without a number yet.</param>
/// <param name="Credits">Credit notes, without numbers yet, and what became of them.</param>
/// <param name="BalanceEntries">Other moves of the customer's balance.</param>
/// <param name="Movements">Moves of MRR.</param>
/// <param name="Facts">For the history.</param>
public sealed record BreakMoved(
    Break Break, Invoice? Invoice, IReadOnlyList<Credited> Credits, IReadOnlyList<BalanceEntry> BalanceEntries,
    IReadOnlyList<MrrMovement> Movements, IReadOnlyList<Fact> Facts);

/// <summary>A break will begin on <paramref name="StartsOn"/>.</summary>
public sealed record BreakPlanned(
    CustomerId CustomerId, LocalDate On, SubscriptionId SubscriptionId, BreakId BreakId, LocalDate StartsOn, LocalDate ReturnOn)
    : Fact(CustomerId, On);

/// <summary>The planned break was taken back.</summary>
public sealed record BreakWithdrawn(CustomerId CustomerId, LocalDate On, SubscriptionId SubscriptionId, BreakId BreakId) : Fact(CustomerId, On);

/// <summary>The customer is On the Beach from <see cref="Fact.On"/>.</summary>
public sealed record WentToBeach(
    CustomerId CustomerId, LocalDate On, SubscriptionId SubscriptionId, BreakId BreakId, LocalDate ReturnOn, int BankedDays)
    : Fact(CustomerId, On);

/// <summary>Days away were charged, from <see cref="Fact.On"/> to the day before <paramref name="To"/>.</summary>
public sealed record BreakFeeBilled(
    CustomerId CustomerId, LocalDate On, SubscriptionId SubscriptionId, BreakId BreakId, InvoiceId InvoiceId, LocalDate To,
    long TotalMinor, string Currency) : Fact(CustomerId, On);

/// <summary>The return was moved to a later day.</summary>
public sealed record BreakExtended(
    CustomerId CustomerId, LocalDate On, SubscriptionId SubscriptionId, BreakId BreakId, LocalDate ReturnOn) : Fact(CustomerId, On);

/// <summary>
/// The customer is told: back on <paramref name="ReturnOn"/>, charged again on <paramref name="NextBillingOn"/>, so much,
/// and whether the card will do.
/// </summary>
public sealed record ReturnAnnounced(
    CustomerId CustomerId, LocalDate On, SubscriptionId SubscriptionId, BreakId BreakId, LocalDate ReturnOn, LocalDate NextBillingOn,
    long TotalMinor, long DueMinor, string Currency, CardOnReturn Card) : Fact(CustomerId, On);

/// <summary>The customer is back from <see cref="Fact.On"/>; banked days are used until <paramref name="NextBillingOn"/>.</summary>
public sealed record CameBackFromBeach(
    CustomerId CustomerId, LocalDate On, SubscriptionId SubscriptionId, BreakId BreakId, int BankedDays, LocalDate NextBillingOn, bool Early)
    : Fact(CustomerId, On);

/// <summary>The customer left for good while On the Beach; banked days and unused fee were given back.</summary>
public sealed record LostOnBeach(CustomerId CustomerId, LocalDate On, SubscriptionId SubscriptionId, BreakId BreakId, int BankedDays)
    : Fact(CustomerId, On);

/// <summary>How the card will stand on the day of the first charge after a break.</summary>
public enum CardOnReturn
{
    /// <summary>Its printed date has not passed.</summary>
    Valid,

    /// <summary>Its printed date will have passed; a new one is normally on its way.</summary>
    Expired,

    /// <summary>There is none.</summary>
    None,
}
