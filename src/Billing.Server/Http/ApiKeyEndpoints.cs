using Billing.Client.Contract;
using Billing.Server.Persistence;
using MediatR;

namespace Billing.Server.Http;

internal static class ApiKeyEndpoints
{
    public static void MapApiKeys(this IEndpointRouteBuilder v1)
    {
        var keys = v1.For("/api-keys", "API keys", ApiScope.Admin);
        keys.MapGet("", (BillingDbContext db, [AsParameters] PageQuery page, CancellationToken stop) =>
                db.ApiKeys.ToPageAsync(k => k.Id, id => id, page, ApiKeyViews.ToView, stop))
            .Named("listApiKeys", "Lists keys without their secrets, newest first");
        keys.MapPost("", async (NewApiKey key, IMediator send, CancellationToken stop) =>
                Routes.Made("/v1/api-keys/", await send.Send(new CreateApiKey(key), stop), k => k.Key.Id))
            .WithSecret().Named("createApiKey", "Makes a key; its secret is shown this once");
        keys.MapPost("/{id:guid}/rotate", async (Guid id, ApiKeyRotation rotation, IMediator send, CancellationToken stop) =>
                Routes.Made("/v1/api-keys/", await send.Send(new RotateApiKey(id, rotation), stop), k => k.Key.Id))
            .WithSecret().Named("rotateApiKey", "Makes a successor; the old key works beside it for a while");
        keys.MapPost("/{id:guid}/revoke", (Guid id, IMediator send, CancellationToken stop) => send.Send(new RevokeApiKey(id), stop))
            .Named("revokeApiKey", "Ends a key at once");
    }
}

internal static class ApiKeyViews
{
    private static readonly ApiScope[] All = [ApiScope.Read, ApiScope.Write, ApiScope.Portal, ApiScope.Reports, ApiScope.Admin];

    public static ApiKeyView ToView(this ApiKey key) => new(
        key.Id, key.Name, [.. All.Where(s => ((ApiScope)key.Scopes).HasFlag(s)).Select(s => Wire.Word(s))], key.CreatedAt.Iso(), key.ExpiresAt?.Iso());

    /// <summary>The scopes with these names, or <see cref="ApiScope.None"/> when one is unknown or there is none.</summary>
    public static ApiScope ScopesOf(IEnumerable<string?> words)
    {
        var found = words.Select(word => Array.Find(All, scope => Wire.Word(scope) == word)).ToList();
        return found.Contains(ApiScope.None) ? ApiScope.None : found.Aggregate(ApiScope.None, (all, one) => all | one);
    }
}
