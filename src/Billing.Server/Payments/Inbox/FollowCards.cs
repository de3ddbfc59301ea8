using Billing.Cards;
using Billing.Customers;
using Billing.Server.Cards;
using Billing.Server.Customers;
using Billing.Server.Dunning;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Payments.Inbox;

/// <summary>
/// Keeps our cards as the gateway knows them: what a network told of them is taken over and pays what is open; what is gone
/// there is charged no more. A card that somebody put in past this house is not charged: the customer chose it for something else.
/// </summary>
internal sealed class FollowCards(BillingDatabase database, IPaymentGateway gateway)
{
    /// <summary>Follows all cards of one customer.</summary>
    /// <param name="customer">Whose, where it is known.</param>
    /// <param name="token">A card of the customer's, to find out whose.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Followed> FollowAsync(CustomerId? customer, string token, Instant now, CancellationToken cancellationToken) =>
        (customer ?? await OwnerOfAsync(token, cancellationToken)) is { } owner ? await FollowAllAsync(owner, now, cancellationToken) : Followed.Agreed;

    /// <inheritdoc cref="FollowAsync(CustomerId?, string, Instant, CancellationToken)"/>
    public async Task<Followed> FollowAllAsync(CustomerId owner, Instant now, CancellationToken cancellationToken)
    {
        var seen = (await gateway.CardsAsync(owner, cancellationToken)).ToDictionary(c => c.Token, StringComparer.Ordinal);
        return await LostRaces.TryAgainAsync(() => OnceAsync(owner, seen, now, cancellationToken));
    }

    /// <summary>Keeps the card that a customer put in on the gateway's page, when the way back here got lost.</summary>
    public async Task<Followed> FinishSetupAsync(CustomerId? customer, string reference, Instant now, CancellationToken cancellationToken)
    {
        if (customer is not { } owner || !await IsOursAsync(owner, cancellationToken)) return Followed.Agreed;
        return await gateway.FinishCardSetupAsync(owner, reference, cancellationToken) is { } kept
            ? await KeepPutInAsync(owner, kept, now)
            : Followed.Agreed;
    }

    /// <summary>Keeps a card the customer put in on the gateway's page, and charges it from now on; one that is kept already stays as it is.</summary>
    public Task<Followed> KeepPutInAsync(CustomerId owner, AttachedCard kept, Instant now) =>
        LostRaces.TryAgainAsync(() => KeepAsync(owner, kept, now, CancellationToken.None));

    private async Task<CustomerId?> OwnerOfAsync(string token, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await db.Cards.Where(c => c.GatewayToken == token).Select(c => (CustomerId?)c.CustomerId).FirstOrDefaultAsync(cancellationToken);
    }

    private async Task<bool> IsOursAsync(CustomerId customer, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await db.Customers.AnyAsync(c => c.Id == customer, cancellationToken);
    }

    private async Task<Followed> OnceAsync(CustomerId owner, Dictionary<string, AttachedCard> seen, Instant now, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        if (await db.Customers.SingleOrDefaultAsync(c => c.Id == owner, cancellationToken) is not { } customer) return Followed.Agreed;
        var cards = await db.Cards.Where(c => c.CustomerId == owner && c.DetachedAt == null).ToListAsync(cancellationToken);

        var changed = false;
        foreach (var card in cards) changed |= await FollowAsync(db, customer, card, seen.GetValueOrDefault(card.GatewayToken), now, cancellationToken);
        if (!changed) return Followed.Agreed;

        // A card has no version of its own: of two that hear the same at once, one fails on the customer's and looks again.
        db.Entry(customer).Property(c => c.Version).IsModified = true;
        await db.SaveChangesAsync(cancellationToken);
        return Followed.Healed;
    }

    private static async Task<bool> FollowAsync(
        BillingDbContext db, Customer customer, Card card, AttachedCard? seen, Instant now, CancellationToken cancellationToken)
    {
        if (seen is null)
        {
            db.Record(card.Detach(customer.Today(now), now)!, Actors.Gateway, now);
            customer.LoseCard(card.Id);
            return true;
        }

        return await CardNews.TakeAsync(db, card, customer, seen, Actors.Gateway, now, cancellationToken);
    }

    private async Task<Followed> KeepAsync(CustomerId owner, AttachedCard kept, Instant now, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        if (await db.Cards.AnyAsync(c => c.CustomerId == owner && c.GatewayToken == kept.Token, cancellationToken)) return Followed.Agreed;
        var customer = await db.Customers.SingleAsync(c => c.Id == owner, cancellationToken);
        var card = Card.Keep(
            new(NewId.At(now)), owner, kept.Token, kept.Fingerprint, kept.Brand, kept.LastFour, kept.ExpiryMonth, kept.ExpiryYear, now, kept.Country);
        db.Cards.Add(card);
        db.Record(new CardAdded(owner, customer.Today(now), card.Id, card.Brand, card.LastFour), Actors.Customer, now);
        db.Record(customer.UseCard(card.Id, now), Actors.Customer, now);
        await db.PlanCollectionAsync(owner, card.Id, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return Followed.Healed;
    }
}
