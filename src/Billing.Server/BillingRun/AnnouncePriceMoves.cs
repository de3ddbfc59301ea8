using Billing.Notices;
using Billing.Plans;
using Billing.Server.Customers;
using Billing.Server.Notices;
using Billing.Server.Persistence;
using Billing.Server.Plans;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.BillingRun;

/// <summary>
/// Tells everybody who pays a price that a planned move leaves behind, once. Each is told on the day this runs, and moves 30
/// days later or more, so that an outage of ours never shortens a notice.
/// </summary>
internal sealed class AnnouncePriceMoves(BillingDatabase database) : Pass(database)
{
    private static readonly string[] Changes =
        [nameof(Subscription.MovesToPriceId), nameof(Subscription.MovesToUnitAmountMinor), nameof(Subscription.MovesOn)];

    public override string Name => "announce price moves";

    public override async Task DoAsync(IReadOnlyList<Guid> ids, Instant now, CancellationToken cancellationToken)
    {
        await using var db = Database.Open();
        var wanted = ids.Select(SubscriptionId.From).ToList();
        var left = await db.LeftPrices().AsNoTracking().ToListAsync(cancellationToken);
        var moves = left.GroupBy(l => l.PriceId).ToDictionary(g => g.Key, g => g.Select(l => l.Move).MaxBy(m => m.ToVersionNumber)!);
        var found = await db.Subscriptions.AsNoTracking().NotTold().Where(s => wanted.Contains(s.Id)).ToListAsync(cancellationToken);

        var told = found.Where(s => moves.ContainsKey(s.PriceId)).Select(s => (Subscription: s, Move: moves[s.PriceId])).ToList();
        var facts = told.ConvertAll(t => t.Subscription.Announce(t.Move, now));
        var history = facts.ConvertAll(fact => HistoryEntry.Of(fact, Actors.Run, now));
        List<Notice> notices = [.. history.Zip(facts).Select(h => PlannedNotices.Of(h.First, h.Second)).OfType<Notice>()];

        await WriteAsync(db, told, history, notices, cancellationToken);
    }

    protected override async Task<IQueryable<Guid>> DueAsync(BillingDbContext db, Instant now, CancellationToken cancellationToken)
    {
        // The few prices are asked for first: by them the index finds who is left and nobody else is looked at. In one query
        // over both, PostgreSQL walks all subscriptions every time.
        var left = await db.LeftPrices().Select(l => l.PriceId).Distinct().ToListAsync(cancellationToken);
        return db.Subscriptions.NotTold()
            .Where(s => left.Contains(s.PriceId))
            .Where(s => !db.SetAside.Any(a => a.Pass == "announce price moves" && a.SubjectId == (Guid)(object)s.Id && a.RetryAt > now))
            .OrderBy(s => s.PriceId).ThenBy(s => s.Id)
            .Select(s => (Guid)(object)s.Id);
    }

    private static async Task WriteAsync(
        BillingDbContext db, List<(Subscription Subscription, PriceMove Move)> told, List<HistoryEntry> history, List<Notice> notices,
        CancellationToken cancellationToken)
    {
        var bulk = BulkWriter.For(db);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        foreach (var group in told.GroupBy(t => t.Move.Id).OrderBy(g => g.Key))
            await CountAsync(db, group.Key, group.Count(), cancellationToken);
        await bulk.UpdateAsync(told.ConvertAll(t => t.Subscription), Changes, cancellationToken);
        await bulk.InsertAsync(history, cancellationToken);
        await bulk.InsertAsync(notices, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>First, and on the move's own row: so nobody is told of a move that is being taken back.</summary>
    private static async Task CountAsync(BillingDbContext db, PriceMoveId id, int told, CancellationToken cancellationToken)
    {
        var stands = await db.PriceMoves.Where(m => m.Id == id && m.WithdrawnAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(m => m.Announced, m => m.Announced + told).SetProperty(m => m.Version, m => m.Version + 1),
            cancellationToken);
        if (stands == 0) throw new DbUpdateConcurrencyException($"Price move {id} was taken back meanwhile.");
    }
}
