using Billing.Cards;
using Billing.Client.Contract;
using Billing.Customers;
using Billing.Dunning;
using Billing.Payments;
using Billing.Server.Customers;
using Billing.Server.Dunning;
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
    /// On a day the customer chose it waits for that day, and who is parked is charged nothing before they come back.
    /// </summary>
    public static async Task PlanCollectionAsync(
        this BillingDbContext db, CustomerId customer, CardId card, Instant now, CancellationToken cancellationToken)
    {
        await db.ReplacedAsync(customer, card, now, cancellationToken);
        var it = await db.LiveCaseAsync(customer, cancellationToken);
        if (it is { PromisedOn: not null } or { State: CaseState.Parked }) return;
        foreach (var invoice in await db.OwedAsync(customer, cancellationToken)) invoice.TryUsualCard(now);
        it?.Plan(new(DunningStep.Retry, now, it.Rung, "There is another card: what is open is tried at once."));
        var waiting = await db.PaymentAttempts
            .Where(a => a.CustomerId == customer && a.State == AttemptState.ActionRequired && a.CardId != card).ToListAsync(cancellationToken);
        foreach (var attempt in waiting) attempt.LetGo(now);
    }

    /// <summary>The customer's other cards are watched no more.</summary>
    private static async Task ReplacedAsync(
        this BillingDbContext db, CustomerId id, CardId card, Instant now, CancellationToken cancellationToken)
    {
        var watches = await db.CardWatches
            .Where(w => w.CustomerId == id && (w.State == WatchState.Quiet || w.State == WatchState.Asked)).ToListAsync(cancellationToken);
        if (watches.Count == 0) return;
        var today = (await db.Customers.SingleAsync(c => c.Id == id, cancellationToken)).Today(now);
        foreach (var watch in watches.Where(w => w.CardId != card))
        {
            if (watch.End(WatchEvidence.CardPutIn, today) is { } over) db.Record(over, Actors.Customer, now);
        }
    }
}
