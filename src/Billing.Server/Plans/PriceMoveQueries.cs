using Billing.Plans;
using Billing.Server.Persistence;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Plans;

/// <summary>Which price versions are left by a planned move, and who pays them.</summary>
internal static class PriceMoveQueries
{
    /// <summary>Every price version that a move leaves behind, with that move; more than once when several do.</summary>
    public static IQueryable<LeftPrice> LeftPrices(this BillingDbContext db) =>
        from move in db.PriceMoves
        from price in db.Prices
        where move.WithdrawnAt == null && price.PlanId == move.PlanId && price.Currency == move.Currency
            && price.CadenceUnit == move.CadenceUnit && price.CadenceCount == move.CadenceCount
            && price.VersionNumber < move.ToVersionNumber
        select new LeftPrice { PriceId = price.Id, Move = move };

    /// <summary>
    /// Subscriptions that pay a list price for as long as it goes on, and were not told yet that it will not. Who is leaving,
    /// or is about to have another plan or cadence, is left in peace, and told when they stay after all.
    /// </summary>
    public static IQueryable<Subscription> NotTold(this IQueryable<Subscription> subscriptions) => subscriptions.Where(s =>
        s.MovesToPriceId == null && s.Lifecycle != Lifecycle.Ended && !s.IsNegotiated && !s.CancelAtPeriodEnd
        && (s.PlannedPriceId == null || s.PlannedPriceId == s.PriceId));

    /// <summary>Writes down that the first periods at these prices are billed: from now on their moves are not taken back.</summary>
    /// <remarks>First in its transaction, as taking a move back and announcing are: whoever comes second sees the first.</remarks>
    public static async Task BeginPriceMovesAsync(
        this BillingDbContext db, IReadOnlyCollection<PriceId> to, Instant now, CancellationToken cancellationToken)
    {
        if (to.Count == 0) return;
        await db.PriceMoves.Where(m => to.Contains(m.ToPriceId) && m.WithdrawnAt == null && m.BegunAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(m => m.BegunAt, now).SetProperty(m => m.Version, m => m.Version + 1), cancellationToken);
    }
}

/// <summary>A price version that a move leaves behind.</summary>
internal sealed class LeftPrice
{
    public required PriceId PriceId { get; init; }
    public required PriceMove Move { get; init; }
}
