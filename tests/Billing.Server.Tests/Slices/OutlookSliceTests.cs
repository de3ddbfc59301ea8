using Billing.Client.Contract;
using Billing.Server.Customers;
using Billing.Server.Invoicing;
using Billing.Server.Tests.Infrastructure;

namespace Billing.Server.Tests.Slices;

/// <summary>All that will happen to a customer by itself, over HTTP and on every database.</summary>
public sealed class OutlookSliceTests(PostgresServer postgres)
{
    private static readonly Instant Start = Instant.FromUtc(2026, 4, 1, 10, 0);

    [Fact]
    public async Task Over_HTTP_it_says_when_how_much_and_how_to_stop_it()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Start);
        var api = house.Client;
        foreach (var (code, price) in new[] { ("trial", 1_000L), ("smaller", 2_000), ("bigger", 3_000), ("leaving", 4_000), ("beach", 5_000), ("moved", 6_000) })
        {
            await api.CreatePlanAsync(new(code, code));
            await api.SetPriceAsync(code, new(new(price, "USD"), new("month")));
        }

        await api.AllowBreaksAsync("beach", new(new(500, "USD"), 14, 180));
        var customer = (await api.AddCustomerAsync(new("USD", "UTC"))).Id;
        await api.AddCardAsync(customer, new("sandbox_declines_insufficient_funds_1_times"));
        var trial = await StartAsync("trial", 14);
        var changes = await StartAsync("bigger");
        var leaves = await StartAsync("leaving");
        var goes = await StartAsync("beach");
        var moves = await StartAsync("moved");
        await house.RunAsync();
        var open = Assert.Single(await house.Client.ListInvoicesAsync(customer, "open").ToListAsync(ApiHouse.Cancellation));
        var quote = await api.QuoteChangeAsync(changes, new("smaller"));
        await api.ConfirmChangeAsync(changes, new(quote.Token));
        await api.CancelSubscriptionAsync(leaves, new("period_end"));
        await api.TakeBreakAsync(goes, new("2026-06-10", "period_end"));
        await api.SetPriceAsync("moved", new(new(6_600, "USD"), new("month")));
        await api.SchedulePriceMoveAsync("moved", new("USD", new("month"), "2026-05-15"));
        await house.RunAsync();

        var outlook = await api.GetOutlookAsync(customer);

        Assert.Equal("2027-04-02T10:00:00Z", outlook.Until);
        var of = outlook.Entries.ToLookup(e => e.InvoiceId ?? e.SubscriptionId, Line);
        Assert.Equal(
            [$"collects 2026-04-03 {open.Due.Value} due; Invoice {open.Number} is tried again: {Usd(open.Due.Value)}.; pay_now"], of[open.Id]);
        Assert.Equal(
            "bills 2026-04-15 to 2026-05-15 1000, 1000 due; USD 10.00 is charged for 2026-04-15 to 2026-05-14.; cancel", of[trial].First());
        Assert.Equal(
            [
                $"changes 2026-05-01; The planned change takes effect: 1 of plan {await PlanIdAsync("smaller")}.; withdraw_change",
                "bills 2026-05-01 to 2026-06-01 2000, 2000 due; USD 20.00 is charged for 2026-05-01 to 2026-05-31.; cancel",
            ],
            of[changes].Take(2));
        Assert.Equal(["ends 2026-05-01; It ends; nothing more is charged.; withdraw_cancel"], of[leaves]);
        Assert.Equal(
            [
                "goes_away 2026-05-01 to 2026-06-10; The break begins; back on 2026-06-10.; withdraw_break, cancel",
                "charges_away 2026-05-01 to 2026-06-01 500, 500 due; USD 5.00 is charged for the days away to 2026-05-31.; return_early, cancel",
                "charges_away 2026-06-01 to 2026-06-10 150, 150 due; USD 1.50 is charged for the days away to 2026-06-09.; return_early, cancel",
                "reminds 2026-06-03 5000, billed 2026-06-10; The customer is reminded: back on 2026-06-10, USD 50.00 on 2026-06-10.; ",
                "returns 2026-06-10, billed 2026-06-10; The customer is back; the next charge is on 2026-06-10.; extend_break, cancel",
                "bills 2026-06-10 to 2026-07-10 5000, 5000 due; USD 50.00 is charged for 2026-06-10 to 2026-07-09.; cancel, take_break",
            ],
            of[goes].Take(6));
        Assert.Equal(
            [
                "bills 2026-05-01 to 2026-06-01 6000, 6000 due; USD 60.00 is charged for 2026-05-01 to 2026-05-31.; cancel",
                "moves_price 2026-06-01 6600; The price moves from USD 60.00 to USD 66.00 a period and seat, as announced.; cancel",
                "bills 2026-06-01 to 2026-07-01 6600, 6600 due; USD 66.00 is charged for 2026-06-01 to 2026-06-30.; cancel",
            ],
            of[moves].Take(3));
        Assert.Equal(outlook.Entries.OrderBy(e => e.At, StringComparer.Ordinal), outlook.Entries);

        async Task<Guid> StartAsync(string plan, int? trialDays = null) =>
            (await api.StartSubscriptionAsync(customer, new(plan, new("month"), TrialDays: trialDays))).Id;

        async Task<Guid> PlanIdAsync(string plan) => (await api.GetPlanAsync(plan)).Id;
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_long_history_costs_no_more_commands_than_a_short_one(string database)
    {
        var seen = new SeenCommands();
        await using var house = await TestHouse.OnAsync(database, postgres, Start, new() { Interceptors = [seen] });
        await house.SellProAsync();
        var customers = new[] { (await house.SubscribeAsync()).CustomerId, (await house.SubscribeAsync()).CustomerId };
        await house.RunAsync();
        for (var i = 0; i < 199; i++)
        {
            var draft = (await house.SendAsync(new DraftInvoice(customers[1], new([new("Setup", new(100, "USD"))])))).Id;
            await house.SendAsync(new IssueInvoice(draft));
        }

        var (few, many) = (await CommandsAsync(customers[0]), await CommandsAsync(customers[1]));

        Assert.Equal((few.Commands, 12), (many.Commands, few.Bills));
        Assert.InRange(many.Commands, 1, 9);
        Assert.Equal((0, 199), (few.Collects, many.Collects));

        async Task<(int Commands, int Bills, int Collects)> CommandsAsync(Guid customer)
        {
            seen.Texts.Clear();
            var outlook = await house.ReadAsync(db => db.OutlookAsync(customer, house.Gateway, house.Clock.Now, TestHouse.Cancellation));
            return (seen.Texts.Count, outlook.Entries.Count(e => e.Kind == "bills"), outlook.Entries.Count(e => e.Kind == "collects"));
        }
    }

    private static string Line(OutlookEntryView entry)
    {
        var money = (entry.Total is { } total ? $" {total.Value}" : "")
            + (entry.Due is { } due ? $"{(entry.Total is null ? "" : ",")} {due.Value} due" : "");
        return $"{entry.Kind} {entry.On}{(entry.To is null ? "" : " to " + entry.To)}{money}"
            + $"{(entry.NextBillingOn is null ? "" : ", billed " + entry.NextBillingOn)}; {entry.Words}; {string.Join(", ", entry.HowToStop)}";
    }

    private static string Usd(long minor) => new Money(minor, Currency.Of("USD")).ToString();
}
