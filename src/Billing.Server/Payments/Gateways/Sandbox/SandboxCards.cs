using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using Billing.Payments;

namespace Billing.Server.Payments.Gateways.Sandbox;

/// <summary>Every test card: Stripe's well-known names, and the sandbox's own for what those cannot show.</summary>
/// <remarks>
/// As at Stripe, the <c>…chargeDeclined…</c> cards are refused already when they are to be kept; a kept card that
/// declines later is <c>pm_card_chargeCustomerFail</c> or one of the sandbox's. Besides the rows there are families,
/// where <c>CODE</c> is any known decline code and <c>N</c> a number: <c>sandbox_declines_CODE</c>,
/// <c>sandbox_declines_CODE_N_times</c> (then succeeds), <c>sandbox_succeeds_then_CODE_after_N</c>, and each expiring
/// card with <c>_in_N_months</c> behind its name (0: at the end of the month it is kept in); the one the network replaces
/// also with <c>_on_day_N</c> before that. Days on which a bank says no are told by <see cref="SandboxGateway.Ail"/>.
/// </remarks>
public static partial class SandboxCards
{
    /// <summary>How the names of the cards begin that the network replaces.</summary>
    internal const string Replaced = "sandbox_replaced_by_network";

    private const string ByTheBook = "sandbox_expired", Honoured = "sandbox_expired_honoured";

    /// <summary>Milliseconds for one pattern; a token comes from outside.</summary>
    private const int AtMost = 1_000;

    private static readonly SandboxCard[] Rows =
    [
        new("pm_card_visa", "visa", "4242", "Succeeds."),
        new("pm_card_visa_debit", "visa", "5556", "Succeeds."),
        new("pm_card_mastercard", "mastercard", "4444", "Succeeds."),
        new("pm_card_amex", "amex", "0005", "Succeeds."),

        Refused("pm_card_visa_chargeDeclined", "0002"),
        Refused("pm_card_visa_chargeDeclinedInsufficientFunds", "9995"),
        Refused("pm_card_visa_chargeDeclinedLostCard", "9987"),
        Refused("pm_card_visa_chargeDeclinedStolenCard", "9979"),
        Refused("pm_card_chargeDeclinedExpiredCard", "0069"),
        Refused("pm_card_chargeDeclinedIncorrectCvc", "0127"),
        Refused("pm_card_chargeDeclinedProcessingError", "0119"),
        Refused("pm_card_visa_chargeDeclinedVelocityLimitExceeded", "6975"),
        Declines("pm_card_chargeCustomerFail", "0341", "generic_decline"),

        Confirms("pm_card_authenticationRequired", "3184"),
        Confirms("pm_card_authenticationRequiredOnSetup", "3155"),
        Confirms("pm_card_threeDSecure2Required", "3220"),
        Confirms("pm_card_threeDSecureRequiredChargeDeclined", "1629") with
        {
            Meaning = "The customer has to confirm with the bank; then it declines (generic_decline).",
            AfterConfirmation = BankAnswer.Declined("generic_decline"),
        },
        new("pm_card_authenticationRequiredSetupForOffSession", "visa", "0446", "Confirmed once for all: succeeds."),
        new("pm_card_threeDSecureOptional", "visa", "3055", "Succeeds without confirmation."),

        Disputed("pm_card_createDispute", "0259", "fraudulent"),
        Disputed("pm_card_createDisputeProductNotReceived", "2685", "product_not_received"),
        new("pm_card_createDisputeInquiry", "visa", "1976", "Succeeds."),
        new("pm_card_pendingRefund", "visa", "7726", "Succeeds; a refund is on its way for an hour.")
        {
            Refunds = RefundCourse.PendingFirst,
        },
        new("pm_card_refundFail", "visa", "5126", "Succeeds; after an hour the bank returns a refund.")
        {
            Refunds = RefundCourse.ReturnedLater,
        },
        Declines("pm_card_radarBlock", "0019", "fraudulent"),
        Declines("pm_card_riskLevelHighest", "4954", "fraudulent"),
        new("pm_card_riskLevelElevated", "visa", "9235", "Succeeds."),

        new("sandbox_succeeds", "visa", "1000", "Succeeds."),
        Disputed("sandbox_disputed", "1009", "subscription_canceled"),
        Disputed("sandbox_disputed_won", "1010", "subscription_canceled", DisputeState.Won),
        Disputed("sandbox_disputed_lost", "1011", "subscription_canceled", DisputeState.Lost),
        new("sandbox_refund_refused", "visa", "1008", "Succeeds; the bank takes no refund.") { Refunds = RefundCourse.Refused },
        new("sandbox_insufficient_until_payday", "visa", "1001", "Has money on days 1 to 3 and 25 to 31 (UTC).")
        {
            Bank = static moment => moment.Today.Day is <= 3 or >= 25
                ? BankAnswer.Captured
                : BankAnswer.Declined("insufficient_funds"),
        },

        new("sandbox_timeout_captured", "visa", "1002", "Captures; the answer is lost.")
        {
            Bank = static _ => BankAnswer.Captured with { ConnectionLost = true },
        },
        new("sandbox_timeout_declined", "visa", "1003", "Declines (insufficient_funds); the answer is lost.")
        {
            Bank = static _ => BankAnswer.Declined("insufficient_funds") with { ConnectionLost = true },
        },
        new("sandbox_timeout_not_captured", "visa", "1004", "The request is lost; nothing is captured.")
        {
            Bank = static _ => BankAnswer.NeverArrived,
        },

        new(ByTheBook, "mastercard", "1005", "Succeeds until its month is over, then declines (expired_card).")
        {
            MonthsToExpiry = 1,
            Bank = UntilExpiry,
        },
        new(Honoured, "visa", "1006", "Expires next month; the bank goes on paying.") { MonthsToExpiry = 1 },
        new(Replaced, "visa", "1007", "As sandbox_expired; on the sixth day after, the network tells the new card.")
        {
            MonthsToExpiry = 1,
            ReplacedOnDay = 6,
            Bank = UntilExpiry,
        },
    ];

    private static readonly FrozenDictionary<string, SandboxCard> ByToken =
        Rows.ToFrozenDictionary(card => card.Token, StringComparer.Ordinal);

    /// <summary>The cards with a name of their own. The families are not listed.</summary>
    public static IReadOnlyList<SandboxCard> All => Rows;

    /// <summary>Finds a card by its token, or says there is none.</summary>
    public static bool TryFind(string token, [NotNullWhen(true)] out SandboxCard? card)
    {
        card = ByToken.GetValueOrDefault(token) ?? OfFamily(token);
        return card is not null;
    }

    private static SandboxCard? OfFamily(string token)
    {
        if (Counted().Match(token) is { Success: true } counted && Knows(counted))
        {
            var (code, times) = (counted.Groups["code"].Value, Number(counted));
            return Own(token, $"Declines ({code}) {times} times, then succeeds.") with
            {
                Bank = moment => moment.Tries < times ? BankAnswer.Declined(code) : BankAnswer.Captured,
            };
        }

        if (Afterwards().Match(token) is { Success: true } afterwards && Knows(afterwards))
        {
            var (code, times) = (afterwards.Groups["code"].Value, Number(afterwards));
            return Own(token, $"Succeeds {times} times, then declines ({code}).") with
            {
                Bank = moment => moment.Captures < times ? BankAnswer.Captured : BankAnswer.Declined(code),
            };
        }

        if (Always().Match(token) is { Success: true } always && Knows(always))
            return Declines(token, Hash.FourDigits(token), always.Groups["code"].Value);

        if (Expiring().Match(token) is not { Success: true } expiring) return null;
        var named = ByToken[expiring.Groups["name"].Value] with { Token = token, MonthsToExpiry = Number(expiring) };
        return expiring.Groups["day"] is { Success: true } day
            ? named with { ReplacedOnDay = int.Parse(day.ValueSpan, CultureInfo.InvariantCulture) }
            : named;
    }

    private static BankAnswer UntilExpiry(CardMoment moment) => moment.Today <= moment.LastValidDay
        ? BankAnswer.Captured
        : BankAnswer.Declined("expired_card");

    private static SandboxCard Own(string token, string meaning) => new(token, "visa", Hash.FourDigits(token), meaning);

    private static SandboxCard Refused(string token, string lastFour) =>
        new(token, "visa", lastFour, "The bank refuses it when it is to be kept.") { RefusedWhenKept = true };

    private static SandboxCard Confirms(string token, string lastFour) =>
        new(token, "visa", lastFour, "The customer has to confirm with the bank.")
        {
            Bank = static _ => BankAnswer.ConfirmationNeeded,
        };

    private static SandboxCard Disputed(string token, string lastFour, string reason, DisputeState? verdict = null) =>
        new(token, "visa", lastFour, verdict is null
            ? "Succeeds; the bank asks for the money back at once."
            : $"Succeeds; the bank asks for the money back at once, and it is {verdict} after a week.")
        {
            Bank = _ => BankAnswer.Captured with { Dispute = new(reason, verdict) },
        };

    private static SandboxCard Declines(string token, string lastFour, string code) =>
        new(token, "visa", lastFour, $"Can be kept; every charge declines ({code}).")
        {
            Bank = _ => BankAnswer.Declined(code),
        };

    private static bool Knows(Match match) => DeclineCodes.Known.Contains(match.Groups["code"].Value);

    private static int Number(Match match) => int.Parse(match.Groups["n"].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("^sandbox_declines_(?<code>[a-z_]+)$", RegexOptions.ExplicitCapture, AtMost)]
    private static partial Regex Always();

    [GeneratedRegex("^sandbox_declines_(?<code>[a-z_]+)_(?<n>[0-9]{1,4})_times$", RegexOptions.ExplicitCapture, AtMost)]
    private static partial Regex Counted();

    [GeneratedRegex(
        "^sandbox_succeeds_then_(?<code>[a-z_]+)_after_(?<n>[0-9]{1,4})$", RegexOptions.ExplicitCapture, AtMost)]
    private static partial Regex Afterwards();

    [GeneratedRegex(
        $"^((?<name>{ByTheBook}|{Honoured}|{Replaced})|(?<name>{Replaced})_on_day_(?<day>[0-9]{{1,3}}))_in_(?<n>[0-9]{{1,3}})_months$",
        RegexOptions.ExplicitCapture,
        AtMost)]
    private static partial Regex Expiring();
}
