using Billing.Payments;

namespace Billing.Server.Payments.Gateways.Sandbox;

public sealed partial class SandboxGateway
{
    /// <inheritdoc/>
    public Task<CardSetup> BeginCardSetupAsync(CustomerId customerId, Uri returnTo, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public Task<AttachedCard?> FinishCardSetupAsync(CustomerId customerId, string reference, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public Task<IReadOnlyList<AttachedCard>> CardsAsync(CustomerId customerId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public Task DetachCardAsync(CustomerId customerId, string cardToken, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public Task<Uri?> ConfirmationPageAsync(
        PaymentAttemptId attemptId, string reference, Uri returnTo, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc/>
    public Task<ChargeOutcome> GiveUpAsync(PaymentAttemptId attemptId, string reference, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
