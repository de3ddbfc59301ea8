using Billing.Retention;
using Billing.Server.Http;
using Billing.Server.Persistence;
using Billing.Server.Subscriptions;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Billing.Server.Pages.Portal;

/// <summary>Coming back after the end: what it costs and from when, and then it is so.</summary>
internal static class ComeBackRoutes
{
    public static void MapComeBack(this IEndpointRouteBuilder subscription)
    {
        subscription.MapGet("/come-back", ShowAsync);
        subscription.MapPost("/come-back", ComeBackAsync);
    }

    private static async Task<IResult> ShowAsync(
        Guid id, BillingDbContext db, Visitor visitor, Door door, CancellationToken cancellationToken)
    {
        var (subscription, _) = await db.SubscriptionAsync(id, cancellationToken);
        var seen = subscription.Version;
        var facts = await db.ComeBackFactsAsync(subscription, door.Now, cancellationToken);

        // Done on what was loaded, and never saved.
        subscription.ComeBack(facts);
        db.ChangeTracker.Clear();
        return new RazorComponentResult<ComeBackPage>(new
        {
            Subscription = subscription, PlanName = facts.Plan.Name, Today = facts.Customer.Today(door.Now), Seen = seen, visitor.Words,
        });
    }

    private static async Task<IResult> ComeBackAsync(
        Guid id, [FromForm] int? seen, HttpContext http, IMediator send, Visitor visitor, Door door, CancellationToken cancellationToken)
    {
        visitor.Saw(seen);
        await send.Send(new ComeBack(id), cancellationToken);
        return Done.Say(http, CustomerAct.CameBack, door.Now);
    }
}
