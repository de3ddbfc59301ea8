using Billing.Cards;
using Billing.Customers;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Dunning;

/// <summary>How watches begin, and what our own history says about how long to be quiet.</summary>
internal static class WatchDesk
{
    /// <summary>What all our watches say about healing: those that are over by their days, those that go on by how long so far.</summary>
    public static async Task<IReadOnlyList<SeenCards>> SeenCardsAsync(this BillingDbContext db, Instant now, CancellationToken cancellationToken)
    {
        var over = await db.CardWatches.Where(w => w.SeenDays != null)
            .GroupBy(w => new { w.Country, w.Brand, w.SeenDays, w.HealedByItself })
            .Select(g => new { g.Key, Cards = g.Count() }).ToListAsync(cancellationToken);
        // All cards of a month expire on one day, so these groups are few however many the cards.
        var quiet = await db.CardWatches.Where(w => w.SeenDays == null)
            .GroupBy(w => new { w.Country, w.Brand, w.ExpiredOn })
            .Select(g => new { g.Key, Cards = g.Count() }).ToListAsync(cancellationToken);
        var today = now.InUtc().Date;
        return
        [
            .. over.Select(g => new SeenCards(g.Key.Country, g.Key.Brand, g.Key.SeenDays!.Value, g.Key.HealedByItself, g.Cards)),
            .. quiet.Select(g => new SeenCards(
                g.Key.Country, g.Key.Brand, Math.Max(0, Period.DaysBetween(g.Key.ExpiredOn, today)), Healed: false, g.Cards)),
        ];
    }

    /// <summary>Begins to watch a card that expired, or goes on with the watch there is.</summary>
    public static async Task<CardWatch> WatchAsync(
        this BillingDbContext db, Card card, Customer customer, QuietTerms terms, string actor, Instant now, CancellationToken cancellationToken)
    {
        if (await db.OpenWatchAsync(card.Id, cancellationToken) is { } watch) return watch;
        return db.Watch(card, customer, await db.SeenCardsAsync(now, cancellationToken), terms, actor, now);
    }

    /// <summary>Begins to watch a card that expired.</summary>
    public static CardWatch Watch(
        this BillingDbContext db, Card card, Customer customer, IReadOnlyList<SeenCards> seen, QuietTerms terms, string actor, Instant now)
    {
        var country = card.Country ?? customer.Country;
        var watch = CardWatch.Begin(
            new(NewId.At(now)), card, country, QuietTime.Choose(country, card.Brand, seen, terms), terms, customer.Today(now), now);
        db.CardWatches.Add(watch);
        db.Record(new CardWatchBegan(customer.Id, customer.Today(now), card.Id, watch.ExpiredOn, watch.QuietDays), actor, now);
        return watch;
    }
}
