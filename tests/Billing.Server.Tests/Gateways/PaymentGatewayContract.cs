using Billing.Payments;
using Billing.Server.Payments.Gateways;

namespace Billing.Server.Tests.Gateways;

/// <summary>What the rest of the house relies on, whichever gateway is behind the door.</summary>
/// <remarks>A new gateway joins by one class that says how it is made and what its cards are called.</remarks>
public abstract partial class PaymentGatewayContract
{
    protected static readonly Currency Usd = Currency.Of("USD");

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<DeclineClass> DeclineClasses => new(Enum.GetValues<DeclineClass>());

    protected abstract IPaymentGateway Gateway { get; }

    protected abstract GatewayTestCards Cards { get; }

    /// <summary>What was really taken for an invoice, told by somebody other than our own books.</summary>
    protected abstract Task<IReadOnlyList<Money>> CapturesOfAsync(InvoiceId invoiceId);

    [Fact]
    public async Task A_charge_captures_the_amount_once()
    {
        var request = await RequestAsync(Cards.Succeeds);

        var outcome = await Gateway.ChargeAsync(request, Cancellation);

        Assert.NotNull(Assert.IsType<ChargeOutcome.Succeeded>(outcome).GatewayReference);
        Assert.Equal([request.Amount], await CapturesOfAsync(request.InvoiceId));
        Assert.Equal(outcome, await Gateway.FindAsync(request.AttemptId, request.CustomerId, null, Cancellation));
    }

    [Fact]
    public async Task The_same_key_is_answered_the_same_and_captured_once()
    {
        var request = await RequestAsync(Cards.Succeeds);

        var first = await Gateway.ChargeAsync(request, Cancellation);
        var second = await Gateway.ChargeAsync(request, Cancellation);

        Assert.Equal(first, second);
        Assert.Equal([request.Amount], await CapturesOfAsync(request.InvoiceId));
    }

    [Fact]
    public async Task Thirty_two_callers_with_one_key_capture_once()
    {
        var request = await RequestAsync(Cards.Succeeds);
        using var start = new Barrier(32);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait(Cancellation);
                return Gateway.ChargeAsync(request, Cancellation);
            },
            Cancellation,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap()));

        Assert.IsType<ChargeOutcome.Succeeded>(Assert.Single(outcomes.Distinct()));
        Assert.Equal([request.Amount], await CapturesOfAsync(request.InvoiceId));
    }

    [Fact]
    public async Task Two_keys_for_one_invoice_are_two_captures()
    {
        var request = await RequestAsync(Cards.Succeeds);

        await Gateway.ChargeAsync(request, Cancellation);
        await Gateway.ChargeAsync(request with { AttemptId = NewAttempt() }, Cancellation);

        Assert.Equal([request.Amount, request.Amount], await CapturesOfAsync(request.InvoiceId));
    }

    [Fact]
    public async Task The_same_key_with_another_amount_is_refused()
    {
        var request = await RequestAsync(Cards.Succeeds);
        var first = await Gateway.ChargeAsync(request, Cancellation);

        var second = await Gateway.ChargeAsync(request with { Amount = request.Amount * 2 }, Cancellation);

        Assert.IsType<ChargeOutcome.Failed>(second);
        Assert.Equal([request.Amount], await CapturesOfAsync(request.InvoiceId));
        Assert.Equal(first, await Gateway.FindAsync(request.AttemptId, request.CustomerId, null, Cancellation));
    }

    [Fact]
    public async Task The_same_key_with_another_card_is_refused()
    {
        var request = await RequestAsync(Cards.Succeeds);
        var other = await Gateway.AttachCardAsync(request.CustomerId, Cards.NeedsAuthentication, Cancellation);
        await Gateway.ChargeAsync(request, Cancellation);

        var second = await Gateway.ChargeAsync(request with { CardToken = other.Token }, Cancellation);

        Assert.IsType<ChargeOutcome.Failed>(second);
        Assert.Equal([request.Amount], await CapturesOfAsync(request.InvoiceId));
    }

    [Theory, MemberData(nameof(DeclineClasses))]
    public async Task A_decline_names_a_code_of_its_class_and_captures_nothing(DeclineClass expected)
    {
        Assert.SkipUnless(Cards.Declining.ContainsKey(expected), $"{Gateway.Name} has no test card for this class.");
        var request = await RequestAsync(Cards.Declining[expected]);

        var outcome = await Gateway.ChargeAsync(request, Cancellation);

        var declined = Assert.IsType<ChargeOutcome.Declined>(outcome);
        Assert.Equal(expected, DeclineCodes.RuleOf(declined.Code).Class);
        Assert.Contains(declined.Code, DeclineCodes.Known);
        Assert.Equal(outcome, await Gateway.ChargeAsync(request, Cancellation));
        Assert.Equal(outcome, await Gateway.FindAsync(request.AttemptId, request.CustomerId, null, Cancellation));
        Assert.Empty(await CapturesOfAsync(request.InvoiceId));
    }

    [Fact]
    public async Task A_bank_that_wants_its_customer_is_a_question_and_not_a_decline()
    {
        var request = await RequestAsync(Cards.NeedsAuthentication);

        var outcome = await Gateway.ChargeAsync(request, Cancellation);

        Assert.IsType<ChargeOutcome.ActionRequired>(outcome);
        Assert.Equal(outcome, await Gateway.FindAsync(request.AttemptId, request.CustomerId, null, Cancellation));
        Assert.Empty(await CapturesOfAsync(request.InvoiceId));
    }

    [Fact]
    public async Task A_time_out_that_captured_is_found_afterwards_and_not_captured_again()
    {
        Assert.SkipWhen(Cards.TimesOutCaptured is null, $"{Gateway.Name} cannot lose an answer on demand.");
        var request = await RequestAsync(Cards.TimesOutCaptured!);

        Assert.IsType<ChargeOutcome.Unknown>(await Gateway.ChargeAsync(request, Cancellation));
        Assert.IsType<ChargeOutcome.Succeeded>(await Gateway.FindAsync(request.AttemptId, request.CustomerId, null, Cancellation));
        Assert.IsType<ChargeOutcome.Succeeded>(await Gateway.ChargeAsync(request, Cancellation));

        Assert.Equal([request.Amount], await CapturesOfAsync(request.InvoiceId));
    }

    [Fact]
    public async Task A_time_out_that_never_arrived_is_not_found()
    {
        Assert.SkipWhen(Cards.TimesOutNotCaptured is null, $"{Gateway.Name} cannot lose a request on demand.");
        var request = await RequestAsync(Cards.TimesOutNotCaptured!);

        Assert.IsType<ChargeOutcome.Unknown>(await Gateway.ChargeAsync(request, Cancellation));

        Assert.Null(await Gateway.FindAsync(request.AttemptId, request.CustomerId, null, Cancellation));
        Assert.Empty(await CapturesOfAsync(request.InvoiceId));
    }

    [Fact]
    public async Task An_attempt_nobody_sent_is_not_found() =>
        Assert.Null(await Gateway.FindAsync(NewAttempt(), NewCustomer(), null, Cancellation));

    [Theory]
    [InlineData("USD"), InlineData("EUR"), InlineData("GBP"), InlineData("JPY"), InlineData("KWD"), InlineData("BDT")]
    public async Task The_minimum_is_charged_and_anything_below_is_not(string code)
    {
        var minimum = Gateway.MinimumCharge(Currency.Of(code));
        var exact = await RequestAsync(Cards.Succeeds, minimum);
        // Ten, because a gateway may want the last digit of a three-decimal currency to be zero.
        var below = await RequestAsync(Cards.Succeeds, minimum - new Money(10, minimum.Currency));

        Assert.IsType<ChargeOutcome.Succeeded>(await Gateway.ChargeAsync(exact, Cancellation));
        Assert.IsType<ChargeOutcome.Failed>(await Gateway.ChargeAsync(below, Cancellation));

        Assert.Equal([minimum], await CapturesOfAsync(exact.InvoiceId));
        Assert.Empty(await CapturesOfAsync(below.InvoiceId));
    }

    [Theory]
    [InlineData("KWD", 4_905), InlineData("BHD", 5_001), InlineData("MGA", 150_050)]
    public async Task What_is_below_a_step_of_the_currency_is_refused_as_it_stands(string code, long minor)
    {
        var request = await RequestAsync(Cards.Succeeds, new Money(minor, Currency.Of(code)));

        Assert.StartsWith(
            "amount_not_chargeable", Assert.IsType<ChargeOutcome.Failed>(await Gateway.ChargeAsync(request, Cancellation)).Reason, StringComparison.Ordinal);
        Assert.Empty(await CapturesOfAsync(request.InvoiceId));
    }

    [Theory]
    [InlineData(0), InlineData(-1), InlineData(-5_000)]
    public async Task Nothing_and_less_than_nothing_cannot_be_charged(long minor)
    {
        var request = await RequestAsync(Cards.Succeeds, new Money(minor, Usd));

        Assert.IsType<ChargeOutcome.Failed>(await Gateway.ChargeAsync(request, Cancellation));
        Assert.Empty(await CapturesOfAsync(request.InvoiceId));
    }

    [Theory]
    [InlineData("JPY", 4_900), InlineData("USD", 4_900), InlineData("KWD", 4_900)]
    public async Task Minor_units_arrive_as_they_were_sent(string code, long minor)
    {
        var request = await RequestAsync(Cards.Succeeds, new Money(minor, Currency.Of(code)));

        Assert.IsType<ChargeOutcome.Succeeded>(await Gateway.ChargeAsync(request, Cancellation));

        Assert.Equal([request.Amount], await CapturesOfAsync(request.InvoiceId));
    }

    [Fact]
    public async Task A_card_nobody_kept_cannot_be_charged()
    {
        var request = await RequestAsync(Cards.Succeeds) with { CardToken = "no_such_card" };

        Assert.IsType<ChargeOutcome.Failed>(await Gateway.ChargeAsync(request, Cancellation));
        Assert.Empty(await CapturesOfAsync(request.InvoiceId));
    }

    [Fact]
    public async Task A_card_of_somebody_else_cannot_be_charged()
    {
        var request = await RequestAsync(Cards.Succeeds) with { CustomerId = NewCustomer() };

        Assert.IsType<ChargeOutcome.Failed>(await Gateway.ChargeAsync(request, Cancellation));
        Assert.Empty(await CapturesOfAsync(request.InvoiceId));
    }

    protected async Task<ChargeRequest> RequestAsync(string testToken, Money? amount = null)
    {
        var customerId = NewCustomer();
        var card = await Gateway.AttachCardAsync(customerId, testToken, Cancellation);
        return new(
            NewAttempt(), customerId, new InvoiceId(Guid.NewGuid()), card.Token, amount ?? new Money(4_900, Usd));
    }

    protected static CustomerId NewCustomer() => new(Guid.NewGuid());

    protected static PaymentAttemptId NewAttempt() => new(Guid.NewGuid());

    protected static InvoiceId NewInvoice() => new(Guid.NewGuid());
}
