using Billing.Payments;
using NodaTime;

namespace Billing.Server.Payments.Gateways;

/// <summary>The one door to the money. The sandbox and the real gateway pass the same contract suite.</summary>
/// <remarks>
/// Never call it inside a database transaction. Whatever moves money has an id of ours, committed before the call, by which
/// it is done once and found again. A time-out or a lost connection while money moves is an outcome, not an exception; while
/// nothing moves (reading, lists) it is a <see cref="GatewaySilent"/>.
/// </remarks>
public interface IPaymentGateway
{
    /// <summary>The name a person would know it by.</summary>
    string Name { get; }

    /// <summary>The smallest amount it will charge; what is below is carried forward.</summary>
    Money MinimumCharge(Currency currency);

    /// <summary>For how long the same key is answered with the same outcome instead of a second charge.</summary>
    Duration KeyLifetime { get; }

    /// <summary>Keeps the card behind a token for a customer. Keeping it twice changes nothing.</summary>
    /// <exception cref="Refused"><c>card_token_unknown</c> or <c>card_declined</c>: the token cannot be kept.</exception>
    Task<AttachedCard> AttachCardAsync(CustomerId customerId, string token, CancellationToken cancellationToken);

    /// <summary>Begins putting in a card on the gateway's own page; the number is typed there, never here.</summary>
    /// <param name="customerId">Whose card it will be.</param>
    /// <param name="returnTo">Where the gateway sends the customer afterwards; the setup's reference is added as <c>setup</c>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<CardSetup> BeginCardSetupAsync(CustomerId customerId, Uri returnTo, CancellationToken cancellationToken);

    /// <summary>The card that was put in; <see langword="null"/> while the customer has not finished. Asking twice changes nothing.</summary>
    /// <exception cref="Refused"><c>card_setup_unknown</c>: not one of this customer's.</exception>
    Task<AttachedCard?> FinishCardSetupAsync(CustomerId customerId, string reference, CancellationToken cancellationToken);

    /// <summary>The cards it keeps for a customer as they are known now, with what the networks told of them.</summary>
    Task<IReadOnlyList<AttachedCard>> CardsAsync(CustomerId customerId, CancellationToken cancellationToken);

    /// <summary>Forgets a card; it cannot be charged any more. Forgetting it twice changes nothing.</summary>
    Task DetachCardAsync(CustomerId customerId, string cardToken, CancellationToken cancellationToken);

    /// <summary>
    /// Captures an amount. The same <see cref="ChargeRequest.AttemptId"/> is never captured twice and is answered with
    /// the same outcome. A time-out or lost connection is <see cref="ChargeOutcome.Unknown"/>, not an exception.
    /// </summary>
    Task<ChargeOutcome> ChargeAsync(ChargeRequest request, CancellationToken cancellationToken);

    /// <summary>What became of an attempt, by its id; <see langword="null"/> when the gateway never heard of it.</summary>
    /// <param name="attemptId">The attempt.</param>
    /// <param name="customerId">Whose, where known: a gateway may have to look among this customer's payments.</param>
    /// <param name="reference">The gateway's own id where known: the shortest way.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<ChargeOutcome?> FindAsync(
        PaymentAttemptId attemptId, CustomerId customerId, string? reference, CancellationToken cancellationToken);

    /// <summary>Where the customer confirms an attempt that is <see cref="ChargeOutcome.ActionRequired"/> with the bank.</summary>
    /// <returns>The page; <see langword="null"/> when there is nothing to confirm any more: find out by <see cref="FindAsync"/>.</returns>
    Task<Uri?> ConfirmationPageAsync(PaymentAttemptId attemptId, string reference, Uri returnTo, CancellationToken cancellationToken);

    /// <summary>Gives up an attempt that waits for the customer, so that the invoice may be collected another way.</summary>
    /// <returns>What it is now: <see cref="ChargeOutcome.Failed"/> when given up, or the outcome that came first.</returns>
    Task<ChargeOutcome> GiveUpAsync(PaymentAttemptId attemptId, string reference, CancellationToken cancellationToken);

    /// <summary>
    /// Sends captured money back. The same <see cref="RefundRequest.RefundId"/> is never refunded twice; never more goes back than
    /// was captured. A time-out or lost connection is <see cref="RefundOutcome.Unknown"/>, not an exception.
    /// </summary>
    Task<RefundOutcome> RefundAsync(RefundRequest request, CancellationToken cancellationToken);

    /// <summary>What became of a refund, by its id; <see langword="null"/> when the gateway never heard of it.</summary>
    Task<RefundOutcome?> FindRefundAsync(RefundId refundId, string paymentReference, CancellationToken cancellationToken);

    /// <summary>A payment as it stands now, by the gateway's own id, whoever began it; <see langword="null"/> when there is none.</summary>
    Task<GatewayPayment?> ReadPaymentAsync(string reference, CancellationToken cancellationToken);

    /// <summary>A refund as it stands now, by the gateway's own id, whoever began it; <see langword="null"/> when there is none.</summary>
    Task<GatewayRefund?> ReadRefundAsync(string reference, CancellationToken cancellationToken);

    /// <summary>A dispute as it stands now; <see langword="null"/> when there is none by that reference.</summary>
    Task<GatewayDispute?> FindDisputeAsync(string reference, CancellationToken cancellationToken);

    /// <summary>Checks that a notice comes from the gateway and reads what it is about. A notice is a hint: the object is asked for afresh.</summary>
    /// <param name="body">The raw body, byte for byte as it came.</param>
    /// <param name="signature">The signature header.</param>
    /// <param name="receivedAt">When it came, by our wall clock.</param>
    /// <exception cref="Refused">
    /// <c>notice_not_signed</c>, <c>notice_too_old</c>, <c>notice_too_new</c>, <c>notice_malformed</c>; see <see cref="NoticeSignature"/>.
    /// </exception>
    GatewayNotice ReadNotice(ReadOnlyMemory<byte> body, string? signature, Instant receivedAt);

    /// <summary>Every payment begun at the gateway since then, oldest first, for the daily comparison.</summary>
    IAsyncEnumerable<GatewayPayment> PaymentsSinceAsync(Instant since, CancellationToken cancellationToken);

    /// <summary>Every refund begun since then, oldest first.</summary>
    IAsyncEnumerable<GatewayRefund> RefundsSinceAsync(Instant since, CancellationToken cancellationToken);

    /// <summary>Every dispute opened since then, oldest first.</summary>
    IAsyncEnumerable<GatewayDispute> DisputesSinceAsync(Instant since, CancellationToken cancellationToken);
}

/// <summary>The gateway did not answer a question that moves no money; ask again later.</summary>
public sealed class GatewaySilent(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>What the gateway tells of a card it keeps. Never a number.</summary>
/// <param name="Token">What to charge it by from now on.</param>
/// <param name="Fingerprint">The same for the same card number, whoever brings it.</param>
/// <param name="Brand">visa, mastercard, amex.</param>
/// <param name="LastFour">The last four digits.</param>
/// <param name="ExpiryMonth">1 to 12; the card is valid through the last day of it.</param>
/// <param name="ExpiryYear">Four digits.</param>
public sealed record AttachedCard(
    string Token, string Fingerprint, string Brand, string LastFour, int ExpiryMonth, int ExpiryYear)
{
    /// <summary>ISO 3166 code of the issuing country, where the gateway tells.</summary>
    public string? Country { get; init; }
}

/// <summary>A card that is being put in on the gateway's own page.</summary>
/// <param name="Reference">The gateway's id of it, to ask with afterwards.</param>
/// <param name="Page">Where the customer types the card. A secret for one customer: never logged, never stored.</param>
public sealed record CardSetup(string Reference, Uri Page);

/// <summary>One wish to capture.</summary>
/// <param name="AttemptId">Committed before the call; the idempotency key.</param>
/// <param name="CustomerId">Whose card.</param>
/// <param name="InvoiceId">For which invoice; kept by the gateway so that it can be found again.</param>
/// <param name="CardToken">The kept card.</param>
/// <param name="Amount">What to capture; above zero.</param>
public sealed record ChargeRequest(
    PaymentAttemptId AttemptId, CustomerId CustomerId, InvoiceId InvoiceId, string CardToken, Money Amount)
{
    /// <summary>Whether somebody is waiting for the answer: such a call goes before the run's.</summary>
    public bool SomebodyWaits { get; init; }
}

/// <summary>One wish to send captured money back.</summary>
/// <param name="RefundId">Committed before the call; the idempotency key.</param>
/// <param name="AttemptId">The attempt that captured it.</param>
/// <param name="PaymentReference">The gateway's own id of that payment.</param>
/// <param name="Amount">How much; above zero, never more than is left of the capture.</param>
public sealed record RefundRequest(RefundId RefundId, PaymentAttemptId AttemptId, string PaymentReference, Money Amount);
