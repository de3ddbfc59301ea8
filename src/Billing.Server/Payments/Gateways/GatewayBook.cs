using Billing.Payments;
using NodaTime;

namespace Billing.Server.Payments.Gateways;

/// <summary>A payment as the gateway's own book has it.</summary>
/// <param name="Reference">The gateway's id.</param>
/// <param name="AttemptId">Our attempt, when the gateway was told one.</param>
/// <param name="InvoiceId">Our invoice, when the gateway was told one.</param>
/// <param name="Amount">What was asked for.</param>
/// <param name="Outcome">Where it stands.</param>
/// <param name="CreatedAt">When it was begun there.</param>
public sealed record GatewayPayment(
    string Reference, PaymentAttemptId? AttemptId, InvoiceId? InvoiceId, Money Amount, ChargeOutcome Outcome, Instant CreatedAt);

/// <summary>A refund as the gateway's own book has it.</summary>
/// <param name="Reference">The gateway's id.</param>
/// <param name="RefundId">Our refund; <see langword="null"/> when somebody refunded at the gateway itself.</param>
/// <param name="PaymentReference">The gateway's id of the payment it takes back.</param>
/// <param name="Amount">How much.</param>
/// <param name="Outcome">Where it stands.</param>
/// <param name="CreatedAt">When it was begun there.</param>
public sealed record GatewayRefund(
    string Reference, RefundId? RefundId, string PaymentReference, Money Amount, RefundOutcome Outcome, Instant CreatedAt);

/// <summary>A dispute as the gateway's own book has it.</summary>
/// <param name="Reference">The gateway's id.</param>
/// <param name="PaymentReference">The gateway's id of the payment that is disputed.</param>
/// <param name="Amount">How much of it.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Reason">The gateway's word for why, such as <c>subscription_canceled</c>.</param>
/// <param name="OpenedAt">When it was opened.</param>
public sealed record GatewayDispute(
    string Reference, string PaymentReference, Money Amount, DisputeState State, string Reason, Instant OpenedAt);

/// <summary>What a notice says it is about. A hint, no truth: the object is asked for afresh.</summary>
/// <param name="Id">The notice's own id; the same for every delivery of it.</param>
/// <param name="Type">The gateway's word, such as <c>payment_intent.succeeded</c>.</param>
/// <param name="FormatVersion">The version it is written in, if it says so.</param>
/// <param name="CreatedAt">When the gateway made it.</param>
/// <param name="About">What kind of thing; <see cref="NoticeSubject.Unknown"/> for a type or version nobody planned for.</param>
/// <param name="Reference">The gateway's id of that thing.</param>
/// <param name="CustomerId">Our customer, where the notice tells.</param>
/// <param name="AttemptId">Our attempt, where the notice tells.</param>
/// <param name="RefundId">Our refund, where the notice tells.</param>
public sealed record GatewayNotice(
    string Id, string Type, string? FormatVersion, Instant CreatedAt, NoticeSubject About, string? Reference, CustomerId? CustomerId = null,
    PaymentAttemptId? AttemptId = null, RefundId? RefundId = null);

/// <summary>What a notice may be about.</summary>
public enum NoticeSubject
{
    /// <summary>Nothing we know: kept, and shown to a person.</summary>
    Unknown,

    /// <summary>A payment, or a charge of one; <see cref="GatewayNotice.Reference"/> is the payment's.</summary>
    Payment,

    /// <summary>A refund; <see cref="GatewayNotice.Reference"/> is the refund's.</summary>
    Refund,

    /// <summary>A dispute.</summary>
    Dispute,

    /// <summary>A kept card: attached, changed by a person or by its network, or gone.</summary>
    Card,

    /// <summary>A card that was being put in on the gateway's page.</summary>
    CardSetup,
}
