using Billing.Client.Contract;
using Billing.Metrics;
using Billing.Server.Cards;
using Billing.Server.Customers;
using Billing.Server.Http;
using Billing.Server.Plans;
using Billing.Server.Reports;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Slices;

/// <summary>Figures and the rows behind them, from a house that lives.</summary>
public sealed class MetricsTests(PostgresServer postgres)
{
    private static readonly Instant Start = Instant.FromUtc(2026, 1, 5, 9, 0);

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Opening_and_movements_are_closing_every_total_is_its_rows_and_what_was_known_is_said_again(string database)
    {
        await using var house = await TestHouse.OnAsync(database, postgres, Start);
        await house.SellProAsync();
        await house.SendAsync(new AllowBreaks(Merchant.Pro, new(new(500, "USD"), 14, 180, 4)));
        await house.SubscribeManyAsync(20);
        for (var i = 0; i < 3; i++) await UnpaidAsync(house);
        List<(Instant At, MetricsReportView Report)> said = [];
        var dice = new Random(20260105);
        for (var step = 0; step < 24; step++)
        {
            house.Clock.Now += Duration.FromDays(6);
            await ActAsync(house, dice);
            // One time in three nothing closes the day: the report says so all the same.
            if (step % 3 != 2) await house.RunAsync();
            var report = await ReportAsync(house);
            await AddsUpAsync(house, Assert.Single(report.Currencies));
            said.Add((house.Clock.Now, report));
            house.Clock.Now += Duration.FromSeconds(1);
        }

        var moved = Assert.Single(said[^1].Report.Currencies).Months.SelectMany(m => m.Figures).Where(f => f.Part != 0).Select(f => f.Name).ToHashSet();
        Assert.Empty(new[] { "on_beach", "revenue_churn_voluntary", "revenue_churn_involuntary" }.Except(moved));
        foreach (var (at, report) in said)
        {
            var again = await ReportAsync(house, at);
            Assert.Equivalent(report.Currencies, again.Currencies, strict: true);
        }
    }

    [Fact]
    public async Task What_was_spent_is_entered_by_month_and_the_newest_counts()
    {
        await using var house = await TestHouse.OnChosenAsync(Start);
        await house.SellProAsync();
        await house.SubscribeManyAsync(10);
        await house.RunAsync();
        await house.SendAsync(new EnterAcquisitionCost(new("2026-01", new(999, "USD"))));
        var before = house.Clock.Now;
        house.Clock.Now += Duration.FromMinutes(1);
        await house.SendAsync(new EnterAcquisitionCost(new("2026-01", new(122_500, "USD"))));
        await house.SendAsync(new EnterAcquisitionCost(new("2026-01", new(5, "EUR"))));

        Assert.Equal((12_250L, 250L), (await FigureAsync("acquisition_cost"), await FigureAsync("payback")));
        Assert.Equal(100L, await FigureAsync("acquisition_cost", before));
        Assert.Equal("unknown_currency", (await Assert.ThrowsAsync<Refused>(() => house.SendAsync(new EnterAcquisitionCost(new("2026-01", new(1, "XXZ")))))).Code);
        Assert.Equal("month", (await Assert.ThrowsAsync<BadInput>(() => house.SendAsync(new EnterAcquisitionCost(new("2026-13", new(1, "USD")))))).Errors.Single().Field);

        async Task<long?> FigureAsync(string name, Instant? known = null) =>
            Assert.Single((await ReportAsync(house, known)).Currencies).Months[0].Figures.Single(f => f.Name == name).Value;
    }

    private static Task<MetricsReportView> ReportAsync(TestHouse house, Instant? knownAt = null) =>
        house.SendAsync(new ReadMetrics(new(2026, 1, 1), new(2026, 6, 1), knownAt));

    /// <summary>Somebody who is asked kindly, and never pays.</summary>
    private static async Task UnpaidAsync(TestHouse house)
    {
        var customer = await house.SendAsync(new AddCustomer(new("USD", "UTC", Email: "somebody@example.com")));
        await house.SendAsync(new AddCard(customer.Id, new("sandbox_declines_insufficient_funds")));
        await house.SendAsync(new StartSubscription(customer.Id, new(Merchant.Pro, new("month"))));
    }

    private static async Task ActAsync(TestHouse house, Random dice)
    {
        var live = await house.ReadAsync(db => db.Subscriptions.Where(s => s.EndedOn == null).OrderBy(s => s.Id).Select(s => s.Id.Value).ToListAsync(TestHouse.Cancellation));
        var one = live[dice.Next(live.Count)];
        try
        {
            if (dice.Next(3) == 0) await house.SubscribeAsync();
            else if (dice.Next(2) == 0) await house.SendAsync(new CancelSubscription(one, new("now")));
            else await house.SendAsync(new TakeBreak(one, new(house.Clock.Now.InUtc().Date.PlusDays(20 + dice.Next(30)).Iso())));
        }
        catch (Refused)
        {
            // Some acts are not possible where somebody stands: away already, ending already.
        }
    }

    private static async Task AddsUpAsync(TestHouse house, MetricsCurrencyView usd)
    {
        var mrr = Assert.Single((await house.SendAsync(new ReadMrr(new(2026, 1, 1), new(2026, 6, 30), MrrBy.Month))).Currencies);
        Assert.All(mrr.Rows, r => Assert.Equal(
            r.Closing, r.Opening + r.New + r.Expansion + r.Contraction + r.ToBeach + r.BackFromBeach + r.VoluntaryChurn + r.InvoluntaryChurn + r.LostOnBeach + r.Reactivation));
        Assert.Equal(mrr.Rows.Select(r => (long?)r.Closing), usd.Months.Select(m => Of(m, "mrr")));
        Assert.Equal(0, mrr.Check.Difference);
        var paying = await house.ReadAsync(db => db.Subscriptions.CountAsync(s => s.MrrMinor > 0, TestHouse.Cancellation));
        Assert.Equal(paying, Of(usd.Months[^1], "paying"));
        Assert.Equal(paying, usd.Cohorts.Sum(c => c.After[^1].Paying));

        foreach (var month in usd.Months)
        {
            var rows = await house.ReadAsync(db => db.MovedPageAsync(
                new(Currency.Of("USD"), Billing.Server.Ledger.LedgerMonths.Parse(month.Month, "month"), MrrMovementKind.VoluntaryChurn), new(Limit: 100), TestHouse.Cancellation));
            var row = mrr.Rows.Single(r => r.Start.StartsWith(month.Month, StringComparison.Ordinal));
            Assert.Equal(row.VoluntaryChurn, rows.Items.SelectMany(r => r.Movements).Sum(m => m.Amount.Value));
        }
    }

    private static long? Of(MetricsMonthView month, string figure) => month.Figures.Single(f => f.Name == figure).Value;
}
