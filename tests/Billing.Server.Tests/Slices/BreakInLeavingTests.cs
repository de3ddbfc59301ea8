using Billing.Client.Contract;
using Billing.Server.Plans;
using Billing.Server.Retention;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Slices;

/// <summary>The break that keeps somebody who was about to leave, and leaving from it all the same.</summary>
public sealed class BreakInLeavingTests(PostgresServer postgres)
{
    private static readonly Instant Start = Instant.FromUtc(2026, 4, 1, 10, 0);

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_break_that_was_offered_is_the_same_command_and_ends_the_session(string database)
    {
        await using var house = await OpenAsync(database);
        var subscription = await SubscribedAsync(house);
        await house.SendAsync(new CancelSubscription(subscription.Id, new("period_end")));
        house.Clock.Now = Instant.FromUtc(2026, 4, 17, 10, 0);

        var asked = await AskAsync(house, subscription.Id);
        Assert.Equal(("break", 60), (asked.Offer!.Kind, asked.Offer.Days));
        Assert.Equal("take_the_break", (await Assert.ThrowsAsync<Refused>(
            () => house.SendAsync(new CloseCancelSession(asked.Id, new(TakeOffer: true))))).Code);

        var away = await house.SendAsync(new TakeBreak(subscription.Id, new("2026-06-16", AskedHow: "leaving", CancelSessionId: asked.Id)));
        Assert.Equal(("away", "leaving", 14), (away.State, away.AskedHow, away.BankedDays));
        var session = await house.ReadAsync(db => db.CancelSessionViewAsync(asked.Id, TestHouse.Cancellation));
        Assert.Equal("took_offer", session.Outcome);
        Assert.False((await house.ReadAsync(db => db.SubscriptionViewAsync(subscription.Id, TestHouse.Cancellation))).CancelAtPeriodEnd);

        foreach (var (month, day) in new[] { (5, 18), (6, 9), (6, 16), (7, 20) })
        {
            house.Clock.Now = Instant.FromUtc(2026, month, day, 10, 0);
            await house.RunAsync();
        }

        session = await house.ReadAsync(db => db.CancelSessionViewAsync(asked.Id, TestHouse.Cancellation));
        Assert.Equal(("on_a_break", "still_here"), (session.After30, session.After90));
    }

    [Fact]
    public async Task A_break_is_offered_only_where_one_is_possible()
    {
        await using var house = await OpenAsync(Databases.Sqlite);
        var subscription = await SubscribedAsync(house);
        await house.SendAsync(new TakeBreak(subscription.Id, new("2026-05-01")));
        house.Clock.Now = Instant.FromUtc(2026, 4, 10, 10, 0);
        await house.SendAsync(new ReturnFromBreak(subscription.Id));
        await house.RunAsync();

        house.Clock.Now = Instant.FromUtc(2026, 4, 20, 10, 0);
        Assert.NotEqual("break", (await AskAsync(house, subscription.Id)).Offer?.Kind);
        house.Clock.Now = Instant.FromUtc(2026, 5, 20, 10, 0);
        await house.RunAsync();
        Assert.Equal("break", (await AskAsync(house, subscription.Id)).Offer?.Kind);
    }

    [Fact]
    public async Task A_break_that_was_not_offered_does_not_end_a_session()
    {
        await using var house = await OpenAsync(Databases.Sqlite);
        var subscription = await SubscribedAsync(house);
        var session = await house.SendAsync(new StartCancelSession(subscription.Id, new()));

        Assert.Equal("no_offer", (await Assert.ThrowsAsync<Refused>(() => house.SendAsync(
            new TakeBreak(subscription.Id, new("2026-06-16", AskedHow: "leaving", CancelSessionId: session.Id))))).Code);
        Assert.Equal(0, await house.ReadAsync(db => db.Breaks.CountAsync(TestHouse.Cancellation)));
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task From_the_beach_every_way_out_is_today_and_says_what_comes_back(string database)
    {
        await using var house = await OpenAsync(database);
        var subscription = await SubscribedAsync(house);
        house.Clock.Now = Instant.FromUtc(2026, 4, 17, 10, 0);
        await house.SendAsync(new TakeBreak(subscription.Id, new("2026-06-17")));
        await house.RunAsync();
        house.Clock.Now = Instant.FromUtc(2026, 5, 7, 10, 0);

        var session = await house.SendAsync(new StartCancelSession(subscription.Id, new()));
        Assert.All(session.WaysToLeave!, way => Assert.Equal(("2026-05-07", 2_454L, 0L), (way.EndsOn, way.Refund.Value, way.StillDue.Value)));

        var left = await house.SendAsync(new CloseCancelSession(session.Id, new("period_end")));
        Assert.Equal("2026-05-07", left.EndsOn);
        Assert.Equal(2_454, (await house.ReadAsync(db => db.Customers.SingleAsync(TestHouse.Cancellation))).BalanceMinor);
    }

    private static async Task<CancelSessionView> AskAsync(TestHouse house, Guid subscription)
    {
        var session = await house.SendAsync(new StartCancelSession(subscription, new()));
        return await house.SendAsync(new GiveLeavingReason(session.Id, new("not_using_now")));
    }

    private static async Task<SubscriptionView> SubscribedAsync(TestHouse house)
    {
        var subscription = await house.SubscribeAsync();
        await house.RunAsync();
        return subscription;
    }

    private async Task<TestHouse> OpenAsync(string database)
    {
        var house = await TestHouse.OnAsync(database, postgres, Start);
        await house.SellProAsync();
        await house.SendAsync(new AllowBreaks(Merchant.Pro, new(new(500, "USD"), 14, 180, 2, DaysBetween: 30)));
        return house;
    }
}
