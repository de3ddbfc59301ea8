using Billing.Client.Contract;
using Billing.Server.Http;
using Billing.Server.Persistence;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Billing.Server.Retention;

internal static class CancelSessionEndpoints
{
    public static void MapCancelSessions(this IEndpointRouteBuilder v1)
    {
        var read = v1.For("/cancel-sessions", "Leaving", ApiScope.Read);
        read.MapGet("", ([FromQuery] Guid? customerId, [FromQuery] bool? askedForAPerson, BillingDbContext db, [AsParameters] PageQuery page, CancellationToken stop) =>
                db.CancelSessionPageAsync(customerId, askedForAPerson ?? false, page, stop))
            .Named("listCancelSessions", "Lists sessions of leaving, all, one customer's, or of those who asked for a person, newest first");
        read.MapGet("/{id:guid}", (Guid id, BillingDbContext db, CancellationToken stop) => db.CancelSessionViewAsync(id, stop))
            .Named("getCancelSession", "Reads a session of leaving, the evidence of what was shown and chosen");

        v1.For("/subscriptions/{subscriptionId:guid}/cancel-sessions", "Leaving", ApiScope.Write)
            .MapPost("", async (Guid subscriptionId, NewCancelSession session, IMediator send, CancellationToken stop) =>
                Routes.Made("/v1/cancel-sessions/", await send.Send(new StartCancelSession(subscriptionId, session), stop), s => s.Id))
            .Named("startCancelSession", "Begins a session of leaving: the reasons to choose from and what leaving means; never required");

        var write = v1.For("/cancel-sessions/{id:guid}", "Leaving", ApiScope.Write);
        write.MapPost("/reason", (Guid id, LeavingAnswer answer, IMediator send, CancellationToken stop) =>
                send.Send(new GiveLeavingReason(id, answer), stop))
            .Named("giveLeavingReason", "Says why, once; answers with at most one offer and the ways to leave");
        write.MapPost("/outcome", (Guid id, LeavingOutcome outcome, IMediator send, CancellationToken stop) =>
                send.Send(new CloseCancelSession(id, outcome), stop))
            .Named("closeCancelSession", "Leaves now or at the end of the period, stays, or takes the offer");
    }
}
