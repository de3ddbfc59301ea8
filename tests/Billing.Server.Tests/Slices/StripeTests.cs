using Billing.Client.Contract;
using Billing.Server.Tests.Gateways;
using Billing.Server.Tests.Gateways.Stripe;
using Billing.Server.Tests.Infrastructure;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using static Billing.Server.Tests.Slices.SellingTests;

namespace Billing.Server.Tests.Slices;

/// <summary>The whole server, its API and its webhook, with Stripe as its gateway.</summary>
public sealed class StripeTests : IAsyncLifetime
{
    private static readonly Instant FirstOfMarch = Instant.FromUtc(2026, 3, 1, 10, 0);
    private static readonly Uri Back = new("https://shop.example/billing/cards");

    private readonly MovableClock clock = new(FirstOfMarch);
    private readonly HttpClient browser = new(new HttpClientHandler { AllowAutoRedirect = false });
    private StripeLoopback stripe = null!;
    private ApiHouse house = null!;

    public async ValueTask InitializeAsync()
    {
        stripe = await StripeLoopback.OpenAsync(clock);
        house = await ApiHouse.OnSqliteAsync(
            FirstOfMarch, ("Billing:Stripe:Key", StripeLoopback.Key), ("Billing:Stripe:WebhookSecrets", string.Join(',', stripe.WebhookSecrets)),
            ("Billing:Stripe:Address", stripe.Address.AbsoluteUri), ("Billing:Stripe:RequestsPerSecond", "1000"));
    }

    public async ValueTask DisposeAsync()
    {
        await house.DisposeAsync();
        await stripe.DisposeAsync();
        browser.Dispose();
        Assert.Empty(stripe.Violations);
    }

    [Fact]
    public async Task Three_customers_live_through_a_month_and_both_books_agree()
    {
        await house.Client.CreatePlanAsync(new("pro", "Pro"));
        await house.Client.SetPriceAsync("pro", new(new(4_900, "USD"), new("month")));
        var (ada, ben, cleo) = (await CustomerAsync("Ada"), await CustomerAsync("Ben"), await CustomerAsync("Cleo"));

        // Ada and Ben come back from Stripe's page; Cleo closes the window, and Stripe tells of her card.
        Assert.Equal("4242", (await PutInAsync(ada, "pm_card_visa")).LastFour);
        Assert.Equal("0341", (await PutInAsync(ben, "pm_card_chargeCustomerFail")).LastFour);
        await ChooseAsync(await house.Client.BeginCardSetupAsync(cleo, new(Back.AbsoluteUri)), "pm_card_authenticationRequired");
        await ToldAsync();
        Assert.Equal("3184", (await house.Client.ListCardsAsync(cleo).SingleAsync(ApiHouse.Cancellation)).LastFour);

        foreach (var customer in new[] { ada, ben, cleo }) await house.Client.StartSubscriptionAsync(customer, new("pro", new("month")));
        await house.RunAsync();
        Assert.Equal(["succeeded", "declined", "action_required"], [await StateAsync(ada), await StateAsync(ben), await StateAsync(cleo)]);
        await AgreeAsync(1);

        // Cleo confirms with her bank.
        var waiting = await house.Client.ListPaymentsAsync(cleo).SingleAsync(ApiHouse.Cancellation);
        var page = (await house.Client.ConfirmPaymentAsync(waiting.Id, new(Back.AbsoluteUri))).Url!;
        using (var answered = await browser.PostAsync(new Uri(page), new FormUrlEncodedContent([KeyValuePair.Create("answer", "yes")]), ApiHouse.Cancellation))
            Assert.Equal(Back, answered.Headers.Location);
        Assert.Equal("succeeded", (await house.Client.LookUpPaymentAsync(waiting.Id)).State);

        // Ben puts in another card, which pays what is open.
        await PutInAsync(ben, "pm_card_mastercard");
        await house.RunAsync();
        Assert.Equal("succeeded", await StateAsync(ben));
        await AgreeAsync(3);

        // Whatever Stripe tells, twice and the newest first, changes nothing any more.
        await ToldAsync();
        await AgreeAsync(3);

        // April: again, except that the bank asks Cleo once more, and this time she says no.
        clock.Now = house.Clock.Now = Instant.FromUtc(2026, 4, 1, 10, 0);
        await house.RunAsync();
        waiting = await house.Client.ListPaymentsAsync(cleo).FirstAsync(ApiHouse.Cancellation);
        page = (await house.Client.ConfirmPaymentAsync(waiting.Id, new(Back.AbsoluteUri))).Url!;
        await browser.PostAsync(new Uri(page), new FormUrlEncodedContent([KeyValuePair.Create("answer", "no")]), ApiHouse.Cancellation);
        await ToldAsync();
        Assert.Equal(("declined", "authentication_not_handled"), await DeclineAsync(waiting.Id));
        await AgreeAsync(5);

        // Ada has March back.
        var march = await house.Client.ListPaymentsAsync(ada).LastAsync(ApiHouse.Cancellation);
        var refund = await house.Client.RefundPaymentAsync(march.Id, new("A week without service.", new(900, "USD")));
        await house.RunAsync();
        Assert.Equal("succeeded", (await house.Client.GetRefundAsync(refund.Id)).State);
        Assert.Equal([900], stripe.RefundsOf(march.GatewayReference!));

        Assert.Empty(await house.ReadAsync(db => db.SetAside.ToListAsync(ApiHouse.Cancellation)));
        Assert.Equal(3, await house.ReadAsync(db => db.GatewayCustomers.CountAsync(ApiHouse.Cancellation)));
    }

    [Fact]
    public async Task A_card_setup_is_finished_only_by_its_customer_and_only_when_it_is_done()
    {
        var (ada, ben) = (await CustomerAsync("Ada"), await CustomerAsync("Ben"));
        var setup = await house.Client.BeginCardSetupAsync(ada, new(Back.AbsoluteUri));

        Assert.Equal((409, "card_setup_open"), await StatusAndCode(house.Client.FinishCardSetupAsync(ada, setup.Reference)));
        await ChooseAsync(setup, "pm_card_visa");
        Assert.Equal((409, "card_setup_unknown"), await StatusAndCode(house.Client.FinishCardSetupAsync(ben, setup.Reference)));
        Assert.Equal((422, "validation_failed"), await StatusAndCode(house.Client.BeginCardSetupAsync(ada, new("javascript:alert(1)"))));

        var card = await house.Client.FinishCardSetupAsync(ada, setup.Reference);
        Assert.True(card.IsDefault);
        await ToldAsync();
        Assert.Equal(card, await house.Client.FinishCardSetupAsync(ada, setup.Reference));
        Assert.Equal([card], await house.Client.ListCardsAsync(ada).ToListAsync(ApiHouse.Cancellation));
    }

    private async Task<Guid> CustomerAsync(string name) => (await house.Client.AddCustomerAsync(new("USD", "UTC", Name: name))).Id;

    private async Task<CardView> PutInAsync(Guid customer, string card)
    {
        var back = await ChooseAsync(await house.Client.BeginCardSetupAsync(customer, new(Back.AbsoluteUri)), card);
        return await house.Client.FinishCardSetupAsync(customer, QueryHelpers.ParseQuery(back.Query)["setup"]!);
    }

    private async Task<Uri> ChooseAsync(CardSetupView setup, string card)
    {
        using var answer = await browser.PostAsync(
            new Uri(setup.Url), new FormUrlEncodedContent([KeyValuePair.Create("card", card)]), ApiHouse.Cancellation);
        return answer.Headers.Location!;
    }

    /// <summary>Everything Stripe has told so far arrives: the newest first, each twice.</summary>
    private async Task ToldAsync()
    {
        using var internet = house.HttpWith(null);
        var bodies = stripe.Notices.Reverse().SelectMany(n => new[] { n.Body, n.Body });
        await stripe.DeliverAsync(internet, "/webhooks/stripe", bodies, ApiHouse.Cancellation);
        await house.RunAsync();
    }

    private async Task<string> StateAsync(Guid customer) => (await house.Client.ListPaymentsAsync(customer).FirstAsync(ApiHouse.Cancellation)).State;

    private async Task<(string State, string? Code)> DeclineAsync(Guid payment) =>
        await house.Client.GetPaymentAsync(payment) is var p ? (p.State, p.DeclineCode) : default;

    /// <summary>What we say is paid is what Stripe captured, invoice by invoice, and nothing else.</summary>
    private async Task AgreeAsync(int paid)
    {
        var ours = await house.Client.ListInvoicesAsync(status: "paid").ToListAsync(ApiHouse.Cancellation);
        Assert.Equal(
            ours.Select(i => (Invoice: (string?)i.Id.ToString(), i.Total.Value)).OrderBy(i => i.Invoice, StringComparer.Ordinal),
            stripe.Captures.Select(c => (c.Invoice, c.Amount)).OrderBy(c => c.Invoice, StringComparer.Ordinal));
        Assert.Equal(paid, ours.Count);
    }
}
