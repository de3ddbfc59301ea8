namespace Billing.Server.Pages;

/// <summary>What browsers are told about every page: whose content it may hold, and that nobody keeps it.</summary>
internal static class PageHeaders
{
    /// <summary>Only our own stylesheet and pictures; no script at all; shown in nobody's frame; forms come back here.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'self'; script-src 'none'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

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
