using System.Text;

namespace Billing.Server.Notices;

/// <summary>A mail as its reader sees it, in a frame of a page of ours: its own styles, no script, links beside the page.</summary>
internal sealed class MailFrame(string html) : IResult
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        response.Headers.XFrameOptions = "SAMEORIGIN";
        response.ContentType = "text/html; charset=utf-8";
        return response.WriteAsync(html.Replace("<head>", "<head><base target=\"_blank\">", StringComparison.Ordinal), Encoding.UTF8, httpContext.RequestAborted);
    }
}
