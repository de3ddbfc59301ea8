using Billing.Cards;
using Billing.Client.Contract;
using Billing.Customers;
using Billing.Invoicing;
using Billing.Payments;
using Billing.Server.Customers;
using Billing.Server.Http;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Cards;

internal static class CardViews
{
    /// <summary>The card as the API shows it; what it is charged by stays here.</summary>
    public static CardView ToView(this Card card, Customer customer) => new(
        card.Id.Value, card.CustomerId.Value, card.Brand, card.LastFour, card.ExpiryMonth, card.ExpiryYear,
        card.Id == customer.DefaultCardId, card.AddedAt.Iso(),
        card.Id == customer.BackupCardId ? new(customer.BackupAgreedBy!, customer.BackupAgreedAt!.Value.Iso()) : null);

    public static async Task<Page<CardView>> CardPageAsync(
        this BillingDbContext db, Guid customerId, PageQuery page, CancellationToken cancellationToken)
    {
        var customer = await db.Customers.AsNoTracking().WithIdAsync(customerId, cancellationToken);
        return await db.Cards.Where(c => c.CustomerId == customer.Id && c.DetachedAt == null)
            .ToPageAsync(c => c.Id, CardId.From, page, c => c.ToView(customer), cancellationToken);
    }

    /// <summary>
    /// A new card pays what is open: the next run tries it on every open invoice, and gives up what was to be confirmed on another.
    /// </summary>
    public static async Task PlanCollectionAsync(
        this BillingDbContext db, CustomerId customer, CardId card, Instant now, CancellationToken cancellationToken)
    {
        var open = await db.Invoices.Where(i => i.CustomerId == customer && i.Status == InvoiceStatus.Open).ToListAsync(cancellationToken);
        foreach (var invoice in open) invoice.TryUsualCard(now);
        var waiting = await db.PaymentAttempts
            .Where(a => a.CustomerId == customer && a.State == AttemptState.ActionRequired && a.CardId != card).ToListAsync(cancellationToken);
        foreach (var attempt in waiting) attempt.LetGo(now);
    }
}
