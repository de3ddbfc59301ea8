using Billing.Cards;
using Billing.Invoicing;
using Billing.Server.Cards;
using Billing.Server.Payments.Inbox;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Inbox;

/// <summary>What happens to a card at the gateway, without anybody here.</summary>
public sealed class CardNewsTests
{
    /// <summary>The printed month of the card is February: it declines on 1 March and its network tells of the new one on the 6th.</summary>
    [Fact]
    public async Task A_card_its_network_replaced_pays_what_is_open_at_once_and_once()
    {
        await using var house = await TestHouse.OnSqliteAsync(Instant.FromUtc(2026, 2, 1, 9, 0));
        await house.SellProAsync();
        await house.SubscribeAsync("sandbox_replaced_by_network_in_0_months");
        await house.RunAsync();
        var before = await house.ReadAsync(db => db.Cards.AsNoTracking().SingleAsync(TestHouse.Cancellation));
        house.Clock.Now = Instant.FromUtc(2026, 3, 1, 9, 0);
        await house.RunAsync();
        Assert.Equal(InvoiceStatus.Open, (await house.InvoicesAsync())[^1].Status);

        house.Clock.Now = Instant.FromUtc(2026, 3, 6, 9, 0);
        var told = house.Gateway.Notices().Single(n => n.Type == "card.updated_by_network");
        await house.TakeAsync(told, times: 3);
        await house.WorkThroughAsync();
        await Again(house, told.Id);
        Assert.True((await house.InvoicesAsync())[^1].NextAttemptAt <= house.Clock.Now);
        await house.RunAsync();
        await house.RunAsync();

        var after = await house.ReadAsync(db => db.Cards.AsNoTracking().SingleAsync(TestHouse.Cancellation));
        Assert.Equal((before.GatewayToken, 2, 2029), (after.GatewayToken, after.ExpiryMonth, after.ExpiryYear));
        Assert.NotEqual(before.LastFour, after.LastFour);
        Assert.Equal(1, await house.ReadAsync(db => db.History.CountAsync(h => h.Type == nameof(CardUpdatedByNetwork), TestHouse.Cancellation)));
        var march = (await house.InvoicesAsync())[^1];
        Assert.Equal(InvoiceStatus.Paid, march.Status);
        Assert.Equal([march.Total], house.Gateway.Ledger.CapturesOf(march.Id).Select(c => c.Amount));
    }

    [Fact]
    public async Task A_card_that_is_gone_at_the_gateway_is_charged_no_more()
    {
        await using var house = await TestHouse.OnSqliteAsync(Instant.FromUtc(2026, 2, 1, 9, 0));
        await house.SellProAsync();
        var subscription = await house.SubscribeAsync();
        await house.RunAsync();
        var card = await house.ReadAsync(db => db.Cards.AsNoTracking().SingleAsync(TestHouse.Cancellation));
        await house.Gateway.DetachCardAsync(card.CustomerId, card.GatewayToken, TestHouse.Cancellation);
        await house.DeliverAsync();

        house.Clock.Now = Instant.FromUtc(2026, 3, 1, 9, 0);
        await house.RunAsync();

        Assert.Single(await house.ReadAsync(db => db.PaymentAttempts.ToListAsync(TestHouse.Cancellation)));
        Assert.Equal((InvoiceStatus.Open, (Instant?)null), ((await house.InvoicesAsync())[^1].Status, (await house.InvoicesAsync())[^1].NextAttemptAt));
        Assert.Empty((await house.ReadAsync(db => db.CardPageAsync(subscription.CustomerId, new(), TestHouse.Cancellation))).Items);
        await Assert.ThrowsAsync<Refused>(() => house.SendAsync(new MakeCardDefault(subscription.CustomerId, card.Id.Value)));

        // Another card pays it.
        await house.SendAsync(new AddCard(subscription.CustomerId, new("pm_card_mastercard")));
        await house.RunAsync();
        Assert.Equal(InvoiceStatus.Paid, (await house.InvoicesAsync())[^1].Status);
    }

    [Fact]
    public async Task A_card_put_in_on_the_gateways_page_is_kept_though_the_customer_never_came_back()
    {
        await using var house = await TestHouse.OnSqliteAsync(Instant.FromUtc(2026, 2, 1, 9, 0));
        await house.SellProAsync();
        var subscription = await house.SubscribeAsync(card: null);
        await house.RunAsync();
        var setup = await house.Gateway.BeginCardSetupAsync(new(subscription.CustomerId), new("https://localhost/back"), TestHouse.Cancellation);
        house.Gateway.PutIn(house.Gateway.SetupOf(setup.Reference)!, "pm_card_visa");

        await house.DeliverAsync();
        await house.DeliverAsync();
        await house.RunAsync();

        Assert.Equal(InvoiceStatus.Paid, Assert.Single(await house.InvoicesAsync()).Status);
        Assert.Equal(1, await house.ReadAsync(db => db.History.CountAsync(h => h.Type == nameof(CardAdded), TestHouse.Cancellation)));
    }

    private static async Task Again(TestHouse house, string noticeId)
    {
        var id = await house.ReadAsync(db => db.Inbox.Where(n => n.NoticeId == noticeId).Select(n => n.Id).SingleAsync(TestHouse.Cancellation));
        await house.SendAsync(new ReplayNotice(id));
        await house.WorkThroughAsync();
    }
}
