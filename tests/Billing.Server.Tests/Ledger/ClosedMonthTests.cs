using Billing.Ledger;
using Billing.Server.Ledger;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Ledger;

/// <summary>Months that are closed.</summary>
public sealed class ClosedMonthTests(PostgresServer postgres)
{
    private static readonly Instant Start = Instant.FromUtc(2026, 4, 1, 10, 0);

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_closed_month_takes_no_more_entries_and_later_facts_keep_their_own_date(string database)
    {
        await using var house = await TestHouse.OnAsync(database, postgres, Start);
        await house.SellProAsync();
        var subscription = await house.SubscribeAsync();
        await house.RunAsync();
        await ToAsync(house, Instant.FromUtc(2026, 5, 2, 10, 0));
        Assert.Equal("2026-04", (await house.SendAsync(new CloseMonth("2026-04"))).Month);
        var april = await BalanceAsync(house, new(2026, 4, 30));

        await using (var db = house.Database.Open())
        {
            // A fact of 20 April that is learned of in May.
            db.Post(
                [new(PostingRule.CreditGranted, new(DocumentKind.BalanceEntry, subscription.CustomerId, 99), new(subscription.CustomerId),
                    new(2026, 4, 20), Account.Goodwill, Account.BadDebt, new(500, Currency.Of("USD")))],
                house.Clock.Now);
            await db.SaveChangesAsync(TestHouse.Cancellation);
        }

        var late = await house.ReadAsync(db => db.LedgerEntries.SingleAsync(e => e.DocumentNumber == 99, TestHouse.Cancellation));
        Assert.Equal((new LocalDate(2026, 5, 1), new LocalDate(2026, 4, 20)), (late.On, late.OriginalOn));
        Assert.Equal(april, await BalanceAsync(house, new(2026, 4, 30)));
    }

    [Fact]
    public async Task A_run_books_into_the_open_month_too()
    {
        await using var house = await TestHouse.OnSqliteAsync(Start);
        await house.SellProAsync();
        await house.SubscribeAsync();
        await house.RunAsync();
        await ToAsync(house, Instant.FromUtc(2026, 5, 2, 10, 0));
        await using (var db = house.Database.Open())
        {
            // As if the month had been closed ahead of time: whatever is dated in it waits for the first open day.
            db.ClosedMonths.Add(new() { Month = new(2026, 6, 1), ClosedAt = house.Clock.Now, ClosedBy = "test" });
            await db.SaveChangesAsync(TestHouse.Cancellation);
        }

        await ToAsync(house, Instant.FromUtc(2026, 6, 1, 10, 0));
        var later = await house.ReadAsync(db => db.LedgerEntries.Where(e => e.OriginalOn > new LocalDate(2026, 5, 2)).ToListAsync(TestHouse.Cancellation));
        Assert.Contains(later, e => e.Rule == PostingRule.InvoiceIssued);
        Assert.Contains(later, e => e.Rule == PostingRule.DayDelivered);
        Assert.All(later, e => Assert.Equal(new(2026, 7, 1), e.On));
        await house.MustAgreeAsync();
    }

    [Fact]
    public async Task A_month_is_closed_when_it_is_over_its_days_delivered_and_the_one_before_closed()
    {
        await using var house = await TestHouse.OnSqliteAsync(Start);
        await house.SellProAsync();
        await house.SubscribeAsync();
        await house.RunAsync();
        Assert.Equal("month_not_over", await CodeAsync("2026-04"));
        house.Clock.Now = Instant.FromUtc(2026, 5, 1, 12, 59);
        Assert.Equal("month_not_over", await CodeAsync("2026-04"));
        house.Clock.Now = Instant.FromUtc(2026, 5, 1, 13, 0);
        Assert.Equal("days_not_delivered", await CodeAsync("2026-04"));
        await ToAsync(house, Instant.FromUtc(2026, 6, 2, 10, 0));
        Assert.Equal("month_before_is_open", await CodeAsync("2026-05"));
        await house.SendAsync(new CloseMonth("2026-04"));
        Assert.Equal("month_closed", await CodeAsync("2026-04"));
        await house.SendAsync(new CloseMonth("2026-05"));

        async Task<string> CodeAsync(string month) =>
            (await Assert.ThrowsAsync<Refused>(() => house.SendAsync(new CloseMonth(month)))).Code;
    }

    [Fact]
    public async Task An_account_that_differs_from_its_documents_raises_an_alarm_until_it_agrees_again()
    {
        await using var house = await TestHouse.OnSqliteAsync(Start);
        await house.SellProAsync();
        await house.SubscribeAsync();
        await house.RunAsync();
        Assert.All(await house.ReadAsync(db => db.LedgerChecks.ToListAsync(TestHouse.Cancellation)), c => Assert.Equal(0, c.Difference));

        // Somebody changes a document behind the books' back.
        await MoveBalanceAsync(house, 700);
        await ToAsync(house, Start + Duration.FromDays(1));
        var alarm = Assert.Single(await house.ReadAsync(db => db.Alarms.Where(a => a.ClosedAt == null).ToListAsync(TestHouse.Cancellation)));
        Assert.Equal(
            "CustomerCredit in USD: the books say 0, the documents 700 minor units. Find the documents whose entries are missing.", alarm.Words);
        house.Clock.Now = Instant.FromUtc(2026, 5, 2, 10, 0);
        await house.RunAsync();
        Assert.Equal("books_differ", (await Assert.ThrowsAsync<Refused>(() => house.SendAsync(new CloseMonth("2026-04")))).Code);

        await MoveBalanceAsync(house, -700);
        await ToAsync(house, house.Clock.Now + Duration.FromDays(1));
        Assert.Empty(await house.ReadAsync(db => db.Alarms.Where(a => a.ClosedAt == null).ToListAsync(TestHouse.Cancellation)));
        await house.SendAsync(new CloseMonth("2026-04"));
    }

    private static Task<int> MoveBalanceAsync(TestHouse house, long by) => house.ReadAsync(db => db.Customers
        .ExecuteUpdateAsync(set => set.SetProperty(c => c.BalanceMinor, c => c.BalanceMinor + by), TestHouse.Cancellation));

    private static async Task<string> BalanceAsync(TestHouse house, LocalDate on) => string.Join('\n',
        (await house.ReadAsync(db => db.TrialBalanceAsync(on, null, TestHouse.Cancellation))).Currencies
            .SelectMany(c => c.Accounts.Select(a => $"{c.Currency} {a.Account} {a.Debits} {a.Credits}")));

    private static async Task ToAsync(TestHouse house, Instant at)
    {
        house.Clock.Now = at;
        await house.RunAsync();
    }
}
