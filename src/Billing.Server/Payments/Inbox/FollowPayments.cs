using System.Security.Cryptography;
using System.Text;
using Billing.Payments;
using Billing.Server.Alarms;
using Billing.Server.Customers;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Payments.Inbox;

/// <summary>Settles our attempts as the gateway's payments stand; money that is none of ours is shown to a person.</summary>
internal sealed class FollowPayments(BillingDatabase database, IPaymentGateway gateway, PaymentDesk desk)
{
    public Task<Followed> FollowAsync(GatewayPayment seen, Instant now, CancellationToken cancellationToken) =>
        LostRaces.TryAgainAsync(() => OnceAsync(seen, now, cancellationToken));

    /// <summary>Settles an attempt whose payment was found without the gateway's id of it.</summary>
    public Task<Followed> FoundAsync(PaymentAttempt attempt, ChargeOutcome outcome, Instant now, CancellationToken cancellationToken) => FollowAsync(
        new(outcome.GatewayReference ?? "", attempt.Id, attempt.InvoiceId, attempt.Amount, outcome, attempt.StartedAt), now, cancellationToken);

    /// <summary>Which of these our books tell the same of; one question for all of them.</summary>
    public async Task<IReadOnlySet<string>> AgreedAsync(IReadOnlyList<GatewayPayment> seen, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var ids = seen.Select(p => p.AttemptId).OfType<PaymentAttemptId>().ToList();
        var attempts = await db.PaymentAttempts.AsNoTracking().Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, cancellationToken);
        return seen.Where(p => p.AttemptId is { } id && attempts.GetValueOrDefault(id) is { } ours && ours.Amount == p.Amount && Agree(ours, p))
            .Select(p => p.Reference).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Attempts begun since then that our books hold as taken.</summary>
    public async Task<List<PaymentAttempt>> CapturedAsync(Instant since, Guid after, int limit, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await db.PaymentAttempts.AsNoTracking()
            .Where(a => (a.State == AttemptState.Succeeded || a.State == AttemptState.CapturedLate) && a.StartedAt >= since)
            .Where(a => a.Id.CompareTo(new PaymentAttemptId(after)) > 0).OrderBy(a => a.Id).Take(limit).ToListAsync(cancellationToken);
    }

    /// <summary>
    /// Asks for one that our books hold as taken, by the gateway's id of it and by ours. One it does not know is not undone, for the
    /// customer did pay as far as anybody here knew: it is shown to a person.
    /// </summary>
    public async Task<Followed> AskForCapturedAsync(PaymentAttempt attempt, Instant now, CancellationToken cancellationToken)
    {
        if (attempt.GatewayReference is { } reference && await gateway.ReadPaymentAsync(reference, cancellationToken) is { } read
            && read.AttemptId == attempt.Id)
            return await FollowAsync(read, now, cancellationToken);
        if (await gateway.FindAsync(attempt.Id, attempt.CustomerId, null, cancellationToken) is { } found)
            return await FoundAsync(attempt, found, now, cancellationToken);

        await using var db = database.Open();
        await db.AlarmOnceAsync(
            AlarmKind.BooksDiffer, attempt.Id.Value, attempt.CustomerId,
            $"Our books: {attempt.Amount} taken ({attempt.GatewayReference ?? "no id of the gateway's"}). The gateway knows no such payment: the money is "
            + "not there. Our books stay as they are until you have looked there.",
            now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return Followed.Differs;
    }

    /// <summary>An id for what only the gateway has one for, so that an alarm can be about it.</summary>
    public static Guid Subject(string reference) => new(SHA256.HashData(Encoding.UTF8.GetBytes(reference)).AsSpan(0, 16));

    private async Task<Followed> OnceAsync(GatewayPayment seen, Instant now, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var attempt = seen.AttemptId is { } id
            ? await db.PaymentAttempts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, cancellationToken)
            : null;
        if (attempt is null) return seen.Outcome is ChargeOutcome.Succeeded ? await NoneOfOursAsync(db, seen, now, cancellationToken) : Followed.Agreed;
        if (attempt.Amount != seen.Amount) return await DiffersAsync(db, attempt, seen, now, cancellationToken);
        if (Agree(attempt, seen)) return Followed.Agreed;

        await desk.SettleAsync([(attempt.Id, seen.Outcome)], now, cancellationToken, Actors.Gateway);
        var after = await db.PaymentAttempts.AsNoTracking().SingleAsync(a => a.Id == attempt.Id, cancellationToken);
        return Agree(after, seen) ? Followed.Healed : await DiffersAsync(db, after, seen, now, cancellationToken);
    }

    /// <summary>Whether both books tell the same of the money, and neither waits for what the other knows.</summary>
    private static bool Agree(PaymentAttempt attempt, GatewayPayment seen) => seen.Outcome switch
    {
        ChargeOutcome.Succeeded => attempt.IsCaptured,
        ChargeOutcome.ActionRequired => attempt.State == AttemptState.ActionRequired,
        ChargeOutcome.Unknown => !attempt.IsSettled,
        _ => attempt.State is AttemptState.Declined or AttemptState.Failed,
    };

    private static async Task<Followed> NoneOfOursAsync(BillingDbContext db, GatewayPayment seen, Instant now, CancellationToken cancellationToken)
    {
        await db.AlarmOnceAsync(
            AlarmKind.BooksDiffer, Subject(seen.Reference), null,
            $"{seen.Amount} were taken at the gateway ({seen.Reference}) by no attempt of ours: our books have nothing of it. "
            + "Say there whose it is, and record it here or send it back.",
            now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return Followed.Differs;
    }

    private static async Task<Followed> DiffersAsync(
        BillingDbContext db, PaymentAttempt attempt, GatewayPayment seen, Instant now, CancellationToken cancellationToken)
    {
        await db.AlarmOnceAsync(
            AlarmKind.BooksDiffer, attempt.Id.Value, attempt.CustomerId,
            $"Our books: {attempt.Amount}, {attempt.State}. The gateway's ({seen.Reference}): {seen.Amount}, {seen.Outcome.GetType().Name}.", now,
            cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return Followed.Differs;
    }
}
