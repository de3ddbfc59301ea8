using Billing.Payments;
using Billing.Server.Payments.Gateways;

namespace Billing.Server.Tests.Gateways;

// A card put in on the gateway's own page, listed, and taken away.
public abstract partial class PaymentGatewayContract
{
    protected static readonly Uri Back = new("https://shop.example/billing/cards?from=mail");

    /// <summary>Chooses a card on the gateway's page, as its customer would; false where no test can do so.</summary>
    protected abstract Task<bool> PutInAsync(CardSetup setup, string testToken);

    [Fact]
    public async Task A_card_put_in_on_the_gateways_page_is_kept_once_it_is_put_in()
    {
        var customer = NewCustomer();
        var setup = await Gateway.BeginCardSetupAsync(customer, Back, Cancellation);
        Assert.True(setup.Page.IsAbsoluteUri);
        Assert.Null(await Gateway.FinishCardSetupAsync(customer, setup.Reference, Cancellation));
        Assert.SkipUnless(await PutInAsync(setup, Cards.Succeeds), $"{Gateway.Name}'s page is for people only.");

        var card = await Gateway.FinishCardSetupAsync(customer, setup.Reference, Cancellation);

        Assert.NotNull(card);
        Assert.Equal(card, await Gateway.FinishCardSetupAsync(customer, setup.Reference, Cancellation));
        Assert.Equal(card.Fingerprint, (await Gateway.AttachCardAsync(NewCustomer(), Cards.Succeeds, Cancellation)).Fingerprint);
        var request = new ChargeRequest(NewAttempt(), customer, NewInvoice(), card.Token, new(4_900, Usd));
        Assert.IsType<ChargeOutcome.Succeeded>(await Gateway.ChargeAsync(request, Cancellation));
    }

    [Fact]
    public async Task A_card_set_up_by_somebody_else_is_not_told()
    {
        var setup = await Gateway.BeginCardSetupAsync(NewCustomer(), Back, Cancellation);
        await PutInAsync(setup, Cards.Succeeds);

        var refused = await Assert.ThrowsAsync<Refused>(() => Gateway.FinishCardSetupAsync(NewCustomer(), setup.Reference, Cancellation));

        Assert.Equal("card_setup_unknown", refused.Code);
    }

    [Fact]
    public async Task A_setup_nobody_began_is_unknown()
    {
        var refused = await Assert.ThrowsAsync<Refused>(() => Gateway.FinishCardSetupAsync(NewCustomer(), "cs_no_such_setup", Cancellation));
        Assert.Equal("card_setup_unknown", refused.Code);
    }

    [Fact]
    public async Task The_cards_of_a_customer_are_those_kept_and_not_taken_away()
    {
        var customer = NewCustomer();
        Assert.Empty(await Gateway.CardsAsync(customer, Cancellation));
        var stays = await Gateway.AttachCardAsync(customer, Cards.Succeeds, Cancellation);
        var goes = await Gateway.AttachCardAsync(customer, Cards.NeedsAuthentication, Cancellation);
        Assert.Equal(
            new[] { stays, goes }.OrderBy(card => card.Token, StringComparer.Ordinal),
            (await Gateway.CardsAsync(customer, Cancellation)).OrderBy(card => card.Token, StringComparer.Ordinal));

        await Gateway.DetachCardAsync(customer, goes.Token, Cancellation);
        await Gateway.DetachCardAsync(customer, goes.Token, Cancellation);

        Assert.Equal([stays], await Gateway.CardsAsync(customer, Cancellation));
    }

    [Fact]
    public async Task A_card_that_was_taken_away_cannot_be_charged_any_more()
    {
        var request = await RequestAsync(Cards.Succeeds);
        await Gateway.DetachCardAsync(request.CustomerId, request.CardToken, Cancellation);

        Assert.IsType<ChargeOutcome.Failed>(await Gateway.ChargeAsync(request, Cancellation));
        Assert.Empty(await CapturesOfAsync(request.InvoiceId));
    }

    [Fact]
    public async Task The_same_card_put_in_again_after_it_was_taken_away_can_be_charged()
    {
        var request = await RequestAsync(Cards.Succeeds);
        await Gateway.DetachCardAsync(request.CustomerId, request.CardToken, Cancellation);

        var again = await Gateway.AttachCardAsync(request.CustomerId, Cards.Succeeds, Cancellation);

        Assert.NotEqual(request.CardToken, again.Token);
        Assert.IsType<ChargeOutcome.Succeeded>(
            await Gateway.ChargeAsync(request with { AttemptId = NewAttempt(), CardToken = again.Token }, Cancellation));
    }

    [Fact]
    public async Task Nobody_takes_away_another_customers_card()
    {
        var request = await RequestAsync(Cards.Succeeds);

        await Gateway.DetachCardAsync(NewCustomer(), request.CardToken, Cancellation);

        Assert.Single(await Gateway.CardsAsync(request.CustomerId, Cancellation));
        Assert.IsType<ChargeOutcome.Succeeded>(await Gateway.ChargeAsync(request, Cancellation));
    }
}
