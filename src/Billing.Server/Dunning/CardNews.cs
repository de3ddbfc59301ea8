using Billing.Cards;
using Billing.Customers;
using Billing.Server.Cards;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using NodaTime;

namespace Billing.Server.Dunning;

/// <summary>What the networks tell of cards we know: by asking, or because the gateway sent word.</summary>
internal sealed class CardNews(IPaymentGateway gateway)
{
    /// <summary>Asks the gateway what it knows of a card now, and takes the news in. No transaction is open meanwhile.</summary>
    public async Task AskAsync(BillingDbContext db, Card card, Customer customer, string actor, Instant now, CancellationToken cancellationToken)
    {
        var known = await gateway.CardsAsync(customer.Id, cancellationToken);
        if (known.FirstOrDefault(c => c.Token == card.GatewayToken) is { } told)
            _ = await TakeAsync(db, card, customer, told, actor, now, cancellationToken);
    }

    /// <summary>Takes in what is told of a card: a new date ends its watch, and what is open is paid with it at once.</summary>
    /// <returns>Whether there was any.</returns>
    public static async Task<bool> TakeAsync(
        BillingDbContext db, Card card, Customer customer, AttachedCard told, string actor, Instant now, CancellationToken cancellationToken)
    {
        var today = customer.Today(now);
        if (card.Renew(told.Fingerprint, told.Brand, told.LastFour, told.ExpiryMonth, told.ExpiryYear, today) is not { } renewed) return false;
        db.Record(renewed, actor, now);
        if (card.HasExpired(today)) return true;
        if ((await db.OpenWatchAsync(card.Id, cancellationToken))?.End(WatchEvidence.NetworkUpdate, today) is { } healed) db.Record(healed, actor, now);
        if (customer.DefaultCardId == card.Id) await db.PlanCollectionAsync(customer.Id, card.Id, now, cancellationToken);
        return true;
    }
}
