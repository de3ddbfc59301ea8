using Billing.Invoicing;
using Billing.Ledger;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Ledger;

/// <summary>
/// What is to be delivered, worked out anew from the invoices' lines. Lines alike are counted by the database and worked out
/// once; the few invoices that something happened to are followed one by one.
/// </summary>
internal static class DaysToCome
{
    public static async Task<IReadOnlyList<(Currency Currency, long Books, long Documents)>> ReadAsync(
        BillingDbContext db, LocalDate through, CancellationToken cancellationToken)
    {
        var laid = await db.DeliveryDays.Where(d => d.On > through).GroupBy(d => d.Currency)
            .Select(g => new { Currency = g.Key, Minor = g.Sum(d => d.AmountMinor) }).ToListAsync(cancellationToken);
        var waiting = await db.DeliveryPlans.Where(p => p.EndsOn == null)
            .Where(p => !db.DeliveryPlans.Any(later => later.InvoiceId == p.InvoiceId && later.Sequence > p.Sequence))
            .GroupBy(p => p.Currency).Select(g => new { Currency = g.Key, Minor = g.Sum(p => p.AmountMinor) }).ToListAsync(cancellationToken);
        var documents = await UntouchedAsync(db, through, cancellationToken);
        documents.AddRange(await ChangedAsync(db, through, cancellationToken));

        return [.. laid.Concat(waiting).Select(b => (b.Currency, Books: b.Minor, Documents: 0L))
            .Concat(documents.Select(d => (d.Currency, Books: 0L, Documents: d.Minor)))
            .GroupBy(s => s.Currency).OrderBy(g => g.Key.Code, StringComparer.Ordinal)
            .Select(g => (g.Key, g.Sum(s => s.Books), g.Sum(s => s.Documents)))];
    }

    private static async Task<List<Money>> UntouchedAsync(BillingDbContext db, LocalDate through, CancellationToken cancellationToken)
    {
        var alike = await (
            from line in db.Set<InvoiceLine>()
            join invoice in db.Invoices on line.InvoiceId equals invoice.Id
            where line.ServiceStart != null && line.Kind != InvoiceLineKind.ProrationCredit && line.AmountMinor != 0 && invoice.Status != InvoiceStatus.Draft
                && (line.ServiceEnd > through || invoice.IssuedOn > through)
                && !db.DeliveryPlans.Any(p => p.InvoiceId == invoice.Id)
            group line by new { invoice.Currency, line.ServiceStart, line.ServiceEnd, line.AmountMinor, invoice.IssuedOn } into same
            select new { same.Key, Count = same.LongCount() }).ToListAsync(cancellationToken);
        return [.. alike.Select(a => new Stretch(
            a.Key.ServiceStart!.Value, a.Key.ServiceEnd!.Value, new(a.Key.AmountMinor, a.Key.Currency), a.Key.IssuedOn!.Value).After(through) * a.Count)];
    }

    private static async Task<IEnumerable<Money>> ChangedAsync(BillingDbContext db, LocalDate through, CancellationToken cancellationToken)
    {
        var invoices = await db.Invoices.AsNoTracking().Include(i => i.Lines)
            .Where(i => db.DeliveryPlans.Any(p => p.InvoiceId == i.Id))
            .Where(i => i.PeriodEnd > through || i.IssuedOn > through
                || db.DeliveryPlans.Any(p => p.InvoiceId == i.Id && (p.EndsOn == null || p.EndsOn > through || p.EffectiveOn > through)))
            .ToListAsync(cancellationToken);
        var plans = (await db.DeliveryPlans.AsNoTracking()
            .Where(p => db.Invoices.Any(i => i.Id == p.InvoiceId && (i.PeriodEnd > through || i.IssuedOn > through))
                || db.DeliveryPlans.Any(other => other.InvoiceId == p.InvoiceId
                    && (other.EndsOn == null || other.EndsOn > through || other.EffectiveOn > through)))
            .OrderBy(p => p.Sequence).ToListAsync(cancellationToken)).ToLookup(p => p.InvoiceId);
        return invoices.Select(i => Delivery.After(i, [.. plans[i.Id]], through));
    }
}
