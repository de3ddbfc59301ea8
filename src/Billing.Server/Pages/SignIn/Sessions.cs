using System.Security.Claims;
using Billing.Server.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Billing.Server.Pages.SignIn;

/// <summary>Who is signed in to which door: a cookie each, read by no script, sent to no other site, gone after an hour unused.</summary>
internal static class Sessions
{
    /// <summary>The customer's session, and the policy that asks for it.</summary>
    public const string Portal = "portal";

    /// <summary>The staff's session, and the policy that asks for it.</summary>
    public const string Office = "office";

    private const string CustomerClaim = "customer";

    public static IServiceCollection AddSessions(this IServiceCollection services)
    {
        services.AddAuthentication().AddCookie(Portal, o => Keep(o, Portal)).AddCookie(Office, o => Keep(o, Office));
        services.AddOptions<CookieAuthenticationOptions>(Portal).Configure<Embedding>((o, embedding) => embedding.Apply(o.Cookie));
        services.AddAuthorizationBuilder()
            .AddPolicy(Portal, p => p.AddAuthenticationSchemes(Portal).RequireClaim(CustomerClaim))
            .AddOfficePolicies();
        return services;
    }

    /// <summary>Signs in the customer the link was made for.</summary>
    public static Task BeginAsync(HttpContext http, SignInLink link)
    {
        List<Claim> claims = [new(ClaimTypes.Name, link.Name), new(CustomerClaim, link.CustomerId.ToString()!)];
        return http.SignInAsync(Portal, new ClaimsPrincipal(new ClaimsIdentity(claims, Portal)));
    }

    /// <summary>The customer whose session this is.</summary>
    public static CustomerId CustomerOf(ClaimsPrincipal user) => new(Guid.Parse(user.FindFirstValue(CustomerClaim)!));

    private static void Keep(CookieAuthenticationOptions options, string door)
    {
        options.Cookie.Name = $"billing-{door}";
        options.Cookie.Path = $"/{door}";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromHours(1);
        options.SlidingExpiration = true;
        options.Events.OnRedirectToLogin = options.Events.OnRedirectToAccessDenied = context =>
        {
            PageHeaders.Write(context.HttpContext);
            return Messages.SignedOut(context.HttpContext, door == Portal).ExecuteAsync(context.HttpContext);
        };
        if (door == Office) OfficeDoor.Watch(options);
    }
}
