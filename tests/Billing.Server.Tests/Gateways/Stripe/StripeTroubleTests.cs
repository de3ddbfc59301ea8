using Billing.Payments;
using Billing.Server.Payments.Gateways;
using Billing.Server.Payments.Gateways.Stripe;
using Billing.Server.Persistence;

namespace Billing.Server.Tests.Gateways.Stripe;

/// <summary>Everything that can happen between us and Stripe, at the one call that moves money.</summary>
public sealed class StripeTroubleTests(StripeBook book) : StripeTests(book)
{
    private const string ChargeLine = "POST /v1/payment_intents";

    [Theory]
    [InlineData("RateLimited"), InlineData("RateLimitedForASecond"), InlineData("LockTimeout"), InlineData("Conflict")]
    [InlineData("Unavailable"), InlineData("Delay"), InlineData("DropBefore"), InlineData("DropAfter")]
    public async Task What_passes_by_itself_is_waited_for_and_captured_once(string trouble)
    {
        var request = await RequestAsync();
        DisturbCharges(Enum.Parse<Trouble>(trouble), times: 2);

        Assert.IsType<ChargeOutcome.Succeeded>(await Gateway.ChargeAsync(request, Cancellation));

        Assert.Single(Loopback.Captures);
        Assert.Equal(trouble == "Delay" ? 1 : 3, Requests(ChargeLine));
    }

    [Theory]
    [InlineData("RateLimited", 0), InlineData("LockTimeout", 0), InlineData("Conflict", 0), InlineData("Unavailable", 0)]
    [InlineData("DropBefore", 0), InlineData("DropAfter", 1)]
    public async Task What_does_not_pass_is_unknown_and_found_out_later(string trouble, int captured)
    {
        var request = await RequestAsync();
        DisturbCharges(Enum.Parse<Trouble>(trouble), times: int.MaxValue);

        Assert.IsType<ChargeOutcome.Unknown>(await Gateway.ChargeAsync(request, Cancellation));
        Assert.Equal(captured, Loopback.Captures.Count);
        DisturbCharges(Trouble.None, 0);

        Assert.IsType<ChargeOutcome.Succeeded>(await FindOrChargeAsync(request));
        Assert.Single(Loopback.Captures);
    }

    [Fact]
    public async Task What_Stripe_says_must_not_be_tried_again_is_not()
    {
        var request = await RequestAsync();
        DisturbCharges(Trouble.MustNotTryAgain, times: 1);

        Assert.IsType<ChargeOutcome.Unknown>(await Gateway.ChargeAsync(request, Cancellation));
        Assert.Equal(1, Requests(ChargeLine));

        Assert.IsType<ChargeOutcome.Succeeded>(await FindOrChargeAsync(request));
        Assert.Single(Loopback.Captures);
    }

    [Fact]
    public async Task An_error_that_Stripe_remembers_hides_a_capture_only_until_it_is_looked_for()
    {
        var request = await RequestAsync();
        DisturbCharges(Trouble.ErrorStoredAfter, times: 1);

        Assert.IsType<ChargeOutcome.Unknown>(await Gateway.ChargeAsync(request, Cancellation));
        // The key answers with the same error for a day; so the list is asked.
        Assert.IsType<ChargeOutcome.Unknown>(await Gateway.ChargeAsync(request, Cancellation));
        Assert.IsType<ChargeOutcome.Succeeded>(await Gateway.FindAsync(request.AttemptId, request.CustomerId, null, Cancellation));

        Assert.Single(Loopback.Captures);
    }

    [Fact]
    public async Task An_error_that_Stripe_remembers_and_that_captured_nothing_stays_unknown_as_long_as_the_key_lives()
    {
        var request = await RequestAsync();
        DisturbCharges(Trouble.ErrorStored, times: 1);

        Assert.IsType<ChargeOutcome.Unknown>(await Gateway.ChargeAsync(request, Cancellation));
        Assert.IsType<ChargeOutcome.Unknown>(await FindOrChargeAsync(request));
        Assert.Null(await Gateway.FindAsync(request.AttemptId, request.CustomerId, null, Cancellation));

        Clock.Now += Gateway.KeyLifetime;
        Assert.IsType<ChargeOutcome.Succeeded>(await FindOrChargeAsync(request));
        Assert.Single(Loopback.Captures);
    }

    [Fact]
    public async Task What_Stripe_refuses_as_it_stands_is_sent_once_and_told_without_Stripes_words()
    {
        var request = await RequestAsync() with { CardToken = "pm_gone" };

        var failed = Assert.IsType<ChargeOutcome.Failed>(await Gateway.ChargeAsync(request, Cancellation));

        Assert.StartsWith("resource_missing", failed.Reason, StringComparison.Ordinal);
        Assert.False(StripeSecrets.In(failed.Reason));
        Assert.Equal(1, Requests(ChargeLine));
    }

    [Fact]
    public async Task A_key_that_Stripe_does_not_take_is_an_error_of_ours_and_no_outcome()
    {
        var request = await RequestAsync();
        using var stranger = new StripeGateway(Loopback.Settings() with { Key = "sk_test_wrong" }, Database, Log);
        Loopback.Disturb = (_, _) => Trouble.NotAllowed;

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => stranger.ChargeAsync(request, Cancellation));

        Assert.False(StripeSecrets.In(error.ToString()));
        Assert.Empty(Loopback.Captures);
        Loopback.Violations.Clear();
    }

    [Fact]
    public async Task Questions_that_get_no_answer_are_silence()
    {
        var request = await RequestAsync();
        Loopback.Disturb = (_, _) => Trouble.Unavailable;

        await Assert.ThrowsAsync<GatewaySilent>(() => Gateway.FindAsync(request.AttemptId, request.CustomerId, null, Cancellation));
        await Assert.ThrowsAsync<GatewaySilent>(() => Gateway.CardsAsync(request.CustomerId, Cancellation));
        await Assert.ThrowsAsync<GatewaySilent>(() => Gateway.BeginCardSetupAsync(request.CustomerId, new("https://shop.example"), Cancellation));
    }

    [Fact]
    public async Task Refunds_meet_the_same_trouble_and_are_sent_once()
    {
        var request = await RequestAsync();
        var captured = await Gateway.ChargeAsync(request, Cancellation);
        var refund = new RefundRequest(new(Guid.NewGuid()), request.AttemptId, captured.GatewayReference!, request.Amount);
        var times = 0;
        Loopback.Disturb = (line, _) => line == "POST /v1/refunds" && times++ < 9 ? Trouble.DropAfter : Trouble.None;

        Assert.IsType<RefundOutcome.Unknown>(await Gateway.RefundAsync(refund, Cancellation));
        Assert.IsType<RefundOutcome.Succeeded>(await Gateway.FindRefundAsync(refund.RefundId, refund.PaymentReference, Cancellation));
        Assert.IsType<RefundOutcome.Succeeded>(await Gateway.RefundAsync(refund, Cancellation));

        Assert.Equal([4_900], Loopback.RefundsOf(refund.PaymentReference));
    }

    [Fact]
    public async Task A_payment_is_found_by_the_attempts_time_though_our_clock_runs_ahead()
    {
        var request = await RequestAsync() with { AttemptId = new(NewId.At(Clock.Now + Duration.FromHours(23))) };
        await Gateway.ChargeAsync(request, Cancellation);

        Assert.IsType<ChargeOutcome.Succeeded>(await Gateway.FindAsync(request.AttemptId, request.CustomerId, null, Cancellation));
    }

    private async Task<ChargeOutcome> FindOrChargeAsync(ChargeRequest request) =>
        await Gateway.FindAsync(request.AttemptId, request.CustomerId, null, Cancellation) ?? await Gateway.ChargeAsync(request, Cancellation);

    private void DisturbCharges(Trouble trouble, int times)
    {
        var seen = 0;
        Loopback.Disturb = (line, _) => line == ChargeLine && Interlocked.Increment(ref seen) <= times ? trouble : Trouble.None;
    }
}
