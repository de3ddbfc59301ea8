using Billing.Invoicing;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Invoicing;

/// <summary>Hands out numbers of a gapless series, in blocks.</summary>
internal static class InvoiceNumbers
{
    /// <summary>
    /// Takes the next <paramref name="count"/> numbers. Moving the counter locks the series until the caller's transaction
    /// ends, so take them as late as possible; a rollback gives them back.
    /// </summary>
    /// <returns>The numbers as printed, in order.</returns>
    public static async Task<IReadOnlyList<string>> TakeAsync(
        BillingDbContext db, string series, int count, CancellationToken cancellationToken)
    {
        if (count == 0) return [];
        if (db.Database.CurrentTransaction is null)
            throw new InvalidOperationException("A number taken outside a transaction may be lost.");

        var rows = await db.NumberSeries.Where(s => s.Prefix == series)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.Next, s => s.Next + count), cancellationToken);
        if (rows != 1) throw new InvalidOperationException($"There is no number series {series}.");

        var next = await db.NumberSeries.Where(s => s.Prefix == series).Select(s => s.Next).SingleAsync(cancellationToken);
        return [.. Enumerable.Range(0, count).Select(i => NumberSeries.Format(series, next - count + i))];
    }
}
