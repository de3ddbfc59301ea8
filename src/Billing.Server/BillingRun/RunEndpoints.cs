using Billing.Server.Http;
using Billing.Server.Persistence;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Billing.Server.BillingRun;

internal static class RunEndpoints
{
    public static void MapRuns(this IEndpointRouteBuilder v1)
    {
        var runs = v1.For("/runs", "Runs", ApiScope.Admin);
        runs.MapPost("", async (BackgroundRuns background, Door door) => Begun(await background.StartAsync(door.Actor)))
            .OutsideTransaction().Named("startRun", "Starts a billing run and answers at once; follow it by its address");
        runs.MapGet("", (BillingDbContext db, [AsParameters] PageQuery page, CancellationToken stop) => db.RunPageAsync(page, stop))
            .Named("listRuns", "Lists runs, newest first");
        runs.MapGet("/{id:guid}", (Guid id, BillingDbContext db, CancellationToken stop) => db.RunViewAsync(id, stop))
            .Named("getRun", "Reads a run with the progress of its passes");

        var aside = v1.For("/set-aside", "Runs", ApiScope.Admin);
        aside.MapGet("", (BillingDbContext db, [AsParameters] PageQuery page, CancellationToken stop) => db.SetAsidePageAsync(page, stop))
            .Named("listSetAside", "Lists what the run could not do and waits for a person's look");
        aside.MapPost("/retry", (IMediator send, CancellationToken stop) => send.Send(new RetrySetAside(null, null), stop))
            .Named("retryAllSetAside", "Lets the next run take up everything that was set aside");
        aside.MapPost("/{pass}/{subjectId:guid}/retry", (string pass, Guid subjectId, IMediator send, CancellationToken stop) =>
                send.Send(new RetrySetAside(pass, subjectId), stop))
            .Named("retrySetAside", "Lets the next run take up one item that was set aside");
    }

    private static Accepted<Client.Contract.RunView> Begun(RunRecord run) => TypedResults.Accepted($"/v1/runs/{run.Id}", run.ToView([]));

    public static void MapSandbox(this IEndpointRouteBuilder v1)
    {
        var clock = v1.For("/sandbox/clock", "Sandbox", ApiScope.Admin);
        clock.MapGet("", (SandboxTravel travel) => travel.Read()).Named("getClock", "Reads the sandbox's clock");
        clock.MapPost("/advance", (Client.Contract.ClockAdvance advance, SandboxTravel travel, Door door) => travel.AdvanceAsync(advance, door.Actor))
            .OutsideTransaction().Named("advanceClock", "Moves the sandbox's clock ahead, billing on the way whatever becomes due");
    }
}
