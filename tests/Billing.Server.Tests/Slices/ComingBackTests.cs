using Billing.Client;
using Billing.Invoicing;
using Billing.Metrics;
using Billing.Server.Http;
using Billing.Server.Invoicing;
using Billing.Server.Plans;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Infrastructure;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Slices;

/// <summary>Coming back through the house.</summary>
public sealed class ComingBackTests(PostgresServer postgres)
{
    private static readonly Instant Start = Instant.FromUtc(2026, 4, 1, 10, 0);

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task The_next_run_bills_whoever_came_back_and_the_history_names_the_price(string database)
    {
        await using var house = await TestHouse.OnAsync(database, postgres, Start);
        await house.SellProAsync();
        var left = (await house.SubscribeAsync()).Id;
        await house.RunAsync();
        await house.SendAsync(new CancelSubscription(left, new("period_end")));
        house.Clock.Now = Instant.FromUtc(2026, 5, 1, 10, 0);
        await house.RunAsync();
        house.Clock.Now = Instant.FromUtc(2026, 6, 20, 10, 0);

        var back = await house.SendAsync(new ComeBack(left));
        await house.RunAsync();

        Assert.Equal(("kept", "active", "2026-06-20", "2026-04-01"), (
            back.Price, back.Subscription.Lifecycle, back.Subscription.ReactivatedOn, back.Subscription.StartedOn));
        Assert.Equal((new LocalDate(2026, 6, 20), InvoiceStatus.Paid), ((await house.InvoicesAsync())[^1].PeriodStart!.Value, (await house.InvoicesAsync())[^1].Status));
        var told = await house.ReadAsync(db => db.History.SingleAsync(h => h.Type == nameof(CameBack), TestHouse.Cancellation));
        Assert.Contains("\"price\":\"kept\"", told.Data, StringComparison.Ordinal);
        var stored = await house.ReadAsync(db => db.Subscriptions.SingleAsync(TestHouse.Cancellation));
        Assert.Equal((Merchant.Price, false, 1), (stored.MrrMinor, stored.HasChurned, stored.NextPeriodIndex));

        // The bulk path keeps the mark of a churn too: the end, the return and the bill, once more.
        await house.SendAsync(new CancelSubscription(left, new("period_end")));
        house.Clock.Now = Instant.FromUtc(2026, 7, 20, 10, 0);
        await house.RunAsync();
        await house.SendAsync(new ComeBack(left));
        await house.RunAsync();
        var kinds = await house.ReadAsync(db => db.MrrMovements.OrderBy(m => m.Sequence).Select(m => m.Kind).ToListAsync(TestHouse.Cancellation));
        Assert.Equal(
            [
                MrrMovementKind.New, MrrMovementKind.VoluntaryChurn, MrrMovementKind.Reactivation, MrrMovementKind.VoluntaryChurn,
                MrrMovementKind.Reactivation,
            ],
            kinds);
        await house.MustAgreeAsync();
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Whoever_is_back_in_a_period_that_still_runs_counts_again_at_once(string database)
    {
        await using var house = await TestHouse.OnAsync(database, postgres, Start);
        await house.SellProAsync();
        var left = (await house.SubscribeAsync()).Id;
        await house.RunAsync();
        // Nothing is given back for the rest of the period, as a merchant may choose.
        await house.ReadAsync(async db =>
        {
            var ended = (await db.Subscriptions.SingleAsync(TestHouse.Cancellation)).CancelNow(EndReason.Voluntary, house.Clock.Now);
            db.MrrMovements.Add(ended.Movement!);
            return await db.SaveChangesAsync(TestHouse.Cancellation);
        });
        house.Clock.Now += Duration.FromDays(2);

        await house.SendAsync(new ComeBack(left));

        Assert.Equal(Merchant.Price, (await house.ReadAsync(db => db.Subscriptions.SingleAsync(TestHouse.Cancellation))).MrrMinor);
        await house.RunAsync();
        await house.MustAgreeAsync();
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task What_was_given_back_is_not_gone_on_in(string database)
    {
        await using var house = await TestHouse.OnAsync(database, postgres, Start);
        await house.SellProAsync();
        var left = (await house.SubscribeAsync()).Id;
        await house.RunAsync();
        var invoice = Assert.Single(await house.InvoicesAsync()).Id.Value;
        house.Clock.Now = Instant.FromUtc(2026, 4, 5, 10, 0);
        await house.SendAsync(new CreditInvoice(invoice, new(new(100, "USD"), "A kindness before the end")));
        house.Clock.Now = Instant.FromUtc(2026, 4, 10, 10, 0);
        await house.SendAsync(new CancelSubscription(left, new("now")));

        house.Clock.Now = Instant.FromUtc(2026, 4, 12, 10, 0);
        Assert.Equal("2026-04-12", (await house.SendAsync(new ComeBack(left))).Subscription.CurrentEnd);
        await house.RunAsync();

        Assert.Equal(3530, (await house.InvoicesAsync())[^1].BalanceAppliedMinor);
        await house.SendAsync(new CancelSubscription(left, new("now")));
        Assert.Equal("2026-04-12", (await house.SendAsync(new ComeBack(left))).Subscription.CurrentEnd);
        await house.RunAsync();
        Assert.Equal(["2026-04-01", "2026-04-12", "2026-04-12"], (await house.InvoicesAsync()).Select(i => i.PeriodStart!.Value.Iso()));
    }

    [Fact]
    public async Task Coming_back_is_refused_to_a_plan_one_has_or_that_is_no_longer_sold()
    {
        await using var house = await TestHouse.OnSqliteAsync(Start);
        await house.SellProAsync();
        var first = await house.SubscribeAsync();
        Assert.Equal("subscription_not_ended", await RefusalAsync(first.Id));
        await house.SendAsync(new CancelSubscription(first.Id, new("now")));
        var second = await house.SendAsync(new StartSubscription(first.CustomerId, new(Merchant.Pro, new("month"))));

        Assert.Equal("already_subscribed", await RefusalAsync(first.Id));
        await house.SendAsync(new CancelSubscription(second.Id, new("now")));
        await house.SendAsync(new RetirePlan(Merchant.Pro));
        Assert.Equal("plan_retired", await RefusalAsync(first.Id));

        async Task<string> RefusalAsync(Guid id) => (await Assert.ThrowsAsync<Refused>(() => house.SendAsync(new ComeBack(id)))).Code;
    }

    [Fact]
    public async Task Two_subscriptions_of_one_plan_come_back_at_once_and_one_does()
    {
        await using var house = await TestHouse.OnPostgresAsync(postgres, Start);
        await house.SellProAsync();
        var first = await house.SubscribeAsync();
        await house.SendAsync(new CancelSubscription(first.Id, new("now")));
        var second = await house.SendAsync(new StartSubscription(first.CustomerId, new(Merchant.Pro, new("month"))));
        await house.SendAsync(new CancelSubscription(second.Id, new("now")));

        for (var round = 0; round < 5; round++)
        {
            var tries = Enumerable.Range(0, 20).Select(i => TriedAsync(house, i % 2 == 0 ? first.Id : second.Id));
            var back = Assert.Single((await Task.WhenAll(tries)).OfType<Guid>());
            await house.RunAsync();
            Assert.Equal(round + 1, (await house.InvoicesAsync()).Count);
            house.Clock.Now += Duration.FromDays(40);
            await house.SendAsync(new CancelSubscription(back, new("now")));
        }
    }

    [Fact]
    public async Task Whoever_left_comes_back_over_HTTP()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Start);
        await house.Client.CreatePlanAsync(new("pro", "Pro"));
        await house.Client.SetPriceAsync("pro", new(new(4900, "USD"), new("month")));
        var customer = await house.Client.AddCustomerAsync(new("USD", "UTC"));
        var subscription = await house.Client.StartSubscriptionAsync(customer.Id, new("pro", new("month")));
        await house.Client.CancelSubscriptionAsync(subscription.Id, new("now"));

        var once = new Once("back-1");
        var back = await house.Client.ComeBackAsync(subscription.Id, once);

        Assert.Equal(("kept", "active", "2026-04-01"), (back.Price, back.Subscription.Lifecycle, back.Subscription.ReactivatedOn));
        Assert.Equal(back.Version, (await house.Client.ComeBackAsync(subscription.Id, once)).Version);
        var refused = await Assert.ThrowsAsync<BillingProblem>(() => house.Client.ComeBackAsync(subscription.Id));
        Assert.Equal("subscription_not_ended", refused.Code);
    }

    private static async Task<Guid?> TriedAsync(TestHouse house, Guid id)
    {
        try
        {
            await house.SendAsync(new ComeBack(id));
            return id;
        }
        catch (Exception e) when (e is Refused or DbUpdateException)
        {
            return null;
        }
    }
}
