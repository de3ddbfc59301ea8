using System.Text.Json;
using Billing.Client.Contract;
using Billing.Server.Customers;
using Billing.Server.Plans;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Infrastructure;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Scenarios;

/// <content>Going to the beach and coming back.</content>
internal sealed partial class Diary
{
    /// <summary>Breaks of 14 to 366 days, two a year; read only meanwhile.</summary>
    public Task ThereAreBreaks(decimal fee = 5.00m) => house.SendAsync(new AllowBreaks(
        Merchant.Pro, new(new Amount((long)(fee * 100), "USD"), ShortestDays: 14, LongestDays: 366, PerYear: 2, DaysBetween: 30)));

    public Task TheCustomerGoesToTheBeach(string back, string when = "now", string how = "customer", string? reason = null) =>
        house.SendAsync(new TakeBreak(subscription, new(back, when, how, reason)));

    public Task TheCustomerStaysLonger(string back) => house.SendAsync(new ExtendBreak(subscription, new(back)));

    /// <summary>Back today; what is due by that is billed within minutes.</summary>
    public async Task TheCustomerIsBackEarly()
    {
        await house.SendAsync(new ReturnFromBreak(subscription));
        await house.RunAsync();
    }

    public Task TheCustomerWouldRatherStay() => house.SendAsync(new WithdrawBreak(subscription));

    /// <summary>The merchant moves everybody to the newest price.</summary>
    public Task PricesMove(string from) =>
        house.SendAsync(new SchedulePriceMove(Merchant.Pro, new("USD", new("month"), from)));

    /// <summary>What the main app is told: <c>"read_only on_a_break"</c>.</summary>
    public async Task TheCustomerMayUse(string accessAndWhy)
    {
        var told = await house.ReadAsync(db => db.EntitlementAsync(customer, house.Clock.Now, TestHouse.Cancellation));
        Assert.Equal(accessAndWhy, $"{told.Access} {Assert.Single(told.Subscriptions).Why}");
    }

    /// <summary>The one reminder so far: the day, the day back, the next charge and its amount, and the card.</summary>
    public async Task TheReturnWasAnnounced(string on, string back, string billed, decimal amount, string card = "valid")
    {
        var told = await FactsAsync(nameof(ReturnAnnounced));
        var last = told[^1];
        Assert.Equal(
            (on, back, billed, (long)(amount * 100), card),
            (last.On, Text(last.Data, "returnOn"), Text(last.Data, "nextBillingOn"), last.Data.GetProperty("totalMinor").GetInt64(), Text(last.Data, "card")));
    }

    public async Task NothingWasAnnounced() => Assert.Empty(await FactsAsync(nameof(ReturnAnnounced)));

    /// <summary>The last break: state, days that waited, where it was asked for and why.</summary>
    public async Task TheBreakIs(string state, int banked, string how = "customer", string? reason = null)
    {
        var last = await house.ReadAsync(db => db.Breaks.OrderBy(b => b.Number).LastAsync(TestHouse.Cancellation));
        Assert.Equal((state, banked, how, reason), (last.State.ToString().ToLowerInvariant(), last.BankedDays, last.AskedHow.ToString().ToLowerInvariant(), last.Reason));
    }

    /// <summary>What happened, in the past tense and in order, without what money did.</summary>
    public async Task ItHappenedThat(params string[] facts) => Assert.Equal(facts, (await house.ReadAsync(db => db.History
            .OrderBy(h => h.At).ThenBy(h => h.Id).ToListAsync(TestHouse.Cancellation)))
        .Where(h => h.Type is not ("BalanceMoved" or "PaymentSucceeded" or "PaymentDeclined" or "CardAdded" or "CardBecameDefault" or "CustomerAdded"))
        .Select(h => $"{NodaTime.Text.LocalDatePattern.Iso.Format(h.On)} {h.Type} by {h.Actor}"));

    public Task<int> PeriodsBilled() => house.ReadAsync(db => db.Invoices.CountAsync(
        i => i.Kind == Billing.Invoicing.InvoiceKind.Period, TestHouse.Cancellation));

    /// <summary>What the gateway took, in order.</summary>
    public Task TheCustomerWasCharged(params decimal[] amounts)
    {
        Assert.Equal(amounts, house.Gateway.Ledger.AllCaptures().Select(c => Whole(c.Amount)));
        return Task.CompletedTask;
    }

    private async Task<List<(string On, JsonElement Data)>> FactsAsync(string type) => [.. (await house.ReadAsync(db => db.History
        .Where(h => h.Type == type).OrderBy(h => h.At).ThenBy(h => h.Id).ToListAsync(TestHouse.Cancellation)))
        .Select(h => (NodaTime.Text.LocalDatePattern.Iso.Format(h.On), JsonElement.Parse(h.Data)))];

    private static string Text(JsonElement data, string name) => data.GetProperty(name).GetString()!;
}
