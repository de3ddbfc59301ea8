using Billing.Cards;
using Billing.Invoicing;
using Billing.Payments;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Payments;

/// <summary>
/// The life of an attempt, the same for the run and for a person: begun and committed, asked for outside any transaction,
/// settled. Stopped anywhere in between it is taken up again by <see cref="ResolveAsync"/>.
/// </summary>
internal sealed class PaymentDesk(BillingDatabase database, IPaymentGateway gateway, CollectionPolicy policy)
{
    /// <summary>How many charges are under way at the gateway at once.</summary>
    public const int AtOnce = 8;

    /// <summary>A key is not replayed in the last hour of its life at the gateway.</summary>
    private static readonly Duration KeyMargin = Duration.FromHours(1);

    /// <summary>
    /// Begins attempts at these invoices. The attempt and the invoice's new version are one transaction, so that whatever
    /// was decided on the older version (void, credit) fails, and whatever comes later sees the attempt: the state the
    /// charge rests on cannot change before the call.
    /// </summary>
    public async Task<IReadOnlyList<Begun>> BeginAsync(
        IReadOnlyList<InvoiceId> ids, AttemptTrigger trigger, Instant now, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var due = await (
            from invoice in db.Invoices
            where ids.Contains(invoice.Id) && (invoice.Status == InvoiceStatus.Open || invoice.Status == InvoiceStatus.Uncollectible)
            join customer in db.Customers on invoice.CustomerId equals customer.Id
            join found in db.Cards on customer.DefaultCardId equals found.Id into cards
            from card in cards.DefaultIfEmpty()
            select new
            {
                Invoice = invoice,
                Card = (Card?)card,
                Busy = db.PaymentAttempts.Any(a => a.InvoiceId == invoice.Id
                    && a.State != AttemptState.Declined && a.State != AttemptState.Failed),
            }).ToListAsync(cancellationToken);

        List<Begun> begun = [];
        foreach (var row in due)
        {
            if (trigger == AttemptTrigger.Automatic) row.Invoice.BeginAutomaticAttempt(row.Card is not null && !row.Busy);
            if (row.Busy || row.Card is null || row.Invoice.DueMinor == 0) continue;

            var attempt = PaymentAttempt.Start(new(NewId.At(now)), row.Invoice, row.Card, trigger, now);
            db.PaymentAttempts.Add(attempt);
            db.Entry(row.Invoice).Property(i => i.Version).IsModified = true;
            begun.Add(new(attempt.Id, Request(attempt, row.Card)));
        }

        await db.SaveChangesAsync(cancellationToken);
        return begun;
    }

    /// <summary>Asks the gateway, a few at a time, and settles what it says.</summary>
    /// <param name="begun">What was begun.</param>
    /// <param name="clock">When the answers came.</param>
    /// <param name="cancellationToken">Stops it; what is then left unasked is resolved by a later run.</param>
    /// <param name="actor">Who began it, as written in the history.</param>
    public async Task AskAndSettleAsync(
        IReadOnlyList<Begun> begun, IClock clock, CancellationToken cancellationToken, string actor = Customers.Actors.Run)
    {
        var answers = new ChargeOutcome[begun.Count];
        await Parallel.ForAsync(0, begun.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (i, stop) => answers[i] = await gateway.ChargeAsync(begun[i].Request, stop));

        await SettleAsync([.. begun.Zip(answers, (b, answer) => (b.AttemptId, answer))], clock.GetCurrentInstant(), cancellationToken, actor);
    }

    /// <summary>
    /// Finds out what became of attempts that were left started or unknown: within the key's life by asking again with the
    /// same key, later by looking them up.
    /// </summary>
    public async Task ResolveAsync(IReadOnlyList<PaymentAttemptId> ids, Instant now, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var open = await db.PaymentAttempts.AsNoTracking()
            .Where(a => ids.Contains(a.Id) && a.AskAgainAt != null)
            .Join(db.Cards, a => a.CardId, c => c.Id, (attempt, card) => new { attempt, card })
            .ToListAsync(cancellationToken);

        List<(PaymentAttemptId, ChargeOutcome)> answers = [];
        foreach (var row in open)
        {
            var keyLives = now < row.attempt.StartedAt + gateway.KeyLifetime - KeyMargin;
            var answer = await gateway.FindAsync(row.attempt.Id, cancellationToken)
                ?? (keyLives
                    ? await gateway.ChargeAsync(Request(row.attempt, row.card), cancellationToken)
                    : new ChargeOutcome.NeverArrived());
            answers.Add((row.attempt.Id, answer));
        }

        await SettleAsync(answers, now, cancellationToken);
    }

    /// <summary>Writes outcomes down, all or none.</summary>
    public async Task SettleAsync(
        IReadOnlyList<(PaymentAttemptId Id, ChargeOutcome Outcome)> answers, Instant now, CancellationToken cancellationToken,
        string actor = Customers.Actors.Run)
    {
        if (answers.Count == 0) return;
        await using var db = database.Open();
        var ids = answers.Select(a => a.Id).ToList();
        var rows = await db.PaymentAttempts.Where(a => ids.Contains(a.Id))
            .Join(db.Invoices, a => a.InvoiceId, i => i.Id, (attempt, invoice) => new { attempt, invoice })
            .Join(db.Customers, r => r.invoice.CustomerId, c => c.Id, (r, customer) => new { r.attempt, r.invoice, customer })
            .ToDictionaryAsync(r => r.attempt.Id, cancellationToken);

        foreach (var (id, outcome) in answers)
        {
            var row = rows[id];
            var settlement = Settlement.Apply(row.attempt, row.invoice, row.customer, outcome, policy, now);
            foreach (var fact in settlement.Facts) db.Record(fact, actor, now);
            if (settlement.Overpayment is not null) db.BalanceEntries.Add(settlement.Overpayment);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private static ChargeRequest Request(PaymentAttempt attempt, Card card) =>
        new(attempt.Id, attempt.CustomerId, attempt.InvoiceId, card.GatewayToken, attempt.Amount);
}

/// <summary>An attempt that is committed and may be asked for.</summary>
/// <param name="AttemptId">The attempt.</param>
/// <param name="Request">What the gateway is asked.</param>
internal sealed record Begun(PaymentAttemptId AttemptId, ChargeRequest Request);
