using Billing.Dunning;
using Billing.Invoicing;
using Billing.Payments;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Payments.Disputes;

/// <summary>Who is left alone because of a dispute.</summary>
internal static class DisputeHolds
{
    /// <summary>Invoices of customers none of whose disputes holds their billing; what was planned for the others waits.</summary>
    public static IQueryable<Invoice> WithoutHold(this IQueryable<Invoice> invoices, BillingDbContext db) =>
        invoices.Where(i => !db.Disputes.Any(d => d.CustomerId == i.CustomerId && d.Holds));

    /// <summary>Cases of customers none of whose disputes holds their billing; nobody is asked for money while the bank asks for it back.</summary>
    public static IQueryable<DunningCase> WithoutHold(this IQueryable<DunningCase> cases, BillingDbContext db) =>
        cases.Where(c => !db.Disputes.Any(d => d.CustomerId == c.CustomerId && d.Holds));

    /// <summary>Refunds that may be sent or asked about; one that was never sent waits while a dispute holds its customer's billing.</summary>
    public static IQueryable<Refund> WithoutHold(this IQueryable<Refund> refunds, BillingDbContext db) =>
        refunds.Where(r => r.SentAt != null || !db.Disputes.Any(d => d.CustomerId == r.CustomerId && d.Holds));

    /// <summary>Nothing is sent back while the customer's bank is asking for it too: it would be paid twice.</summary>
    /// <exception cref="Refused"><c>payment_disputed</c>.</exception>
    public static async Task MustNotBeDisputedAsync(this BillingDbContext db, CustomerId customer, CancellationToken cancellationToken)
    {
        if (await db.Disputes.AnyAsync(d => d.CustomerId == customer && d.Holds, cancellationToken))
            throw new Refused("payment_disputed", "This customer's bank asks for a payment back; nothing is sent back until that is settled.");
    }
}
