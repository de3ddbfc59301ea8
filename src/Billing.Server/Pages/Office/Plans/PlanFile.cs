using Billing.Periods;
using Billing.Plans;
using Billing.Server.Persistence;
using Billing.Server.Plans;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Pages.Office.Plans;

/// <summary>A plan with its price versions and who pays them, its break terms and its price moves.</summary>
public sealed record PlanFile(
    Plan Plan, IReadOnlyList<PriceLine> Prices, IReadOnlyList<BreakTerms> Terms, IReadOnlyList<PriceMove> Moves)
{
    private const int MostMoves = 20;

    internal static async Task<PlanFile> ReadAsync(BillingDbContext db, string code, CancellationToken cancellationToken)
    {
        var plan = await db.Plans.AsNoTracking().NamedAsync(code, cancellationToken);
        var prices = await db.Prices.AsNoTracking().Where(p => p.PlanId == plan.Id).ToListAsync(cancellationToken);
        var payers = (await db.Subscriptions.Where(s => s.PlanId == plan.Id && s.Lifecycle != Lifecycle.Ended)
            .GroupBy(s => new { s.PriceId, s.IsNegotiated })
            .Select(g => new { g.Key.PriceId, g.Key.IsNegotiated, Count = g.Count(), Seats = g.Sum(s => s.Quantity) })
            .ToListAsync(cancellationToken)).ToLookup(p => p.PriceId);
        var terms = await db.BreakTerms.AsNoTracking().Where(t => t.PlanId == plan.Id).ToListAsync(cancellationToken);
        var moves = await db.PriceMoves.AsNoTracking().Where(m => m.PlanId == plan.Id)
            .OrderByDescending(m => m.Id).Take(MostMoves).ToListAsync(cancellationToken);
        var lines = prices.Select(p => new PriceLine(
            p, payers[p.Id].Where(s => !s.IsNegotiated).Sum(s => s.Count), payers[p.Id].Where(s => !s.IsNegotiated).Sum(s => s.Seats),
            payers[p.Id].Where(s => s.IsNegotiated).Sum(s => s.Count)));
        return new(
            plan,
            [.. lines.OrderBy(l => l.Price.Currency.Code, StringComparer.Ordinal).ThenBy(l => l.Price.CadenceUnit).ThenBy(l => l.Price.CadenceCount)
                .ThenByDescending(l => l.Price.VersionNumber)],
            [.. terms.OrderBy(t => t.Currency.Code, StringComparer.Ordinal)], moves);
    }

    /// <summary>The versions of one currency and cadence, newest first.</summary>
    public IReadOnlyList<PriceLine> Versions(Currency currency, Cadence cadence) =>
        [.. Prices.Where(l => l.Price.Currency == currency && l.Price.Cadence == cadence)];
}

/// <summary>A price version and who pays it.</summary>
/// <param name="Price">The version.</param>
/// <param name="Subscriptions">How many pay it as it is.</param>
/// <param name="Seats">For how many seats.</param>
/// <param name="Negotiated">How many were sold at it and pay an amount of their own.</param>
public sealed record PriceLine(Price Price, int Subscriptions, int Seats, int Negotiated)
{
    /// <summary>What these seats would pay more a period at another price; below zero when it is less.</summary>
    public Money More(Money unit) => (unit - Price.Unit) * Seats;
}
