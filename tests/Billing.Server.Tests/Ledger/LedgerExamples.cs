using Billing.Server.Ledger;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Import;
using Billing.Server.Tests.Infrastructure;
using Billing.Server.Tests.Scenarios;

namespace Billing.Server.Tests.Ledger;

/// <summary>The worked examples of docs/ledger.md, each lived through by the house.</summary>
public sealed class LedgerExamples(PostgresServer postgres)
{
    [Fact]
    public async Task A_month_is_owed_paid_and_delivered_by_the_day()
    {
        await using var diary = await SubscribedAsync();
        await diary.TheBooksSay("Cash at the gateway 49.00", "Deferred revenue 49.00");
        await diary.TheEntriesAre(
            "2026-04-01 invoice issued: receivables to deferred revenue 49.00",
            "2026-04-01 payment captured: gateway cash to receivables 49.00");

        await diary.On("2026-04-17");
        await diary.OnThatDayWasDelivered("2026-04-01", 1.63m);
        await diary.OnThatDayWasDelivered("2026-04-02", 1.64m);
        await diary.TheBooksSay("Cash at the gateway 49.00", "Deferred revenue 22.87", "Revenue: plans 26.13");

        await diary.On("2026-05-01");
        await diary.TheBooksSay("Cash at the gateway 98.00", "Deferred revenue 49.00", "Revenue: plans 49.00");
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task Leaving_now_takes_undelivered_days_out_of_deferred_revenue()
    {
        await using var diary = await SubscribedAsync();
        await diary.On("2026-04-17");
        await diary.TheCustomerCancels("now");

        await diary.TheBooksSay("Cash at the gateway 49.00", "Customer credit 22.87", "Revenue: plans 26.13");
        await diary.On("2026-05-02");
        await diary.TheBooksSay("Cash at the gateway 49.00", "Customer credit 22.87", "Revenue: plans 26.13");
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task A_credit_note_takes_what_is_undelivered_first_and_what_was_delivered_by_way_of_credits_given()
    {
        await using var diary = await SubscribedAsync();
        await diary.On("2026-04-17");
        await diary.TheMerchantCredits(10);
        await diary.TheBooksSay("Cash at the gateway 49.00", "Deferred revenue 12.87", "Customer credit 10.00", "Revenue: plans 26.13");
        await diary.On("2026-04-18");
        await diary.OnThatDayWasDelivered("2026-04-17", 0.92m);

        await diary.TheMerchantCredits(39);
        await diary.TheBooksSay("Cash at the gateway 49.00", "Customer credit 49.00", "Revenue: plans 27.05", "Credits given 27.05");
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task A_void_takes_an_invoice_out_of_the_books_as_if_it_had_not_been()
    {
        await using var diary = await SubscribedAsync(card: null);
        await diary.On("2026-04-17");
        await diary.TheBooksSay("Receivables 49.00", "Deferred revenue 22.87", "Revenue: plans 26.13");
        await diary.TheMerchantVoidsIt();

        await diary.TheBooksSay();
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task What_is_given_up_on_is_bad_debt_until_it_is_paid_after_all()
    {
        await using var diary = await SubscribedAsync(card: null);
        await diary.On("2026-04-17");
        await diary.TheMerchantGivesItUp();
        await diary.TheBooksSay("Deferred revenue 22.87", "Revenue: plans 26.13", "Bad debt 49.00");

        await diary.TheCustomerPutsIn("pm_card_visa");
        await diary.TheCustomerPaysIt();
        await diary.TheBooksSay("Cash at the gateway 49.00", "Deferred revenue 22.87", "Revenue: plans 26.13");
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task Days_that_wait_on_the_beach_are_revenue_after_the_return()
    {
        await using var diary = await SubscribedAsync();
        await diary.ThereAreBreaks(fee: 6);
        await diary.On("2026-04-17");
        await diary.TheCustomerGoesToTheBeach(back: "2026-06-17");
        await diary.On("2026-05-02");
        await diary.TheBooksSay("Cash at the gateway 55.00", "Deferred revenue 25.87", "Revenue: plans 26.13", "Revenue: breaks 3.00");

        await diary.On("2026-05-17");
        await diary.On("2026-06-10");
        await diary.On("2026-06-17");
        await diary.TheBooksSay("Cash at the gateway 61.00", "Deferred revenue 22.87", "Revenue: plans 26.13", "Revenue: breaks 12.00");
        await diary.On("2026-06-18");
        await diary.OnThatDayWasDelivered("2026-06-17", 1.63m);
        await diary.On("2026-07-01");
        await diary.TheBooksSay("Cash at the gateway 110.00", "Deferred revenue 49.00", "Revenue: plans 49.00", "Revenue: breaks 12.00");
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task A_change_takes_over_the_days_it_takes_off()
    {
        await using var diary = await SubscribedAsync();
        await diary.On("2026-04-17");
        await diary.TheCustomerChangesTo(490, "year");
        await diary.On("2026-04-18");

        // 22.87 of April are part of the year now: 490.00 over 365 days.
        await diary.OnThatDayWasDelivered("2026-04-17", 1.34m);
        await diary.TheBooksSay("Cash at the gateway 516.13", "Deferred revenue 488.66", "Revenue: plans 27.47");
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task Credit_granted_is_goodwill_and_settles_an_invoice()
    {
        await using var diary = await Diary.BeginAsync("2026-04-01");
        await diary.TheCustomerIsGranted(10);
        await diary.TheBooksSay("Customer credit 10.00", "Goodwill 10.00");
        await diary.TheCustomerSubscribes(49);

        await diary.TheBooksSay("Cash at the gateway 39.00", "Deferred revenue 49.00", "Goodwill 10.00");
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task What_is_too_small_to_charge_makes_customer_credit_smaller_until_it_is_collected()
    {
        await using var diary = await Diary.BeginAsync("2026-04-01");
        await diary.TheCustomerSubscribes(0.30m);
        await diary.TheBooksSay("Deferred revenue 0.30", "Customer credit -0.30");

        await diary.On("2026-05-01");
        await diary.TheBooksSay("Cash at the gateway 0.60", "Deferred revenue 0.30", "Revenue: plans 0.30");
        await diary.TheBooksAgree();
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task What_was_billed_elsewhere_brings_nothing_along_and_is_an_opening_balance_when_it_is_given_back(string database)
    {
        await using var bench = await ImportBench.OnAsync(database, postgres);
        await bench.ImportAsync(ImportBench.Header, "c-1,pro,USD,4900,month,2026-01-15,");
        Assert.Empty((await BalanceAsync(bench.House)).Currencies);
        var imported = (await bench.OnlySubscriptionAsync()).Id.Value;
        await bench.House.SendAsync(new CancelSubscription(imported, new("now")));

        var rows = Assert.Single((await BalanceAsync(bench.House)).Currencies).Accounts;
        Assert.Equal(["customer_credit", "opening_balances"], rows.Select(r => r.Account));
        Assert.Equal(0, rows.Sum(r => r.Balance));
        await LedgerBooks.MustAgreeAsync(bench.House.Database);
    }

    private static Task<Client.Contract.TrialBalanceView> BalanceAsync(TestHouse house) =>
        house.ReadAsync(db => db.TrialBalanceAsync(new(2099, 1, 1), null, TestHouse.Cancellation));

    private static async Task<Diary> SubscribedAsync(string? card = "pm_card_visa")
    {
        var diary = await Diary.BeginAsync("2026-04-01", card);
        await diary.TheCustomerSubscribes(49);
        return diary;
    }
}
