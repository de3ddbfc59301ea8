using Billing.Subscriptions;
using NodaTime;

namespace Billing.Retention;

/// <summary>What an offer is chosen on.</summary>
/// <param name="Today">The date for the customer.</param>
/// <param name="Since">Since when the customer has it.</param>
/// <param name="PlanName">What of.</param>
/// <param name="Quantity">How many seats the next period has.</param>
/// <param name="Unit">A period and seat of it.</param>
/// <param name="ListUnit">The same by the price list.</param>
/// <param name="Discounts">All it was ever given.</param>
/// <param name="Plans">What else is sold in this currency and cadence.</param>
/// <param name="Open">What is not paid.</param>
/// <param name="LongestBreak">Days a break may last, or <see langword="null"/> where none is possible.</param>
/// <param name="ChangePlanned">Whether another plan is planned already.</param>
/// <param name="ConsentWithdrawn">Whether the bank says that the customer no longer agrees to be charged.</param>
/// <param name="Earlier">Offers that were shown to this customer, in any session before.</param>
public sealed record OfferFacts(
    LocalDate Today, LocalDate Since, string PlanName, int Quantity, Money Unit, Money ListUnit,
    IReadOnlyList<SubscriptionDiscount> Discounts, IReadOnlyList<PlanOption> Plans, IReadOnlyList<OpenAmount> Open,
    int? LongestBreak, bool ChangePlanned, bool ConsentWithdrawn, IReadOnlyList<EarlierOffer> Earlier);

/// <summary>Another plan the customer could have.</summary>
/// <param name="PlanId">Which.</param>
/// <param name="PriceId">The price version sold now.</param>
/// <param name="Name">What the customer reads.</param>
/// <param name="Price">A period, for the customer's seats.</param>
public sealed record PlanOption(PlanId PlanId, PriceId PriceId, string Name, Money Price);

/// <summary>An open invoice.</summary>
/// <param name="InvoiceId">Which.</param>
/// <param name="NextTry">The date the card is tried next, or <see langword="null"/> when nothing is planned or a payment is under way.</param>
/// <param name="Moved">Whether the customer has chosen a day for it already.</param>
public sealed record OpenAmount(InvoiceId InvoiceId, LocalDate? NextTry, bool Moved);

/// <summary>An offer that was shown.</summary>
/// <param name="Kind">What kind.</param>
/// <param name="On">On which day.</param>
public sealed record EarlierOffer(OfferKind Kind, LocalDate On);
