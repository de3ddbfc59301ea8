using Billing.Plans;
using Billing.Server.Persistence;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Pages.Office.Plans;

/// <summary>What is sold, and to how many.</summary>
public sealed record PlansPage(IReadOnlyList<PlanRow> Rows)
{
    private const int MostPlans = 200;

    internal static async Task<PlansPage> ReadAsync(BillingDbContext db, CancellationToken cancellationToken)
    {
        var plans = await db.Plans.AsNoTracking().OrderBy(p => p.Name).Take(MostPlans).ToListAsync(cancellationToken);
        var ids = plans.Select(p => p.Id).ToList();
        var prices = (await db.Prices.AsNoTracking().Where(p => ids.Contains(p.PlanId)).ToListAsync(cancellationToken)).ToLookup(p => p.PlanId);
        var held = await db.Subscriptions.Where(s => s.Lifecycle != Lifecycle.Ended).GroupBy(s => s.PlanId)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        return new([.. plans.OrderBy(p => p.RetiredAt is not null).Select(p => new PlanRow(p, Sold(prices[p.Id]), held.GetValueOrDefault(p.Id)))]);
    }

    private static IReadOnlyList<Price> Sold(IEnumerable<Price> prices) =>
        [.. prices.GroupBy(p => (p.Currency, p.Cadence)).Select(g => g.MaxBy(p => p.VersionNumber)!)
            .OrderBy(p => p.Currency.Code, StringComparer.Ordinal).ThenBy(p => p.CadenceUnit)];
}

/// <summary>A plan, the prices it is sold at, and how many have it.</summary>
public sealed record PlanRow(Plan Plan, IReadOnlyList<Price> Sold, int Subscriptions);
