using Billing.Payments;
using NodaTime;

namespace Billing.Server.Payments.Gateways;

/// <summary>The one door to the money. The sandbox and the real gateway pass the same contract suite.</summary>
/// <remarks>Never call it inside a database transaction.</remarks>
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

    /// <summary>
    /// Captures an amount. The same <see cref="ChargeRequest.AttemptId"/> is never captured twice and is answered with
    /// the same outcome. A time-out or lost connection is <see cref="ChargeOutcome.Unknown"/>, not an exception.
    /// </summary>
    Task<ChargeOutcome> ChargeAsync(ChargeRequest request, CancellationToken cancellationToken);

    /// <summary>What became of an attempt, by its id; <see langword="null"/> when the gateway never heard of it.</summary>
    Task<ChargeOutcome?> FindAsync(PaymentAttemptId attemptId, CancellationToken cancellationToken);
}

/// <summary>What the gateway tells of a card it keeps. Never a number.</summary>
/// <param name="Token">What to charge it by from now on.</param>
/// <param name="Fingerprint">The same for the same card number, whoever brings it.</param>
/// <param name="Brand">visa, mastercard, amex.</param>
/// <param name="LastFour">The last four digits.</param>
/// <param name="ExpiryMonth">1 to 12; the card is valid through the last day of it.</param>
/// <param name="ExpiryYear">Four digits.</param>
public sealed record AttachedCard(
    string Token, string Fingerprint, string Brand, string LastFour, int ExpiryMonth, int ExpiryYear);

/// <summary>One wish to capture.</summary>
/// <param name="AttemptId">Committed before the call; the idempotency key.</param>
/// <param name="CustomerId">Whose card.</param>
/// <param name="InvoiceId">For which invoice; kept by the gateway so that it can be found again.</param>
/// <param name="CardToken">The kept card.</param>
/// <param name="Amount">What to capture; above zero.</param>
public sealed record ChargeRequest(
    PaymentAttemptId AttemptId, CustomerId CustomerId, InvoiceId InvoiceId, string CardToken, Money Amount);
