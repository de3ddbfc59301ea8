using Billing.Client.Contract;

namespace Billing.Client;

/// <content>Where the main app listens.</content>
public sealed partial class BillingClient
{
    /// <summary>Registers an endpoint; its secret is shown this once.</summary>
    public Task<NewWebhookEndpointView> RegisterWebhookEndpointAsync(
        NewWebhookEndpoint endpoint, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<NewWebhookEndpointView>("v1/webhook-endpoints", endpoint, once, cancellationToken);

    /// <summary>All endpoints, without their secrets.</summary>
    public IAsyncEnumerable<WebhookEndpointView> ListWebhookEndpointsAsync(CancellationToken cancellationToken = default) =>
        ListAsync<WebhookEndpointView>("v1/webhook-endpoints", cancellationToken);

    /// <summary>Makes a new secret; messages carry both signatures for a while.</summary>
    public Task<NewWebhookEndpointView> RotateWebhookSecretAsync(
        Guid id, WebhookSecretRotation rotation, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<NewWebhookEndpointView>($"v1/webhook-endpoints/{id}/rotate-secret", rotation, once, cancellationToken);

    /// <summary>Tells an endpoint again, at once.</summary>
    public Task<WebhookEndpointView> EnableWebhookEndpointAsync(Guid id, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<WebhookEndpointView>($"v1/webhook-endpoints/{id}/enable", null, once, cancellationToken);

    /// <summary>Tells an endpoint nothing more; what is under way waits.</summary>
    public Task<WebhookEndpointView> DisableWebhookEndpointAsync(Guid id, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<WebhookEndpointView>($"v1/webhook-endpoints/{id}/disable", null, once, cancellationToken);

    /// <summary>The delivery log, newest first.</summary>
    public IAsyncEnumerable<WebhookDeliveryView> ListWebhookDeliveriesAsync(Guid id, CancellationToken cancellationToken = default) =>
        ListAsync<WebhookDeliveryView>($"v1/webhook-endpoints/{id}/deliveries", cancellationToken);

    /// <summary>Delivers again with the next run, in order and under the same ids.</summary>
    public Task<WebhooksReplayedView> ReplayWebhooksAsync(
        Guid id, WebhookReplay replay, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<WebhooksReplayedView>($"v1/webhook-endpoints/{id}/replay", replay, once, cancellationToken);
}
