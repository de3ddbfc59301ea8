using Billing.Client.Contract;
using Billing.Server.Cards;
using Billing.Server.Customers;
using Billing.Server.Plans;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Scenarios;

/// <summary>The server was down for days. Two houses live the same life; one of them sleeps in between.</summary>
public sealed class OutageTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 1, 20, 8, 0);
    private static readonly Duration Day = Duration.FromDays(1);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(40)]
    public async Task A_server_that_was_down_ends_in_the_same_state(int days)
    {
        await using var steady = await OpenAsync();
        await using var down = await OpenAsync();

        for (var day = 1; day <= 60; day++)
        {
            steady.Clock.Now = down.Clock.Now = Start + Day * day;
            await steady.RunAsync();
            if (day <= 5 || day > 5 + days) await down.RunAsync();
        }

        Assert.Equal(await StateAsync(steady), await StateAsync(down));
        await steady.MustAgreeAsync();
        await down.MustAgreeAsync();
    }

    [Fact]
    public async Task What_was_missed_is_billed_oldest_first_across_customers()
    {
        await using var house = await OpenAsync();
        house.Clock.Now = Start + Day * 45;

        await house.RunAsync();

        // Within a batch by the day it was due; what is due a second time comes with the next batch.
        var starts = (await house.InvoicesAsync()).GroupBy(i => i.SubscriptionId).Select(g => g.Select(i => i.PeriodStart!.Value).ToList());
        Assert.All(starts, dates => Assert.Equal(dates.Order(), dates));
        var renew = await house.ReadAsync(db => db.RunPasses.SingleAsync(p => p.Name == "renew", TestHouse.Cancellation));
        Assert.Equal((await house.InvoicesAsync()).Count + 1, renew.Done);
    }

    /// <summary>All that finance would compare: periods, amounts, what settled them, balances, movements. Not numbers, not moments.</summary>
    private static async Task<string> StateAsync(TestHouse house)
    {
        var customers = await house.ReadAsync(db => db.Customers.OrderBy(c => c.ExternalId).ToListAsync(TestHouse.Cancellation));
        var invoices = (await house.InvoicesAsync()).ToLookup(i => i.CustomerId);
        var movements = (await house.ReadAsync(db => db.MrrMovements.ToListAsync(TestHouse.Cancellation))).ToLookup(m => m.CustomerId);
        var days = await house.ReadAsync(db => db.MrrDays.ToListAsync(TestHouse.Cancellation));
        return string.Join('\n', customers.Select(c => $"{c.ExternalId}: {c.BalanceMinor}"
                + string.Concat(invoices[c.Id].OrderBy(i => i.PeriodStart).Select(i =>
                    $"\n  {i.PeriodStart} {i.PeriodEnd} {i.TotalMinor} {i.BalanceAppliedMinor} {i.CarriedForwardMinor} {i.PaidMinor} {i.Status}"))
                + string.Concat(movements[c.Id].OrderBy(m => m.Sequence).Select(m => $"\n  {m.On} {m.Kind} {m.AmountMinor}"))))
            + string.Concat(days.OrderBy(d => d.On).ThenBy(d => d.Kind).Select(d => $"\n{d.On} {d.Kind} {d.AmountMinor} {d.Movements}"));
    }

    /// <summary>A mixed portfolio: cadences, zones, a trial, a discount, credit, a small amount, no card, a planned end.</summary>
    private static async Task<TestHouse> OpenAsync()
    {
        var house = await TestHouse.OnChosenAsync(Start);
        await house.SellProAsync();
        foreach (var (unit, count, amount) in new[] { ("week", 1, 1_300L), ("day", 10, 500L), ("year", 1, 49_000L), ("day", 1, 20L) })
            await house.SetPriceAsync(amount, unit, count);
        await house.SendAsync(new CreateDiscount(new NewDiscount("half", "Half", PercentBasisPoints: 5_000, Periods: 2)));

        await SubscribeAsync("monthly", new("month"));
        await SubscribeAsync("weekly", new("week"), zone: "Asia/Kathmandu", discount: "half");
        await SubscribeAsync("ten-daily", new("day", 10), zone: "Pacific/Niue", credit: 1_700);
        await SubscribeAsync("yearly", new("year"), trial: 14);
        await SubscribeAsync("tiny", new("day"));
        await SubscribeAsync("cardless", new("month"), card: null);
        await house.SendAsync(new CancelSubscription(await SubscribeAsync("leaving", new("week"), zone: "Pacific/Kiritimati"), new("period_end")));
        return house;

        async Task<Guid> SubscribeAsync(
            string name, CadenceView cadence, string zone = "UTC", string? card = "pm_card_visa", string? discount = null, int trial = 0,
            long credit = 0)
        {
            var customer = await house.SendAsync(new AddCustomer(new NewCustomer("USD", zone, ExternalId: name)));
            if (card is not null) await house.SendAsync(new AddCard(customer.Id, new NewCard(card)));
            if (credit > 0) await house.SendAsync(new GrantCredit(customer.Id, new NewCredit(new Amount(credit, "USD"))));
            var terms = new NewSubscription(Merchant.Pro, cadence, TrialDays: trial, Discounts: discount is null ? null : [discount]);
            return (await house.SendAsync(new StartSubscription(customer.Id, terms))).Id;
        }
    }
}
