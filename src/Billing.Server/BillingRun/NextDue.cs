using Billing.Invoicing;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.BillingRun;

internal static class NextDue
{
    /// <summary>When the run has something to do next; <see langword="null"/> when nothing is planned at all.</summary>
    public static async Task<Instant?> NextDueAsync(this BillingDbContext db, CancellationToken cancellationToken)
    {
        Instant?[] due =
        [
            await db.Breaks.MinAsync(b => b.NextStepAt, cancellationToken),
            await db.Subscriptions.MinAsync(s => s.NextBillingAt, cancellationToken),
            await db.Invoices.Where(i => i.Status == InvoiceStatus.Open).MinAsync(i => i.NextAttemptAt, cancellationToken),
            await db.PaymentAttempts.MinAsync(a => a.AskAgainAt, cancellationToken),
            await db.Refunds.MinAsync(r => r.AskAgainAt, cancellationToken),
        ];
        return due.Min();
    }
}
