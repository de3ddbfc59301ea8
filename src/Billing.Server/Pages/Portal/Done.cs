using Billing.Retention;
using Billing.Server.Persistence;
using NodaTime;

namespace Billing.Server.Pages.Portal;

/// <summary>
/// What the customer has just done, said once on the page that comes next. It travels in a cookie that only we set, so that
/// no link can claim that something was done.
/// </summary>
/// <param name="Act">What.</param>
/// <param name="Id">Names the answer to how hard it was.</param>
public sealed record Done(CustomerAct Act, Guid Id)
{
    private const string Cookie = "billing-done";
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    /// <summary>Goes on to the customer's page, which says it.</summary>
    internal static IResult Say(HttpContext http, CustomerAct act, Instant now)
    {
        http.Response.Cookies.Append(Cookie, $"{act}.{NewId.At(now):N}", Options(http, Life));
        return new SeeOther(PortalRoutes.Home);
    }

    /// <summary>What is to be said now, and not again.</summary>
    internal static Done? Take(HttpContext http)
    {
        var parts = (http.Request.Cookies[Cookie] ?? "").Split('.');
        if (parts is not [var word, var number] || !Enum.TryParse<CustomerAct>(word, out var act) || !Guid.TryParse(number, out var id)) return null;
        http.Response.Cookies.Delete(Cookie, Options(http, null));
        return new(act, id);
    }

    private static CookieOptions Options(HttpContext http, TimeSpan? life)
    {
        var cookie = new CookieBuilder { Path = PortalRoutes.Home, HttpOnly = true, SameSite = SameSiteMode.Lax, SecurePolicy = CookieSecurePolicy.SameAsRequest, MaxAge = life };
        http.RequestServices.GetRequiredService<Embedding>().Apply(cookie);
        return cookie.Build(http);
    }
}
