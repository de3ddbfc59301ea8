using Billing.Cards;
using Billing.Client.Contract;
using Billing.Customers;
using Billing.Dunning;
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
        card.Id == customer.DefaultCardId, card.AddedAt.Iso());

    public static async Task<Page<CardView>> CardPageAsync(
        this BillingDbContext db, Guid customerId, PageQuery page, CancellationToken cancellationToken)
    {
        var customer = await db.Customers.AsNoTracking().WithIdAsync(customerId, cancellationToken);
        return await db.Cards.Where(c => c.CustomerId == customer.Id)
            .ToPageAsync(c => c.Id, CardId.From, page, c => c.ToView(customer), cancellationToken);
    }

    /// <summary>
    /// A new card pays what is open: the next run tries it on every open invoice. On a day the customer chose it waits for that
    /// day, and who is parked is charged nothing before they come back.
    /// </summary>
    public static async Task PlanCollectionAsync(this BillingDbContext db, CustomerId customer, Instant now, CancellationToken cancellationToken)
    {
        await db.ReplacedAsync(customer, now, cancellationToken);
        var it = await db.LiveCaseAsync(customer, cancellationToken);
        if (it is { PromisedOn: not null } or { State: CaseState.Parked }) return;
        foreach (var invoice in await db.OwedAsync(customer, cancellationToken)) invoice.PlanAttempt(now);
        it?.Plan(new(DunningStep.Retry, now, it.Rung, "There is another card: what is open is tried at once."));
    }

    /// <summary>The customer's other cards are watched no more.</summary>
    private static async Task ReplacedAsync(this BillingDbContext db, CustomerId id, Instant now, CancellationToken cancellationToken)
    {
        var customer = await db.Customers.SingleAsync(c => c.Id == id, cancellationToken);
        var watches = await db.CardWatches
            .Where(w => w.CustomerId == id && (w.State == WatchState.Quiet || w.State == WatchState.Asked)).ToListAsync(cancellationToken);
        foreach (var watch in watches.Where(w => w.CardId != customer.DefaultCardId))
        {
            if (watch.End(WatchEvidence.CardPutIn, customer.Today(now)) is { } over) db.Record(over, Actors.Customer, now);
        }
    }
}
