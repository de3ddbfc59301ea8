using Billing.Client.Contract;
using Billing.Retention;
using Billing.Server.Http;
using Billing.Server.Pages.Portal;
using Billing.Server.Persistence;
using Billing.Server.Retention;
using Billing.Server.Subscriptions;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Billing.Server.Pages.Leaving;

/// <summary>Leaving, signed in: what it means, a reason if one likes, at most one offer, and the way out beside it all the time.</summary>
internal static class LeavingRoutes
{
    public static void MapLeaving(this IEndpointRouteBuilder portal, IEndpointRouteBuilder subscription)
    {
        subscription.MapPost("/leave", StartAsync);
        subscription.MapPost("/stay", StayAfterAllAsync);

        var session = portal.MapGroup("/leaving/{session:guid}");
        session.MapGet("", ShowAsync);
        session.MapPost("/reason", AnswerAsync);
        session.MapPost("/outcome", CloseAsync);
    }

    private static async Task<IResult> StartAsync(Guid id, IMediator send, Visitor visitor, CancellationToken cancellationToken)
    {
        var session = await send.Send(new StartCancelSession(id, new("portal", visitor.Words.Tag)), cancellationToken);
        return new SeeOther($"/portal/leaving/{session.Id}");
    }

    private static async Task<IResult> ShowAsync(
        Guid session, BillingDbContext db, Subscriptions.Leaving leaving, LeavingPolicy policy, Visitor visitor, Door door,
        CancellationToken cancellationToken)
    {
        var (found, subscription, plan) = await OwnAsync(db, session, visitor, cancellationToken);
        if (!found.IsOpen) return Messages.Trouble(visitor.Words, "session_closed");
        var meaning = await leaving.MeaningAsync(subscription, plan, cancellationToken);
        return new RazorComponentResult<LeavingFlow>(new
        {
            View = found.ToOpenView(policy, meaning), found.Offer, Meaning = meaning, visitor.Words,
            Today = subscription.Today(door.Now),
        });
    }

    private static async Task<IResult> AnswerAsync(
        Guid session, [FromForm] string? reason, [FromForm] string? text, BillingDbContext db, IMediator send, Visitor visitor,
        CancellationToken cancellationToken)
    {
        await OwnAsync(db, session, visitor, cancellationToken);
        db.ChangeTracker.Clear();
        var own = string.IsNullOrWhiteSpace(text) ? null : text.Trim();
        await send.Send(new GiveLeavingReason(session, new(reason ?? "", own)), cancellationToken);
        return new SeeOther($"/portal/leaving/{session}");
    }

    private static async Task<IResult> CloseAsync(
        Guid session, [FromForm] string? outcome, [FromForm] string? day, HttpContext http, BillingDbContext db, IMediator send, Visitor visitor,
        Door door, CancellationToken cancellationToken)
    {
        await OwnAsync(db, session, visitor, cancellationToken);
        db.ChangeTracker.Clear();
        var (wish, act) = outcome switch
        {
            "stay" => (new LeavingOutcome(Stay: true), CustomerAct.Stayed),
            "offer" => (new LeavingOutcome(TakeOffer: true, PaymentDay: string.IsNullOrEmpty(day) ? null : day), CustomerAct.OfferTaken),
            _ => (new LeavingOutcome(Leave: outcome ?? ""), CustomerAct.Left),
        };
        await send.Send(new CloseCancelSession(session, wish), cancellationToken);
        return Done.Say(http, act, door.Now);
    }

    private static async Task<IResult> StayAfterAllAsync(
        Guid id, [FromForm] int? seen, HttpContext http, IMediator send, Visitor visitor, Door door, CancellationToken cancellationToken)
    {
        visitor.Saw(seen);
        await send.Send(new WithdrawCancel(id), cancellationToken);
        return Done.Say(http, CustomerAct.LeaveWithdrawn, door.Now);
    }

    private static async Task<(CancelSession Session, Billing.Subscriptions.Subscription Subscription, string Plan)> OwnAsync(
        BillingDbContext db, Guid session, Visitor visitor, CancellationToken cancellationToken)
    {
        var found = await db.CancelSessionAsync(session, cancellationToken);
        return found.Session.CustomerId == visitor.Customer.Id ? found : throw Http.NotFound.Of("cancel session");
    }
}
