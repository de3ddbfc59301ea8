using Billing.Server.Persistence;
using Billing.Server.Reports;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.BillingRun;

/// <summary>
/// Adds the movements nobody has added yet to the daily totals that reports read; each exactly once, also when two runs
/// close the same day at once: they mark different movements and add to the totals where they stand.
/// </summary>
internal sealed class CloseDay(BillingDatabase database)
{
    /// <summary>The pass's name in the record of the run.</summary>
    public const string Name = "close the day";

    /// <returns>How many movements were added.</returns>
    public async Task<int> DoAsync(Guid runId, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var marked = await db.MrrMovements.Where(m => m.TotalledBy == null)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.TotalledBy, runId), cancellationToken);
        if (marked == 0) return 0;

        var sums = await db.MrrMovements.Where(m => m.TotalledBy == runId)
            .GroupBy(m => new { m.Currency, m.On, m.Kind })
            .Select(g => new MrrDay
            {
                Currency = g.Key.Currency,
                On = g.Key.On,
                Kind = g.Key.Kind,
                AmountMinor = g.Sum(m => m.AmountMinor),
                Movements = g.Count(),
            })
            .ToListAsync(cancellationToken);

        foreach (var sum in sums.OrderBy(s => s.Currency.Code, StringComparer.Ordinal).ThenBy(s => s.On).ThenBy(s => s.Kind))
        {
            var known = await db.MrrDays.Where(d => d.Currency == sum.Currency && d.On == sum.On && d.Kind == sum.Kind)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(d => d.AmountMinor, d => d.AmountMinor + sum.AmountMinor)
                        .SetProperty(d => d.Movements, d => d.Movements + sum.Movements),
                    cancellationToken);
            if (known == 0) db.MrrDays.Add(sum);
        }

        await AddCohortsAsync(db, runId, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return marked;
    }

    /// <summary>The same by month and cohort, for retention and survival.</summary>
    private static async Task AddCohortsAsync(BillingDbContext db, Guid runId, CancellationToken cancellationToken)
    {
        var sums = await db.MrrMovements.Where(m => m.TotalledBy == runId)
            .GroupBy(m => new { m.Currency, m.Month, m.Cohort, m.Kind })
            .Select(g => new CohortMonth
            {
                Currency = g.Key.Currency,
                Month = g.Key.Month,
                Cohort = g.Key.Cohort,
                Kind = g.Key.Kind,
                AmountMinor = g.Sum(m => m.AmountMinor),
                Ups = g.Count(m => m.AmountMinor > 0),
                Downs = g.Count(m => m.AmountMinor < 0),
            })
            .ToListAsync(cancellationToken);

        foreach (var sum in sums.OrderBy(s => s.Currency.Code, StringComparer.Ordinal).ThenBy(s => s.Month).ThenBy(s => s.Cohort).ThenBy(s => s.Kind))
        {
            var known = await db.CohortMonths
                .Where(c => c.Currency == sum.Currency && c.Month == sum.Month && c.Cohort == sum.Cohort && c.Kind == sum.Kind)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(c => c.AmountMinor, c => c.AmountMinor + sum.AmountMinor)
                        .SetProperty(c => c.Ups, c => c.Ups + sum.Ups)
                        .SetProperty(c => c.Downs, c => c.Downs + sum.Downs),
                    cancellationToken);
            if (known == 0) db.CohortMonths.Add(sum);
        }
    }
}
