using Billing.Client.Contract;
using Billing.Retention;
using Billing.Server.Plans;
using Billing.Server.Reports;
using Billing.Server.Retention;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Slices;

/// <summary>Whether breaks and offers kept anybody, and how hard customers found it.</summary>
public sealed class RetentionReportTests(PostgresServer postgres)
{
    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_break_saved_somebody_who_is_still_there_30_and_90_days_after_it_ended(string database)
    {
        await using var house = await TestHouse.OnAsync(database, postgres, Instant.FromUtc(2026, 1, 5, 9, 0));
        await house.SellProAsync();
        await house.SendAsync(new AllowBreaks(Merchant.Pro, new(new(500, "USD"), 14, 180, 2)));
        await house.SubscribeManyAsync(12);
        await house.RunAsync();
        var all = await house.ReadAsync(db => db.Subscriptions.OrderBy(s => s.Id).Select(s => s.Id.Value).ToListAsync(TestHouse.Cancellation));

        // Nine go by themselves; one takes the break that is offered instead of leaving; one leaves although it was offered.
        foreach (var id in all.Take(9)) await house.SendAsync(new TakeBreak(id, new("2026-02-05")));
        var session = await AskAsync(house, all[9]);
        await house.SendAsync(new TakeBreak(all[9], new("2026-02-05", AskedHow: "leaving", CancelSessionId: session.Id)));
        await house.SendAsync(new CloseCancelSession((await AskAsync(house, all[10])).Id, new("now")));
        for (var i = 0; i < 10; i++) await house.SendAsync(new GiveFeedback(Guid.CreateVersion7(), (await CustomerOfAsync(house, all[i])).Value, CustomerAct.BreakTaken, i == 0 ? 2 : 7, null));

        // One is lost while away; one leaves ten days after coming back, one sixty days after.
        await AtAsync(house, 1, 20);
        await house.SendAsync(new CancelSubscription(all[0], new("now")));
        await AtAsync(house, 1, 29);
        await AtAsync(house, 2, 5);
        await AtAsync(house, 2, 15);
        await house.SendAsync(new CancelSubscription(all[1], new("now")));
        await AtAsync(house, 3, 10);

        var march = await ReportAsync(house);
        Assert.Equal(new BreakFigureView("customer", 9, 0, 8, 1, new(9, 7, null), new(0, 0, null)), march.Breaks[0]);
        Assert.Equal(new BreakFigureView("leaving", 1, 0, 1, 0, new(1, 1, null), new(0, 0, null)), march.Breaks[1]);
        Assert.Equal(new ReasonFigureView("not_using_now", 2, 1, 0, 1, 0, 0), Assert.Single(march.Reasons));
        Assert.Equal(new OfferFigureView("break", 2, 1, new(1, 1, null), new(0, 0, null)), Assert.Single(march.Offers));
        Assert.Equal(new EffortView("break_taken", 10, 650, 1), Assert.Single(march.Effort));

        await AtAsync(house, 4, 6);
        await house.SendAsync(new CancelSubscription(all[2], new("now")));
        await AtAsync(house, 5, 10);
        var may = await ReportAsync(house);
        Assert.Equal((new SavedView(9, 7, null), new SavedView(9, 6, null)), (may.Breaks[0].After30, may.Breaks[0].After90));
    }

    private static Task<RetentionReportView> ReportAsync(TestHouse house) => house.SendAsync(new ReadRetention(new(2026, 1, 1), new(2026, 1, 31)));

    private static async Task AtAsync(TestHouse house, int month, int day)
    {
        house.Clock.Now = Instant.FromUtc(2026, month, day, 10, 0);
        await house.RunAsync();
        await house.RunAsync();
    }

    private static async Task<CancelSessionView> AskAsync(TestHouse house, Guid subscription)
    {
        var session = await house.SendAsync(new StartCancelSession(subscription, new()));
        return await house.SendAsync(new GiveLeavingReason(session.Id, new("not_using_now")));
    }

    private static Task<CustomerId> CustomerOfAsync(TestHouse house, Guid subscription) =>
        house.ReadAsync(db => db.Subscriptions.Where(s => s.Id == new SubscriptionId(subscription)).Select(s => s.CustomerId).SingleAsync(TestHouse.Cancellation));
}
