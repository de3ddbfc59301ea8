using Billing.Payments;
using Billing.Server.Payments.Gateways;

namespace Billing.Server.Tests.Faults;

/// <summary>Hands every call on to a gateway; a test overrides the calls it wants to disturb.</summary>
internal abstract class GatewayBehind : IPaymentGateway
{
    protected abstract IPaymentGateway Behind { get; }

    public string Name => Behind.Name;

    public Duration KeyLifetime => Behind.KeyLifetime;

    public Money MinimumCharge(Currency currency) => Behind.MinimumCharge(currency);

    public virtual Task<AttachedCard> AttachCardAsync(CustomerId customerId, string token, CancellationToken cancellationToken) =>
        Behind.AttachCardAsync(customerId, token, cancellationToken);

    public virtual Task<CardSetup> BeginCardSetupAsync(CustomerId customerId, Uri returnTo, CancellationToken cancellationToken) =>
        Behind.BeginCardSetupAsync(customerId, returnTo, cancellationToken);

    public virtual Task<AttachedCard?> FinishCardSetupAsync(CustomerId customerId, string reference, CancellationToken cancellationToken) =>
        Behind.FinishCardSetupAsync(customerId, reference, cancellationToken);

    public virtual Task<IReadOnlyList<AttachedCard>> CardsAsync(CustomerId customerId, CancellationToken cancellationToken) =>
        Behind.CardsAsync(customerId, cancellationToken);

    public virtual Task DetachCardAsync(CustomerId customerId, string cardToken, CancellationToken cancellationToken) =>
        Behind.DetachCardAsync(customerId, cardToken, cancellationToken);

    public virtual Task<ChargeOutcome> ChargeAsync(ChargeRequest request, CancellationToken cancellationToken) =>
        Behind.ChargeAsync(request, cancellationToken);

    public virtual Task<ChargeOutcome?> FindAsync(
        PaymentAttemptId attemptId, CustomerId customerId, string? reference, CancellationToken cancellationToken) =>
        Behind.FindAsync(attemptId, customerId, reference, cancellationToken);

    public virtual Task<Uri?> ConfirmationPageAsync(
        PaymentAttemptId attemptId, string reference, Uri returnTo, CancellationToken cancellationToken) =>
        Behind.ConfirmationPageAsync(attemptId, reference, returnTo, cancellationToken);

    public virtual Task<ChargeOutcome> GiveUpAsync(PaymentAttemptId attemptId, string reference, CancellationToken cancellationToken) =>
        Behind.GiveUpAsync(attemptId, reference, cancellationToken);

    public virtual Task<RefundOutcome> RefundAsync(RefundRequest request, CancellationToken cancellationToken) =>
        Behind.RefundAsync(request, cancellationToken);

    public virtual Task<RefundOutcome?> FindRefundAsync(RefundId refundId, string paymentReference, CancellationToken cancellationToken) =>
        Behind.FindRefundAsync(refundId, paymentReference, cancellationToken);

    public virtual Task<GatewayPayment?> ReadPaymentAsync(string reference, CancellationToken cancellationToken) =>
        Behind.ReadPaymentAsync(reference, cancellationToken);

    public virtual Task<GatewayRefund?> ReadRefundAsync(string reference, CancellationToken cancellationToken) =>
        Behind.ReadRefundAsync(reference, cancellationToken);

    public virtual Task<GatewayDispute?> FindDisputeAsync(string reference, CancellationToken cancellationToken) =>
        Behind.FindDisputeAsync(reference, cancellationToken);

    public virtual GatewayNotice ReadNotice(ReadOnlyMemory<byte> body, string? signature, Instant receivedAt) =>
        Behind.ReadNotice(body, signature, receivedAt);

    public virtual IAsyncEnumerable<GatewayPayment> PaymentsSinceAsync(Instant since, CancellationToken cancellationToken) =>
        Behind.PaymentsSinceAsync(since, cancellationToken);

    public virtual IAsyncEnumerable<GatewayRefund> RefundsSinceAsync(Instant since, CancellationToken cancellationToken) =>
        Behind.RefundsSinceAsync(since, cancellationToken);

    public virtual IAsyncEnumerable<GatewayDispute> DisputesSinceAsync(Instant since, CancellationToken cancellationToken) =>
        Behind.DisputesSinceAsync(since, cancellationToken);
}
