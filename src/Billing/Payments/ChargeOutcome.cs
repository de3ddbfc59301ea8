namespace Billing.Payments;

/// <summary>What came of one attempt to collect. All have a plan, so all are values.</summary>
/// <param name="GatewayReference">The gateway's own id of the payment, when it gave one.</param>
public abstract record ChargeOutcome(string? GatewayReference)
{
    /// <summary>Captured in full; final.</summary>
    public sealed record Succeeded(string? GatewayReference) : ChargeOutcome(GatewayReference);

    /// <summary>The bank said no; final for this attempt.</summary>
    /// <param name="GatewayReference">The gateway's own id of the payment.</param>
    /// <param name="Code">The gateway's decline code, such as <c>insufficient_funds</c>.</param>
    public sealed record Declined(string? GatewayReference, string Code) : ChargeOutcome(GatewayReference);

    /// <summary>The customer has to confirm with the bank; nothing is captured yet.</summary>
    public sealed record ActionRequired(string? GatewayReference) : ChargeOutcome(GatewayReference);

    /// <summary>Certainly not charged, for a reason that is not the bank's: our request was refused as it stands.</summary>
    /// <param name="Reason">What the gateway said, without card data.</param>
    public sealed record Failed(string Reason) : ChargeOutcome((string?)null);

    /// <summary>Nobody knows yet: no further charge until the gateway has been asked.</summary>
    /// <param name="Reason">What happened: a time-out, a lost connection.</param>
    public sealed record Unknown(string Reason) : ChargeOutcome((string?)null);

    /// <summary>Found out afterwards: nothing was charged, and it may be tried anew.</summary>
    /// <param name="Why">How that is known: the gateway never heard of it, or a person looked.</param>
    public sealed record NeverArrived(string Why = "The gateway never heard of it.") : ChargeOutcome((string?)null);

    /// <summary>The customer did not confirm, and the gateway was told that it need not be confirmed any more.</summary>
    public sealed record GivenUp() : ChargeOutcome((string?)null);
}
