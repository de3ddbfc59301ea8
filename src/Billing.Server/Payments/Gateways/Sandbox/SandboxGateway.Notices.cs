using NodaTime;

namespace Billing.Server.Payments.Gateways.Sandbox;

public sealed partial class SandboxGateway
{
    /// <inheritdoc/>
    public Task<GatewayDispute?> FindDisputeAsync(string reference, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public GatewayNotice ReadNotice(ReadOnlyMemory<byte> body, string? signature, Instant receivedAt) => throw new NotSupportedException();

    /// <inheritdoc/>
    public IAsyncEnumerable<GatewayPayment> PaymentsSinceAsync(Instant since, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public IAsyncEnumerable<GatewayRefund> RefundsSinceAsync(Instant since, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public IAsyncEnumerable<GatewayDispute> DisputesSinceAsync(Instant since, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
