using Billing.Client.Contract;
using Billing.Server.BillingRun;
using Billing.Server.Persistence;
using Billing.Server.Staff;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Http;

/// <summary>Makes a successor with the same name and scopes; the old key works beside it for a while.</summary>
internal sealed record RotateApiKey(Guid KeyId, ApiKeyRotation Rotation) : ICommand<NewApiKeyView>, IHouseChange
{
    public string About => $"{KeyId}";
}

internal sealed class RotateApiKeyValidator : AbstractValidator<RotateApiKey>
{
    private const int AWeek = 168;

    public RotateApiKeyValidator() => RuleFor(c => c.Rotation.OverlapHours).InclusiveBetween(0, AWeek).OverridePropertyName("overlapHours");
}

internal sealed class RotateApiKeyHandler(BillingDbContext db, BillingClock clock) : IRequestHandler<RotateApiKey, NewApiKeyView>
{
    public async Task<NewApiKeyView> Handle(RotateApiKey request, CancellationToken cancellationToken)
    {
        var now = clock.WallNow;
        var old = await db.ApiKeys.SingleOrDefaultAsync(k => k.Id == request.KeyId, cancellationToken) ?? throw NotFound.Of("key");
        if (old.ExpiresAt <= now) throw new Refused("key_expired", "This key has ended; make a new one.");

        var secret = Secrets.New(ApiKeyAuthentication.Prefix);
        var successor = ApiKey.Create(NewId.At(now), old.Name, secret, (ApiScope)old.Scopes, now);
        old.ExpireAt(now + Duration.FromHours(request.Rotation.OverlapHours));

        db.ApiKeys.Add(successor);
        return new(successor.ToView(), secret);
    }
}

/// <summary>Ends a key at once. Doing it twice changes nothing.</summary>
internal sealed record RevokeApiKey(Guid KeyId) : ICommand<ApiKeyView>, IHouseChange
{
    public string About => $"{KeyId}";
}

internal sealed class RevokeApiKeyHandler(BillingDbContext db, BillingClock clock) : IRequestHandler<RevokeApiKey, ApiKeyView>
{
    public async Task<ApiKeyView> Handle(RevokeApiKey request, CancellationToken cancellationToken)
    {
        var key = await db.ApiKeys.SingleOrDefaultAsync(k => k.Id == request.KeyId, cancellationToken) ?? throw NotFound.Of("key");
        key.ExpireAt(clock.WallNow);
        return key.ToView();
    }
}
