using Billing.Payments;

namespace Billing.Server.Payments.Gateways.Sandbox;

public sealed partial class SandboxGateway
{
    /// <inheritdoc/>
    public Task<RefundOutcome> RefundAsync(RefundRequest request, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public Task<RefundOutcome?> FindRefundAsync(RefundId refundId, string paymentReference, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
