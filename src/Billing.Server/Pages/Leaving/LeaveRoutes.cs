using Billing.Retention;
using Billing.Server.BillingRun;
using Billing.Server.Customers;
using Billing.Server.Demo;
using Billing.Server.Http;
using Billing.Server.Pages.Language;
using Billing.Server.Persistence;
using Billing.Server.Retention;
using Billing.Subscriptions;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NodaTime.Text;

namespace Billing.Server.Pages.Leaving;

/// <summary>The way out that needs no way in: a form, a mail, a button.</summary>
internal static class LeaveRoutes
{
    public static void MapLeave(this IEndpointRouteBuilder pages)
    {
        var group = pages.MapGroup("/leave").AddEndpointFilter(async (context, next) =>
            HostOf(context.HttpContext) is null ? Messages.NotThere(Words.For(context.HttpContext), "/") : await next(context));
        group.MapGet("", (HttpContext http) => new RazorComponentResult<LeaveForm>(new { Words = Words.For(http) }));
        group.MapPost("", AskAsync);
        group.MapGet("/confirm", ShowAsync);
        group.MapPost("/confirm", ConfirmAsync);
    }

    private static async Task<IResult> AskAsync(
        [FromForm] string? email, [FromForm] string? number, [FromForm] string? kind, [FromForm] string? cause, [FromForm] string? end,
        HttpContext http, IMediator send, Door door, CancellationToken cancellationToken)
    {
        var words = Words.For(http);
        var day = LocalDatePattern.Iso.Parse(end ?? "");
        var extraordinary = kind == "extraordinary";
        var asked = new AskToLeave(
            email?.Trim() ?? "", Clean(number), new(extraordinary, Clean(cause), day.Success ? day.Value : null), HostOf(http)!);
        var tooFar = day.Success && day.Value >= door.Now.InUtc().Date.PlusYears(Subscription.FurthestEnd);
        if (tooFar || Clean(end) is not null && !day.Success || !(await new AskToLeaveValidator().ValidateAsync(asked, cancellationToken)).IsValid)
            return new RazorComponentResult<LeaveForm>(new { Words = words, Again = true, Given = asked }) { StatusCode = StatusCodes.Status400BadRequest };

        door.Actor = Actors.Customer;
        try
        {
            await send.Send(asked, cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody asked for the same address at the same moment: that mail is enough.
        }

        return Messages.Say(words, words.LeaveAskedTitle, words.LeaveAsked);
    }

    private static async Task<IResult> ShowAsync(
        string? token, HttpContext http, BillingDbContext db, BillingClock clock, CancellationToken cancellationToken) =>
        await db.SessionBehindAsync(token, clock.WallNow, cancellationToken) is { } session
            ? new RazorComponentResult<LeaveConfirm>(new { Words = Words.Of(session.Language), Text = session.Words, Token = token })
            : LinkUsed(http);

    private static async Task<IResult> ConfirmAsync(
        [FromForm] string? token, HttpContext http, IMediator send, Door door, CancellationToken cancellationToken)
    {
        door.Actor = Actors.Customer;
        if (await send.Send(new ConfirmLeave(token), cancellationToken) is not { } left) return LinkUsed(http);
        var words = Words.Of(left.Language);
        return Messages.Say(words, words.LeftTitle, words.Left(left.Plan, left.End));
    }

    private static IResult LinkUsed(HttpContext http)
    {
        var words = Words.For(http);
        return Messages.Say(words, words.LeaveLinkUsedTitle, words.LeaveLinkUsed, StatusCodes.Status410Gone, "/leave", words.LeaveTitle);
    }

    /// <summary>
    /// Where mailed links lead: the address that is configured, or this machine itself. Never what a stranger's request says we
    /// are called: the link in a customer's mail would lead there.
    /// </summary>
    /// <returns>Nothing where there is no such door.</returns>
    private static string? HostOf(HttpContext http) =>
        !http.RequestServices.GetRequiredService<LeavingPolicy>().SignedOut.IsThere ? null
        : http.RequestServices.GetRequiredService<IConfiguration>()["Billing:PublicUrl"] is { Length: > 0 } address ? address
        : DemoRoutes.IsAtThisMachine(http) ? $"{http.Request.Scheme}://{http.Request.Host}"
        : null;

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
