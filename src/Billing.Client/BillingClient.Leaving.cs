using Billing.Client.Contract;

namespace Billing.Client;

/// <content>Leaving, with a session around it.</content>
public sealed partial class BillingClient
{
    /// <summary>Begins a session; the subscription goes on as before until its outcome.</summary>
    public Task<CancelSessionView> StartCancelSessionAsync(
        Guid subscriptionId, NewCancelSession? session = null, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<CancelSessionView>($"v1/subscriptions/{subscriptionId}/cancel-sessions", session ?? new(), once, cancellationToken);

    /// <summary>Says why; answers with at most one offer, and the ways to leave.</summary>
    public Task<CancelSessionView> GiveLeavingReasonAsync(
        Guid sessionId, LeavingAnswer answer, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<CancelSessionView>($"v1/cancel-sessions/{sessionId}/reason", answer, once, cancellationToken);

    /// <summary>Leaves, stays or takes the offer.</summary>
    public Task<CancelSessionView> CloseCancelSessionAsync(
        Guid sessionId, LeavingOutcome outcome, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<CancelSessionView>($"v1/cancel-sessions/{sessionId}/outcome", outcome, once, cancellationToken);

    /// <summary>A session.</summary>
    public Task<CancelSessionView> GetCancelSessionAsync(Guid id, CancellationToken cancellationToken = default) =>
        GetAsync<CancelSessionView>($"v1/cancel-sessions/{id}", cancellationToken);

    /// <summary>Sessions, newest first: all, one customer's, or of those who asked for a person.</summary>
    public IAsyncEnumerable<CancelSessionView> ListCancelSessionsAsync(
        Guid? customerId = null, bool askedForAPerson = false, CancellationToken cancellationToken = default) =>
        ListAsync<CancelSessionView>(
            Query("v1/cancel-sessions", ("customerId", customerId?.ToString()), ("askedForAPerson", askedForAPerson ? "true" : null)), cancellationToken);
}
