using Billing.Payments;
using Billing.Server.Payments.Gateways;

namespace Billing.Server.Tests.Gateways;

// The cases about sending captured money back.
public abstract partial class PaymentGatewayContract
{
    /// <summary>What was sent back of a payment, failed ones too, told by somebody other than our own books.</summary>
    protected abstract Task<IReadOnlyList<Money>> RefundsOfAsync(string paymentReference);

    /// <summary>Until refunds that are on their way have arrived or come back.</summary>
    protected abstract Task UntilBanksHaveDecidedAsync();

    [Fact]
    public async Task A_refund_sends_the_amount_back_once()
    {
        var refund = await CapturedAsync(Cards.Succeeds);

        var outcome = await Gateway.RefundAsync(refund, Cancellation);

        Assert.NotNull(Assert.IsType<RefundOutcome.Succeeded>(outcome).GatewayReference);
        Assert.Equal(outcome, await Gateway.FindRefundAsync(refund.RefundId, refund.PaymentReference, Cancellation));
        Assert.Equal([refund.Amount], await RefundsOfAsync(refund.PaymentReference));
    }

    [Fact]
    public async Task The_same_refund_is_answered_the_same_and_sent_once()
    {
        var refund = await CapturedAsync(Cards.Succeeds) with { Amount = new(1_000, Usd) };

        var first = await Gateway.RefundAsync(refund, Cancellation);
        var second = await Gateway.RefundAsync(refund, Cancellation);

        Assert.Equal(first, second);
        Assert.Equal([refund.Amount], await RefundsOfAsync(refund.PaymentReference));
    }

    [Fact]
    public async Task The_same_refund_with_another_amount_is_refused()
    {
        var refund = await CapturedAsync(Cards.Succeeds) with { Amount = new(1_000, Usd) };
        await Gateway.RefundAsync(refund, Cancellation);

        Assert.IsType<RefundOutcome.Failed>(await Gateway.RefundAsync(refund with { Amount = new(1_001, Usd) }, Cancellation));
        Assert.Equal([refund.Amount], await RefundsOfAsync(refund.PaymentReference));
    }

    [Fact]
    public async Task Never_more_is_sent_back_than_was_captured()
    {
        var whole = await CapturedAsync(Cards.Succeeds);
        var part = whole with { Amount = new(whole.Amount.Minor - 900, Usd) };
        Assert.IsType<RefundOutcome.Succeeded>(await Gateway.RefundAsync(part, Cancellation));

        Assert.IsType<RefundOutcome.Failed>(
            await Gateway.RefundAsync(whole with { RefundId = NewRefund(), Amount = new(901, Usd) }, Cancellation));
        Assert.IsType<RefundOutcome.Succeeded>(
            await Gateway.RefundAsync(whole with { RefundId = NewRefund(), Amount = new(900, Usd) }, Cancellation));
        Assert.IsType<RefundOutcome.Failed>(
            await Gateway.RefundAsync(whole with { RefundId = NewRefund(), Amount = new(1, Usd) }, Cancellation));

        Assert.Equal([part.Amount, new(900, Usd)], await RefundsOfAsync(whole.PaymentReference));
    }

    [Fact]
    public async Task Sixteen_refunds_at_once_send_back_no_more_than_was_captured()
    {
        var whole = await CapturedAsync(Cards.Succeeds);
        var third = new Money(whole.Amount.Minor / 3, Usd);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(
            () => Gateway.RefundAsync(whole with { RefundId = NewRefund(), Amount = third }, Cancellation), Cancellation)));

        Assert.Equal(3, outcomes.Count(o => o is RefundOutcome.Succeeded));
        Assert.Equal(13, outcomes.Count(o => o is RefundOutcome.Failed));
    }

    [Theory]
    [InlineData(0), InlineData(-1)]
    public async Task Nothing_and_less_than_nothing_cannot_be_sent_back(long minor)
    {
        var refund = await CapturedAsync(Cards.Succeeds) with { Amount = new(minor, Usd) };

        Assert.IsType<RefundOutcome.Failed>(await Gateway.RefundAsync(refund, Cancellation));
        Assert.Empty(await RefundsOfAsync(refund.PaymentReference));
    }

    [Fact]
    public async Task What_was_never_captured_cannot_be_sent_back() => Assert.IsType<RefundOutcome.Failed>(
        await Gateway.RefundAsync(new(NewRefund(), NewAttempt(), "no_such_payment", new(100, Usd)), Cancellation));

    [Fact]
    public async Task A_refund_nobody_sent_is_not_found()
    {
        var refund = await CapturedAsync(Cards.Succeeds);
        await Gateway.RefundAsync(refund with { Amount = new(100, Usd) }, Cancellation);

        Assert.Null(await Gateway.FindRefundAsync(NewRefund(), refund.PaymentReference, Cancellation));
    }

    [Fact]
    public async Task A_refund_may_be_on_its_way_before_it_is_there()
    {
        Assert.SkipWhen(Cards.RefundPending is null, $"{Gateway.Name} cannot hold a refund up on demand.");
        var refund = await CapturedAsync(Cards.RefundPending!);

        Assert.IsType<RefundOutcome.Pending>(await Gateway.RefundAsync(refund, Cancellation));
        Assert.IsType<RefundOutcome.Pending>(await Gateway.FindRefundAsync(refund.RefundId, refund.PaymentReference, Cancellation));
        Assert.IsType<RefundOutcome.Failed>(
            await Gateway.RefundAsync(refund with { RefundId = NewRefund(), Amount = new(1, Usd) }, Cancellation));

        await UntilBanksHaveDecidedAsync();
        Assert.IsType<RefundOutcome.Succeeded>(await Gateway.FindRefundAsync(refund.RefundId, refund.PaymentReference, Cancellation));
    }

    [Fact]
    public async Task A_refund_may_come_back_and_may_then_be_sent_anew()
    {
        Assert.SkipWhen(Cards.RefundReturned is null, $"{Gateway.Name} cannot return a refund on demand.");
        var refund = await CapturedAsync(Cards.RefundReturned!);
        Assert.IsType<RefundOutcome.Succeeded>(await Gateway.RefundAsync(refund, Cancellation));

        await UntilBanksHaveDecidedAsync();
        Assert.IsType<RefundOutcome.Failed>(await Gateway.FindRefundAsync(refund.RefundId, refund.PaymentReference, Cancellation));

        Assert.IsType<RefundOutcome.Succeeded>(await Gateway.RefundAsync(refund with { RefundId = NewRefund() }, Cancellation));
    }

    /// <summary>Captures with a card, and words the wish to send all of it back.</summary>
    protected async Task<RefundRequest> CapturedAsync(string testToken)
    {
        var request = await RequestAsync(testToken);
        var captured = Assert.IsType<ChargeOutcome.Succeeded>(await Gateway.ChargeAsync(request, Cancellation));
        return new(NewRefund(), request.AttemptId, captured.GatewayReference!, request.Amount);
    }

    protected static RefundId NewRefund() => new(Guid.NewGuid());
}
