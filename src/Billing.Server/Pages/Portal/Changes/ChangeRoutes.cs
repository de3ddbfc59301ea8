using Billing.Retention;
using Billing.Server.Http;
using Billing.Server.Persistence;
using Billing.Server.Subscriptions;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Billing.Server.Pages.Portal.Changes;

/// <summary>Another plan, other seats, another cadence: quoted first, and then exactly so.</summary>
internal static class ChangeRoutes
{
    public static void MapChanges(this IEndpointRouteBuilder subscription)
    {
        subscription.MapGet("/change", ShowAsync);
        subscription.MapPost("/change", ConfirmAsync);
        subscription.MapPost("/change/withdraw", WithdrawAsync);
    }

    private static async Task<IResult> ShowAsync(
        Guid id, string? to, string? seats, string? when, BillingDbContext db, IMediator send, Visitor visitor, CancellationToken cancellationToken)
    {
        var wish = new ChangeWish(to, visitor.Formats.Whole(seats), when);
        return Shown(await ChangePage.ReadAsync(db, send, id, wish, cancellationToken), wish, visitor);
    }

    private static async Task<IResult> ConfirmAsync(
        Guid id, [FromForm] string? token, [FromForm] string? to, [FromForm] string? seats, [FromForm] string? when, HttpContext http,
        BillingDbContext db, IMediator send, Visitor visitor, Door door, CancellationToken cancellationToken)
    {
        try
        {
            var changed = await send.Send(new ConfirmChange(id, new(token ?? "")), cancellationToken);
            return Done.Say(http, changed.Planned is null ? CustomerAct.PlanChanged : CustomerAct.ChangePlanned, door.Now);
        }
        catch (Refused stale) when (stale.Code == "quote_stale")
        {
            // What was shown is no longer so: nothing was done, and here is what is so now.
            db.ChangeTracker.Clear();
            var wish = new ChangeWish(to, visitor.Formats.Whole(seats), when);
            return Shown(await ChangePage.ReadAsync(db, send, id, wish, cancellationToken) with { WasStale = true }, wish, visitor);
        }
    }

    private static async Task<IResult> WithdrawAsync(
        Guid id, [FromForm] int? seen, HttpContext http, IMediator send, Visitor visitor, Door door, CancellationToken cancellationToken)
    {
        visitor.Saw(seen);
        await send.Send(new WithdrawChange(id), cancellationToken);
        return Done.Say(http, CustomerAct.ChangeWithdrawn, door.Now);
    }

    private static RazorComponentResult<ChangePlan> Shown(ChangePage page, ChangeWish wish, Visitor visitor) =>
        new(new { Page = page, Wish = wish, visitor.Words })
        {
            StatusCode = page.WasStale ? StatusCodes.Status409Conflict : StatusCodes.Status200OK,
        };
}
