using Billing.Periods;
using Billing.Server.BillingRun;
using Billing.Server.Customers;
using Billing.Server.Http;
using Billing.Server.Pages.Language;
using Billing.Server.Pages.SignIn;
using Billing.Server.Persistence;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Billing.Server.Pages.Office;

/// <summary>The pages of finance and support.</summary>
internal static class OfficeRoutes
{
    private const string Home = "/office";

    public static void MapOffice(this IEndpointRouteBuilder pages)
    {
        var office = pages.MapGroup(Home).RequireAuthorization(Sessions.Office);
        office.MapGet("/", HomeAsync);
        office.MapPost("/retry", RetryAsync);
        GatewayNews.Map(office);
        office.MapGet("/{**elsewhere}", () => Messages.NotThere(Words.English, Home));
    }

    private static async Task<IResult> HomeAsync(
        string? currency, HttpContext http, BillingDbContext db, BillingClock clock, IConfiguration configuration,
        CancellationToken cancellationToken)
    {
        var zone = CustomerZone.Of(configuration["Billing:Merchant:TimeZone"] ?? "UTC");
        var page = await OfficePage.ReadAsync(db, currency, zone, clock.GetCurrentInstant(), cancellationToken);
        return new RazorComponentResult<OfficeHome>(new { Page = page, Name = http.User.Identity!.Name });
    }

    private static async Task<IResult> RetryAsync(
        [FromForm] string pass, [FromForm] Guid subject, HttpContext http, IMediator mediator, Door door, CancellationToken cancellationToken)
    {
        door.Actor = Actors.Staff(http.User.Identity!.Name!);
        try
        {
            await mediator.Send(new RetrySetAside(pass, subject), cancellationToken);
        }
        catch (Refused gone) when (gone.Code == Http.NotFound.Code)
        {
            // A run did it meanwhile: just what was asked for.
        }

        return new SeeOther($"{Home}#set-aside");
    }
}
