using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Billing.Server.BillingRun;
using Billing.Server.Customers;
using Billing.Server.Persistence;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Billing.Server.Http;

/// <summary>
/// <c>Authorization: Bearer bk_…</c>. The secret is hashed and looked up by its hash, so that the time it takes tells
/// nothing about any secret.
/// </summary>
internal sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, BillingDbContext db,
    BillingClock clock, Door door) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";
    public const string Prefix = "bk_";

    private const string ScopesClaim = "scopes";
    private const int LongestSecret = 100;

    /// <summary>The id of the key that is asking.</summary>
    public static string CallerOf(ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.NameIdentifier)!;

    /// <summary>The secret as sent, or <see langword="null"/>.</summary>
    public static string? SecretOf(HttpRequest request) =>
        request.Headers.Authorization is [{ Length: < LongestSecret } header] && header.StartsWith($"Bearer {Prefix}", StringComparison.OrdinalIgnoreCase)
            ? header["Bearer ".Length..].Trim()
            : null;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (SecretOf(Request) is not { } secret) return AuthenticateResult.NoResult();

        var hash = Secrets.Hash(secret);
        var key = await db.ApiKeys.AsNoTracking().SingleOrDefaultAsync(k => k.Hash == hash, Context.RequestAborted);
        if (key is null || key.ExpiresAt <= clock.WallNow) return AuthenticateResult.Fail("No such key.");

        door.Actor = Actors.Key(key.Name);
        var identity = new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, key.Id.ToString()), new(ScopesClaim, key.Scopes.ToString(CultureInfo.InvariantCulture))], SchemeName);
        return AuthenticateResult.Success(new(new(identity), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) =>
        Problems.Make(401, "unauthorized", "Send a valid key: Authorization: Bearer bk_...").WriteAsync(Context);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problems.Make(403, "forbidden", "This key may not do that.").WriteAsync(Context);

    /// <summary>Lets in only keys that have this scope.</summary>
    public static AuthorizationPolicy Policy(ApiScope scope) => new AuthorizationPolicyBuilder(SchemeName)
        .RequireAuthenticatedUser()
        .RequireAssertion(c => c.User.FindFirstValue(ScopesClaim) is { } held
            && ApiKey.Allows((ApiScope)int.Parse(held, CultureInfo.InvariantCulture), scope))
        .Build();
}
