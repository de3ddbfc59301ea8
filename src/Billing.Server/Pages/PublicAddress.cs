namespace Billing.Server.Pages;

/// <summary>Where a customer finds one of our pages, for somebody else who sends the customer back to it.</summary>
internal static class PublicAddress
{
    /// <summary>
    /// The configured address, or the one this request came to. It goes to the gateway for this customer alone, so what the
    /// customer's own browser says is good enough; mailed links have a stricter rule.
    /// </summary>
    public static string Of(HttpContext http, string path) =>
        (http.RequestServices.GetRequiredService<IConfiguration>()["Billing:PublicUrl"] is { Length: > 0 } address
            ? address.TrimEnd('/') : $"{http.Request.Scheme}://{http.Request.Host}") + path;
}
