using Billing.Invoicing;
using Billing.Retention;
using Billing.Server.Pages.Language;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Browser;

/// <summary>From the customer's page to the gateway's own, and back.</summary>
public sealed class GatewayJourneyTests(BrowserFixture browser, PortalHouse portal) : IClassFixture<PortalHouse>
{
    private static CancellationToken Stop => ApiHouse.Cancellation;

    [Fact]
    public async Task A_card_is_typed_on_the_gateways_page_and_charged_from_then_on()
    {
        var house = portal.House;
        var (customer, _) = await portal.SubscriberAsync();
        await using var context = await browser.NewContextAsync(BrowserFixture.Phone, javaScript: false, baseAddress: house.Address);
        var page = await PortalTests.SignedInAsync(context, await house.LinkAsync(customer));

        // There and back without a card: nothing changed.
        await page.GotoAsync("/portal/cards/back?setup=sbx_setup_of_nobody");
        await BrowserFixture.ArriveAsync(page, "/portal/cards");

        await page.GotoAsync("/portal/cards/new");
        await page.CheckAsync("input[value=pm_card_mastercard]");
        await page.ClickAsync("main button");
        await BrowserFixture.ArriveAsync(page, "/portal");

        Assert.Contains(Words.English.DoneSay(CustomerAct.CardAdded), await page.InnerTextAsync(".done"), StringComparison.Ordinal);
        var id = new CustomerId(customer);
        var usual = await house.ReadAsync(db => db.Customers.Where(c => c.Id == id).Join(db.Cards, c => c.DefaultCardId, c => c.Id, (_, card) => card.LastFour)
            .SingleAsync(Stop));
        Assert.Equal("4444", usual);
    }

    [Fact]
    public async Task What_the_bank_asks_is_answered_there_and_the_invoice_is_paid_once()
    {
        var house = portal.House;
        var (customer, _) = await portal.SubscriberAsync(card: "pm_card_authenticationRequired");
        var id = new CustomerId(customer);
        var payment = await house.ReadAsync(db => db.PaymentAttempts.Where(a => a.CustomerId == id).Select(a => a.Id.Value).SingleAsync(Stop));
        await using var context = await browser.NewContextAsync(BrowserFixture.Phone, javaScript: false, baseAddress: house.Address);
        var page = await PortalTests.SignedInAsync(context, await house.LinkAsync(customer));

        await page.GotoAsync($"/portal/payments/{payment}");
        await page.ClickAsync($"a:text('{Words.English.ConfirmWithBank}')");
        await page.ClickAsync("main button:text('Confirm')");
        await BrowserFixture.ArriveAsync(page, "/portal");

        Assert.Contains(Words.English.DoneSay(CustomerAct.Paid), await page.InnerTextAsync(".done"), StringComparison.Ordinal);
        var invoice = await house.ReadAsync(db => db.Invoices.AsNoTracking().SingleAsync(i => i.CustomerId == id, Stop));
        Assert.Equal(InvoiceStatus.Paid, invoice.Status);
        Assert.Single(house.Gateway.Ledger.CapturesOf(invoice.Id));

        // Gone back to, nothing is left to confirm, and nothing is charged again.
        await page.GotoAsync($"/portal/payments/{payment}/confirm");
        await BrowserFixture.ArriveAsync(page, $"/portal/payments/{payment}");
        Assert.Single(house.Gateway.Ledger.CapturesOf(invoice.Id));
    }
}
