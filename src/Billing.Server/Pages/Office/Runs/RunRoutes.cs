using Billing.Server.BillingRun;
using Billing.Server.Http;
using Billing.Server.Pages.SignIn;
using Billing.Server.Persistence;
using Billing.Server.Staff;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Pages.Office.Runs;

/// <summary>The newest runs, and what they set aside.</summary>
public sealed record RunsPage(IReadOnlyList<RunOnPage> Runs, IReadOnlyList<SetAsideItem> SetAside)
{
    private const int MostRuns = 12, MostSetAside = 100;

    public static async Task<RunsPage> ReadAsync(BillingDbContext db, CancellationToken cancellationToken) => new(
        await RunOnPage.NewestAsync(db, MostRuns, cancellationToken),
        await db.SetAside.AsNoTracking().OrderBy(a => a.RetryAt).Take(MostSetAside).ToListAsync(cancellationToken));
}

internal static class RunRoutes
{
    private const string Home = "/office/runs";

    public static void MapRunPages(this IEndpointRouteBuilder office)
    {
        var group = office.MapGroup("/runs").RequireAuthorization(OfficeDoor.Policy(StaffRole.Finance));
        group.MapGet("", async (string? done, Desk desk, BillingDbContext db, CancellationToken stop) =>
            new RazorComponentResult<RunsHome>(new { Desk = desk, Page = await RunsPage.ReadAsync(db, stop), Said = Said(done, desk.T) }));
        group.MapPost("/start", StartAsync);
        group.MapPost("/retry", RetryAsync);
    }

    private static async Task<IResult> StartAsync(Desk desk, Door door, BackgroundRuns background)
    {
        try
        {
            await background.StartAsync(door.Actor);
            return new SeeOther($"{Home}?done=started");
        }
        catch (Refused busy) when (busy.Code == "run_in_progress")
        {
            // What is due is being done: just what was asked for.
            return new SeeOther($"{Home}?done=busy");
        }
    }

    private static async Task<IResult> RetryAsync(
        [FromForm] string pass, [FromForm] Guid subject, Desk desk, IMediator mediator, CancellationToken cancellationToken)
    {
        try
        {
            await mediator.Send(new RetrySetAside(pass, subject), cancellationToken);
        }
        catch (Refused gone) when (gone.Code == Http.NotFound.Code)
        {
            // A run did it meanwhile: just what was asked for.
        }

        return new SeeOther($"{Home}?done=retry");
    }

    private static string? Said(string? done, Tongue t) => done switch
    {
        "started" => t["A run has begun. Load the page again to see how far it is.", "রান শুরু হয়েছে। কতদূর হলো দেখতে পাতাটি আবার খুলুন।"],
        "busy" => t["A run was under way already.", "একটি রান আগে থেকেই চলছিল।"],
        "retry" => t["The next run takes it up again.", "পরের রান এটি আবার করবে।"],
        _ => null,
    };
}
