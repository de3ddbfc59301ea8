using System.Text.Json;
using Billing.Client.Contract;
using Billing.Server.Plans;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Infrastructure;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;
using NodaTime.Text;

namespace Billing.Server.Tests.Scenarios;

/// <content>A price that moves.</content>
internal sealed partial class Diary
{
    /// <summary>The list price is one thing, what this customer pays another.</summary>
    public async Task TheCustomerSubscribesAtAPriceOfTheirOwn(decimal listPrice, decimal agreed)
    {
        await house.SetPriceAsync((long)(listPrice * 100), "month");
        var terms = new NewSubscription(Merchant.Pro, new CadenceView("month"), NegotiatedUnitAmount: new((long)(agreed * 100), "USD"));
        subscription = (await house.SendAsync(new StartSubscription(customer, terms))).Id;
        await house.RunAsync();
    }

    /// <summary>Sets a new price and plans the move to it; the next run tells whoever pays the old one.</summary>
    public async Task TheMerchantMovesThePrice(decimal to, string from, string every = "month")
    {
        await house.SetPriceAsync((long)(to * 100), every);
        await house.SendAsync(new SchedulePriceMove(Merchant.Pro, new("USD", new(every), from)));
    }

    /// <summary>What was said of the price: <c>"2026-03-01 49.00 becomes 59.00 from 2026-04-01, leave before 2026-04-01"</c>.</summary>
    public async Task TheCustomerWasTold(params string[] announcements)
    {
        Assert.Empty(await house.ReadAsync(db => db.SetAside.ToListAsync(TestHouse.Cancellation)));
        Assert.Equal(announcements, (await house.ReadAsync(db => db.History
                .Where(h => h.CustomerId == new CustomerId(customer) && h.Type == nameof(PriceMoveAnnounced)).OrderBy(h => h.Id)
                .ToListAsync(TestHouse.Cancellation)))
            .Select(h => $"{LocalDatePattern.Iso.Format(h.On)} {Told(JsonDocument.Parse(h.Data).RootElement)}"));
    }

    /// <summary>The day a new price was taken, from the history.</summary>
    public async Task ThePriceMovedOn(params string[] days) => Assert.Equal(days, (await house.ReadAsync(db => db.History
            .Where(h => h.CustomerId == new CustomerId(customer) && h.Type == nameof(PriceMoved)).OrderBy(h => h.Id)
            .ToListAsync(TestHouse.Cancellation)))
        .Select(h => LocalDatePattern.Iso.Format(h.On)));

    private static string Told(JsonElement said)
    {
        return $"{Amount("old")} becomes {Amount("new")} from {said.GetProperty("from")}, leave before {said.GetProperty("leaveBefore")}";

        string Amount(string which) => Shown(new(said.GetProperty(which + "UnitAmountMinor").GetInt64(), Currency.Of("USD")));
    }
}
