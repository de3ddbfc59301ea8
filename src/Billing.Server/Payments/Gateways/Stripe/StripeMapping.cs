using Billing.Payments;
using NodaTime;

namespace Billing.Server.Payments.Gateways.Stripe;

/// <summary>What Stripe's words mean to us. Facts in, a value out; nothing is asked here.</summary>
internal static class StripeMapping
{
    /// <summary>How our own ids are called among what Stripe keeps for us.</summary>
    public const string Attempt = "billing_attempt", Invoice = "billing_invoice", Customer = "billing_customer", Refund = "billing_refund";

    private const string WantsCustomer = "authentication_required", NotConfirmed = "payment_intent_authentication_failure";

    /// <summary>Where a payment stands.</summary>
    public static ChargeOutcome OutcomeOf(StripeIntent intent) => intent.Status switch
    {
        "succeeded" => new ChargeOutcome.Succeeded(intent.Id),
        "requires_action" or "requires_confirmation" => new ChargeOutcome.ActionRequired(intent.Id),
        "requires_payment_method" when intent.LastPaymentError is { } error => DeclineOf(error, intent.Id),
        "canceled" => new ChargeOutcome.Failed("given_up: It waited for the customer's confirmation and was taken back."),
        // Under way, or a state nobody planned for: asked about again.
        _ => new ChargeOutcome.Unknown($"Stripe says {intent.Status}."),
    };

    /// <summary>What became of a charge that Stripe answered with an error: the payment inside it, if one was made, knows best.</summary>
    public static ChargeOutcome OutcomeOf(StripeReply reply) => reply switch
    {
        { Ok: true } => OutcomeOf(reply.Read<StripeIntent>()),
        { Error: { PaymentIntent: { } intent, Type: "card_error" } error } =>
            intent.LastPaymentError is null ? DeclineOf(error, intent.Id) : OutcomeOf(intent),
        { Error: { Type: "card_error" } error } => DeclineOf(error, null),
        { Error: { Type: "idempotency_error" } } => new ChargeOutcome.Failed(
            "idempotency_key_reused: This attempt was sent before with another card, invoice or amount; nothing was charged now."),
        _ => new ChargeOutcome.Failed($"{reply.Error?.Code ?? reply.Error?.Type ?? "refused"}: Stripe refused the request as it stands ({reply})."),
    };

    public static RefundOutcome OutcomeOf(StripeRefund refund) => refund.Status switch
    {
        "succeeded" => new RefundOutcome.Succeeded(refund.Id),
        "failed" or "canceled" => new RefundOutcome.Failed(refund.Id, refund.FailureReason ?? refund.Status),
        _ => new RefundOutcome.Pending(refund.Id),
    };

    public static GatewayPayment PaymentOf(StripeIntent intent) => new(
        intent.Id, IdIn<PaymentAttemptId>(intent.Metadata, Attempt), IdIn<InvoiceId>(intent.Metadata, Invoice),
        StripeAmounts.Read(intent.Amount, intent.Currency), OutcomeOf(intent), At(intent.Created));

    public static GatewayRefund RefundOf(StripeRefund refund) => new(
        refund.Id, IdIn<RefundId>(refund.Metadata, Refund), (refund.PaymentIntent ?? refund.Charge)?.Value ?? "",
        StripeAmounts.Read(refund.Amount, refund.Currency), OutcomeOf(refund), At(refund.Created));

    public static GatewayDispute DisputeOf(StripeDispute dispute) => new(
        dispute.Id, (dispute.PaymentIntent ?? dispute.Charge).Value, StripeAmounts.Read(dispute.Amount, dispute.Currency),
        dispute.Status switch
        {
            // An inquiry that was closed and a dispute that was prevented took nothing.
            "won" or "warning_closed" or "prevented" => DisputeState.Won,
            "lost" => DisputeState.Lost,
            _ => DisputeState.Open,
        },
        dispute.Reason, At(dispute.Created));

    public static AttachedCard CardOf(StripeMethod method) => method.Card is { } card
        ? new(method.Id, card.Fingerprint ?? method.Id, card.Brand, card.Last4, card.ExpMonth, card.ExpYear) { Country = card.Country }
        : throw new InvalidOperationException("Only cards are put in at Stripe.");

    public static Instant At(long unixSeconds) => Instant.FromUnixTimeSeconds(unixSeconds);

    /// <summary>One of our ids among what Stripe kept for us.</summary>
    public static TId? IdIn<TId>(Dictionary<string, string>? metadata, string name) where TId : struct, ITypedId<TId> =>
        metadata?.GetValueOrDefault(name) is { } text && Guid.TryParse(text, out var id) ? TId.From(id) : null;

    private static ChargeOutcome DeclineOf(StripeError error, string? reference) => error switch
    {
        { Code: WantsCustomer } or { DeclineCode: WantsCustomer } => new ChargeOutcome.ActionRequired(reference),
        { Code: NotConfirmed } => new ChargeOutcome.Declined(reference, "authentication_not_handled"),
        _ => new ChargeOutcome.Declined(reference, CodeOf(error)),
    };

    // The bank's advice not to try again weighs more than a reason after which we would.
    private static string CodeOf(StripeError error)
    {
        var code = error.DeclineCode ?? (error.Code is null or "card_declined" ? "generic_decline" : error.Code);
        return error.AdviceCode == "do_not_try_again" && DeclineCodes.RuleOf(code).MayTrySameCardAgain ? "do_not_try_again" : code;
    }
}
