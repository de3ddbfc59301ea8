using Billing.Client.Contract;
using Billing.Server.Http;
using Billing.Server.Persistence;
using MediatR;

namespace Billing.Server.Webhooks;

internal static class WebhookEndpointRoutes
{
    public static void MapWebhookEndpoints(this IEndpointRouteBuilder v1)
    {
        var endpoints = v1.For("/webhook-endpoints", "Webhooks", ApiScope.Admin);
        endpoints.MapGet("", (BillingDbContext db, [AsParameters] PageQuery page, CancellationToken stop) =>
                db.WebhookEndpoints.ToPageAsync(e => e.Id, id => id, page, WebhookEndpointQueries.ToView, stop))
            .Named("listWebhookEndpoints", "Lists where the main app listens, without secrets");
        endpoints.MapPost("", async (NewWebhookEndpoint endpoint, IMediator send, CancellationToken stop) =>
                Routes.Made("/v1/webhook-endpoints/", await send.Send(new RegisterWebhookEndpoint(endpoint), stop), e => e.Endpoint.Id))
            .WithSecret().Named("registerWebhookEndpoint", "Registers where the main app listens; its secret is shown this once");
        endpoints.MapPost("/{id:guid}/rotate-secret", (Guid id, WebhookSecretRotation rotation, IMediator send, CancellationToken stop) =>
                send.Send(new RotateWebhookSecret(id, rotation), stop))
            .WithSecret().Named("rotateWebhookSecret", "Makes a new secret; messages carry both signatures for a while");
        endpoints.MapPost("/{id:guid}/enable", (Guid id, IMediator send, CancellationToken stop) => send.Send(new SwitchWebhookEndpoint(id, true), stop))
            .Named("enableWebhookEndpoint", "Tells it again, at once");
        endpoints.MapPost("/{id:guid}/disable", (Guid id, IMediator send, CancellationToken stop) => send.Send(new SwitchWebhookEndpoint(id, false), stop))
            .Named("disableWebhookEndpoint", "Tells it nothing more; what is under way waits");
        endpoints.MapGet("/{id:guid}/deliveries", (Guid id, BillingDbContext db, [AsParameters] PageQuery page, CancellationToken stop) =>
                db.WebhookDeliveries.Where(d => d.EndpointId == id).ToPageAsync(d => d.Id, key => key, page, WebhookEndpointQueries.ToView, stop))
            .Named("listWebhookDeliveries", "The delivery log, newest first");
        endpoints.MapPost("/{id:guid}/replay", (Guid id, WebhookReplay replay, IMediator send, CancellationToken stop) =>
                send.Send(new ReplayWebhooks(id, replay), stop))
            .Named("replayWebhooks", "Delivers again with the next run, in order and under the same ids");
    }
}
