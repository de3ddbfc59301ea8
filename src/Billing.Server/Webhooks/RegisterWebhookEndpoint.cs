using Billing.Client.Contract;
using Billing.Server.BillingRun;
using Billing.Server.Http;
using Billing.Server.Persistence;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Webhooks;

/// <summary>Registers where the main app listens. Its secret is shown this once.</summary>
internal sealed record RegisterWebhookEndpoint(NewWebhookEndpoint Endpoint) : ICommand<NewWebhookEndpointView>;

internal sealed class RegisterWebhookEndpointValidator : AbstractValidator<RegisterWebhookEndpoint>
{
    public const int LongestUrl = 2000;

    public RegisterWebhookEndpointValidator()
    {
        RuleFor(c => c.Endpoint.Url).MaximumLength(LongestUrl).Must(IsSafe)
            .WithMessage("An endpoint is an https address without a name and password in it; http only on this machine.").OverridePropertyName("url");
        RuleFor(c => c.Endpoint.Secret).Must(s => s is null || WebhookSecrets.IsOne(s))
            .WithMessage("A secret is whsec_ and 24 to 64 bytes as base64; leave it out and we make one.").OverridePropertyName("secret");
    }

    private static bool IsSafe(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.UserInfo.Length == 0
        && (address.Scheme == Uri.UriSchemeHttps || address is { Scheme: "http", IsLoopback: true });
}

internal sealed class RegisterWebhookEndpointHandler(BillingDbContext db, WebhookSecrets secrets, Door door)
    : IRequestHandler<RegisterWebhookEndpoint, NewWebhookEndpointView>
{
    public Task<NewWebhookEndpointView> Handle(RegisterWebhookEndpoint request, CancellationToken cancellationToken)
    {
        var secret = request.Endpoint.Secret ?? WebhookSecrets.New();
        var endpoint = WebhookEndpoint.Register(NewId.At(door.Now), request.Endpoint.Url, secrets.Seal(secret), door.Now);

        db.WebhookEndpoints.Add(endpoint);
        return Task.FromResult(new NewWebhookEndpointView(endpoint.ToView(), secret));
    }
}

/// <summary>Makes a new secret; messages are signed with both for a while.</summary>
internal sealed record RotateWebhookSecret(Guid Id, WebhookSecretRotation Rotation) : ICommand<NewWebhookEndpointView>;

internal sealed class RotateWebhookSecretValidator : AbstractValidator<RotateWebhookSecret>
{
    private const int AWeek = 168;

    public RotateWebhookSecretValidator() => RuleFor(c => c.Rotation.OverlapHours).InclusiveBetween(0, AWeek).OverridePropertyName("overlapHours");
}

internal sealed class RotateWebhookSecretHandler(BillingDbContext db, WebhookSecrets secrets, BillingClock clock)
    : IRequestHandler<RotateWebhookSecret, NewWebhookEndpointView>
{
    public async Task<NewWebhookEndpointView> Handle(RotateWebhookSecret request, CancellationToken cancellationToken)
    {
        var endpoint = await db.WebhookEndpointAsync(request.Id, cancellationToken);
        var secret = WebhookSecrets.New();

        endpoint.Rotate(secrets.Seal(secret), clock.WallNow + Duration.FromHours(request.Rotation.OverlapHours));

        return new(endpoint.ToView(), secret);
    }
}

/// <summary>Tells an endpoint, or leaves it alone.</summary>
internal sealed record SwitchWebhookEndpoint(Guid Id, bool Enabled) : ICommand<WebhookEndpointView>;

internal sealed class SwitchWebhookEndpointHandler(BillingDbContext db) : IRequestHandler<SwitchWebhookEndpoint, WebhookEndpointView>
{
    public async Task<WebhookEndpointView> Handle(SwitchWebhookEndpoint request, CancellationToken cancellationToken)
    {
        var endpoint = await db.WebhookEndpointAsync(request.Id, cancellationToken);
        if (request.Enabled) endpoint.Enable();
        else endpoint.Disable();
        return endpoint.ToView();
    }
}

internal static class WebhookEndpointQueries
{
    public static async Task<WebhookEndpoint> WebhookEndpointAsync(this BillingDbContext db, Guid id, CancellationToken cancellationToken) =>
        await db.WebhookEndpoints.SingleOrDefaultAsync(e => e.Id == id, cancellationToken) ?? throw NotFound.Of("webhook endpoint");

    public static WebhookEndpointView ToView(this WebhookEndpoint endpoint) => new(
        endpoint.Id, endpoint.Url, endpoint.Enabled, endpoint.CreatedAt.Iso(), endpoint.Failures, endpoint.RestsUntil?.Iso());

    public static WebhookDeliveryView ToView(this WebhookDelivery delivery) => new(
        delivery.Id, $"evt_{delivery.EventId:N}", delivery.Type, delivery.CustomerId.Value, delivery.Sequence, Wire.Word(delivery.State), delivery.Attempts,
        delivery.LastStatus, delivery.Trouble, delivery.CreatedAt.Iso(), delivery.NextTryAt?.Iso(), delivery.DeliveredAt?.Iso());
}
