using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Billing.Server.Http;
using NodaTime;

namespace Billing.Server.Payments.Gateways.Sandbox;

// Telling: what happened is written down by the book, signed when it is sent, and sent until it is accepted.
public sealed partial class SandboxGateway
{
    /// <summary>After what time a notice that nobody accepted is not sent any more, as at the real ones.</summary>
    public static readonly Duration NoticesWait = Duration.FromDays(3);

    private const int Waiting = 0, Accepted = 1, GivenUp = 2, NoticesAtOnce = 200;

    /// <summary>All there are; any other is one that nobody planned for.</summary>
    private static readonly FrozenSet<string> NoticeTypes = FrozenSet.Create(
        StringComparer.Ordinal, "payment.succeeded", "payment.declined", "payment.action_required", "payment.given_up", "refund.created",
        "refund.changed", "dispute.opened", "dispute.won", "dispute.lost", "card.attached", "card.updated_by_network", "card.detached",
        "card_setup.finished");

    /// <summary>What notices are signed with, newest first; two while the secret is being changed.</summary>
    public IReadOnlyList<string> NoticeSecrets =>
        store.Query("SELECT secret FROM notice_secrets ORDER BY id DESC LIMIT 2", row => row.GetString(0));

    /// <summary>Signs with a new secret from now on, and with the one before it until the next change.</summary>
    public void ChangeNoticeSecret() => store.Execute(
        "INSERT INTO notice_secrets (secret) VALUES ($1)", $"sbx_whsec_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24))}");

    /// <summary>Whether something waits to be told, or may by now.</summary>
    public bool HasNews
    {
        get
        {
            CatchUp();
            return store.Query("SELECT 1 FROM notices WHERE done = $1 LIMIT 1", row => row.GetInt32(0), Waiting).Count > 0;
        }
    }

    /// <summary>Leaves what waits untold, as when nobody has set up a webhook.</summary>
    public void GiveUpNotices() => store.Execute("UPDATE notices SET done = $1 WHERE done = $2", GivenUp, Waiting);

    /// <summary>Everything that was told so far, oldest first, sent or not.</summary>
    public IReadOnlyList<SandboxNotice> Notices()
    {
        var now = CatchUp();
        return [.. Written("1 = $1", 1, int.MaxValue, now).Select(n => n.Notice)];
    }

    /// <summary>Sends what waits, oldest first unless <see cref="SandboxFaults.Notices"/> says otherwise.</summary>
    /// <param name="sink">Takes each.</param>
    /// <param name="sentAt">The time to sign with: the wall's, which is not the sandbox's when that was moved.</param>
    /// <param name="cancellationToken">Stops after the one under way.</param>
    /// <returns>How many were accepted.</returns>
    public async Task<int> DeliverNoticesAsync(NoticeSink sink, Instant sentAt, CancellationToken cancellationToken)
    {
        var now = CatchUp();
        store.Execute(
            "UPDATE notices SET done = $1 WHERE done = $2 AND at < $3", GivenUp, Waiting, (now - NoticesWait).ToUnixTimeTicks());

        var accepted = 0;
        for (long after = 0; ;)
        {
            var waiting = Written($"done = {Waiting} AND id > $1", after, NoticesAtOnce, now);
            if (waiting.Count == 0) return accepted;
            after = waiting.Max(n => n.Id);
            var sent = Faults.Notices.Disturb(waiting, out var lost);
            foreach (var (id, notice) in sent)
            {
                var body = Encoding.UTF8.GetBytes(notice.ToBody());
                if (!await sink(body, NoticeSignature.Sign(body, sentAt, [.. NoticeSecrets]), cancellationToken)) continue;
                accepted += store.Execute("UPDATE notices SET done = $1 WHERE id = $2 AND done = $3", Accepted, id, Waiting);
            }

            foreach (var (id, _) in lost) store.Execute("UPDATE notices SET done = $1 WHERE id = $2", GivenUp, id);
        }
    }

    /// <inheritdoc/>
    public GatewayNotice ReadNotice(ReadOnlyMemory<byte> body, string? signature, Instant receivedAt)
    {
        NoticeSignature.Check(body.Span, signature, NoticeSecrets, receivedAt);
        return JsonOf(body) is { } notice
            ? new(
                notice.Id, notice.Type, notice.Version, notice.CreatedAt,
                notice.Version == SandboxNotice.CurrentVersion && NoticeTypes.Contains(notice.Type) ? notice.About : NoticeSubject.Unknown,
                notice.Reference,
                notice.Customer is { } customer ? CustomerId.From(customer) : null,
                notice.Attempt is { } attempt ? PaymentAttemptId.From(attempt) : null,
                notice.Refund is { } refund ? RefundId.From(refund) : null)
            : throw new Refused("notice_malformed", "This is signed, and no notice.");
    }

    private static SandboxNotice? JsonOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize<SandboxNotice>(body.Span, BillingJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void MakeNoticeSecret()
    {
        if (NoticeSecrets.Count == 0) ChangeNoticeSecret();
    }

    /// <summary>Notices as they are sent; the moment a thing without one of its own is first told of is kept with it.</summary>
    private List<(long Id, SandboxNotice Notice)> Written(string where, object value, int most, Instant now) => store.InTransaction(() =>
    {
        store.Execute("UPDATE notices SET at = $1 WHERE at IS NULL", now.ToUnixTimeTicks());
        return store.Query(
            $"SELECT id, type, about, reference, customer, attempt, refund, at FROM notices WHERE {where} ORDER BY id LIMIT $2",
            row => (row.GetInt64(0), SandboxNotice.Read(row)), value, most);
    });
}
