using Billing.Client.Contract;
using Billing.Server.Http;
using Billing.Server.Persistence;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Billing.Server.Dunning;

internal static class DunningEndpoints
{
    public static void MapDunning(this IEndpointRouteBuilder v1)
    {
        const string Customer = "/customers/{customerId:guid}/dunning";
        v1.For(Customer, "Dunning", ApiScope.Read)
            .MapGet("", (Guid customerId, BillingDbContext db, CancellationToken stop) => db.DunningViewAsync(customerId, stop))
            .Named("getDunning", "Reads what is being asked of a customer, what happens next and why, and how expired cards are watched");

        var read = v1.For("/dunning", "Dunning", ApiScope.Read);
        read.MapGet("/cases", ([FromQuery] string? state, BillingDbContext db, [AsParameters] PageQuery page, CancellationToken stop) =>
                db.DunningCasePageAsync(state, page, stop))
            .Named("listDunningCases", "Lists cases, all or those in a state, newest first");
        read.MapGet("/card-watches", ([FromQuery] string? state, BillingDbContext db, [AsParameters] PageQuery page, CancellationToken stop) =>
                db.CardWatchPageAsync(state, page, stop))
            .Named("listCardWatches", "Lists watches over expired cards, all or those in a state, newest first");
        read.MapGet("/quiet-times", async (BillingDbContext db, DunningPolicies policies, Door door, CancellationToken stop) =>
                await db.QuietTimesAsync((await policies.CurrentAsync(stop)).Quiet, door.Now, stop))
            .Named("listQuietTimes", "Reads how long expired cards are left alone, and the survival curves behind it");
        read.MapGet("/policies", (BillingDbContext db, CancellationToken stop) => db.DunningPoliciesAsync(stop))
            .Named("listDunningPolicies", "Lists the versions of the policy, newest first");

        var write = v1.For(Customer, "Dunning", ApiScope.Write);
        write.MapPost("/pay", (Guid customerId, PayNow how, IMediator send, CancellationToken stop) => send.Send(new PayOpen(customerId, how), stop))
            .OutsideTransaction().Named("payOpen", "Pays everything that is open now, with the usual card or another");
        write.MapPost("/day", (Guid customerId, DayToPay day, IMediator send, CancellationToken stop) =>
                send.Send(new ChooseDayToPay(customerId, day), stop))
            .Named("chooseDayToPay", "Chooses a day to pay; until that morning nothing is asked");
        write.MapPost("/day/withdraw", (Guid customerId, IMediator send, CancellationToken stop) => send.Send(new WithdrawDayToPay(customerId), stop))
            .Named("withdrawDayToPay", "Takes the chosen day back; the ladder goes on");
        write.MapPost("/grace", (Guid customerId, Grace grace, IMediator send, CancellationToken stop) => send.Send(new ExtendGrace(customerId, grace), stop))
            .Named("extendGrace", "Gives a customer time; nothing happens before that day");
        write.MapPost("/forgive", (Guid customerId, SupportAct act, IMediator send, CancellationToken stop) => send.Send(new ForgiveOpen(customerId, act), stop))
            .Named("forgiveOpen", "Lets go what is open, by credit notes");
        write.MapPost("/stop", (Guid customerId, SupportAct act, IMediator send, CancellationToken stop) => send.Send(new StopAsking(customerId, act), stop))
            .Named("stopAsking", "Stops asking for what is open, for good; it stays owed");
        write.MapPost("/personal", (Guid customerId, SupportAct act, IMediator send, CancellationToken stop) =>
                send.Send(new WritePersonally(customerId, act), stop))
            .Named("writePersonally", "Says that somebody writes in person; the next message is not sent");
        write.MapPost("/exemption", (Guid customerId, Exemption exemption, IMediator send, CancellationToken stop) =>
                send.Send(new ExemptCustomer(customerId, exemption), stop))
            .Named("exemptCustomer", "Decides whether a customer is asked for money by itself");

        v1.For("/dunning/policies", "Dunning", ApiScope.Admin)
            .MapPost("", async (NewDunningPolicy policy, IMediator send, CancellationToken stop) =>
                Routes.Made("/v1/dunning/policies", await send.Send(new PublishPolicy(policy), stop)))
            .Named("publishDunningPolicy", "Publishes a new version of the policy; cases that are open keep theirs");
    }
}
