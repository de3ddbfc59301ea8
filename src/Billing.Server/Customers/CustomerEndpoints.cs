using Billing.Client.Contract;
using Billing.Server.Http;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Billing.Server.Customers;

internal static class CustomerEndpoints
{
    public static void MapCustomers(this IEndpointRouteBuilder v1)
    {
        var read = v1.For("/customers", "Customers", ApiScope.Read);
        read.MapGet("", ([FromQuery] string? externalId, BillingDbContext db, [AsParameters] PageQuery page, CancellationToken stop) =>
                db.CustomerPageAsync(externalId, page, stop))
            .Named("listCustomers", "Lists customers, newest first; by externalId there is at most one");
        read.MapGet("/{id:guid}", (Guid id, BillingDbContext db, CancellationToken stop) => db.CustomerViewAsync(id, stop))
            .Named("getCustomer", "Reads a customer");
        read.MapGet("/{id:guid}/history", (Guid id, BillingDbContext db, [AsParameters] PageQuery page, CancellationToken stop) =>
                db.HistoryPageAsync(id, page, stop))
            .Named("listHistory", "Lists what happened to a customer, newest first");

        read.MapGet("/{id:guid}/outlook", (Guid id, BillingDbContext db, IPaymentGateway gateway, Door door, CancellationToken stop) =>
                db.OutlookAsync(id, gateway, door.Now, stop))
            .Named("getOutlook", "Reads what will happen to a customer by itself in twelve months, and how to stop it");
        read.MapGet("/{id:guid}/entitlement", async (Guid id, HttpContext http, BillingDbContext db, Door door, CancellationToken stop) =>
                ReadEntitlement.Cached(http, await db.EntitlementAsync(id, door.Now, stop)))
            .Produces<EntitlementView>().Produces(StatusCodes.Status304NotModified)
            .Named("getEntitlement", "Reads what a customer may use now, and until when that is certain");

        var write = v1.For("/customers", "Customers", ApiScope.Write);
        write.MapPost("", async (NewCustomer customer, IMediator send, CancellationToken stop) =>
                Routes.Made("/v1/customers/", await send.Send(new AddCustomer(customer), stop), c => c.Id))
            .Named("addCustomer", "Adds a customer");
        write.MapPut("/{id:guid}", (Guid id, CustomerChange change, IMediator send, CancellationToken stop) =>
                send.Send(new ChangeCustomer(id, change), stop))
            .Named("changeCustomer", "Replaces what may change of a customer");
        write.MapPost("/{id:guid}/credits", (Guid id, NewCredit credit, IMediator send, CancellationToken stop) =>
                send.Send(new GrantCredit(id, credit), stop))
            .Named("grantCredit", "Grants credit that the next invoices use up");

        v1.For("/customers", "Customers", ApiScope.Portal)
            .MapPost("/{id:guid}/portal-links", async (Guid id, HttpRequest request, IMediator send, CancellationToken stop) =>
                TypedResults.Created((string?)null, await send.Send(new MakePortalLink(id, $"{request.Scheme}://{request.Host}"), stop)))
            .WithSecret().Named("makePortalLink", "Makes a link that signs this one customer in, once");
    }
}
