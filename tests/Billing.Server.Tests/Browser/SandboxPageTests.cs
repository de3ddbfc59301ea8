using Billing.Server.Payments.Gateways;
using Billing.Server.Payments.Gateways.Sandbox;
using Billing.Server.Tests.Infrastructure;

namespace Billing.Server.Tests.Browser;

/// <summary>What is the gateway's page and the bank's page at the real one.</summary>
public sealed class SandboxPageTests(BrowserFixture browser)
{
    private static readonly CustomerId Customer = new(Guid.Parse("0193c1de-0000-7000-8000-000000000001"));

    [Fact]
    public async Task A_card_is_chosen_on_a_page_and_the_customer_comes_back_from_another_site()
    {
        await using var house = await PageHouse.OpenAsync();
        var gateway = house.Gateway;
        var setup = await gateway.BeginCardSetupAsync(Customer, Elsewhere(house, "/?from=mail"), ApiHouse.Cancellation);
        await using var context = await browser.NewContextAsync(BrowserFixture.Phone, javaScript: false, baseAddress: house.Address);
        var page = await context.NewPageAsync();

        await page.GotoAsync(setup.Page.PathAndQuery);
        await BrowserFixture.SaveScreenshotAsync(page, "sandbox-card-phone-en");
        await page.CheckAsync("input[value=pm_card_visa_chargeDeclined]");
        await page.ClickAsync("main button");
        Assert.Contains("did not accept this card", await page.InnerTextAsync("[role=alert]"), StringComparison.Ordinal);
        Assert.Null(await gateway.FinishCardSetupAsync(Customer, setup.Reference, ApiHouse.Cancellation));

        await page.CheckAsync("input[value=pm_card_visa]");
        await page.ClickAsync("main button");
        await BrowserFixture.ArriveAsync(page, "/");

        Assert.Equal(Elsewhere(house, $"/?from=mail&setup={setup.Reference}").AbsoluteUri, page.Url);
        Assert.Equal("4242", (await gateway.FinishCardSetupAsync(Customer, setup.Reference, ApiHouse.Cancellation))!.LastFour);
    }

    [Theory]
    [InlineData("Confirm", true), InlineData("Refuse", false)]
    public async Task The_banks_question_is_answered_on_a_page(string button, bool captured)
    {
        await using var house = await PageHouse.OpenAsync();
        var gateway = house.Gateway;
        var card = await gateway.AttachCardAsync(Customer, "pm_card_authenticationRequired", ApiHouse.Cancellation);
        var request = new ChargeRequest(
            new(Guid.NewGuid()), Customer, new(Guid.NewGuid()), card.Token, new(4_900, Currency.Of("USD")));
        var waiting = await gateway.ChargeAsync(request, ApiHouse.Cancellation);
        var question = await gateway.ConfirmationPageAsync(
            request.AttemptId, waiting.GatewayReference!, Elsewhere(house, "/"), ApiHouse.Cancellation);
        await using var context = await browser.NewContextAsync(BrowserFixture.Phone, javaScript: false, baseAddress: house.Address);
        var page = await context.NewPageAsync();

        await page.GotoAsync(question!.PathAndQuery);
        Assert.Contains("$49.00", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        await BrowserFixture.SaveScreenshotAsync(page, "sandbox-confirm-phone-en");
        await page.ClickAsync($"main button:text('{button}')");
        await BrowserFixture.ArriveAsync(page, "/");

        Assert.Equal(Elsewhere(house, "/").AbsoluteUri, page.Url);
        Assert.Equal(captured ? 1 : 0, house.Gateway.Ledger.CapturesOf(request.InvoiceId).Count);
        await page.GotoAsync(question.PathAndQuery);
        Assert.Equal(Elsewhere(house, "/").AbsoluteUri, page.Url);
    }

    [Theory]
    [InlineData(SandboxPages.CardSetup), InlineData(SandboxPages.Confirmation)]
    public async Task What_nobody_began_is_not_there(string page)
    {
        await using var house = await PageHouse.OpenAsync();
        var answer = await house.Http.GetAsync($"{page}/sbx_nobody", ApiHouse.Cancellation);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
    }

    // The same server by its other name is another site to a browser.
    private static Uri Elsewhere(ApiHouse house, string path) =>
        new($"http://{(house.Address.Host == "localhost" ? "127.0.0.1" : "localhost")}:{house.Address.Port}{path}");
}
