namespace Billing.Server.Pages;

/// <summary>What browsers are told about every page: whose content it may hold, and that nobody keeps it.</summary>
internal static class PageHeaders
{
    /// <summary>Only our own stylesheet and pictures; no script at all; shown in nobody's frame; forms come back here.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'self'; script-src 'none'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>Lets this one page's forms end on another site: browsers hold a redirect after a form to the same rule as the form.</summary>
    public static void LetFormsLeadTo(Uri site, IHeaderDictionary headers) => headers.ContentSecurityPolicy =
        ContentSecurityPolicy.Replace("form-action 'self'", $"form-action 'self' {site.GetLeftPart(UriPartial.Authority)}", StringComparison.Ordinal);

    public static void Write(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XFrameOptions = "DENY";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-cache, no-store";
        headers.Pragma = "no-cache";
    }
}
