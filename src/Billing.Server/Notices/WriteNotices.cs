using Billing.Notices;
using Billing.Server.BillingRun;
using Billing.Server.Customers;
using Billing.Server.Http;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Notices;

/// <summary>
/// Looks at every notice whose moment has come: says it, when it is still true, wanted and a good moment; else puts it off or
/// drops it. What is said lies with the post in the same transaction.
/// </summary>
internal sealed class WriteNotices(
    BillingDatabase database, NoticeReading reading, NoticeRendering rendering, NoticeSettings settings, IPost post, BillingClock clock)
    : Pass(database)
{
    /// <summary>A letter that is not handed over within this time is looked at anew.</summary>
    public static readonly Duration Fresh = Duration.FromHours(1);

    private static readonly string[] NoticeChanges =
        [nameof(Notice.State), nameof(Notice.DueAt), nameof(Notice.DoneAt), nameof(Notice.Why), nameof(Notice.Failures)];

    private static readonly string[] LetterChanges =
    [
        nameof(Letter.To), nameof(Letter.Subject), nameof(Letter.Text), nameof(Letter.Html), nameof(Letter.Language),
        nameof(Letter.UnsubscribeUrl), nameof(Letter.UnsubscribeHash), nameof(Letter.WrittenAt), nameof(Letter.GoodUntil),
        nameof(Letter.NextTryAt),
    ];

    public override int BatchSize => 200;

    public override string Name => "notices";

    public override async Task DoAsync(IReadOnlyList<Guid> ids, Instant now, CancellationToken cancellationToken)
    {
        await using var db = Database.Open();
        // A long run began a while ago; whether it is night is asked of the clock itself.
        var moment = Instant.Max(now, clock.GetCurrentInstant());
        var batch = await reading.ReadAsync(db, ids, now, moment, cancellationToken);
        var known = await db.Letters.AsNoTracking().Where(l => ids.Contains(l.Id)).ToDictionaryAsync(l => l.Id, cancellationToken);

        var writes = new Writes();
        foreach (var facts in batch.InOrder) await DecideAsync(facts with { Sent = batch.Sent[facts.Notice.CustomerId] }, batch, known, writes);
        await writes.WriteAsync(db, [.. batch.Facts.Select(f => f.Notice)], cancellationToken);
    }

    protected override IQueryable<Guid> Due(BillingDbContext db, Instant now) => db.Notices
        .Where(n => n.DueAt <= now)
        .Where(n => !db.SetAside.Any(a => a.Pass == "notices" && a.SubjectId == n.Id && a.RetryAt > now))
        .OrderBy(n => n.DueAt).ThenBy(n => n.Id)
        .Select(n => n.Id);

    private async Task DecideAsync(NoticeFacts facts, NoticeBatch batch, Dictionary<Guid, Letter> known, Writes writes)
    {
        var (notice, voice) = (facts.Notice, settings.VoiceFor(facts.Notice));
        if (voice == Voice.Nobody || batch.IsSaidWith(facts))
        {
            notice.Withdraw(voice == Voice.Nobody ? "The merchant does not send these." : "Another message of the same moment says it.", facts.Now);
            return;
        }

        switch (NoticeDecision.Of(facts, voice == Voice.Mail, settings.Policy))
        {
            case NoticeDecision.Wait wait:
                notice.PutOff(wait.Until, wait.Why);
                break;
            case NoticeDecision.Drop drop:
                notice.Withdraw(drop.Why, facts.Now);
                break;
            case NoticeDecision.Say say:
                await SayAsync(facts, say.Content, voice, known.GetValueOrDefault(notice.Id), writes);
                batch.Sent[notice.CustomerId].Add(facts.Now);
                break;
        }
    }

    private async Task SayAsync(NoticeFacts facts, NoticeContent content, Voice voice, Letter? known, Writes writes)
    {
        var (notice, customer, now) = (facts.Notice, facts.Customer, facts.Now);
        var channel = voice == Voice.App ? NoticeChannel.App : NoticeChannel.Mail;
        var link = channel == NoticeChannel.Mail ? rendering.LinkFor(customer.Id) : null;
        if (link is { } made) writes.Links.Add(made.Row);
        var end = channel == NoticeChannel.Mail ? rendering.UnsubscribeFor(notice.Kind, known) : null;
        var said = await rendering.RenderAsync(customer, content, link?.Url, end);

        var byPost = channel == NoticeChannel.Mail && post.IsThere;
        Instant? goodUntil = byPost ? Instant.Min(now + Fresh, NoticeMoment.NextNight(now, customer.Zone)) : null;
        if (known is null) writes.Letters.Add(Letter.Say(notice, customer.Email ?? "", said, channel, now, goodUntil));
        else writes.Anew(known, l => l.SayAnew(customer.Email ?? "", said, now, goodUntil));

        if (byPost)
        {
            notice.Write();
            return;
        }

        notice.Send(now);
        writes.History.Add(HistoryEntry.Of(
            channel == NoticeChannel.App
                ? new NoticeDue(customer.Id, facts.Today, notice.Id, notice.Kind)
                : new NoticeSent(customer.Id, facts.Today, notice.Id, notice.Kind),
            Actors.Run, now));
    }

    /// <summary>What a batch decided, table by table.</summary>
    private sealed class Writes
    {
        private readonly List<Letter> again = [];

        public List<HistoryEntry> History { get; } = [];
        public List<Letter> Letters { get; } = [];
        public List<SignInLink> Links { get; } = [];

        public void Anew(Letter letter, Action<Letter> say)
        {
            say(letter);
            again.Add(letter);
        }

        /// <summary>All or nothing. The notices first: of two runs at once the second finds them moved on, and writes nothing.</summary>
        public async Task WriteAsync(BillingDbContext db, IReadOnlyList<Notice> notices, CancellationToken cancellationToken)
        {
            var bulk = BulkWriter.For(db);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await bulk.UpdateAsync(notices, NoticeChanges, cancellationToken);
            await bulk.InsertAsync(History, cancellationToken);
            await bulk.InsertAsync(Letters, cancellationToken);
            await bulk.UpdateAsync(again, LetterChanges, cancellationToken);
            await bulk.InsertAsync(Links, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }
}
