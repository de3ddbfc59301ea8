using Billing.Server.Http;
using Billing.Server.Pages.Language;
using Billing.Server.Pages.Leaving;
using Billing.Server.Pages.Portal.Breaks;
using Billing.Server.Pages.Portal.Cards;
using Billing.Server.Pages.Portal.Changes;
using Billing.Server.Pages.Portal.Settings;
using Billing.Server.Pages.SignIn;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Billing.Server.Pages.Portal;

/// <summary>A customer's own pages.</summary>
internal static class PortalRoutes
{
    public const string Home = "/portal";

    public static void MapPortal(this IEndpointRouteBuilder pages)
    {
        var portal = pages.MapGroup(Home).RequireAuthorization(Sessions.Portal).AddEndpointFilter(Visitor.GuardAsync);
        portal.MapGet("/", HomeAsync);
        portal.MapInvoices();
        portal.MapCards();
        portal.MapDays();
        portal.MapSettings();

        var subscription = portal.MapGroup("/subscriptions/{id:guid}").AddEndpointFilter(Visitor.OwnsAsync);
        subscription.MapBreaks();
        subscription.MapChanges();
        subscription.MapComeBack();
        portal.MapLeaving(subscription);
        portal.MapGet("/{**elsewhere}", (HttpContext http) => Messages.NotThere(Words.For(http), Home));
    }

    private static async Task<IResult> HomeAsync(
        HttpContext http, BillingDbContext db, IPaymentGateway gateway, Visitor visitor, Door door, CancellationToken cancellationToken)
    {
        var page = await CustomerPage.ReadAsync(db, gateway, visitor.Customer, door.Now, cancellationToken);
        var done = Done.Take(http);
        return new RazorComponentResult<PortalHome>(new { Page = page, visitor.Words, Done = done, Thanks = http.Request.Query.ContainsKey("thanks") });
    }
}
