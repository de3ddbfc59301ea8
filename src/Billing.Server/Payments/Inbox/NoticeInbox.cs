using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Billing.Server.Alarms;
using Billing.Server.BillingRun;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Payments.Inbox;

/// <summary>
/// Takes in what gateways tell: who sent it is checked, it is stored as it came, and only then is it answered. Nothing is
/// worked through here.
/// </summary>
internal sealed class NoticeInbox(BillingDatabase database, IPaymentGateway gateway, BillingClock clock, ILogger<NoticeInbox> log)
{
    /// <summary>The largest body, in bytes.</summary>
    public const int LargestBody = 256 * 1024;

    /// <summary>What an alarm about the clocks is about: there is only one pair of them.</summary>
    public static readonly Guid Clocks = new("c10c4000-0000-4000-8000-000000000000");

    private static readonly Meter Meter = new("Billing.Inbox");
    private static readonly Counter<int> Refusals = Meter.CreateCounter<int>("billing.notices.refused");

    private readonly Channel<bool> arrivals = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long refused;

    /// <summary>How the gateway is called in an address: <c>stripe</c>.</summary>
    public string GatewayName { get; } = gateway.Name.ToLowerInvariant();

    /// <summary>How many were refused since this process began; of those nothing is kept.</summary>
    public long Refused => Interlocked.Read(ref refused);

    /// <summary>Keeps a notice; one that is known already changes nothing but the count of its deliveries.</summary>
    /// <exception cref="Refused">As <see cref="IPaymentGateway.ReadNotice"/>; nothing is kept.</exception>
    public async Task TakeAsync(ReadOnlyMemory<byte> body, string? signature, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        var read = await ReadAsync(body, signature, now, cancellationToken);

        // Of two that bring a new one at once, the second finds it kept when it wants to keep it.
        if (!await CountAsync(read, now, cancellationToken) && !await TryKeepAsync(read, body.ToArray(), now, cancellationToken))
            await CountAsync(read, now, cancellationToken);
        arrivals.Writer.TryWrite(true);
    }

    /// <summary>Until something came.</summary>
    public ValueTask<bool> ArrivedAsync(CancellationToken cancellationToken) => arrivals.Reader.ReadAsync(cancellationToken);

    private async Task<GatewayNotice> ReadAsync(ReadOnlyMemory<byte> body, string? signature, Instant now, CancellationToken cancellationToken)
    {
        try
        {
            var read = gateway.ReadNotice(body, signature, clock.WallNow);
            string?[] words = [read.Id, read.Type, read.FormatVersion, read.Reference];
            return Array.TrueForAll(words, word => word is not { Length: > InboxNotice.LongestWord })
                ? read
                : throw new Refused("notice_malformed", "An id or a word of it is longer than any we know.");
        }
        catch (Refused refusal)
        {
            Interlocked.Increment(ref refused);
            Refusals.Add(1, new KeyValuePair<string, object?>("code", refusal.Code));
            log.LogWarning("A notice was refused: {Code}", refusal.Code);
            if (refusal.Code is "notice_too_old" or "notice_too_new") await TellOfClocksAsync(refusal.Code, now, cancellationToken);
            throw;
        }
    }

    private async Task<bool> TryKeepAsync(GatewayNotice read, byte[] body, Instant now, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var notice = InboxNotice.Keep(NewId.At(now), GatewayName, read, body, now);
        db.Inbox.Add(notice);
        if (read.About == NoticeSubject.Unknown)
        {
            await db.AlarmAsync(
                AlarmKind.NoticeUnknown, notice.Id, read.CustomerId,
                $"{gateway.Name} sent a notice nobody planned for: {read.Type}, version {read.FormatVersion ?? "none"}. It is kept.", now, cancellationToken);
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException e) when (UniqueViolation.Is(e.GetBaseException()))
        {
            return false;
        }
    }

    /// <returns>Whether it is known.</returns>
    private async Task<bool> CountAsync(GatewayNotice read, Instant now, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await db.Inbox.Where(n => n.Gateway == GatewayName && n.NoticeId == read.Id).ExecuteUpdateAsync(
            set => set.SetProperty(n => n.Deliveries, n => n.Deliveries + 1).SetProperty(n => n.LastReceivedAt, now), cancellationToken) > 0;
    }

    /// <summary>It was signed by the gateway, so one of the two clocks is wrong: everything would be refused until somebody looks.</summary>
    private async Task TellOfClocksAsync(string code, Instant now, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        await db.AlarmAsync(
            AlarmKind.ClockDiffers, Clocks, null,
            $"{gateway.Name}'s notices are refused ({code}): its clock and this server's differ by more than {NoticeSignature.Tolerance.TotalMinutes} minutes. "
            + "Set the server's clock; what was refused is sent again, and found by the daily comparison otherwise.",
            now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }
}
