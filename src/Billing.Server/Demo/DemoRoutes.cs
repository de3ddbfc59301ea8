using System.Net;
using Billing.Server.BillingRun;
using Billing.Server.Pages;
using Billing.Server.Pages.Language;
using Billing.Server.Pages.SignIn;
using Billing.Server.Persistence;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Demo;

/// <summary>Where to click. Only for whoever sits at this machine: these buttons let anybody in.</summary>
internal static class DemoRoutes
{
    public static void MapDemo(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/", Front);
        var demo = pages.MapGroup("/demo").AddEndpointFilter(async (context, next) =>
            IsAtThisMachine(context.HttpContext) ? await next(context) : Messages.NotThere(Words.For(context.HttpContext), "/"));
        demo.MapPost("/portal", ToPortalAsync);
        demo.MapPost("/office", ToOfficeAsync);
    }

    private static IResult Front(HttpContext http, DemoProgress progress) => IsAtThisMachine(http)
        ? new RazorComponentResult<DemoPage>(new
        {
            progress.Phase,
            Day = progress.Day is { } day ? Formats.English.Date(day) : null,
            progress.Percent,
            progress.Key,
            progress.Trouble,
        })
        : new RazorComponentResult<Front>(new { Words = Words.For(http) });

    private static async Task<IResult> ToPortalAsync(
        [FromForm] string customer, BillingDbContext db, BillingClock clock, CancellationToken cancellationToken)
    {
        var id = await db.Customers.Where(c => c.ExternalId == customer).Select(c => (CustomerId?)c.Id).SingleOrDefaultAsync(cancellationToken);
        if (id is null) return Messages.NotThere(Words.English, "/");

        var path = SignInLinks.NewToPortal(db, id.Value, clock.WallNow);
        await db.SaveChangesAsync(cancellationToken);
        return new SeeOther(path);
    }

    private static async Task<IResult> ToOfficeAsync(BillingDbContext db, BillingClock clock, CancellationToken cancellationToken)
    {
        var path = SignInLinks.NewToOffice(db, "founder", clock.WallNow);
        await db.SaveChangesAsync(cancellationToken);
        return new SeeOther(path);
    }

    /// <summary>The host is looked at too: a page elsewhere that points its own name here is not sitting at this machine.</summary>
    internal static bool IsAtThisMachine(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && http.Request.Host.Host is "localhost" or "127.0.0.1" or "[::1]";
}
