using Billing.Client.Contract;
using Billing.Server.Customers;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Scenarios;

/// <summary>Whatever the hour of the run, a customer is billed when the day has come where the customer lives.</summary>
public sealed class OwnDayTests
{
    [Fact]
    public async Task A_customer_is_billed_on_their_own_day()
    {
        await using var house = await TestHouse.OnChosenAsync(Instant.FromUtc(2026, 2, 10, 12, 0));
        await house.SellProAsync();
        // Noon in London is the 11th on Kiritimati, so that one begins a day earlier: all are due on 10 March of their own.
        house.Clock.Now = Instant.FromUtc(2026, 2, 9, 12, 0);
        var kiritimati = await house.SubscribeAsync(zone: "Pacific/Kiritimati");
        house.Clock.Now = Instant.FromUtc(2026, 2, 10, 12, 0);
        var kathmandu = await house.SubscribeAsync(zone: "Asia/Kathmandu");
        var niue = await house.SubscribeAsync(zone: "Pacific/Niue");
        await house.RunAsync();

        Dictionary<Guid, Instant> billedAt = [];
        for (var hour = Instant.FromUtc(2026, 3, 9, 9, 0); hour <= Instant.FromUtc(2026, 3, 10, 12, 0); hour += Duration.FromMinutes(15))
        {
            house.Clock.Now = hour;
            await house.RunAsync();
            foreach (var invoice in (await house.InvoicesAsync()).Where(i => i.PeriodStart == new LocalDate(2026, 3, 10)))
            {
                billedAt.TryAdd(invoice.SubscriptionId!.Value.Value, hour);
                Assert.Equal(new LocalDate(2026, 3, 10), invoice.IssuedOn);
            }
        }

        Assert.Equal(Instant.FromUtc(2026, 3, 9, 10, 0), billedAt[kiritimati.Id]);
        Assert.Equal(Instant.FromUtc(2026, 3, 9, 18, 15), billedAt[kathmandu.Id]);
        Assert.Equal(Instant.FromUtc(2026, 3, 10, 11, 0), billedAt[niue.Id]);
        Assert.Equal(6, (await house.InvoicesAsync()).Count);
        await house.MustAgreeAsync();
    }

    /// <summary>The due instant of a day on which clocks change, and that day's neighbours.</summary>
    [Theory]
    // New York loses an hour at two: the day begins at midnight all the same.
    [InlineData("America/New_York", "2026-03-08T05:00", "2026-03-09T04:00")]
    [InlineData("America/New_York", "2026-11-01T04:00", "2026-11-02T05:00")]
    // Lord Howe moves by half an hour.
    [InlineData("Australia/Lord_Howe", "2026-10-03T13:30", "2026-10-04T13:00")]
    [InlineData("Australia/Lord_Howe", "2026-04-04T13:00", "2026-04-05T13:30")]
    // In Cairo and Beirut the hour that is skipped begins at midnight: the day begins at one.
    [InlineData("Africa/Cairo", "2026-04-23T22:00", "2026-04-24T21:00")]
    [InlineData("Asia/Beirut", "2026-03-28T22:00", "2026-03-29T21:00")]
    [InlineData("Europe/London", "2026-03-29T00:00", "2026-03-29T23:00")]
    public async Task On_days_when_clocks_change_a_daily_plan_is_billed_when_the_day_begins(string zone, string due, string next)
    {
        var (first, second) = (At(due), At(next));
        await using var house = await TestHouse.OnChosenAsync(first - Duration.FromDays(10));
        await house.SellProAsync();
        await house.SetPriceAsync(100, "day");
        var customer = await house.AddCustomerAsync(zone: zone);
        await house.SendAsync(new StartSubscription(customer.Id, new NewSubscription(Merchant.Pro, new CadenceView("day"))));

        Assert.Equal(await BilledBy(first - Duration.FromSeconds(1)) + 1, await BilledBy(first));
        Assert.Equal(await BilledBy(second - Duration.FromSeconds(1)) + 1, await BilledBy(second));
        await house.MustAgreeAsync();

        async Task<int> BilledBy(Instant now)
        {
            house.Clock.Now = now;
            await house.RunAsync();
            return await house.ReadAsync(db => db.Invoices.CountAsync(TestHouse.Cancellation));
        }
    }

    [Fact]
    public async Task A_customer_who_moves_is_never_billed_twice_for_a_day_or_left_out()
    {
        await using var house = await TestHouse.OnChosenAsync(Instant.FromUtc(2026, 1, 10, 11, 0));
        await house.SellProAsync();
        var subscription = await house.SubscribeAsync(zone: "Pacific/Kiritimati");

        string[] homes = ["Pacific/Niue", "Asia/Kathmandu", "Pacific/Kiritimati", "America/New_York", "Pacific/Kiritimati"];
        foreach (var home in homes)
        {
            await house.RunAsync();
            house.Clock.Now += Duration.FromDays(28);
            var customer = await house.ReadAsync(db => db.Customers.AsNoTracking().SingleAsync(TestHouse.Cancellation));
            await house.SendAsync(new ChangeCustomer(customer.Id.Value, new CustomerChange(home)));
            house.Clock.Now += Duration.FromDays(3);
        }

        await house.RunAsync();
        var starts = (await house.InvoicesAsync()).Select(i => i.PeriodStart!.Value.ToString("uuuu-MM-dd", null));
        Assert.Equal(["2026-01-11", "2026-02-11", "2026-03-11", "2026-04-11", "2026-05-11", "2026-06-11"], starts);
        Assert.Equal("active", subscription.Lifecycle);
        await house.MustAgreeAsync();
    }

    private static Instant At(string utc) =>
        NodaTime.Text.InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(utc).Value;
}
