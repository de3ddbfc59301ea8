using Billing.Notices;
using Billing.Server.BillingRun;
using Billing.Server.Customers;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Notices;

/// <summary>
/// Hands letters to the post. A letter is taken before it is sent, so that two runs do not send it both; it is marked after, so
/// that none is lost. Killed in between, it goes out again with the same Message-ID; see decision 12. The letter of a notice is
/// only tried while it is fresh; else its notice is looked at anew.
/// </summary>
internal sealed class DeliverLetters(BillingDatabase database, IPost post, BillingClock clock, ILogger<DeliverLetters> log) : Pass(database)
{
    /// <summary>Tries before a letter is given up: about three days.</summary>
    public const int MostAttempts = 20;

    private const int LongestTrouble = 400;
    private static readonly Duration Patience = Duration.FromMinutes(5), LongestWait = Duration.FromHours(6);

    public override int BatchSize => 50;

    public override string Name => "deliver";

    public override async Task DoAsync(IReadOnlyList<Guid> ids, Instant now, CancellationToken cancellationToken)
    {
        await using var db = Database.Open();
        var letters = await db.Letters.AsNoTracking().Where(l => ids.Contains(l.Id)).OrderBy(l => l.Id).ToListAsync(cancellationToken);
        foreach (var letter in letters) await DeliverAsync(db, letter, now, cancellationToken);
    }

    protected override IQueryable<Guid> Due(BillingDbContext db, Instant now) => db.Letters
        .Where(l => post.IsThere && l.NextTryAt <= now)
        .Where(l => !db.SetAside.Any(a => a.Pass == "deliver" && a.SubjectId == l.Id && a.RetryAt > now))
        .OrderBy(l => l.NextTryAt).ThenBy(l => l.Id)
        .Select(l => l.Id);

    private async Task DeliverAsync(BillingDbContext db, Letter letter, Instant now, CancellationToken cancellationToken)
    {
        if (letter.GoodUntil < Instant.Max(now, clock.GetCurrentInstant()))
        {
            await HandBackAsync(db, letter, now, "The post came too late for it.", cancellationToken);
            return;
        }

        // What was withdrawn since it was written, because it is settled, is not sent.
        if (letter.NoticeId is { } about && !await db.Notices.AnyAsync(n => n.Id == about && n.State == NoticeState.Written, cancellationToken))
        {
            await MarkAsync(db, letter, letter.SentAt, null, letter.Trouble);
            return;
        }

        var taken = await db.Letters.Where(l => l.Id == letter.Id && l.NextTryAt <= now).ExecuteUpdateAsync(
            set => set.SetProperty(l => l.NextTryAt, now + Patience).SetProperty(l => l.Attempts, l => l.Attempts + 1), cancellationToken);
        if (taken == 0) return;

        var (sent, next, trouble) = await SendAsync(letter, now, cancellationToken);
        if (letter.NoticeId is not { } notice)
        {
            await MarkAsync(db, letter, sent, next, trouble);
            return;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
        // It is not tried again as it is: the notice says first whether it still holds, and whether it is night.
        await MarkAsync(db, letter, sent, null, trouble);
        await TellAsync(db, notice, sent is not null, next, trouble, now);
        await transaction.CommitAsync(CancellationToken.None);
    }

    private static Task<int> MarkAsync(BillingDbContext db, Letter letter, Instant? sent, Instant? next, string? trouble) =>
        db.Letters.Where(l => l.Id == letter.Id).ExecuteUpdateAsync(
            set => set.SetProperty(l => l.SentAt, sent).SetProperty(l => l.NextTryAt, next).SetProperty(l => l.Trouble, trouble),
            CancellationToken.None);

    private static async Task TellAsync(BillingDbContext db, Guid id, bool sent, Instant? next, string? trouble, Instant now)
    {
        var notice = await db.Notices.SingleAsync(n => n.Id == id, CancellationToken.None);
        if (sent && notice.State == NoticeState.Written)
        {
            var customer = await db.Customers.AsNoTracking().SingleAsync(c => c.Id == notice.CustomerId, CancellationToken.None);
            notice.Send(now);
            db.Record(new NoticeSent(customer.Id, customer.Today(now), notice.Id, notice.Kind), Actors.Run, now);
        }
        else if (next is { } later)
        {
            notice.TakeBack(later, trouble ?? "");
        }
        else if (!sent)
        {
            notice.GiveUp(trouble ?? "", now);
        }

        await db.SaveChangesAsync(CancellationToken.None);
        db.ChangeTracker.Clear();
    }

    private static async Task HandBackAsync(BillingDbContext db, Letter letter, Instant now, string why, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var taken = await db.Letters.Where(l => l.Id == letter.Id && l.NextTryAt <= now)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.NextTryAt, (Instant?)null), cancellationToken);
        if (taken == 1) await TellAsync(db, letter.NoticeId!.Value, sent: false, now, why, now);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <returns>When it was sent or is tried next, neither when it is given up; and what went wrong.</returns>
    private async Task<(Instant? Sent, Instant? Next, string? Trouble)> SendAsync(Letter letter, Instant now, CancellationToken cancellationToken)
    {
        try
        {
            await post.SendAsync(letter, cancellationToken);
            return (now, null, null);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // A mail server in trouble is not our trouble: the letter says why it is late, and goes later.
            var attempts = letter.Attempts + 1;
            var given = e is Undeliverable || attempts >= MostAttempts;
            log.LogWarning(e, "Letter {Letter} was not taken at attempt {Attempt}{GivenUp}", letter.Id, attempts, given ? " and is given up" : "");
            return (null, given ? null : now + WaitAfter(attempts), e.Message[..Math.Min(e.Message.Length, LongestTrouble)]);
        }
    }

    /// <summary>5, 10, 20 … minutes, at most six hours.</summary>
    private static Duration WaitAfter(int attempts) =>
        Duration.Min(Duration.FromMinutes(5L << Math.Min(attempts - 1, 20)), LongestWait);
}
