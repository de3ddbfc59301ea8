using Billing.Server.Customers;
using Billing.Server.Dunning;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.BillingRun;

/// <summary>
/// Finds the cards whose last valid day is over where their customer lives, and begins to watch those that are charged. No
/// gateway sends word of a date that passes, and nobody is written to because one did.
/// </summary>
internal sealed class FindExpiredCards(BillingDatabase database, DunningPolicies policies) : Pass(database)
{
    public override string Name => "expired cards";

    public override async Task DoAsync(IReadOnlyList<Guid> ids, Instant now, CancellationToken cancellationToken)
    {
        var terms = (await policies.CurrentAsync(cancellationToken)).Quiet;
        await using var db = Database.Open();
        var wanted = ids.Select(CardId.From).ToList();
        var due = await db.Cards.Where(c => wanted.Contains(c.Id) && c.DateLookAt <= now)
            .Join(db.Customers, c => c.CustomerId, c => c.Id, (card, customer) => new { card, customer }).ToListAsync(cancellationToken);
        var seen = await db.SeenCardsAsync(now, cancellationToken);
        foreach (var row in due)
        {
            row.card.DateLooked(row.customer.Today(now), row.customer.Zone);
            if (row.card.DateLookAt is not null || row.customer.DefaultCardId != row.card.Id) continue;
            if (await db.OpenWatchAsync(row.card.Id, cancellationToken) is null) db.Watch(row.card, row.customer, seen, terms, Actors.Run, now);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    protected override IQueryable<Guid> Due(BillingDbContext db, Instant now) => db.Cards
        .Where(c => c.DateLookAt <= now)
        .Where(c => !db.SetAside.Any(a => a.Pass == "expired cards" && a.SubjectId == (Guid)(object)c.Id && a.RetryAt > now))
        .OrderBy(c => c.DateLookAt).ThenBy(c => c.Id)
        .Select(c => (Guid)(object)c.Id);
}

/// <summary>
/// Asks the gateway for news of the cards being watched: what the network told of a new date or number. A card that is renewed
/// pays what is open at once, for this pass comes before collecting.
/// </summary>
internal sealed class WatchCards(BillingDatabase database, CardNews news) : Pass(database)
{
    public override int BatchSize => 50;

    public override string Name => "card news";

    public override async Task DoAsync(IReadOnlyList<Guid> ids, Instant now, CancellationToken cancellationToken)
    {
        await using var db = Database.Open();
        var wanted = ids.Select(CardWatchId.From).ToList();
        var due = await db.CardWatches.Where(w => wanted.Contains(w.Id) && w.NextLookAt <= now)
            .Join(db.Cards, w => w.CardId, c => c.Id, (watch, card) => new { watch, card })
            .Join(db.Customers, r => r.watch.CustomerId, c => c.Id, (r, customer) => new { r.watch, r.card, customer })
            .ToListAsync(cancellationToken);
        foreach (var row in due)
        {
            row.watch.LookedInVain(row.customer.Today(now), now);
            await news.AskAsync(db, row.card, row.customer, Actors.Run, now, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    protected override IQueryable<Guid> Due(BillingDbContext db, Instant now) => db.CardWatches
        .Where(w => w.NextLookAt <= now)
        .Where(w => !db.SetAside.Any(a => a.Pass == "card news" && a.SubjectId == (Guid)(object)w.Id && a.RetryAt > now))
        .OrderBy(w => w.NextLookAt).ThenBy(w => w.Id)
        .Select(w => (Guid)(object)w.Id);
}
