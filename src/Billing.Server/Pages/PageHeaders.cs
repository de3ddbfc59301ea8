namespace Billing.Server.Pages;

/// <summary>What browsers are told about every page: whose content it may hold, and that nobody keeps it.</summary>
internal static class PageHeaders
{
    private const string Framing = "; frame-ancestors ";

    /// <summary>Only our own stylesheet, pictures and script file; shown in nobody's frame; forms come back here.</summary>
    public const string ContentSecurityPolicy = Contents + Framing + "'none'";

    private const string Contents =
        "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'";

    /// <summary>Lets this one page's forms end on another site: browsers hold a redirect after a form to the same rule as the form.</summary>
    public static void LetFormsLeadTo(Uri site, IHeaderDictionary headers) => headers.ContentSecurityPolicy = headers.ContentSecurityPolicy
        .ToString().Replace("form-action 'self'", $"form-action 'self' {site.GetLeftPart(UriPartial.Authority)}", StringComparison.Ordinal);

    public static void Write(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XFrameOptions = "DENY";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-cache, no-store";
        headers.Pragma = "no-cache";
        if (http.Request.Path.StartsWithSegments("/portal", StringComparison.Ordinal)) LetBeEmbedded(http);
    }

    /// <summary>Customers' pages, by whom the merchant names; the office and the other pages by nobody.</summary>
    private static void LetBeEmbedded(HttpContext http)
    {
        if (http.RequestServices.GetRequiredService<Embedding>() is not { IsAllowed: true } embedding) return;
        http.Response.Headers.ContentSecurityPolicy = Contents + Framing + string.Join(' ', embedding.Origins);
        // The older header knows only nobody and ourselves.
        http.Response.Headers.Remove("X-Frame-Options");
    }
}
