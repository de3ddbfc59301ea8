using System.Text.Json.Nodes;
using Billing.Payments;
using Billing.Server.Payments.Gateways;
using Billing.Server.Payments.Gateways.Stripe;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Gateways.Stripe;

/// <summary>Amounts, words and notices: what Stripe's mean to us.</summary>
public sealed class StripeMeaningTests(StripeBook book) : StripeTests(book)
{
    public static TheoryData<string> Currencies => new(Currency.All.Select(c => c.Code));

    public static TheoryData<string> EventTypes => new(StripeFacts.EventTypes);

    [Fact]
    public void The_version_is_that_of_the_facts() => Assert.Equal(StripeWire.Version, StripeFacts.Version);

    [Fact]
    public void Every_decline_code_of_Stripes_is_mapped_on_purpose() => Assert.Empty(StripeFacts.DeclineCodes.Except(DeclineCodes.Known));

    [Theory, MemberData(nameof(Currencies))]
    public void An_amount_comes_back_from_Stripe_as_it_was_sent(string code)
    {
        var currency = Currency.Of(code);
        foreach (var minor in new long[] { 0, 10, 100, 12_340, 98_765_400 })
        {
            var money = new Money(minor, currency);
            if (StripeAmounts.Of(money) is { } sent) Assert.Equal(money, StripeAmounts.Read(sent, code.ToLowerInvariant()));
            else Assert.True(currency.Exponent > 3 || code == "MGA" && minor % 100 != 0);
        }
    }

    [Theory]
    [InlineData("USD", 4_900, 4_900L), InlineData("JPY", 4_900, 4_900L), InlineData("KRW", 1, 1L), InlineData("HUF", 17_501, 17_501L)]
    [InlineData("TWD", 801, 801L), InlineData("ISK", 512, 51_200L), InlineData("UGX", 5, 500L), InlineData("MGA", 50_000, 500L)]
    [InlineData("MGA", 50_050, null), InlineData("KWD", 4_900, 4_900L), InlineData("KWD", 4_905, null), InlineData("BHD", 1_001, null)]
    [InlineData("OMR", 1_010, 1_010L), InlineData("CLF", 10_000, null)]
    public void Stripes_special_cases_are_kept(string code, long minor, long? sent) =>
        Assert.Equal(sent, StripeAmounts.Of(new(minor, Currency.Of(code))));

    [Theory, MemberData(nameof(Currencies))]
    public void What_the_house_charges_in_steps_Stripe_can_charge(string code)
    {
        var currency = Currency.Of(code);
        if (currency.Exponent > 3) return;

        Assert.True(SmallestCharge.Of(currency).BelowChargeStep.IsZero);
        foreach (var minor in new long[] { 4_905, 12_345, 99_999, 150_050 })
        {
            var money = new Money(minor, currency);
            Assert.NotNull(StripeAmounts.Of(money - money.BelowChargeStep));
            Assert.Equal(money.BelowChargeStep.IsZero, StripeAmounts.Of(money) is not null);
        }
    }

    [Fact]
    public async Task An_amount_that_Stripe_cannot_charge_is_refused_clearly_and_not_sent()
    {
        var request = await RequestAsync(amount: new(4_905, Currency.Of("KWD")));

        var failed = Assert.IsType<ChargeOutcome.Failed>(await Gateway.ChargeAsync(request, Cancellation));

        Assert.Equal($"amount_not_chargeable: Stripe takes KWD in steps of {new Money(10, Currency.Of("KWD"))} only.", failed.Reason);
        Assert.Equal(0, Requests("POST /v1/payment_intents"));
    }

    [Fact]
    public async Task A_krona_without_decimals_is_sent_with_two_zeros()
    {
        await Gateway.ChargeAsync(await RequestAsync(amount: new(512, Currency.Of("ISK"))), Cancellation);

        Assert.Equal((51_200, "isk"), Loopback.Captures.Select(c => (c.Amount, c.Currency)).Single());
        var listed = await Gateway.PaymentsSinceAsync(Instant.MinValue.Plus(Duration.FromDays(1)), Cancellation).SingleAsync(Cancellation);
        Assert.Equal(new Money(512, Currency.Of("ISK")), listed.Amount);
    }

    [Theory]
    [InlineData("insufficient_funds", "do_not_try_again"), InlineData("generic_decline", "do_not_try_again"), InlineData("stolen_card", "stolen_card")]
    [InlineData("expired_card", "do_not_try_again"), InlineData("stop_payment_order", "stop_payment_order")]
    public async Task The_banks_advice_never_to_try_again_weighs_more_than_a_reason_after_which_we_would(string code, string told)
    {
        var request = await RequestAsync($"pm_loopback_never_again_{code}");

        Assert.Equal(told, Assert.IsType<ChargeOutcome.Declined>(await Gateway.ChargeAsync(request, Cancellation)).Code);
    }

    [Theory]
    [InlineData("succeeded", "Succeeded"), InlineData("processing", "Unknown"), InlineData("requires_action", "ActionRequired")]
    [InlineData("requires_confirmation", "ActionRequired"), InlineData("requires_payment_method", "Unknown"), InlineData("canceled", "Failed")]
    [InlineData("requires_capture", "Unknown"), InlineData("a_state_of_next_year", "Unknown")]
    public void Every_state_of_a_payment_means_something(string status, string outcome) =>
        Assert.Equal(outcome, StripeMapping.OutcomeOf(new StripeIntent("pi_1", status, 1, "usd", 0, null, null, null)).GetType().Name);

    [Theory, MemberData(nameof(EventTypes))]
    public void Every_type_of_notice_is_about_something_or_kept_for_a_person(string type)
    {
        var notice = Read(StripeLoopback.NoticeOf(
            "evt_1", type, new() { ["id"] = "x_1", ["payment_intent"] = "pi_1", ["mode"] = "setup", ["metadata"] = new JsonObject() }, 1_800_000_000));

        var expected = type switch
        {
            _ when type.StartsWith("payment_intent.", StringComparison.Ordinal) => (NoticeSubject.Payment, "x_1"),
            "charge.refund.updated" => (NoticeSubject.Refund, "x_1"),
            _ when type.StartsWith("refund.", StringComparison.Ordinal) => (NoticeSubject.Refund, "x_1"),
            _ when type.StartsWith("charge.dispute.", StringComparison.Ordinal) => (NoticeSubject.Dispute, "x_1"),
            _ when type.StartsWith("charge.", StringComparison.Ordinal) => (NoticeSubject.Payment, "pi_1"),
            _ when type.StartsWith("payment_method.", StringComparison.Ordinal) => (NoticeSubject.Card, "x_1"),
            _ when type.StartsWith("setup_intent.", StringComparison.Ordinal) => (NoticeSubject.CardSetup, "x_1"),
            "checkout.session.completed" or "checkout.session.expired" => (NoticeSubject.CardSetup, "x_1"),
            _ => (NoticeSubject.Unknown, "x_1"),
        };
        Assert.Equal(expected, (notice.About, notice.Reference));
        Assert.Equal(Instant.FromUnixTimeSeconds(1_800_000_000), notice.CreatedAt);
    }

    [Theory]
    [InlineData("2025-01-27.acacia"), InlineData("2027-01-27.fern"), InlineData("")]
    public void A_notice_in_another_version_is_kept_for_a_person(string version)
    {
        var notice = Read(StripeLoopback.NoticeOf("evt_1", "payment_intent.succeeded", new() { ["id"] = "pi_1" }, 1, version));

        Assert.Equal((NoticeSubject.Unknown, version), (notice.About, notice.FormatVersion));
    }

    [Fact]
    public void A_payment_in_a_checkout_of_somebody_else_is_not_a_card_of_ours() => Assert.Equal(
        NoticeSubject.Unknown,
        Read(StripeLoopback.NoticeOf("evt_1", "checkout.session.completed", new() { ["id"] = "cs_1", ["mode"] = "payment" }, 1)).About);

    [Fact]
    public async Task A_setup_is_finished_by_its_own_id_too_as_notices_tell_it()
    {
        var customer = new CustomerId(Guid.NewGuid());
        var setup = await Gateway.BeginCardSetupAsync(customer, new("https://shop.example/cards#top"), Cancellation);
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var back = await browser.PostAsync(setup.Page, new FormUrlEncodedContent([KeyValuePair.Create("card", "pm_card_visa")]), Cancellation);
        Assert.Equal($"https://shop.example/cards?setup={setup.Reference}#top", back.Headers.Location!.AbsoluteUri);

        var told = Loopback.Notices.Select(n => Read(n.Body)).Where(n => n.About == NoticeSubject.CardSetup).ToList();

        Assert.Equal(2, told.Count);
        Assert.All(told, notice => Assert.Equal(customer, notice.CustomerId));
        foreach (var notice in told)
            Assert.Equal("4242", (await Gateway.FinishCardSetupAsync(customer, notice.Reference!, Cancellation))!.LastFour);
    }

    [Fact]
    public async Task A_card_kept_again_by_its_own_token_is_the_same_card()
    {
        var request = await RequestAsync();

        var again = await Gateway.AttachCardAsync(request.CustomerId, request.CardToken, Cancellation);

        Assert.Equal(request.CardToken, again.Token);
        Assert.Single(await Gateway.CardsAsync(request.CustomerId, Cancellation));
        await Assert.ThrowsAsync<Refused>(() => Gateway.AttachCardAsync(new(Guid.NewGuid()), request.CardToken, Cancellation));
    }

    [Theory]
    [InlineData(".."), InlineData("a/b"), InlineData("pm_card_visa?expand"), InlineData("পম"), InlineData("pm card")]
    public async Task What_cannot_be_an_id_never_reaches_an_address(string token)
    {
        Assert.Equal("card_token_unknown", (await Assert.ThrowsAsync<Refused>(
            () => Gateway.AttachCardAsync(new(Guid.NewGuid()), token, Cancellation))).Code);
        Assert.Null(await Gateway.ReadPaymentAsync(token, Cancellation));
        Assert.Empty(Loopback.Requests);
    }

    [Fact]
    public async Task Sixteen_at_once_make_one_customer_of_one()
    {
        var customer = new CustomerId(Guid.NewGuid());

        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Gateway.AttachCardAsync(customer, "pm_card_visa", Cancellation)));

        Assert.Equal(16, (await Gateway.CardsAsync(customer, Cancellation)).Count);
        Assert.Equal(1, Loopback.CustomersOf(customer));
    }

    [Fact]
    public async Task A_customer_made_and_not_written_down_is_made_again_as_the_same()
    {
        var request = await RequestAsync();
        await using (var db = Database.Open())
            Assert.Equal(1, await db.GatewayCustomers.Where(c => c.CustomerId == request.CustomerId).ExecuteDeleteAsync(Cancellation));

        Assert.IsType<ChargeOutcome.Succeeded>(await Gateway.ChargeAsync(request, Cancellation));
        Assert.Equal(1, Loopback.CustomersOf(request.CustomerId));
    }

    [Fact]
    public void Parameters_within_parameters_are_written_with_brackets()
    {
        var form = new StripeForm
        {
            { "amount", 4_900 }, { "confirm", true }, { "expand", ["a", "b"] }, { "name", "রহিমা & Söhne" },
            { "setup_intent_data", new StripeForm { { "metadata", new StripeForm { { "billing_customer", "1" } } } } },
        };

        Assert.Equal(
            "amount=4900&confirm=true&expand[0]=a&expand[1]=b&name=রহিমা & Söhne&setup_intent_data[metadata][billing_customer]=1",
            Uri.UnescapeDataString(form.Encode()));
        Assert.DoesNotContain("[", form.Encode(), StringComparison.Ordinal);
    }

    private GatewayNotice Read(byte[] body) =>
        Gateway.ReadNotice(body, NoticeSignature.Sign(body, Clock.Now, Loopback.WebhookSecrets[0]), Clock.Now);
}
