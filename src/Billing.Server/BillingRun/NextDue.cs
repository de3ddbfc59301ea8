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
            await db.Cards.MinAsync(c => c.DateLookAt, cancellationToken),
            await db.CardWatches.MinAsync(w => w.NextLookAt, cancellationToken),
            await db.DunningCases.MinAsync(c => c.NextAt, cancellationToken),
            await db.Notices.MinAsync(n => n.DueAt, cancellationToken),
            await db.PaymentAttempts.MinAsync(a => a.AskAgainAt, cancellationToken),
            await db.Refunds.MinAsync(r => r.AskAgainAt, cancellationToken),
        ];
        return due.Min();
    }

    /// <summary>When the next notice is looked at, after this moment.</summary>
    public static Task<Instant?> SoonestNoticeAsync(this BillingDbContext db, Instant after, CancellationToken cancellationToken) =>
        db.Notices.Where(n => n.DueAt > after).MinAsync(n => n.DueAt, cancellationToken);
}
