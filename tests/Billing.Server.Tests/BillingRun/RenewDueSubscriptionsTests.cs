using Billing.Customers;
using Billing.Periods;
using Billing.Plans;
using Billing.Server.Persistence;
using Billing.Server.Tests.Infrastructure;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.BillingRun;

/// <summary>What a renewal writes, and in which order.</summary>
public sealed class RenewDueSubscriptionsTests
{
    private static readonly Instant FirstOfMay = Instant.FromUtc(2026, 5, 1, 9, 0);
    private static readonly Currency Usd = Currency.Of("USD");

    [Fact]
    public async Task A_discount_that_is_used_up_is_not_touched_again()
    {
        await using var house = await TestHouse.OnChosenAsync(FirstOfMay);
        await using (var db = house.Database.Open())
        {
            var discount = Discount.Percent(new(NewId.At(FirstOfMay)), "once", "Once", 1000, 1, FirstOfMay);
            var subscription = Subscribe(db, "solo", FirstOfMay);
            db.AddRange(discount, subscription.Give(discount, 1, FirstOfMay));
            await db.SaveChangesAsync(TestHouse.Cancellation);
        }

        await house.RunAsync();
        house.Clock.Now = Instant.FromUtc(2026, 6, 1, 9, 0);
        await house.RunAsync();

        Assert.Equal([900L, 1000L], (await house.InvoicesAsync()).Select(i => i.TotalMinor));
        var given = await house.ReadAsync(db => db.SubscriptionDiscounts.AsNoTracking().SingleAsync(TestHouse.Cancellation));
        Assert.Equal((1, 2), (given.PeriodsUsed, given.Version));
    }

    [Fact]
    public async Task Who_is_due_first_gets_the_first_number()
    {
        await using var house = await TestHouse.OnChosenAsync(FirstOfMay);
        var hours = new[] { 5, 1, 8, 3, 9, 2, 7, 4, 6, 0 };
        await using (var db = house.Database.Open())
        {
            // Zones east of Greenwich begin their day, and so are due, the earlier the further east they lie.
            foreach (var hour in hours) Subscribe(db, $"Etc/GMT-{hour}", FirstOfMay, $"Etc/GMT-{hour}");
            await db.SaveChangesAsync(TestHouse.Cancellation);
        }

        await house.RunAsync();

        var zones = await house.ReadAsync(db => db.Invoices.OrderBy(i => i.Number)
            .Join(db.Customers, i => i.CustomerId, c => c.Id, (_, c) => c.TimeZone).ToListAsync(TestHouse.Cancellation));
        Assert.Equal(hours.OrderDescending().Select(hour => $"Etc/GMT-{hour}"), zones);
    }

    private static Subscription Subscribe(BillingDbContext db, string name, Instant now, string zone = "UTC")
    {
        var plan = Plan.Create(new(NewId.At(now)), name, name, PlanPricing.Flat, 0, now);
        var price = plan.SetPrice(new(NewId.At(now)), new(1000, Usd), Cadence.Monthly, null, now);
        var customer = Customer.Add(new(NewId.At(now)), new(name, name, null, null, "en", zone), Usd, now);
        var subscription = Subscription.Start(new(NewId.At(now)), customer, plan, price, new(), now);
        db.AddRange(plan, price, customer, subscription);
        return subscription;
    }
}
