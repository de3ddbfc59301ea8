using Billing.Server.Alarms;
using Billing.Server.Payments.Inbox;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.BillingRun;

/// <summary>
/// Works through what gateways told: the thing it is about is asked for afresh, and our books are brought to where the
/// gateway's are. What goes wrong is tried again later, and is left to a person in the end.
/// </summary>
internal sealed class TakeInNotices(BillingDatabase database, FollowGateway follow, ILogger<TakeInNotices> log) : Pass(database)
{
    private const int AtOnce = 4;

    public override int BatchSize => 200;

    public override string Name => "notices in";

    public override async Task DoAsync(IReadOnlyList<Guid> ids, Instant now, CancellationToken cancellationToken)
    {
        List<InboxNotice> notices;
        await using (var db = Database.Open())
            notices = await db.Inbox.AsNoTracking().Where(n => ids.Contains(n.Id)).OrderBy(n => n.CreatedAt).ToListAsync(cancellationToken);

        // What is about one customer or one thing is done one after another: side by side they would only hinder each other.
        await Parallel.ForEachAsync(
            notices.GroupBy(n => n.CustomerId?.ToString() ?? n.Reference ?? ""),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (group, stop) =>
            {
                foreach (var notice in group) await WorkThroughAsync(notice, now, stop);
            });
    }

    protected override IQueryable<Guid> Due(BillingDbContext db, Instant now) =>
        db.Inbox.Where(n => n.NextTryAt <= now).OrderBy(n => n.NextTryAt).ThenBy(n => n.Id).Select(n => n.Id);

    private async Task WorkThroughAsync(InboxNotice notice, Instant now, CancellationToken cancellationToken)
    {
        if (!await ClaimAsync(notice, now, cancellationToken)) return;
        string? error = null;
        try
        {
            await follow.NoticeAsync(notice, now, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // Kept, not swallowed: it stands on the notice, and a person is called when it stays.
            log.LogWarning(e, "Notice {Notice} could not be worked through", notice.NoticeId);
            error = $"{e.GetBaseException().GetType().Name}: {e.GetBaseException().Message}";
        }

        await WriteAsync(notice.Id, error, now, cancellationToken);
    }

    /// <summary>Of several processes one works on it; when that one is killed, another does after a while.</summary>
    private async Task<bool> ClaimAsync(InboxNotice notice, Instant now, CancellationToken cancellationToken)
    {
        var until = now + InboxNotice.Patience;
        await using var db = Database.Open();
        return await db.Inbox.Where(n => n.Id == notice.Id && n.Version == notice.Version && n.NextTryAt <= now).ExecuteUpdateAsync(
            set => set.SetProperty(n => n.NextTryAt, until).SetProperty(n => n.Version, n => n.Version + 1), cancellationToken) == 1;
    }

    private async Task WriteAsync(Guid id, string? error, Instant now, CancellationToken cancellationToken)
    {
        await using var db = Database.Open();
        var notice = await db.Inbox.SingleAsync(n => n.Id == id, cancellationToken);
        if (error is null)
        {
            notice.Done(now);
            await db.HealedAsync(AlarmKind.NoticeFailed, id, Customers.Actors.Run, now, cancellationToken);
        }
        else
        {
            notice.Failed(error, now);
            if (notice.State == InboxState.Dead)
            {
                await db.AlarmAsync(
                    AlarmKind.NoticeFailed, id, notice.CustomerId,
                    $"{notice.Type} ({notice.NoticeId}) could not be worked through in {InboxNotice.MostTries} tries: {error} Replay it when the cause is gone.",
                    now, cancellationToken);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
    }
}
