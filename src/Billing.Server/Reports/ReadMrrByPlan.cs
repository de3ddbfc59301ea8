using Billing.Client.Contract;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Reports;

/// <summary>What the live subscriptions are worth a month, by plan, as of now.</summary>
internal static class ReadMrrByPlan
{
    public static async Task<IReadOnlyList<PlanMrrView>> MrrByPlanAsync(this BillingDbContext db, CancellationToken cancellationToken)
    {
        var rows = await db.Subscriptions.Where(s => s.MrrMinor != 0).Join(db.Plans, s => s.PlanId, p => p.Id, (s, p) => new { p.Code, s.Currency, s.MrrMinor })
            .GroupBy(s => new { s.Code, s.Currency })
            .Select(g => new { g.Key.Code, g.Key.Currency, Count = g.Count(), Minor = g.Sum(s => s.MrrMinor) }).ToListAsync(cancellationToken);
        return [.. rows.OrderBy(r => r.Currency.Code, StringComparer.Ordinal).ThenByDescending(r => r.Minor)
            .Select(r => new PlanMrrView(r.Code, r.Count, new(r.Minor, r.Currency.Code)))];
    }
}
