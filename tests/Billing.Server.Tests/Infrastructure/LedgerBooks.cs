using Billing.Ledger;
using Billing.Server.Ledger;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Infrastructure;

/// <summary>What must be true of the ledger whatever happened.</summary>
internal static class LedgerBooks
{
    /// <summary>Sums are the sums of entries, debits are credits, accounts are their documents, and what is to come is what the lines say.</summary>
    public static async Task MustAgreeAsync(BillingDatabase database)
    {
        await using var db = database.Open();
        await SumsAreThoseOfTheEntriesAsync(db);
        await AccountsAreTheirDocumentsAsync(database, db);
        await EveryDayIsWhatTheLinesSayAsync(db);
    }

    private static async Task SumsAreThoseOfTheEntriesAsync(BillingDbContext db)
    {
        var entries = await db.LedgerEntries.AsNoTracking().ToListAsync(TestHouse.Cancellation);
        var days = await db.LedgerDays.AsNoTracking().ToListAsync(TestHouse.Cancellation);
        Assert.Equal(
            LedgerDay.Of(entries, default).Select(d => (d.Currency.Code, d.Account, d.On, d.Rule, d.DebitMinor, d.CreditMinor)).Order(),
            days.GroupBy(d => (d.Currency.Code, d.Account, d.On, d.Rule))
                .Select(g => (g.Key.Code, g.Key.Account, g.Key.On, g.Key.Rule, g.Sum(d => d.DebitMinor), g.Sum(d => d.CreditMinor))).Order());
        Assert.All(days.GroupBy(d => d.Currency), g => Assert.Equal(g.Sum(d => d.DebitMinor), g.Sum(d => d.CreditMinor)));
    }

    private static async Task AccountsAreTheirDocumentsAsync(BillingDatabase database, BillingDbContext db)
    {
        var last = await db.Runs.MaxAsync(r => (Instant?)r.AsOf, TestHouse.Cancellation) ?? Instant.FromUtc(2026, 1, 1, 0, 0);
        var checks = await new LedgerChecks(database, new(DateTimeZone.Utc)).ReadAsync(db, last, TestHouse.Cancellation);
        Assert.All(checks, c => Assert.True(
            c.Difference == 0, $"{c.Subledger} in {c.Currency}: the books say {c.BooksMinor}, the documents {c.DocumentsMinor}."));
    }

    /// <summary>Of a long history a dozen days, the first and the last among them; the rules' own tests look at every one.</summary>
    private static async Task EveryDayIsWhatTheLinesSayAsync(BillingDbContext db)
    {
        var days = await db.DeliveryDays.AsNoTracking().ToListAsync(TestHouse.Cancellation);
        var invoices = await db.Invoices.AsNoTracking().Include(i => i.Lines).Where(i => i.IssuedOn != null).ToListAsync(TestHouse.Cancellation);
        var plans = (await db.DeliveryPlans.AsNoTracking().OrderBy(p => p.Sequence).ToListAsync(TestHouse.Cancellation)).ToLookup(p => p.InvoiceId);
        var waiting = plans.Sum(p => p.Last() is { EndsOn: null } waits ? waits.AmountMinor : 0);
        var moved = days.Select(d => d.On).Distinct().Order().ToList();
        foreach (var day in moved.Where((_, i) => i % (moved.Count / 12 + 1) == 0 || i == moved.Count - 1))
        {
            Assert.Equal(
                invoices.Sum(i => Delivery.After(i, [.. plans[i.Id]], day).Minor),
                waiting + days.Where(d => d.On > day).Sum(d => d.AmountMinor));
        }
    }
}
