namespace Billing.Client.Contract;

/// <summary>Where the main app listens.</summary>
/// <param name="Url">An https address; http only on the same machine.</param>
/// <param name="Secret"><c>whsec_…</c> as the Standard Webhooks scheme has it; left out, one is made.</param>
public sealed record NewWebhookEndpoint(string Url, string? Secret = null);

/// <summary>How a secret is to be replaced.</summary>
/// <param name="OverlapHours">How long messages carry the old signature too; 0 to 168.</param>
public sealed record WebhookSecretRotation(int OverlapHours = 24);

/// <summary>An endpoint, without its secret.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Url">Where it is.</param>
/// <param name="Enabled">Whether it is told anything.</param>
/// <param name="CreatedAt">It hears of what happened since; ISO instant, UTC.</param>
/// <param name="Failures">How often in a row it did not answer well.</param>
/// <param name="RestsUntil">Left alone until then, because it did not answer well.</param>
public sealed record WebhookEndpointView(Guid Id, string Url, bool Enabled, string CreatedAt, int Failures, string? RestsUntil);

/// <summary>An endpoint with its new secret, shown this once.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Secret">What signatures are checked with.</param>
public sealed record NewWebhookEndpointView(WebhookEndpointView Endpoint, string Secret);

/// <summary>One event on its way to one endpoint.</summary>
/// <param name="Id">The delivery's id.</param>
/// <param name="EventId">The <c>webhook-id</c>; the same at every try.</param>
/// <param name="Type"><c>payment.succeeded</c>, <c>notice.due</c> …</param>
/// <param name="CustomerId">Whom it is about.</param>
/// <param name="Sequence">Its number among the customer's events: 1, 2, 3 …</param>
/// <param name="State"><c>waiting</c>, <c>delivered</c>, <c>given_up</c>.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="LastStatus">What was answered last; none when nothing was.</param>
/// <param name="Trouble">What went wrong last.</param>
/// <param name="CreatedAt">ISO instant, UTC.</param>
/// <param name="NextTryAt">When it is tried next.</param>
/// <param name="DeliveredAt">When the receiver said yes.</param>
public sealed record WebhookDeliveryView(
    Guid Id, string EventId, string Type, Guid CustomerId, int Sequence, string State, int Attempts, int? LastStatus, string? Trouble,
    string CreatedAt, string? NextTryAt, string? DeliveredAt);

/// <summary>What is to be delivered again; one of the two.</summary>
/// <param name="Since">All put on their way since then; ISO instant, UTC.</param>
/// <param name="DeliveryId">This one.</param>
public sealed record WebhookReplay(string? Since = null, Guid? DeliveryId = null);

/// <summary>How many go again with the next run.</summary>
/// <param name="Deliveries">The number.</param>
public sealed record WebhooksReplayedView(int Deliveries);
