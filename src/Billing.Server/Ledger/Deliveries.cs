using Billing.Invoicing;
using Billing.Ledger;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Ledger;

/// <summary>Loads what is still to be delivered.</summary>
internal static class Deliveries
{
    /// <summary>What is to be delivered of one invoice.</summary>
    public static async Task<Delivery?> DeliveryOfAsync(this BillingDbContext db, Invoice invoice, CancellationToken cancellationToken)
    {
        var lines = invoice.Lines.Count > 0 ? invoice
            : await db.Invoices.AsNoTracking().Include(i => i.Lines).SingleAsync(i => i.Id == invoice.Id, cancellationToken);
        return Delivery.Of(lines, await db.DeliveryPlans.AsNoTracking().Where(p => p.InvoiceId == invoice.Id)
            .OrderByDescending(p => p.Sequence).FirstOrDefaultAsync(cancellationToken));
    }

    /// <summary>What is to be delivered of these subscriptions on a day or after it, or waits; oldest invoice first.</summary>
    public static async Task<List<Delivery>> DeliveriesAsync(
        this BillingDbContext db, IReadOnlyCollection<SubscriptionId> subscriptions, LocalDate from, CancellationToken cancellationToken)
    {
        if (subscriptions.Count == 0) return [];
        var plans = (await db.DeliveryPlans.AsNoTracking()
            .Where(p => p.SubscriptionId != null && subscriptions.Contains(p.SubscriptionId.Value) && (p.EndsOn == null || p.EndsOn > from))
            .Where(p => !db.DeliveryPlans.Any(later => later.InvoiceId == p.InvoiceId && later.Sequence > p.Sequence))
            .ToListAsync(cancellationToken)).ToDictionary(p => p.InvoiceId);
        var planned = plans.Keys.ToList();
        var invoices = await db.Invoices.AsNoTracking().Include(i => i.Lines)
            .Where(i => i.SubscriptionId != null && subscriptions.Contains(i.SubscriptionId.Value))
            .Where(i => i.Status != InvoiceStatus.Draft && i.Status != InvoiceStatus.Void)
            .Where(i => planned.Contains(i.Id) || (i.PeriodEnd > from && !db.DeliveryPlans.Any(p => p.InvoiceId == i.Id)))
            .OrderBy(i => i.Id).ToListAsync(cancellationToken);
        return [.. invoices.Select(i => Delivery.Of(i, plans.GetValueOrDefault(i.Id))).OfType<Delivery>()];
    }
}
