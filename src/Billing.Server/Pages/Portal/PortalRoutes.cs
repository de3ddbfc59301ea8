using Billing.Server.BillingRun;
using Billing.Server.Pages.Language;
using Billing.Server.Pages.SignIn;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Billing.Server.Pages.Portal;

/// <summary>A customer's own pages.</summary>
internal static class PortalRoutes
{
    private const string Home = "/portal";

    public static void MapPortal(this IEndpointRouteBuilder pages)
    {
        var portal = pages.MapGroup(Home).RequireAuthorization(Sessions.Portal);
        portal.MapGet("/", HomeAsync);
        portal.MapGet("/invoices/{id:guid}", InvoiceAsync);
        portal.MapGet("/{**elsewhere}", (HttpContext http) => Messages.NotThere(Words.For(http), Home));
    }

    private static async Task<IResult> HomeAsync(
        HttpContext http, BillingDbContext db, IPaymentGateway gateway, BillingClock clock, CancellationToken cancellationToken)
    {
        var page = await CustomerPage.ReadAsync(db, gateway, Sessions.CustomerOf(http.User), clock.GetCurrentInstant(), cancellationToken);
        return page is null
            ? Messages.NotThere(Words.For(http), Home)
            : new RazorComponentResult<PortalHome>(new { Page = page, Words = Words.Of(page.Customer.Locale) });
    }

    private static async Task<IResult> InvoiceAsync(Guid id, HttpContext http, BillingDbContext db, CancellationToken cancellationToken)
    {
        var page = await InvoicePage.ReadAsync(db, Sessions.CustomerOf(http.User), new(id), cancellationToken);
        return page is null
            ? Messages.NotThere(Words.For(http), Home)
            : new RazorComponentResult<PrintableInvoice>(new { Page = page, Words = Words.Of(page.Customer.Locale) });
    }
}
