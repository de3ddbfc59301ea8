using Billing.Payments;

namespace Billing.Server.Tests.Gateways;

// A payment that the bank asks its customer about.
public abstract partial class PaymentGatewayContract
{
    /// <summary>Says yes or no on the bank's page, as the customer would; false where no test can do so.</summary>
    protected abstract Task<bool> AnswerBankAsync(Uri page, bool yes);

    [Fact]
    public async Task What_the_customer_confirms_is_captured_once()
    {
        var request = await RequestAsync(Cards.NeedsAuthentication);
        var waiting = await Gateway.ChargeAsync(request, Cancellation);
        var page = await Gateway.ConfirmationPageAsync(request.AttemptId, waiting.GatewayReference!, Back, Cancellation);
        Assert.NotNull(page);
        Assert.Empty(await CapturesOfAsync(request.InvoiceId));
        Assert.SkipUnless(await AnswerBankAsync(page, yes: true), $"{Gateway.Name}'s page is for people only.");

        var found = await Gateway.FindAsync(request.AttemptId, request.CustomerId, waiting.GatewayReference, Cancellation);

        Assert.Equal(new ChargeOutcome.Succeeded(waiting.GatewayReference), found);
        Assert.Equal(found, await Gateway.FindAsync(request.AttemptId, request.CustomerId, null, Cancellation));
        Assert.Equal([request.Amount], await CapturesOfAsync(request.InvoiceId));
        Assert.Null(await Gateway.ConfirmationPageAsync(request.AttemptId, waiting.GatewayReference!, Back, Cancellation));
    }

    [Fact]
    public async Task What_the_customer_does_not_confirm_is_a_decline_that_needs_authentication()
    {
        var request = await RequestAsync(Cards.NeedsAuthentication);
        var waiting = await Gateway.ChargeAsync(request, Cancellation);
        var page = await Gateway.ConfirmationPageAsync(request.AttemptId, waiting.GatewayReference!, Back, Cancellation);
        Assert.SkipUnless(await AnswerBankAsync(page!, yes: false), $"{Gateway.Name}'s page is for people only.");

        var found = await Gateway.FindAsync(request.AttemptId, request.CustomerId, waiting.GatewayReference, Cancellation);

        var declined = Assert.IsType<ChargeOutcome.Declined>(found);
        Assert.Equal(DeclineClass.NeedsAuthentication, DeclineCodes.RuleOf(declined.Code).Class);
        Assert.Empty(await CapturesOfAsync(request.InvoiceId));
        Assert.Null(await Gateway.ConfirmationPageAsync(request.AttemptId, waiting.GatewayReference!, Back, Cancellation));
    }

    [Fact]
    public async Task The_page_may_be_asked_for_again_while_the_bank_waits()
    {
        var request = await RequestAsync(Cards.NeedsAuthentication);
        var waiting = await Gateway.ChargeAsync(request, Cancellation);

        await Gateway.ConfirmationPageAsync(request.AttemptId, waiting.GatewayReference!, Back, Cancellation);
        var again = await Gateway.ConfirmationPageAsync(request.AttemptId, waiting.GatewayReference!, new("https://shop.example/other"), Cancellation);

        Assert.NotNull(again);
        Assert.Equal(waiting, await Gateway.FindAsync(request.AttemptId, request.CustomerId, null, Cancellation));
        if (await AnswerBankAsync(again, yes: true)) Assert.Equal([request.Amount], await CapturesOfAsync(request.InvoiceId));
    }

    [Fact]
    public async Task What_is_given_up_cannot_be_confirmed_any_more()
    {
        var request = await RequestAsync(Cards.NeedsAuthentication);
        var waiting = await Gateway.ChargeAsync(request, Cancellation);
        var page = await Gateway.ConfirmationPageAsync(request.AttemptId, waiting.GatewayReference!, Back, Cancellation);

        Assert.IsType<ChargeOutcome.Failed>(await Gateway.GiveUpAsync(request.AttemptId, waiting.GatewayReference!, Cancellation));
        await AnswerBankAsync(page!, yes: true);

        Assert.Empty(await CapturesOfAsync(request.InvoiceId));
        Assert.IsType<ChargeOutcome.Failed>(await Gateway.FindAsync(request.AttemptId, request.CustomerId, waiting.GatewayReference, Cancellation));
        Assert.IsType<ChargeOutcome.Failed>(await Gateway.GiveUpAsync(request.AttemptId, waiting.GatewayReference!, Cancellation));
        Assert.Null(await Gateway.ConfirmationPageAsync(request.AttemptId, waiting.GatewayReference!, Back, Cancellation));
    }

    [Fact]
    public async Task What_was_captured_is_not_given_up()
    {
        var request = await RequestAsync(Cards.Succeeds);
        var captured = await Gateway.ChargeAsync(request, Cancellation);

        Assert.Equal(captured, await Gateway.GiveUpAsync(request.AttemptId, captured.GatewayReference!, Cancellation));
        Assert.Equal([request.Amount], await CapturesOfAsync(request.InvoiceId));
    }
}
