using Billing.Client.Contract;
using Billing.Ledger;
using Billing.Server.Customers;
using Billing.Server.Http;
using Billing.Server.Invoicing;
using Billing.Server.Ledger;
using Billing.Server.Plans;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Ledger;

/// <summary>Random histories through the house, in two currencies and two zones; fixed seeds.</summary>
public sealed class LedgerHistoryTests(PostgresServer postgres)
{
    private const int Steps = 60;
    private static readonly Instant Start = Instant.FromUtc(2026, 1, 29, 10, 0);
    private static readonly LocalDate Ever = new(2099, 1, 1);

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task What_was_known_then_is_what_a_replay_says_and_the_books_agree_after_every_step(string database)
    {
        await using var house = await TestHouse.OnAsync(database, postgres, Start);
        await SellAsync(house);
        var random = new Random(database.Length);
        List<Guid> customers = [], subscriptions = [];
        foreach (var (currency, zone) in new[] { ("USD", "Pacific/Auckland"), ("USD", "America/Los_Angeles"), ("JPY", "Asia/Tokyo") })
        {
            var customer = (await house.AddCustomerAsync(currency, zone)).Id;
            await house.SendAsync(new Billing.Server.Cards.AddCard(customer, new("pm_card_visa")));
            subscriptions.Add((await house.SendAsync(new StartSubscription(customer, new("pro", new("month"))))).Id);
            customers.Add(customer);
        }

        List<(Instant At, string Balance)> seen = [];
        for (var step = 0; step < Steps; step++)
        {
            house.Clock.Now += Duration.FromHours(random.Next(6, 60));
            await house.RunAsync();
            await ActAsync(house, random, customers, subscriptions);
            await LedgerBooks.MustAgreeAsync(house.Database);
            seen.Add((house.Clock.Now, await BalanceAsync(house, null)));
        }

        foreach (var (at, balance) in seen) Assert.Equal(balance, await BalanceAsync(house, at));
        foreach (var at in seen.Where((_, i) => i % 12 == 0).Select(s => s.At)) Assert.Equal(await ReplayAsync(house, at), await BalanceAsync(house, at));
        Assert.True((await house.ReadAsync(db => db.LedgerEntries.Select(e => e.Rule).Distinct().ToListAsync(TestHouse.Cancellation))).Count >= 6);
        await RowsAddUpAsync(house);
    }

    /// <summary>Every report's total is that of its rows, over all pages; opening + movements = closing.</summary>
    private static async Task RowsAddUpAsync(TestHouse house)
    {
        await using var db = house.Database.Open();
        LocalDate from = new(2026, 2, 1), to = new(2026, 3, 31);
        StatementQuery query = new(Account.DeferredRevenue, Currency.Of("USD"), from, to);
        List<LedgerEntryView> rows = [];
        StatementView? page = null;
        do
        {
            page = await db.StatementAsync(query, new(page?.Entries.Next, 20), TestHouse.Cancellation);
            rows.AddRange(page.Entries.Items);
        }
        while (page.Entries.Next is not null);
        Assert.Equal(page.Closing, page.Opening + rows.Sum(r => r.Credit == "deferred_revenue" ? r.Amount.Value : -r.Amount.Value));
        Assert.Equal(rows.Select(r => r.Id).Distinct().Count(), rows.Count);

        var report = await house.SendAsync(new ReadDeferred(new(2026, 1, 1), new(2026, 9, 1), null));
        Assert.All(report.Currencies, c =>
        {
            Assert.All(c.Months, m => Assert.Equal(m.Closing, m.Opening + m.Billed + m.Delivered + m.Credited + m.Voided));
            Assert.All(c.Months.Zip(c.Months.Skip(1)), pair => Assert.Equal(pair.First.Closing, pair.Second.Opening));
            Assert.Equal(c.Balance, c.Coming.Sum(m => m.Amount) + c.Waiting + c.Late);
        });
        Assert.Equal(page.Closing, report.Currencies.Single(c => c.Currency == "USD").Months.Single(m => m.Month == "2026-03").Closing);
    }

    /// <summary>All entries written up to then, added up one by one.</summary>
    private static async Task<string> ReplayAsync(TestHouse house, Instant at)
    {
        Dictionary<(string Currency, Account Account), (long Debits, long Credits)> sums = [];
        foreach (var entry in await house.ReadAsync(db => db.LedgerEntries.Where(e => e.At <= at).ToListAsync(TestHouse.Cancellation)))
        {
            Add(entry.Currency, entry.Debit, entry.AmountMinor, 0);
            Add(entry.Currency, entry.Credit, 0, entry.AmountMinor);
        }

        return string.Join('\n', sums.OrderBy(s => s.Key.Currency, StringComparer.Ordinal).ThenBy(s => ChartOfAccounts.Of(s.Key.Account).Number, StringComparer.Ordinal)
            .Select(s => $"{s.Key.Currency} {Wire.Word(s.Key.Account)} {s.Value.Debits} {s.Value.Credits}"));

        void Add(Currency currency, Account account, long debit, long credit)
        {
            var (debits, credits) = sums.GetValueOrDefault((currency.Code, account));
            sums[(currency.Code, account)] = (debits + debit, credits + credit);
        }
    }

    private static async Task<string> BalanceAsync(TestHouse house, Instant? known) => string.Join('\n',
        (await house.ReadAsync(db => db.TrialBalanceAsync(Ever, known, TestHouse.Cancellation))).Currencies
            .SelectMany(c => c.Accounts.Select(a => $"{c.Currency} {a.Account} {a.Debits} {a.Credits}")));

    private static async Task ActAsync(TestHouse house, Random random, List<Guid> customers, List<Guid> subscriptions)
    {
        var who = random.Next(customers.Count);
        var (customer, subscription, currency) = (customers[who], subscriptions[who], who == 2 ? "JPY" : "USD");
        var today = house.Clock.Now.InUtc().Date;
        try
        {
            switch (random.Next(9))
            {
                case 0: await house.SendAsync(new GrantCredit(customer, new(new(random.Next(1, 4000), currency)))); break;
                case 1: await CreditAsync(house, customer, random.Next(1, 2000), currency); break;
                case 2: await house.SendAsync(new TakeBreak(subscription, new(Wire.Iso(today.PlusDays(random.Next(16, 40))), random.Next(2) == 0 ? "now" : "period_end", "customer"))); break;
                case 3: await house.SendAsync(new ReturnFromBreak(subscription)); break;
                case 4: await house.SendAsync(new CancelSubscription(subscription, new("now"))); break;
                case 5: await house.SendAsync(new ComeBack(subscription)); break;
                case 6: await SellOnceAsync(house, customer, random.Next(1, 3000), currency); break;
                default:
                    var wish = new PlanChange(random.Next(2) == 0 ? "pro" : "team", Cadence: new(random.Next(3) == 0 ? "year" : "month"), When: "now");
                    var quote = await house.SendAsync(new QuoteChange(subscription, wish));
                    await house.SendAsync(new ConfirmChange(subscription, new(quote.Token)));
                    break;
            }
        }
        catch (Refused)
        {
            // What the house refuses is not done.
        }
    }

    private static async Task CreditAsync(TestHouse house, Guid customer, long amount, string currency)
    {
        var invoice = (await house.InvoicesAsync()).Last(i => i.CustomerId.Value == customer);
        if (amount % 5 == 0) await house.SendAsync(new VoidInvoice(invoice.Id.Value));
        else await house.SendAsync(new CreditInvoice(invoice.Id.Value, new(new(amount, currency), "Sorry")));
    }

    private static async Task SellOnceAsync(TestHouse house, Guid customer, long amount, string currency)
    {
        var invoice = await house.SendAsync(new DraftInvoice(customer, new([new("A poster", new(amount, currency))])));
        await house.SendAsync(new IssueInvoice(invoice.Id));
        if (amount % 3 == 0) await house.SendAsync(new VoidInvoice(invoice.Id));
        else if (amount % 3 == 1) await house.SendAsync(new WriteOffInvoice(invoice.Id));
    }

    private static async Task SellAsync(TestHouse house)
    {
        foreach (var (plan, usd) in new[] { ("pro", 4_900L), ("team", 9_900L) })
        {
            await house.SendAsync(new CreatePlan(new(plan, plan)));
            foreach (var currency in new[] { "USD", "JPY" })
            {
                await house.SendAsync(new SetPrice(plan, new(new(usd, currency), new("month"))));
                await house.SendAsync(new SetPrice(plan, new(new(usd * 10, currency), new("year"))));
                await house.SendAsync(new AllowBreaks(plan, new(new(usd / 10, currency), 14, 120, 12)));
            }
        }
    }
}
