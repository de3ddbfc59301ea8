using Billing.Retention;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.BillingRun;

/// <summary>Gives up sessions of leaving nobody came back to, and writes on the others what became of them after 30 and 90 days.</summary>
internal sealed class LookBackOnSessions(BillingDatabase database) : Pass(database)
{
    private static readonly string[] Changes =
    [
        nameof(CancelSession.Outcome), nameof(CancelSession.ClosedAt), nameof(CancelSession.ClosedOn), nameof(CancelSession.After30),
        nameof(CancelSession.After90), nameof(CancelSession.LookBackAt),
    ];

    public override string Name => "look back";

    public override async Task DoAsync(IReadOnlyList<Guid> ids, Instant now, CancellationToken cancellationToken)
    {
        await using var db = Database.Open();
        var wanted = ids.Select(CancelSessionId.From).ToList();
        var due = await db.CancelSessions.AsNoTracking().Where(s => wanted.Contains(s.Id) && s.LookBackAt <= now)
            .Join(db.Subscriptions, s => s.SubscriptionId, s => s.Id, (session, subscription) => new { session, subscription })
            .ToListAsync(cancellationToken);

        foreach (var row in due) row.session.LookBack(row.subscription, now);

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await BulkWriter.For(db).UpdateAsync(due.ConvertAll(r => r.session), Changes, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    protected override IQueryable<Guid> Due(BillingDbContext db, Instant now) => db.CancelSessions
        .Where(s => s.LookBackAt <= now)
        .Where(s => !db.SetAside.Any(a => a.Pass == "look back" && a.SubjectId == (Guid)(object)s.Id && a.RetryAt > now))
        .OrderBy(s => s.LookBackAt).ThenBy(s => s.Id)
        .Select(s => (Guid)(object)s.Id);
}
