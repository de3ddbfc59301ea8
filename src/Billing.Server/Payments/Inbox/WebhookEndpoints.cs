using Billing.Server.Http;
using Microsoft.AspNetCore.Mvc;

namespace Billing.Server.Payments.Inbox;

/// <summary>The door for gateways. Whoever knocks is known by a signature, not by a key.</summary>
internal static class WebhookEndpoints
{
    public static void MapWebhooks(this IEndpointRouteBuilder app) => app.MapPost("/webhooks/{gateway}", TakeAsync)
        .WithMetadata(new RequestSizeLimitAttribute(NoticeInbox.LargestBody)).DisableAntiforgery().ExcludeFromDescription();

    /// <summary>204 once it is stored for good; 400 when it is not from the gateway; anything else has it sent again.</summary>
    private static async Task<IResult> TakeAsync(string gateway, HttpContext http, NoticeInbox inbox, CancellationToken cancellationToken)
    {
        if (gateway != inbox.GatewayName) return Problem(404, "no_such_route", "No such gateway is in use here.");
        using var body = new MemoryStream();
        try
        {
            await http.Request.Body.CopyToAsync(body, cancellationToken);
            await inbox.TakeAsync(body.ToArray(), http.Request.Headers[$"{gateway}-signature"], cancellationToken);
            return Results.NoContent();
        }
        catch (Refused refused)
        {
            return Problem(400, refused.Code, refused.Message);
        }
        catch (BadHttpRequestException tooLarge)
        {
            return Problem(tooLarge.StatusCode, "body_too_large", $"A notice has at most {NoticeInbox.LargestBody / 1024} kB.");
        }
    }

    private static IResult Problem(int status, string code, string detail) =>
        Results.Json(Problems.Make(status, code, detail), BillingJson.Options, Problems.ContentType, status);
}
