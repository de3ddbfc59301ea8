using Billing.Server.Customers;
using Billing.Server.Http;
using Billing.Server.Pages.Office.Acts;
using Billing.Server.Pages.SignIn;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using Billing.Server.Staff;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Billing.Server.Pages.Office.Customers;

internal static class CustomerRoutes
{
    public static void MapCustomerPages(this IEndpointRouteBuilder office)
    {
        var group = office.MapGroup("/customers").RequireAuthorization(OfficeDoor.Policy(StaffRole.Support));
        group.MapGet("", async (string? q, string? cursor, Desk desk, BillingDbContext db, CancellationToken stop) =>
            new RazorComponentResult<CustomersList>(new { Desk = desk, Page = await CustomersPage.ReadAsync(db, Clean(q), cursor, stop) }));
        group.MapGet("/{id:guid}", async (Guid id, string? cursor, string? done, Desk desk, BillingDbContext db, IPaymentGateway gateway, CancellationToken stop) =>
            new RazorComponentResult<CustomerHome>(new
            {
                Desk = desk, File = await CustomerFile.ReadAsync(db, gateway, id, cursor, desk.Now, stop), Said = Said(done, desk.T),
            }));
        group.MapPost("/{id:guid}/portal-link", LinkAsync);
    }

    private static async Task<IResult> LinkAsync(
        Guid id, HttpRequest request, Desk desk, BillingDbContext db, IMediator send, Door door, CancellationToken cancellationToken)
    {
        var customer = await db.CustomerViewAsync(id, cancellationToken);
        door.Form = new(NewId.At(desk.Now), new(id), null);
        var link = await send.Send(new MakePortalLink(id, $"{request.Scheme}://{request.Host}"), cancellationToken);
        return new RazorComponentResult<PortalLinkMade>(new { Desk = desk, Customer = customer, Link = link.Url });
    }

    private static string? Said(string? done, Tongue t) => done == "refund"
        ? t["Done: the money is on its way back.", "হয়ে গেছে: টাকা ফেরত যাচ্ছে।"]
        : CustomerActs.All.FirstOrDefault(a => a.Code == done) is { } act
        ? t[$"Done: {act.Title(t)}.", $"হয়ে গেছে: {act.Title(t)}।"]
        : null;

    private static string? Clean(string? text) => text?.Replace("\0", "", StringComparison.Ordinal);
}
