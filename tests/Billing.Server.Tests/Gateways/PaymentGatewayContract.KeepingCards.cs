namespace Billing.Server.Tests.Gateways;

// The cases about keeping a card; those about charging it are in the other half.
public abstract partial class PaymentGatewayContract
{
    [Fact]
    public async Task A_token_nobody_knows_cannot_be_kept()
    {
        var refused = await Assert.ThrowsAsync<Refused>(
            () => Gateway.AttachCardAsync(NewCustomer(), "no_such_token", Cancellation));
        Assert.Equal("card_token_unknown", refused.Code);
    }

    [Fact]
    public async Task A_card_the_bank_does_not_accept_cannot_be_kept()
    {
        var refused = await Assert.ThrowsAsync<Refused>(
            () => Gateway.AttachCardAsync(NewCustomer(), Cards.RefusedWhenKept, Cancellation));
        Assert.Equal("card_declined", refused.Code);
    }

    [Fact]
    public async Task A_kept_card_shows_what_may_be_shown()
    {
        var card = await Gateway.AttachCardAsync(NewCustomer(), Cards.Succeeds, Cancellation);

        Assert.NotEmpty(card.Token);
        Assert.NotEmpty(card.Fingerprint);
        Assert.NotEmpty(card.Brand);
        Assert.Matches("^[0-9]{4}$", card.LastFour);
        Assert.InRange(card.ExpiryMonth, 1, 12);
        Assert.InRange(card.ExpiryYear, 2020, 2099);
        Assert.DoesNotMatch("[0-9]{13,}", card.Token);
    }

    [Fact]
    public async Task The_same_card_has_the_same_fingerprint_at_every_customer()
    {
        var one = await Gateway.AttachCardAsync(NewCustomer(), Cards.Succeeds, Cancellation);
        var other = await Gateway.AttachCardAsync(NewCustomer(), Cards.Succeeds, Cancellation);

        Assert.Equal(one.Fingerprint, other.Fingerprint);
        Assert.NotEqual(one.Token, other.Token);
    }
}
