using Billing.Server.Http;
using Billing.Server.Persistence;
using Microsoft.AspNetCore.Mvc;

namespace Billing.Server.Payments;

internal static class PaymentEndpoints
{
    public static void MapPayments(this IEndpointRouteBuilder v1)
    {
        var read = v1.For("/payments", "Payments", ApiScope.Read);
        read.MapGet("", ([FromQuery] Guid? customerId, [FromQuery] Guid? invoiceId, BillingDbContext db, [AsParameters] PageQuery page, CancellationToken stop) =>
                db.PaymentPageAsync(customerId, invoiceId, page, stop))
            .Named("listPayments", "Lists attempts to collect, all or one customer's or one invoice's, newest first");
        read.MapGet("/{id:guid}", (Guid id, BillingDbContext db, CancellationToken stop) => db.PaymentViewAsync(new(id), stop))
            .Named("getPayment", "Reads an attempt to collect");
    }
}
