
namespace Billing.Server.Http;

/// <summary>What every request to the API passes through, outermost first.</summary>
internal static class Edge
{
    /// <summary>The largest body, in bytes.</summary>
    public const int LargestBody = 256 * 1024;

    public static void SecureHeaders(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        if (!IsApi(context)) return;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
    }

    public static bool IsApi(HttpContext context) => context.Request.Path.StartsWithSegments("/v1", StringComparison.Ordinal);

    public static void UseEdge(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            SecureHeaders(context);
            return next(context);
        });
        app.UseRouting();
        app.UseWhen(IsApi, api => api.Use(AnswerTroublesAsync));
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseWhen(IsApi, api =>
        {
            api.Use(RefuseOddRequestsAsync);
            api.UseMiddleware<Idempotency>();
        });
    }

    private static async Task AnswerTroublesAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted)
        {
            await (Problems.Of(e, IsConditional(context)) ?? Bug(context, e)).WriteAsync(context);
        }

        if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null })
            await OfStatus(context.Response.StatusCode).WriteAsync(context);
    }

    /// <summary>Whether the caller said which version it wants to change.</summary>
    public static bool IsConditional(HttpContext context) => context.Request.Headers.IfMatch.Count > 0;

    private static Task RefuseOddRequestsAsync(HttpContext context, RequestDelegate next)
    {
        // Databases do not keep NUL in a text; it never belongs into a parameter.
        if (context.Request.Query.FirstOrDefault(p => p.Value.Any(v => v?.Contains('\0', StringComparison.Ordinal) == true)) is { Key: { } name })
            throw new BadInput(400, "bad_parameter", "That is not a value this parameter can have.", name);

        var wantsBody = context.GetEndpoint()?.Metadata.GetMetadata<Microsoft.AspNetCore.Http.Metadata.IAcceptsMetadata>() is not null;
        if (Routes.IsOurs(context.GetEndpoint()) && !wantsBody && context.Request.ContentLength > "{}".Length)
            throw new BadInput(400, "unexpected_body", "This request takes no body.");
        return next(context);
    }

    /// <summary>The problem behind a status that nobody explained.</summary>
    public static Client.Contract.ProblemView OfStatus(int status) => status switch
    {
        404 => Problems.Make(404, "no_such_route", "There is nothing at this address."),
        405 => Problems.Make(405, "method_not_allowed", "This address does not take this method."),
        413 => Problems.Make(413, "body_too_large", $"A body has at most {LargestBody / 1024} kB."),
        415 => Problems.Make(415, "unsupported_media_type", "Send application/json."),
        _ => Problems.Make(status, "not_understood", "This request cannot be understood."),
    };

    private static Client.Contract.ProblemView Bug(HttpContext context, Exception exception)
    {
        context.RequestServices.GetRequiredService<ILogger<Program>>()
            .LogError(exception, "{Method} {Route} failed, trace {Trace}", context.Request.Method, Route(context), context.TraceIdentifier);
        return Problems.Make(500, "internal_error", "This is our fault. It is written down under the traceId.") with { TraceId = context.TraceIdentifier };
    }

    private static string? Route(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
}
