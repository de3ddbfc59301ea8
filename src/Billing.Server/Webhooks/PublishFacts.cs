using Billing.Server.BillingRun;
using Billing.Server.Customers;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Webhooks;

/// <summary>
/// Puts every new fact on its way to whoever listens, numbered within its customer. Where nobody listens nothing is looked at.
/// </summary>
internal sealed class PublishFacts(BillingDatabase database) : Pass(database)
{
    private static readonly string[] Changes = [nameof(HistoryEntry.Sequence)];

    public override string Name => "publish";

    public override async Task DoAsync(IReadOnlyList<Guid> ids, Instant now, CancellationToken cancellationToken)
    {
        await using var db = Database.Open();
        var listening = await db.WebhookEndpoints.AsNoTracking().Where(e => e.Enabled).ToListAsync(cancellationToken);
        var facts = await db.History.AsNoTracking().Where(h => ids.Contains(h.Id) && h.Sequence == 0).ToListAsync(cancellationToken);
        await NumberAsync(db, facts, cancellationToken);

        var deliveries = facts.SelectMany(fact => listening.Where(e => e.CreatedAt <= fact.At).Select(e => WebhookDelivery.Of(NewId.At(now), e, fact, now))).ToList();
        var bulk = BulkWriter.For(db);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await bulk.UpdateAsync(facts, Changes, cancellationToken);
        await bulk.InsertAsync(deliveries, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    protected override async Task<IQueryable<Guid>> DueAsync(BillingDbContext db, Instant now, CancellationToken cancellationToken)
    {
        var since = await db.WebhookEndpoints.Where(e => e.Enabled).MinAsync(e => (Instant?)e.CreatedAt, cancellationToken);
        return db.History
            .Where(h => since != null && h.Sequence == 0 && h.At >= since)
            .Where(h => !db.SetAside.Any(a => a.Pass == "publish" && a.SubjectId == h.Id && a.RetryAt > now))
            .OrderBy(h => h.At).ThenBy(h => h.Id)
            .Select(h => h.Id);
    }

    private static async Task NumberAsync(BillingDbContext db, List<HistoryEntry> facts, CancellationToken cancellationToken)
    {
        var customers = facts.Select(f => f.CustomerId).Distinct().ToList();
        var last = await db.History.Where(h => customers.Contains(h.CustomerId) && h.Sequence > 0).GroupBy(h => h.CustomerId)
            .Select(g => new { g.Key, Last = g.Max(h => h.Sequence) }).ToDictionaryAsync(g => g.Key, g => g.Last, cancellationToken);
        foreach (var fact in facts.OrderBy(f => f.At).ThenBy(f => f.Id))
        {
            var next = last.GetValueOrDefault(fact.CustomerId) + 1;
            fact.Publish(next);
            last[fact.CustomerId] = next;
        }
    }
}
