using Billing.Customers;
using Billing.Ledger;
using Billing.Payments;
using Billing.Server.Alarms;
using Billing.Server.Customers;
using Billing.Server.Ledger;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Payments;

/// <summary>
/// The life of a refund, the same whoever asked for it: written down and committed, sent outside any transaction, settled.
/// Stopped anywhere in between it is taken up again by <see cref="SendAsync"/>.
/// </summary>
/// <param name="database">Where refunds are kept.</param>
/// <param name="gateway">Who is asked.</param>
/// <param name="longestCall">After what time without an answer the outcome is unknown; a minute by default.</param>
internal sealed class RefundDesk(BillingDatabase database, IPaymentGateway gateway, TimeSpan? longestCall = null)
{
    /// <summary>A key is not replayed in the last hour of its life at the gateway.</summary>
    private static readonly Duration KeyMargin = Duration.FromHours(1);

    private readonly GatewayPatience patience = new(longestCall);

    /// <summary>
    /// Sends what was never sent, and finds out what became of the rest: by looking it up; when the gateway has not heard of
    /// it, by sending it again with the same key as long as that lives.
    /// </summary>
    public async Task SendAsync(IReadOnlyList<RefundId> ids, Instant now, CancellationToken cancellationToken, string actor = Actors.Run)
    {
        List<(RefundId, RefundOutcome)> answers = [];
        foreach (var (refund, isFirst) in await ClaimAsync(ids, now, cancellationToken))
        {
            var answer = isFirst ? null : await FindAsync(refund, cancellationToken);
            answers.Add((refund.Id, answer ?? (now < refund.SentAt + gateway.KeyLifetime - KeyMargin
                ? await RefundAsync(refund, cancellationToken)
                : new RefundOutcome.Failed(null, "The gateway never heard of it."))));
        }

        await SettleAsync(answers, now, cancellationToken, actor);
    }

    /// <summary>Writes outcomes down, all or none; when a notice was faster with one of them, that is no failure.</summary>
    public Task SettleAsync(
        IReadOnlyList<(RefundId Id, RefundOutcome Outcome)> answers, Instant now, CancellationToken cancellationToken, string actor = Actors.Run) =>
        answers.Count == 0 ? Task.CompletedTask : LostRaces.TryAgainAsync(() => SettleOnceAsync(answers, now, actor, cancellationToken));

    private async Task<int> SettleOnceAsync(
        IReadOnlyList<(RefundId Id, RefundOutcome Outcome)> answers, Instant now, string actor, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var ids = answers.Select(a => a.Id).ToList();
        var rows = await db.Refunds.Where(r => ids.Contains(r.Id))
            .Join(db.PaymentAttempts, r => r.AttemptId, a => a.Id, (refund, payment) => new { refund, payment })
            .Join(db.Customers, r => r.refund.CustomerId, c => c.Id, (r, customer) => new { r.refund, r.payment, customer })
            .ToDictionaryAsync(r => r.refund.Id, cancellationToken);

        foreach (var (id, outcome) in answers)
            await WriteAsync(db, new(rows[id].refund, rows[id].payment, rows[id].customer), outcome, actor, now, cancellationToken);

        return await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Writes one outcome down in the caller's transaction, and tells people what a person has to see.</summary>
    public static async Task WriteAsync(
        BillingDbContext db, UnderRefund row, RefundOutcome outcome, string actor, Instant now, CancellationToken cancellationToken)
    {
        var (refund, payment, customer) = row;
        var (alarmed, before) = (refund.WantsAPerson, refund.State);
        var settlement = RefundSettlement.Apply(refund, payment, customer, outcome, now);
        foreach (var fact in settlement.Facts) db.Record(fact, actor, now);
        db.Post(Postings.Settled(refund, before, customer.Today(now)), now);
        if (settlement.Returned is { } returned) await ReturnedAsync(db, refund, returned, actor, now, cancellationToken);

        if (refund.WantsAPerson) await db.AlarmAsync(AlarmKind.OutcomeUnknown, refund.Id.Value, customer.Id, Unknown(refund), now, cancellationToken);
        else if (alarmed) await db.HealedAsync(AlarmKind.OutcomeUnknown, refund.Id.Value, actor, now, cancellationToken);
    }

    /// <summary>Committed before the call: whoever sends first starts the life of the key, and nobody sends a second first time.</summary>
    private async Task<List<(Refund Refund, bool IsFirst)>> ClaimAsync(
        IReadOnlyList<RefundId> ids, Instant now, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var due = await db.Refunds.Where(r => ids.Contains(r.Id) && r.AskAgainAt != null).ToListAsync(cancellationToken);
        List<(Refund, bool)> claimed = [];
        foreach (var refund in due)
        {
            claimed.Add((refund, refund.SentAt is null));
            if (refund.SentAt is null) refund.Send(now);
        }

        await db.SaveChangesAsync(cancellationToken);
        return claimed;
    }

    private static async Task ReturnedAsync(
        BillingDbContext db, Refund refund, BalanceEntry returned, string actor, Instant now, CancellationToken cancellationToken)
    {
        db.Keep(returned, actor, now);
        await db.AlarmAsync(
            AlarmKind.RefundFailed, refund.Id.Value, refund.CustomerId,
            $"{refund.Amount} did not reach the card and are the customer's credit: {refund.Detail}", now, cancellationToken);
    }

    private static string Unknown(Refund refund) =>
        $"Asked {refund.AskedInVain} times in vain whether {refund.Amount} went back to the card. Nothing is sent twice; look there and answer.";

    private Task<RefundOutcome> RefundAsync(Refund refund, CancellationToken cancellationToken) => patience.InTimeAsync(
        stop => gateway.RefundAsync(new(refund.Id, refund.AttemptId, refund.PaymentReference, refund.Amount), stop),
        why => new RefundOutcome.Unknown(why), cancellationToken);

    private Task<RefundOutcome?> FindAsync(Refund refund, CancellationToken cancellationToken) => patience.InTimeAsync(
        stop => gateway.FindRefundAsync(refund.Id, refund.PaymentReference, stop), why => new RefundOutcome.Unknown(why), cancellationToken);
}

/// <summary>A refund with all that its outcome moves.</summary>
/// <param name="Refund">The refund.</param>
/// <param name="Payment">What it takes back from.</param>
/// <param name="Customer">Whose.</param>
internal sealed record UnderRefund(Refund Refund, PaymentAttempt Payment, Customer Customer);

internal static class RefundKeeping
{
    /// <summary>Keeps a refund that was asked for, in the transaction of whatever asked; the run sends it unless somebody does at once.</summary>
    public static void Keep(this BillingDbContext db, RefundAsked asked, string actor, Instant now)
    {
        db.Refunds.Add(asked.Refund);
        db.Keep(asked.Taken, actor, now);
        db.Record(asked.Fact, actor, now);
    }
}
