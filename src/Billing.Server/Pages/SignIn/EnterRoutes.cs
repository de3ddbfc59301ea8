using Billing.Server.BillingRun;
using Billing.Server.Http;
using Billing.Server.Pages.Language;
using Billing.Server.Persistence;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Billing.Server.Pages.SignIn;

/// <summary>The way in and out of both doors.</summary>
internal static class EnterRoutes
{
    public static void MapEnter(this IEndpointRouteBuilder pages)
    {
        foreach (var door in Enum.GetValues<SignInDoor>())
        {
            var group = pages.MapGroup(PathOf(door));
            group.MapGet("/enter", (string? token, HttpContext http, BillingDbContext db, BillingClock clock, CancellationToken cancellationToken) =>
                AskAsync(door, token, http, db, clock, cancellationToken));
            group.MapPost("/enter", ([FromForm] string? token, HttpContext http, BillingDbContext db, BillingClock clock, CancellationToken cancellationToken) =>
                EnterAsync(door, token, http, db, clock, cancellationToken));
            // The form was handed out to somebody signed in, so it is taken back from the same.
            group.MapPost("/leave", (HttpContext http, BillingDbContext db, BillingClock clock, CancellationToken stop) => LeaveAsync(door, http, db, clock, stop)).RequireAuthorization(SchemeOf(door));
        }
    }

    private static async Task<IResult> AskAsync(
        SignInDoor door, string? token, HttpContext http, BillingDbContext db, BillingClock clock, CancellationToken cancellationToken)
    {
        if (!await SignInLinks.OpensAsync(db, door, token, clock.WallNow, cancellationToken)) return Messages.LinkUsed(http, door == SignInDoor.Portal);
        return new RazorComponentResult<Enter>(new { Words = Words.For(http), Door = door, Token = token });
    }

    private static async Task<IResult> EnterAsync(
        SignInDoor door, string? token, HttpContext http, BillingDbContext db, BillingClock clock, CancellationToken cancellationToken)
    {
        var link = await SignInLinks.UseAsync(db, door, token, clock.WallNow, cancellationToken);
        if (link is null) return Messages.LinkUsed(http, door == SignInDoor.Portal);

        if (door == SignInDoor.Office) await OfficeDoor.BeginAsync(http, db, link, clock.WallNow, cancellationToken);
        else await Sessions.BeginAsync(http, link);
        return new SeeOther(PathOf(door));
    }

    private static async Task<IResult> LeaveAsync(
        SignInDoor door, HttpContext http, BillingDbContext db, BillingClock clock, CancellationToken cancellationToken)
    {
        if (door == SignInDoor.Office) await OfficeDoor.EndAsync(http.User, db, clock.WallNow, cancellationToken);
        await http.SignOutAsync(SchemeOf(door));
        return Messages.Goodbye(http);
    }

    private static string SchemeOf(SignInDoor door) => door switch { SignInDoor.Portal => Sessions.Portal, SignInDoor.Office => Sessions.Office };

    private static string PathOf(SignInDoor door) => door switch { SignInDoor.Portal => "/portal", SignInDoor.Office => "/office" };
}
