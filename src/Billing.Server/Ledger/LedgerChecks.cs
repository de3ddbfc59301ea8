using Billing.Invoicing;
using Billing.Ledger;
using Billing.Payments;
using Billing.Server.Alarms;
using Billing.Server.Customers;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Ledger;

/// <summary>
/// Holds the accounts against their documents. Books and documents of an account are read in one statement, so that what is
/// written meanwhile is in both or in neither.
/// </summary>
internal sealed class LedgerChecks(BillingDatabase database, BooksZone books)
{
    /// <summary>Checks once a day, keeps what it found, and alarms where the two differ; an alarm closes when they agree again.</summary>
    public async Task MakeAsync(Instant now, CancellationToken cancellationToken)
    {
        var today = books.Yesterday(now).PlusDays(1);
        await using var db = database.Open();
        if (await db.LedgerChecks.AnyAsync(c => c.On == today, cancellationToken)) return;

        var found = await ReadAsync(db, now, cancellationToken);
        db.LedgerChecks.AddRange(found);
        foreach (var check in found)
        {
            if (check.Difference == 0)
                await db.HealedAsync(AlarmKind.BooksDiffer, check.Subject, Actors.Run, now, cancellationToken);
            else await db.AlarmAsync(
                AlarmKind.BooksDiffer, check.Subject, null,
                $"{check.Subledger} in {check.Currency}: the books say {check.BooksMinor}, the documents {check.DocumentsMinor} minor units. Find the documents whose entries are missing.",
                now, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>All accounts and currencies, as of now. A difference is looked at twice: only what stays is one.</summary>
    public async Task<IReadOnlyList<LedgerCheck>> ReadAsync(BillingDbContext db, Instant now, CancellationToken cancellationToken)
    {
        var first = await ReadOnceAsync(db, now, cancellationToken);
        return first.All(c => c.Difference == 0) ? first : await ReadOnceAsync(db, now, cancellationToken);
    }

    private async Task<IReadOnlyList<LedgerCheck>> ReadOnceAsync(BillingDbContext db, Instant now, CancellationToken cancellationToken)
    {
        var yesterday = books.Yesterday(now);
        List<LedgerCheck> checks = [];
        await AddAsync(Subledger.Receivables, Owed(db));
        await AddAsync(Subledger.CustomerCredit, Credit(db));
        await AddAsync(Subledger.GatewayCash, Captured(db));
        await AddAsync(Subledger.OtherCash, Received(db));
        await AddAsync(Subledger.Disputes, Held(db));
        await AddAsync(Subledger.Refunds, UnderWay(db));
        await AddAsync(Subledger.DeferredRevenue, Deferred(db));
        var coming = await DaysToCome.ReadAsync(db, yesterday, cancellationToken);
        checks.AddRange(coming.Select(c => Check(Subledger.DaysToCome, c.Currency, c.Books, c.Documents)));
        return checks;

        async Task AddAsync(Subledger subledger, IQueryable<Side> sides)
        {
            var sums = await sides.GroupBy(s => s.Currency)
                .Select(g => new { Currency = g.Key, Books = g.Sum(s => s.Books), Documents = g.Sum(s => s.Documents) })
                .ToListAsync(cancellationToken);
            checks.AddRange(sums.OrderBy(s => s.Currency.Code, StringComparer.Ordinal).Select(s => Check(subledger, s.Currency, s.Books, s.Documents)));
        }

        LedgerCheck Check(Subledger subledger, Currency currency, long inBooks, long inDocuments) => new()
        {
            On = yesterday.PlusDays(1),
            Currency = currency,
            Subledger = subledger,
            BooksMinor = inBooks,
            DocumentsMinor = inDocuments,
            At = now,
        };
    }

    private static IQueryable<Side> Owed(BillingDbContext db) => Debited(db, Account.Receivables)
        .Concat(db.Invoices.Where(i => i.Status == InvoiceStatus.Open)
            .Select(i => new Side { Currency = i.Currency, Books = 0L, Documents = i.DueMinor }));

    private static IQueryable<Side> Credit(BillingDbContext db) => Credited(db, Account.CustomerCredit)
        .Concat(db.Customers.Select(c => new Side { Currency = c.Currency, Books = 0L, Documents = c.BalanceMinor }));

    private static IQueryable<Side> Captured(BillingDbContext db) => Debited(db, Account.GatewayCash)
        .Concat(db.PaymentAttempts.Where(a => a.State == AttemptState.Succeeded || a.State == AttemptState.CapturedLate)
            .Select(a => new Side { Currency = a.Currency, Books = 0L, Documents = a.AmountMinor }))
        .Concat(db.Refunds.Where(r => r.State == RefundState.Succeeded)
            .Select(r => new Side { Currency = r.Currency, Books = 0L, Documents = -r.AmountMinor }))
        .Concat(db.Disputes.Where(d => d.State != DisputeState.Won)
            .Select(d => new Side { Currency = d.Currency, Books = 0L, Documents = -d.AmountMinor }));

    private static IQueryable<Side> Received(BillingDbContext db) => Debited(db, Account.OtherCash)
        .Concat(db.ReceivedPayments.Select(p => new Side { Currency = p.Currency, Books = 0L, Documents = p.AmountMinor }));

    private static IQueryable<Side> Held(BillingDbContext db) => Debited(db, Account.Disputes)
        .Concat(db.Disputes.Where(d => d.State == DisputeState.Open)
            .Select(d => new Side { Currency = d.Currency, Books = 0L, Documents = d.AmountMinor }));

    private static IQueryable<Side> UnderWay(BillingDbContext db) => Credited(db, Account.Refunds)
        .Concat(db.Refunds.Where(r => r.State != RefundState.Succeeded && r.State != RefundState.Failed)
            .Select(r => new Side { Currency = r.Currency, Books = 0L, Documents = r.AmountMinor }));

    private static IQueryable<Side> Deferred(BillingDbContext db) => Credited(db, Account.DeferredRevenue)
        .Concat(db.DeliveryDays.Where(d => d.DeliveredBy == null)
            .Select(d => new Side { Currency = d.Currency, Books = 0L, Documents = d.AmountMinor }))
        .Concat(db.DeliveryPlans.Where(p => p.EndsOn == null)
            .Where(p => !db.DeliveryPlans.Any(later => later.InvoiceId == p.InvoiceId && later.Sequence > p.Sequence))
            .Select(p => new Side { Currency = p.Currency, Books = 0L, Documents = p.AmountMinor }));

    private static IQueryable<Side> Debited(BillingDbContext db, Account account) => db.LedgerDays.Where(d => d.Account == account)
        .Select(d => new Side { Currency = d.Currency, Books = d.DebitMinor - d.CreditMinor, Documents = 0L });

    private static IQueryable<Side> Credited(BillingDbContext db, Account account) => db.LedgerDays.Where(d => d.Account == account)
        .Select(d => new Side { Currency = d.Currency, Books = d.CreditMinor - d.DebitMinor, Documents = 0L });

    private sealed class Side
    {
        public Currency Currency { get; init; } = null!;
        public long Books { get; init; }
        public long Documents { get; init; }
    }
}
