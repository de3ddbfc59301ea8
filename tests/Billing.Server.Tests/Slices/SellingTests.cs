using Billing.Client;
using Billing.Client.Contract;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Slices;

/// <summary>Plans, prices, discounts and subscriptions over HTTP.</summary>
public sealed class SellingTests(PostgresServer postgres)
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 1, 10, 0);
    private static readonly CadenceView Monthly = new("month");

    [Fact]
    public async Task A_plan_is_made_priced_sold_and_retired()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var client = house.Client;
        var plan = await client.CreatePlanAsync(new("pro", "Pro", "per_seat", 14));
        Assert.Equal(plan, await client.GetPlanAsync("pro"));
        var first = await client.SetPriceAsync("pro", new(new(1000, "USD"), Monthly));
        var second = await client.SetPriceAsync("pro", new(new(1200, "USD"), Monthly));
        Assert.Equal((1, 2), (first.VersionNumber, second.VersionNumber));
        Assert.Equal([second, first], await client.ListPricesAsync("pro").ToListAsync(ApiHouse.Cancellation));

        var customer = await client.AddCustomerAsync(new("USD", "Asia/Dhaka"));
        var subscription = await client.StartSubscriptionAsync(customer.Id, new("pro", Monthly, 3));
        Assert.Equal(
            ("trialing", 3, new Amount(1200, "USD"), "2026-03-01", "2026-03-15"),
            (subscription.Lifecycle, subscription.Quantity, subscription.UnitAmount, subscription.StartedOn, subscription.TrialEndsOn));
        Assert.Equal(subscription, await client.GetSubscriptionAsync(subscription.Id));

        var retired = await client.RetirePlanAsync("pro");
        Assert.Equal((2, "2026-03-01T10:00:00Z"), (retired.Version, retired.RetiredAt));
        Assert.Equal("plan_retired", (await Refusal(client.SetPriceAsync("pro", new(new(1, "USD"), Monthly)))).Code);
        var other = await client.AddCustomerAsync(new("USD", "UTC"));
        Assert.Equal((422, "plan_retired"), await StatusAndCode(client.StartSubscriptionAsync(other.Id, new("pro", Monthly))));
        Assert.Equal([retired], await client.ListPlansAsync().ToListAsync(ApiHouse.Cancellation));
    }

    [Fact]
    public async Task A_subscription_is_given_a_discount_cancelled_kept_after_all_and_ended()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var (client, customer) = (house.Client, await SoldAsync(house));
        var discount = await client.CreateDiscountAsync(new("half", "Half", 5000, Periods: 2));
        Assert.Equal([discount], await client.ListDiscountsAsync().ToListAsync(ApiHouse.Cancellation));
        var started = await client.StartSubscriptionAsync(customer, new("pro", Monthly));

        var given = await client.GiveDiscountAsync(started.Id, new("half"));
        Assert.Equal(2, given.Version);
        await house.RunAsync();
        var invoice = await client.ListInvoicesAsync(customer).SingleAsync(ApiHouse.Cancellation);
        Assert.Equal((4900, 2450, 2450), (invoice.Subtotal.Value, invoice.Discount.Value, invoice.Total.Value));

        var planned = await client.CancelSubscriptionAsync(started.Id, new("period_end"));
        Assert.True(planned.CancelAtPeriodEnd);
        Assert.Equal((409, "cancel_already_planned"), await StatusAndCode(client.CancelSubscriptionAsync(started.Id, new("period_end"))));
        Assert.False((await client.WithdrawCancelAsync(started.Id)).CancelAtPeriodEnd);
        var ended = await client.CancelSubscriptionAsync(started.Id, new("now"));
        Assert.Equal(("ended", "2026-03-01", "voluntary", 0), (ended.Lifecycle, ended.EndedOn, ended.EndReason, ended.Mrr.Value));
        Assert.Equal("subscription_ended", (await Refusal(client.GiveDiscountAsync(started.Id, new("half")))).Code);

        Assert.Equal(
            ["InvoiceCredited", "SubscriptionEnded", "CancelWithdrawn", "CancelPlanned", "PeriodBilled", "DiscountGiven", "SubscriptionStarted", "CustomerAdded"],
            await client.ListHistoryAsync(customer).Select(h => h.Type).ToListAsync(ApiHouse.Cancellation));
        Assert.Equal([ended], await client.ListSubscriptionsAsync(customer).ToListAsync(ApiHouse.Cancellation));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Twenty_clicks_subscribe_once(bool onPostgres)
    {
        await using var house = onPostgres ? await ApiHouse.OnPostgresAsync(postgres, Now) : await ApiHouse.OnSqliteAsync(Now);
        var customer = await SoldAsync(house);

        // A key of its own each: it is the database that says no, not the kept answer.
        var codes = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            try
            {
                await house.Client.StartSubscriptionAsync(customer, new("pro", Monthly));
                return "started";
            }
            catch (BillingProblem problem)
            {
                return problem.Code;
            }
        }));

        Assert.Single(codes, "started");
        Assert.All(codes, code => Assert.Contains(code, new[] { "started", "already_subscribed", "already_exists" }));
        Assert.Equal((1, 1), await house.ReadAsync(async db => (
            await db.Subscriptions.CountAsync(ApiHouse.Cancellation), await db.History.CountAsync(h => h.Type == "SubscriptionStarted", ApiHouse.Cancellation))));
    }

    internal static async Task<Guid> SoldAsync(ApiHouse house, string? card = null)
    {
        await house.Client.CreatePlanAsync(new("pro", "Pro"));
        await house.Client.SetPriceAsync("pro", new(new(4900, "USD"), Monthly));
        var customer = await house.Client.AddCustomerAsync(new("USD", "UTC"));
        if (card is not null) await house.Client.AddCardAsync(customer.Id, new(card));
        return customer.Id;
    }

    internal static async Task<BillingProblem> Refusal<T>(Task<T> asked) => await Assert.ThrowsAsync<BillingProblem>(() => asked);

    internal static async Task<(int Status, string Code)> StatusAndCode<T>(Task<T> asked)
    {
        var problem = await Refusal(asked);
        return (problem.Status, problem.Code);
    }
}
