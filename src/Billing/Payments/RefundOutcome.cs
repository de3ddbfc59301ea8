namespace Billing.Payments;

/// <summary>What came of one wish to send money back. All have a plan, so all are values.</summary>
/// <param name="GatewayReference">The gateway's own id of the refund, when it gave one.</param>
public abstract record RefundOutcome(string? GatewayReference)
{
    /// <summary>Sent back. A bank may still return it: then it becomes <see cref="Failed"/>.</summary>
    public sealed record Succeeded(string? GatewayReference) : RefundOutcome(GatewayReference);

    /// <summary>Accepted and on its way.</summary>
    public sealed record Pending(string? GatewayReference) : RefundOutcome(GatewayReference);

    /// <summary>Not sent, or returned by the bank: the money is with us.</summary>
    /// <param name="GatewayReference">The gateway's own id of the refund.</param>
    /// <param name="Reason">What the gateway said, without card data.</param>
    public sealed record Failed(string? GatewayReference, string Reason) : RefundOutcome(GatewayReference);

    /// <summary>Nobody knows yet: the same id is asked about before anything else.</summary>
    /// <param name="Reason">What happened: a time-out, a lost connection.</param>
    public sealed record Unknown(string Reason) : RefundOutcome((string?)null);
}
