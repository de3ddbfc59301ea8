namespace Billing.Payments;

/// <summary>What a decline asks of us. The class, not the code, chooses the dunning ladder.</summary>
/// <remarks>
/// Only <see cref="Soft"/> and <see cref="Technical"/> are retried as a matter of course; the one exception is an
/// expired card, which is <see cref="FixCardData"/> and is still tried at its scheduled times (a replacement under the
/// same number often lives on).
/// </remarks>
public enum DeclineClass
{
    /// <summary>Not now: too little money, a limit reached, a bank that gives no reason. Retried, spaced.</summary>
    Soft,

    /// <summary>A machine between us and the bank failed. Retried within hours; never the customer's doing.</summary>
    Technical,

    /// <summary>Expiry, security code or address do not match what the bank knows: new data, same card.</summary>
    FixCardData,

    /// <summary>This card will not do for this payment, whatever we retry.</summary>
    NeedsNewCard,

    /// <summary>The bank wants to hear from its customer first.</summary>
    NeedsAuthentication,

    /// <summary>Lost, stolen or suspected. The customer is told nothing that would help a thief.</summary>
    Fraud,

    /// <summary>The customer told the bank to stop us. Not chased: offer to leave, to pause or another card.</summary>
    ConsentWithdrawn,

    /// <summary>We asked for something wrong. The customer hears nothing, an operator does.</summary>
    OurFault,
}
