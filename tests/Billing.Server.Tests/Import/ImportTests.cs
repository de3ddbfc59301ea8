using Billing.Plans;
using Billing.Server.Import;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Import;

/// <summary>What an import makes of good rows.</summary>
public sealed class ImportTests(PostgresServer postgres)
{
    [Fact]
    public async Task What_the_file_does_not_tell_stays_empty()
    {
        await using var bench = await ImportBench.OnSqliteAsync();

        await bench.ImportAsync(ImportBench.Header, "c-1,pro,USD,4900,month,2026-01-15,");

        var customer = await bench.House.ReadAsync(db => db.Customers.SingleAsync(TestHouse.Cancellation));
        Assert.Equal(("c-1", null, null, null, "en", "UTC"), (
            customer.ExternalId, customer.Name, customer.Email, customer.Country, customer.Locale, customer.TimeZone));
        Assert.Null(customer.DefaultCardId);
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Every_column_arrives_and_the_card_is_kept_at_the_gateway(string database)
    {
        await using var bench = await ImportBench.OnAsync(database, postgres);
        string[] file =
        [
            "\uFEFFcard_token,time_zone,locale,country,email,name,quantity,interval_count,ended_on,trial_ends_on,started_on,billing_interval,unit_amount_minor,currency,plan,customer_id",
            "pm_card_visa,Asia/Dhaka,bn,BD,mina@example.org,\"মিনা, \"\"M\"\"\",3,2,,2026-01-10,2026-01-01,week,150000,BDT,team,c-1",
        ];

        var report = await bench.ImportAsync(file);

        Assert.Equal((0, 1), (report.ExitCode, report.CardsKept));
        var customer = await bench.House.ReadAsync(db => db.Customers.SingleAsync(TestHouse.Cancellation));
        Assert.Equal(("মিনা, \"M\"", "mina@example.org", "BD", "bn", "Asia/Dhaka"), (
            customer.Name, customer.Email, customer.Country, customer.Locale, customer.TimeZone));
        var subscription = await bench.OnlySubscriptionAsync();
        Assert.Equal((3, 2, 150000L, false), (subscription.Quantity, subscription.CadenceCount, subscription.UnitAmountMinor, subscription.IsNegotiated));
        Assert.Equal(new LocalDate(2026, 1, 10), subscription.AnchorDate);
        var plan = await bench.House.ReadAsync(db => db.Plans.SingleAsync(TestHouse.Cancellation));
        Assert.Equal(("team", "team", PlanPricing.PerSeat), (plan.Code, plan.Name, plan.Pricing));
        var card = await bench.House.ReadAsync(db => db.Cards.SingleAsync(TestHouse.Cancellation));
        Assert.Equal((customer.DefaultCardId, "4242"), (card.Id, card.LastFour));

        var again = await bench.ImportAsync(file);
        Assert.Equal((0, 1, 0), (again.ExitCode, again.Tally.Known, again.CardsKept));
    }

    [Fact]
    public async Task A_card_that_the_gateway_refuses_is_named_and_its_row_is_in()
    {
        await using var bench = await ImportBench.OnSqliteAsync();

        var report = await bench.ImportAsync(
            ImportBench.Header + ",card_token", "c-1,pro,USD,4900,month,2026-01-15,,no_such_card", "c-2,pro,USD,4900,month,2026-01-15,,pm_card_visa");

        Assert.Equal(["line 2, card_token: The row is in, its card is not (card_token_unknown)."], report.Tally.FirstTroubles.Select(t => t.ToString()));
        Assert.Equal((1, true, 1), (report.ExitCode, report.IsIn, report.CardsKept));
        Assert.Equal(["c-1", "c-2"], await bench.CustomersAsync());
    }

    [Fact]
    public async Task The_usual_amount_is_the_price_and_others_are_negotiated()
    {
        await using var bench = await ImportBench.OnSqliteAsync();

        await bench.ImportAsync(
            ImportBench.Header, "a,pro,USD,3900,month,2026-01-15,", "b,pro,USD,4900,month,2026-01-15,", "c,pro,USD,4900,month,2026-01-15,",
            "d,pro,EUR,4500,month,2026-01-15,", "e,pro,USD,49000,year,2026-01-15,");

        var prices = await bench.House.ReadAsync(db => db.Prices.OrderBy(p => p.UnitAmountMinor).ToListAsync(TestHouse.Cancellation));
        Assert.Equal([("EUR", 4500), ("USD", 4900), ("USD", 49000)], prices.Select(p => (p.Currency.Code, p.UnitAmountMinor)));
        var negotiated = await bench.House.ReadAsync(db => db.Subscriptions.SingleAsync(s => s.IsNegotiated, TestHouse.Cancellation));
        Assert.Equal(3900, negotiated.UnitAmountMinor);
    }

    [Fact]
    public async Task A_plan_that_is_here_keeps_its_name_and_price()
    {
        await using var bench = await ImportBench.OnSqliteAsync();
        await using (var db = bench.House.Database.Open())
        {
            var plan = Plan.Create(new(Guid.NewGuid()), "pro", "Professional", PlanPricing.Flat, 14, ImportBench.FirstOfNovember);
            db.Add(plan);
            db.Add(plan.SetPrice(new(Guid.NewGuid()), new(5900, Currency.Of("USD")), Billing.Periods.Cadence.Monthly, null, ImportBench.FirstOfNovember));
            await db.SaveChangesAsync(TestHouse.Cancellation);
        }

        var report = await bench.ImportAsync(ImportBench.Header + ",quantity", "a,pro,USD,4900,month,2026-01-15,,1", "b,pro,USD,5900,month,2026-01-15,,1");
        var seats = await bench.ImportAsync(ImportBench.Header + ",quantity", "c,pro,USD,4900,month,2026-01-15,,2");

        Assert.Equal((0, 0), (report.ExitCode, report.PlansMade));
        Assert.Equal(1, await bench.House.ReadAsync(db => db.Prices.CountAsync(TestHouse.Cancellation)));
        Assert.Equal("quantity", Assert.Single(seats.Tally.FirstTroubles).Column);
    }

    [Fact]
    public async Task A_customer_may_have_several_subscriptions_one_after_another_or_of_several_plans()
    {
        await using var bench = await ImportBench.OnSqliteAsync();

        var report = await bench.ImportAsync(
            ImportBench.Header, "a,pro,USD,4900,month,2025-01-15,2025-06-01", "a,pro,USD,4900,month,2025-06-01,", "a,extra,USD,900,month,2026-01-15,");

        Assert.Equal((3, 2, 0), (report.Tally.Taken, report.Tally.Active, report.ExitCode));
        Assert.Equal(["a"], await bench.CustomersAsync());
    }

    [Theory]
    [InlineData("a,pro,USD,4900,month,2026-01-15,,Ada", 3, "started_on", "Line 2 has the same")]
    [InlineData("a,pro,USD,5900,month,2026-02-15,,Ada", 3, "started_on", "same days in line 2")]
    [InlineData("a,pro,USD,4900,month,2025-02-15,2026-01-16,Ada", 3, "started_on", "same days in line 2")]
    [InlineData("a,extra,EUR,4900,month,2026-01-15,,Ada", 3, "currency", "this is another")]
    [InlineData("a,extra,USD,4900,month,2026-01-15,,Eve", 3, "name", "this is another")]
    public async Task Rows_of_one_customer_that_contradict_each_other_are_named(string row, int line, string column, string reason)
    {
        await using var bench = await ImportBench.OnSqliteAsync();

        var report = await bench.ImportAsync(ImportBench.Header + ",name", "a,pro,USD,4900,month,2026-01-15,,Ada", row);

        var trouble = Assert.Single(report.Tally.FirstTroubles);
        Assert.Equal((line, column), (trouble.Line, trouble.Column));
        Assert.Contains(reason, trouble.Reason, StringComparison.Ordinal);
        Assert.Equal(0, await bench.RowsAsync());
    }

    [Theory]
    [InlineData("unit_amount_minor", "a,pro,USD,5900,month,2026-01-15,,Ada")]
    [InlineData("billing_interval", "a,pro,USD,4900,week,2026-01-15,,Ada")]
    [InlineData("ended_on", "a,pro,USD,4900,month,2026-01-15,2026-05-01,Ada")]
    [InlineData("name", "a,pro,USD,4900,month,2026-01-15,,Eve")]
    [InlineData("started_on", "a,pro,USD,4900,month,2026-01-16,,Ada")]
    public async Task A_file_that_says_otherwise_than_what_is_here_is_named_and_changes_nothing(string column, string row)
    {
        await using var bench = await ImportBench.OnSqliteAsync();
        await bench.ImportAsync(ImportBench.Header + ",name", "a,pro,USD,4900,month,2026-01-15,,Ada");
        var before = await bench.RowsAsync();

        var report = await bench.ImportAsync(ImportBench.Header + ",name", row, "b,pro,USD,4900,month,2026-01-15,,Bob");

        Assert.Equal([column], report.Tally.FirstTroubles.Select(t => t.Column));
        Assert.Equal(before, await bench.RowsAsync());
    }

    [Fact]
    public async Task An_old_file_does_not_contradict_what_ended_here_since()
    {
        await using var bench = await ImportBench.OnSqliteAsync();
        string[] file = [ImportBench.Header, "a,pro,USD,4900,month,2026-01-15,"];
        await bench.ImportAsync(file);
        await using (var db = bench.House.Database.Open())
        {
            var subscription = await db.Subscriptions.SingleAsync(TestHouse.Cancellation);
            db.Add(subscription.CancelNow(Billing.Subscriptions.EndReason.Voluntary, ImportBench.FirstOfNovember).Movement!);
            await db.SaveChangesAsync(TestHouse.Cancellation);
        }

        var report = await bench.ImportAsync(file);

        Assert.Equal((1, 0), (report.Tally.Known, report.ExitCode));
    }

    [Theory]
    [InlineData("import a.csv", "a.csv", null, null, null)]
    [InlineData("import --rejects r.csv a.csv --as-of=2026-11-01 --time-zone Asia/Dhaka", "a.csv", "r.csv", "2026-11-01", "Asia/Dhaka")]
    [InlineData("import a.csv --Billing:Database:Provider Postgres", "a.csv", null, null, null)]
    public void The_command_line_is_read(string line, string file, string? rejects, string? asOf, string? zone)
    {
        var request = ImportRequest.Of(line.Split(' '));

        Assert.Equal((file, rejects, asOf, zone), (
            request.File, request.Rejects, request.AsOf?.ToString("uuuu-MM-dd", System.Globalization.CultureInfo.InvariantCulture), request.TimeZone));
    }

    [Theory]
    [InlineData("import")]
    [InlineData("import a.csv b.csv")]
    [InlineData("import a.csv --reject r.csv")]
    [InlineData("import a.csv --rejects")]
    [InlineData("import a.csv --as-of 2026-13-01")]
    [InlineData("import a.csv --time-zone London")]
    public void A_command_line_that_is_not_understood_is_refused(string line) =>
        Assert.Throws<Refused>(() => ImportRequest.Of(line.Split(' ')));
}
