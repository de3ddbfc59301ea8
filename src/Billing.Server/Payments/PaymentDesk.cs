using Billing.Cards;
using Billing.Customers;
using Billing.Invoicing;
using Billing.Ledger;
using Billing.Payments;
using Billing.Server.BillingRun;
using Billing.Server.Customers;
using Billing.Server.Ledger;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Payments;

/// <summary>
/// The life of an attempt, the same for the run and for a person: begun and committed, asked for outside any transaction,
/// settled. Stopped anywhere in between it is taken up again by <see cref="ResolveAsync"/>.
/// </summary>
/// <param name="database">Where attempts are kept.</param>
/// <param name="gateway">Who is asked.</param>
/// <param name="policy">When to try again.</param>
/// <param name="longestCall">After what time without an answer the outcome is unknown; a minute by default.</param>
internal sealed class PaymentDesk(
    BillingDatabase database, IPaymentGateway gateway, CollectionPolicy policy, TimeSpan? longestCall = null)
{
    /// <summary>How many charges are under way at the gateway at once.</summary>
    public const int AtOnce = 8;

    /// <summary>A key is not replayed in the last hour of its life at the gateway.</summary>
    private static readonly Duration KeyMargin = Duration.FromHours(1);

    private readonly TimeSpan longestCall = longestCall ?? TimeSpan.FromMinutes(1);

    /// <summary>
    /// Begins attempts at these invoices. The attempt and the invoice's new version are one transaction, so that whatever
    /// was decided on the older version (void, credit) fails, and whatever comes later sees the attempt: the state the
    /// charge rests on cannot change before the call.
    /// </summary>
    /// <remarks>
    /// An automatic attempt is begun only while it is planned: of two runs at once the second finds the plan moved on, even
    /// when the first is done already and was declined.
    /// </remarks>
    public async Task<IReadOnlyList<Begun>> BeginAsync(
        IReadOnlyList<InvoiceId> ids, AttemptTrigger trigger, Instant now, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var wanted = trigger switch
        {
            AttemptTrigger.Automatic => db.Invoices.Where(i => i.Status == InvoiceStatus.Open && i.NextAttemptAt <= now),
            AttemptTrigger.Manual => db.Invoices.Where(i => i.Status == InvoiceStatus.Open || i.Status == InvoiceStatus.Uncollectible),
        };
        var due = await (
            from invoice in wanted.Where(i => ids.Contains(i.Id))
            join customer in db.Customers on invoice.CustomerId equals customer.Id
            join found in db.Cards on customer.DefaultCardId equals found.Id into cards
            from card in cards.DefaultIfEmpty()
            select new
            {
                Invoice = invoice,
                Customer = customer,
                Card = (Card?)card,
                Busy = db.PaymentAttempts.Any(a => a.InvoiceId == invoice.Id
                    && a.State != AttemptState.Declined && a.State != AttemptState.Failed),
            }).ToListAsync(cancellationToken);

        List<Begun> begun = [];
        foreach (var row in due)
        {
            if (!row.Busy && CarryForward(db, row.Invoice, row.Customer, now)) continue;
            if (trigger == AttemptTrigger.Automatic) Plan(row.Invoice, row.Card, row.Busy, now);
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
    /// <exception cref="ItemsFailed">The gateway threw on some: they stay begun and are asked about later; the others are settled.</exception>
    public async Task AskAndSettleAsync(
        IReadOnlyList<Begun> begun, IClock clock, CancellationToken cancellationToken, string actor = Actors.Run)
    {
        var answers = new ChargeOutcome?[begun.Count];
        var errors = new Exception?[begun.Count];
        await Parallel.ForAsync(
            0, begun.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (i, stop) =>
            {
                try
                {
                    answers[i] = await ChargeAsync(begun[i].Request, stop);
                }
                catch (Exception e) when (!stop.IsCancellationRequested)
                {
                    // Kept, not swallowed: thrown below, once what the others captured is written down.
                    errors[i] = e;
                }
            });

        await SettleAsync(
            [.. begun.Zip(answers).Where(p => p.Second is not null).Select(p => (p.First.AttemptId, p.Second!))],
            clock.GetCurrentInstant(), cancellationToken, actor);

        var failed = begun.Zip(errors).Where(p => p.Second is not null)
            .ToDictionary(p => p.First.Request.InvoiceId.Value, p => p.Second!);
        if (failed.Count > 0) throw new ItemsFailed(failed);
    }

    /// <summary>
    /// Finds out what became of attempts that were left started or unknown: by looking them up; when the gateway has not
    /// heard of one, by asking again with the same key as long as that lives and the invoice still wants the amount.
    /// </summary>
    public async Task ResolveAsync(IReadOnlyList<PaymentAttemptId> ids, Instant now, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var open = await db.PaymentAttempts.AsNoTracking()
            .Where(a => ids.Contains(a.Id) && a.AskAgainAt != null)
            .Join(db.Cards, a => a.CardId, c => c.Id, (attempt, card) => new { attempt, card })
            .Join(db.Invoices, r => r.attempt.InvoiceId, i => i.Id, (r, invoice) => new
            {
                r.attempt,
                r.card,
                Wanted = (invoice.Status == InvoiceStatus.Open || invoice.Status == InvoiceStatus.Uncollectible)
                    && invoice.DueMinor == r.attempt.AmountMinor,
            })
            .ToListAsync(cancellationToken);

        List<(PaymentAttemptId, ChargeOutcome)> answers = [];
        foreach (var row in open)
        {
            var keyLives = now < row.attempt.StartedAt + gateway.KeyLifetime - KeyMargin;
            var answer = await FindAsync(row.attempt, cancellationToken)
                ?? (keyLives, row.Wanted) switch
                {
                    (true, true) => await ChargeAsync(Request(row.attempt, row.card), cancellationToken),
                    (true, false) => new ChargeOutcome.Unknown("Not heard of so far, and no longer wanted."),
                    (false, _) => new ChargeOutcome.NeverArrived(),
                };
            answers.Add((row.attempt.Id, answer));
        }

        await SettleAsync(answers, now, cancellationToken);
    }

    /// <summary>Writes outcomes down, all or none.</summary>
    public async Task SettleAsync(
        IReadOnlyList<(PaymentAttemptId Id, ChargeOutcome Outcome)> answers, Instant now, CancellationToken cancellationToken,
        string actor = Actors.Run)
    {
        if (answers.Count == 0) return;
        await using var db = database.Open();
        var ids = answers.Select(a => a.Id).ToList();
        var rows = await db.PaymentAttempts.Where(a => ids.Contains(a.Id))
            .Join(db.Invoices, a => a.InvoiceId, i => i.Id, (attempt, invoice) => new { attempt, invoice })
            .Join(db.Customers, r => r.invoice.CustomerId, c => c.Id, (r, customer) => new { r.attempt, r.invoice, customer })
            .ToDictionaryAsync(r => r.attempt.Id, cancellationToken);
        var declines = await EarlierDeclinesAsync(
            db, [.. answers.Where(a => a.Outcome is ChargeOutcome.Declined).Select(a => a.Id)], cancellationToken);

        foreach (var (id, outcome) in answers)
        {
            var row = rows[id];
            var settlement = Settlement.Apply(row.attempt, row.invoice, row.customer, outcome, [.. declines[id]], policy, now);
            foreach (var fact in settlement.Facts) db.Record(fact, actor, now);
            if (settlement.Overpayment is { } overpayment) db.Keep(overpayment, actor, now);
            if (settlement.Facts.OfType<PaymentSucceeded>().SingleOrDefault() is not { } paid) continue;
            Money unwanted = new(settlement.Overpayment?.AmountMinor ?? 0, row.attempt.Currency);
            db.Post(Postings.Captured(row.attempt, row.invoice, unwanted, paid.On), now);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private static ChargeRequest Request(PaymentAttempt attempt, Card card) =>
        new(attempt.Id, attempt.CustomerId, attempt.InvoiceId, card.GatewayToken, attempt.Amount);

    private static void Plan(Invoice invoice, Card? card, bool busy, Instant now)
    {
        if (busy) invoice.AwaitOtherAttempt(now);
        else if (card is null) invoice.AwaitCard();
        else invoice.BeginAutomaticAttempt();
    }

    private static async Task<ILookup<PaymentAttemptId, string>> EarlierDeclinesAsync(
        BillingDbContext db, IReadOnlyList<PaymentAttemptId> declined, CancellationToken cancellationToken)
    {
        if (declined.Count == 0) return Array.Empty<PaymentAttemptId>().ToLookup(id => id, _ => "");
        var earlier = await (
            from attempt in db.PaymentAttempts.Where(a => declined.Contains(a.Id))
            join other in db.PaymentAttempts on new { attempt.InvoiceId, attempt.CardId } equals new { other.InvoiceId, other.CardId }
            where other.Trigger == AttemptTrigger.Automatic && other.State == AttemptState.Declined
            orderby other.StartedAt
            select new { attempt.Id, other.DeclineCode }).ToListAsync(cancellationToken);
        return earlier.ToLookup(e => e.Id, e => e.DeclineCode!);
    }

    private bool CarryForward(BillingDbContext db, Invoice invoice, Customer customer, Instant now)
    {
        if (invoice.CarryForwardIfSmall(customer, gateway.MinimumCharge(invoice.Currency), now) is not { } entry) return false;
        db.Keep(entry, Actors.Run, now);
        return true;
    }

    private async Task<ChargeOutcome> ChargeAsync(ChargeRequest request, CancellationToken cancellationToken) =>
        (await InTimeAsync(async stop => await gateway.ChargeAsync(request, stop), cancellationToken))!;

    private Task<ChargeOutcome?> FindAsync(PaymentAttempt attempt, CancellationToken cancellationToken) =>
        InTimeAsync(stop => gateway.FindAsync(attempt.Id, attempt.CustomerId, attempt.GatewayReference, stop), cancellationToken);

    /// <summary>A gateway that does not answer holds nobody up: it is left alone, and the outcome is unknown.</summary>
    private async Task<ChargeOutcome?> InTimeAsync(Func<CancellationToken, Task<ChargeOutcome?>> ask, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(longestCall);
        try
        {
            return await ask(limit.Token).WaitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ChargeOutcome.Unknown("The gateway did not answer in time.");
        }
    }
}

/// <summary>An attempt that is committed and may be asked for.</summary>
/// <param name="AttemptId">The attempt.</param>
/// <param name="Request">What the gateway is asked.</param>
internal sealed record Begun(PaymentAttemptId AttemptId, ChargeRequest Request);
