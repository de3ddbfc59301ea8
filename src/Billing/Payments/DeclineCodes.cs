using System.Collections.Frozen;
using NodaTime;
using static Billing.Payments.DeclineClass;

namespace Billing.Payments;

/// <summary>The published decline codes and what each of them asks of us.</summary>
/// <remarks>
/// Source: the decline codes of Stripe's published client libraries (API 2026-10-28), classed by us after Stripe's
/// public guidance, Visa's categories of decline responses (18 April 2026) and Mastercard's merchant advice codes.
/// Where these disagree the more careful reading is taken. Network-wide caps are not here: they are dated data.
/// </remarks>
public static class DeclineCodes
{
    /// <summary>Our own cap on automatic retries of one invoice; also what Stripe recommends at most.</summary>
    public const int MostRetries = 8;

    /// <summary>How often a bank that gives no usable reason is asked again.</summary>
    public const int FewRetries = 4;

    /// <summary>How long a machine that failed gets to recover.</summary>
    public static readonly Duration MachineWait = Duration.FromHours(4);

    private static readonly Duration Day = Duration.FromHours(24);

    private static readonly DeclineRule WeakSoft = new(Soft, FewRetries, Day, NeutralWording: false);
    private static readonly DeclineRule Machine = new(Technical, MostRetries, MachineWait, NeutralWording: false);
    private static readonly DeclineRule Data = Never(FixCardData);
    private static readonly DeclineRule NewCard = Never(NeedsNewCard);
    private static readonly DeclineRule Confirm = Never(NeedsAuthentication);
    private static readonly DeclineRule Suspected = new(Fraud, 0, Duration.Zero, NeutralWording: true);
    private static readonly DeclineRule Stopped = Never(ConsentWithdrawn);
    private static readonly DeclineRule Ours = Never(OurFault);

    private static readonly FrozenDictionary<string, DeclineRule> Rules = new Dictionary<string, DeclineRule>
    {
        // Money that is not there today may be there on payday.
        ["insufficient_funds"] = new(Soft, MostRetries, Day, NeutralWording: false),
        ["card_velocity_exceeded"] = new(Soft, MostRetries, Day, NeutralWording: false),
        ["withdrawal_count_limit_exceeded"] = new(Soft, MostRetries, Day, NeutralWording: false),

        // The bank says no without a reason. Guides call these soft or hard; Visa allows a retry: few.
        ["do_not_honor"] = WeakSoft,
        ["generic_decline"] = WeakSoft,
        ["no_action_taken"] = WeakSoft,
        ["call_issuer"] = WeakSoft,

        // Visa 62, "not now": more tries than two only earn fees.
        ["restricted_card"] = new(Soft, 2, Day, NeutralWording: false),

        ["try_again_later"] = Machine,
        ["approve_with_id"] = Machine,
        ["reenter_transaction"] = Machine,
        ["issuer_not_available"] = Machine,
        ["processing_error"] = Machine,

        // Tried at its scheduled times during the quiet weeks (days 2, 5 and 9): the account usually lives on.
        ["expired_card"] = new(FixCardData, 3, Day, NeutralWording: false),

        ["invalid_expiry_month"] = Data,
        ["invalid_expiry_year"] = Data,
        ["incorrect_cvc"] = Data,
        ["invalid_cvc"] = Data,
        ["incorrect_zip"] = Data,
        ["incorrect_address"] = Data,
        // The updater is asked first; trying the old data again is what the network charges for.
        ["new_account_information_available"] = Data,

        ["incorrect_number"] = NewCard,
        ["invalid_number"] = NewCard,
        ["invalid_account"] = NewCard,
        ["card_not_supported"] = NewCard,
        ["currency_not_supported"] = NewCard,
        ["transaction_not_allowed"] = NewCard,
        ["not_permitted"] = NewCard,
        ["service_not_allowed"] = NewCard,
        ["do_not_try_again"] = NewCard,

        ["authentication_required"] = Confirm,
        ["authentication_not_handled"] = Confirm,
        ["mobile_device_authentication_required"] = Confirm,
        ["pin_try_exceeded"] = Confirm,
        ["incorrect_pin"] = Confirm,
        ["invalid_pin"] = Confirm,
        ["offline_pin_required"] = Confirm,
        ["online_or_offline_pin_required"] = Confirm,

        ["fraudulent"] = Suspected,
        ["merchant_blacklist"] = Suspected,
        ["security_violation"] = Suspected,
        ["highest_risk_level"] = Suspected,
        ["lost_card"] = Suspected,
        ["stolen_card"] = Suspected,
        ["pickup_card"] = Suspected,

        ["stop_payment_order"] = Stopped,
        ["revocation_of_authorization"] = Stopped,
        ["revocation_of_all_authorizations"] = Stopped,

        // Look for the payment that was made already; ask an operator; never charge again by itself.
        ["duplicate_transaction"] = Ours,
        ["invalid_amount"] = Ours,
        ["testmode_decline"] = Ours,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Every code that is mapped on purpose.</summary>
    public static IReadOnlyCollection<string> Known => Rules.Keys;

    /// <summary>The rule of a code. One that nobody published yet is soft, with few tries.</summary>
    public static DeclineRule RuleOf(string code) => Rules.GetValueOrDefault(code, WeakSoft);

    private static DeclineRule Never(DeclineClass kind) => new(kind, 0, Duration.Zero, NeutralWording: false);
}
