using Billing.Payments;

namespace Billing.Tests.Payments;

/// <summary>The published list stands here a second time on purpose: a code nobody thought about fails.</summary>
public sealed class DeclineCodesTests
{
    private static readonly string[] Published =
    [
        "authentication_required", "approve_with_id", "call_issuer", "card_not_supported", "card_velocity_exceeded",
        "currency_not_supported", "do_not_honor", "do_not_try_again", "duplicate_transaction", "expired_card",
        "fraudulent", "generic_decline", "incorrect_number", "incorrect_cvc", "incorrect_pin", "incorrect_zip",
        "insufficient_funds", "invalid_account", "invalid_amount", "invalid_cvc", "invalid_expiry_month",
        "invalid_expiry_year", "invalid_number", "invalid_pin", "issuer_not_available", "lost_card",
        "merchant_blacklist", "new_account_information_available", "no_action_taken", "not_permitted",
        "offline_pin_required", "online_or_offline_pin_required", "pickup_card", "pin_try_exceeded",
        "processing_error", "reenter_transaction", "restricted_card", "revocation_of_all_authorizations",
        "revocation_of_authorization", "security_violation", "service_not_allowed", "stolen_card",
        "stop_payment_order", "testmode_decline", "transaction_not_allowed", "try_again_later",
        "withdrawal_count_limit_exceeded",
    ];

    /// <summary>What Stripe itself never retries, as far as known.</summary>
    private static readonly string[] NeverRetriedByStripe =
    [
        "incorrect_number", "lost_card", "pickup_card", "stolen_card", "revocation_of_authorization",
        "revocation_of_all_authorizations", "authentication_required", "highest_risk_level", "transaction_not_allowed",
    ];

    public static TheoryData<string> KnownCodes => new(DeclineCodes.Known);

    [Fact]
    public void Every_published_code_is_mapped_on_purpose() =>
        Assert.Empty(Published.Except(DeclineCodes.Known, StringComparer.Ordinal));

    [Fact]
    public void Every_class_has_a_code() =>
        Assert.Equal(
            Enum.GetValues<DeclineClass>(),
            DeclineCodes.Known.Select(code => DeclineCodes.RuleOf(code).Class).Distinct().Order());

    [Fact]
    public void A_code_nobody_published_is_soft_with_few_tries() =>
        Assert.Equal(
            new DeclineRule(DeclineClass.Soft, DeclineCodes.FewRetries, Duration.FromHours(24), NeutralWording: false),
            DeclineCodes.RuleOf("a_code_of_next_year"));

    [Fact]
    public void What_stripe_never_retries_neither_do_we() =>
        Assert.All(NeverRetriedByStripe, code => Assert.False(DeclineCodes.RuleOf(code).MayTrySameCardAgain));

    [Theory, MemberData(nameof(KnownCodes))]
    public void Only_soft_and_technical_declines_are_retried_and_the_expired_card(string code)
    {
        var rule = DeclineCodes.RuleOf(code);

        var retried = rule.Class is DeclineClass.Soft or DeclineClass.Technical || code == "expired_card";
        Assert.Equal(retried, rule.MayTrySameCardAgain);
        Assert.InRange(rule.RetriesAtMost, 0, DeclineCodes.MostRetries);
    }

    [Theory, MemberData(nameof(KnownCodes))]
    public void A_retry_waits_a_day_and_only_a_technical_one_hours(string code)
    {
        var rule = DeclineCodes.RuleOf(code);

        var expected = !rule.MayTrySameCardAgain ? Duration.Zero
            : rule.Class == DeclineClass.Technical ? Duration.FromHours(4)
            : Duration.FromHours(24);
        Assert.Equal(expected, rule.MinimumWait);
    }

    [Theory, MemberData(nameof(KnownCodes))]
    public void Wording_is_neutral_exactly_where_fraud_is_suspected(string code) =>
        Assert.Equal(DeclineCodes.RuleOf(code).Class == DeclineClass.Fraud, DeclineCodes.RuleOf(code).NeutralWording);

    [Theory]
    [InlineData("insufficient_funds", DeclineClass.Soft)]
    [InlineData("processing_error", DeclineClass.Technical)]
    [InlineData("expired_card", DeclineClass.FixCardData)]
    [InlineData("transaction_not_allowed", DeclineClass.NeedsNewCard)]
    [InlineData("authentication_required", DeclineClass.NeedsAuthentication)]
    [InlineData("pickup_card", DeclineClass.Fraud)]
    [InlineData("stop_payment_order", DeclineClass.ConsentWithdrawn)]
    [InlineData("duplicate_transaction", DeclineClass.OurFault)]
    public void The_best_known_code_of_each_class(string code, DeclineClass expected) =>
        Assert.Equal(expected, DeclineCodes.RuleOf(code).Class);
}
