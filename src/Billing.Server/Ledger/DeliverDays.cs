using Billing.Ledger;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Ledger;

/// <summary>
/// Recognises the revenue of days that are over: marks what is to be delivered on them, adds it up by currency, account and day,
/// and posts one entry each. What is added to a day later is posted by the next run. Twice changes nothing.
/// </summary>
internal sealed class DeliverDays(BillingDatabase database, BooksZone books)
{
    /// <returns>How many entries were made.</returns>
    public async Task<int> DoAsync(Guid runId, Instant now, CancellationToken cancellationToken)
    {
        var through = books.Yesterday(now);
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var marked = await db.DeliveryDays.Where(d => d.DeliveredBy == null && d.On <= through)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.DeliveredBy, runId), cancellationToken);
        if (marked == 0) return 0;

        var sums = await db.DeliveryDays.Where(d => d.DeliveredBy == runId)
            .GroupBy(d => new { d.Currency, d.Revenue, d.On })
            .Select(g => new { g.Key.Currency, g.Key.Revenue, g.Key.On, AmountMinor = g.Sum(d => d.AmountMinor) })
            .ToListAsync(cancellationToken);
        db.Post(
            sums.OrderBy(s => s.On).ThenBy(s => s.Currency.Code, StringComparer.Ordinal).ThenBy(s => s.Revenue)
                .SelectMany(s => Postings.Delivered(runId, s.Revenue, s.On, new(s.AmountMinor, s.Currency))),
            now);

        var posted = db.ChangeTracker.Entries<LedgerEntry>().Count();
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return posted;
    }
}
