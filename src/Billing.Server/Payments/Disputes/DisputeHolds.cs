using Billing.Invoicing;
using Billing.Server.Persistence;

namespace Billing.Server.Payments.Disputes;

/// <summary>Who is left alone because of a dispute.</summary>
internal static class DisputeHolds
{
    /// <summary>Invoices of customers none of whose disputes holds their billing; what was planned for the others waits.</summary>
    public static IQueryable<Invoice> WithoutHold(this IQueryable<Invoice> invoices, BillingDbContext db) =>
        invoices.Where(i => !db.Disputes.Any(d => d.CustomerId == i.CustomerId && d.Holds));
}
