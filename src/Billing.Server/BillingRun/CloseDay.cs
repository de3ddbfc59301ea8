using Billing.Server.Persistence;
using Billing.Server.Reports;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.BillingRun;

/// <summary>Adds the movements nobody has added yet to the daily totals that reports read; each exactly once.</summary>
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

        LocalDate first = sums.Min(s => s.On), last = sums.Max(s => s.On);
        var days = await db.MrrDays.Where(d => d.On >= first && d.On <= last)
            .ToDictionaryAsync(d => (d.Currency, d.On, d.Kind), cancellationToken);
        foreach (var sum in sums)
        {
            if (days.TryGetValue((sum.Currency, sum.On, sum.Kind), out var day))
            {
                day.AmountMinor += sum.AmountMinor;
                day.Movements += sum.Movements;
            }
            else
            {
                db.MrrDays.Add(sum);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return marked;
    }
}
