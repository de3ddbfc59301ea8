using Billing.Client.Contract;
using Billing.Server.Http;
using Billing.Server.Persistence;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace Billing.Server.Webhooks;

/// <summary>Delivers again what was delivered or given up: one event, or all since a moment, under the same ids.</summary>
internal sealed record ReplayWebhooks(Guid EndpointId, WebhookReplay Replay) : ICommand<WebhooksReplayedView>;

internal sealed class ReplayWebhooksValidator : AbstractValidator<ReplayWebhooks>
{
    public ReplayWebhooksValidator()
    {
        RuleFor(c => c.Replay).Must(r => r.Since is null != r.DeliveryId is null).WithMessage("Say since or deliveryId, one of the two.")
            .OverridePropertyName("since");
        RuleFor(c => c.Replay.Since).Must(s => s is null || InstantPattern.ExtendedIso.Parse(s).Success)
            .WithMessage("An instant is written 2027-01-31T00:00:00Z.").OverridePropertyName("since");
    }
}

internal sealed class ReplayWebhooksHandler(BillingDbContext db, Door door) : IRequestHandler<ReplayWebhooks, WebhooksReplayedView>
{
    public async Task<WebhooksReplayedView> Handle(ReplayWebhooks request, CancellationToken cancellationToken)
    {
        var endpoint = await db.WebhookEndpointAsync(request.EndpointId, cancellationToken);
        var done = db.WebhookDeliveries.Where(d => d.EndpointId == endpoint.Id && d.NextTryAt == null);
        var wanted = request.Replay.DeliveryId is { } id ? done.Where(d => d.Id == id) : Since(done, request.Replay.Since!);

        var count = await wanted.ExecuteUpdateAsync(
            set => set.SetProperty(d => d.State, DeliveryState.Waiting).SetProperty(d => d.NextTryAt, door.Now).SetProperty(d => d.Attempts, 0)
                .SetProperty(d => d.DeliveredAt, (Instant?)null), cancellationToken);
        return new(count);
    }

    private static IQueryable<WebhookDelivery> Since(IQueryable<WebhookDelivery> done, string text)
    {
        var since = InstantPattern.ExtendedIso.Parse(text).Value;
        return done.Where(d => d.CreatedAt >= since);
    }
}
