using Billing.History;
using NodaTime;

namespace Billing.Subscriptions;

/// <summary>What an announced price move will do, as things stand.</summary>
/// <param name="FirstBilledOn">The first day of the first period that costs the new price; who ends before never pays it.</param>
/// <param name="Before">A period before that.</param>
/// <param name="After">A period from then on.</param>
public sealed record MoveAhead(LocalDate FirstBilledOn, Money Before, Money After);

/// <summary>
/// The customer was told that periods that begin <paramref name="From"/> that day cost another amount, and that the
/// subscription can be ended before.
/// </summary>
/// <param name="CustomerId">Who.</param>
/// <param name="On">The day of the announcement.</param>
/// <param name="SubscriptionId">Which subscription.</param>
/// <param name="PriceId">The price version it moves to.</param>
/// <param name="OldUnitAmountMinor">A period and seat until then.</param>
/// <param name="NewUnitAmountMinor">A period and seat from then on.</param>
/// <param name="Currency">Of both.</param>
/// <param name="From">The first day on which a period can begin that costs the new amount.</param>
/// <param name="LeaveBefore">The first day of the first such period: who leaves before it never pays the new amount.</param>
public sealed record PriceMoveAnnounced(
    CustomerId CustomerId, LocalDate On, SubscriptionId SubscriptionId, PriceId PriceId, long OldUnitAmountMinor,
    long NewUnitAmountMinor, string Currency, LocalDate From, LocalDate LeaveBefore) : Fact(CustomerId, On);

/// <summary>The announced move was taken back; the old amount stays.</summary>
public sealed record PriceMoveWithdrawn(CustomerId CustomerId, LocalDate On, SubscriptionId SubscriptionId, PriceId PriceId)
    : Fact(CustomerId, On);

/// <summary>The period that began on <see cref="Fact.On"/> was the first to cost the announced amount.</summary>
public sealed record PriceMoved(
    CustomerId CustomerId, LocalDate On, SubscriptionId SubscriptionId, PriceId PriceId, long OldUnitAmountMinor,
    long NewUnitAmountMinor, string Currency) : Fact(CustomerId, On);
