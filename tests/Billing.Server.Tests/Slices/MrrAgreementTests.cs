using Billing.Server.Pages.Office;
using Billing.Server.Reports;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Slices;

/// <summary>Finance never meets two figures that should agree and do not.</summary>
public sealed class MrrAgreementTests(PostgresServer postgres)
{
    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task The_office_the_report_and_the_subscriptions_agree_also_between_two_runs(string database)
    {
        await using var house = await TestHouse.OnAsync(database, postgres, Instant.FromUtc(2026, 3, 10, 9, 0));
        await house.SellProAsync();
        await house.SubscribeManyAsync(3);
        await house.RunAsync();
        await AgreeAsync(house);

        // Nothing has closed the day since.
        var leaver = await house.ReadAsync(db => db.Subscriptions.OrderBy(s => s.Id).Select(s => s.Id).FirstAsync(TestHouse.Cancellation));
        await house.SendAsync(new CancelSubscription(leaver.Value, new("now")));
        await AgreeAsync(house);
    }

    private static async Task AgreeAsync(TestHouse house)
    {
        var live = await house.ReadAsync(db => db.Subscriptions.SumAsync(s => s.MrrMinor, TestHouse.Cancellation));
        var report = Assert.Single((await house.SendAsync(new ReadMrr(new(2026, 3, 1), new(2026, 3, 31), MrrBy.Month))).Currencies);
        var office = Assert.Single(await house.ReadAsync(db => MrrByMonth.ReadAsync(db, new(2026, 3, 31), TestHouse.Cancellation)));

        Assert.True(live > 0);
        Assert.Equal((live, live), (report.Rows[^1].Closing, office.Closing.Minor));
    }
}
