using Billing.Cards;
using Billing.Customers;
using Billing.Invoicing;
using Billing.Payments;
using Billing.Server.BillingRun;
using Billing.Server.Customers;
using Billing.Server.Dunning;
using Billing.Server.Payments.Disputes;
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
/// <param name="dunning">Whether a card may be tried, and what an outcome means for the case.</param>
/// <param name="longestCall">After what time without an answer the outcome is unknown; a minute by default.</param>
/// <param name="payments">What becomes of money that no invoice wanted.</param>
internal sealed partial class PaymentDesk(
    BillingDatabase database, IPaymentGateway gateway, DunningDesk dunning, TimeSpan? longestCall = null, PaymentPolicy? payments = null)
{
    /// <summary>How many charges are under way at the gateway at once.</summary>
    public const int AtOnce = 8;

    /// <summary>A key is not replayed in the last hour of its life at the gateway.</summary>
    private static readonly Duration KeyMargin = Duration.FromHours(1);

    private readonly GatewayPatience patience = new(longestCall);

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
            AttemptTrigger.Automatic => db.Invoices.Where(i => i.Status == InvoiceStatus.Open && i.NextAttemptAt <= now).WithoutHold(db),
            AttemptTrigger.Manual => db.Invoices.Where(i => i.Status == InvoiceStatus.Open || i.Status == InvoiceStatus.Uncollectible),
        };
        var due = await (
            from invoice in wanted.Where(i => ids.Contains(i.Id))
            join customer in db.Customers on invoice.CustomerId equals customer.Id
            join usual in db.Cards on customer.DefaultCardId equals usual.Id into usuals
            from usual in usuals.DefaultIfEmpty()
            join backup in db.Cards on customer.BackupCardId equals backup.Id into backups
            from backup in backups.DefaultIfEmpty()
            select new
            {
                Invoice = invoice,
                Customer = customer,
                Usual = (Card?)usual,
                Backup = (Card?)backup,
                Busy = db.PaymentAttempts.Any(a => a.InvoiceId == invoice.Id
                    && (a.State == AttemptState.Started || a.State == AttemptState.ActionRequired || a.State == AttemptState.Unknown
                        || a.State == AttemptState.Succeeded)),
            }).ToListAsync(cancellationToken);

        List<Begun> begun = [];
        List<NotMade> refused = [];
        var gate = await CardGate.OfAsync(
            db, [.. due.SelectMany(r => new[] { r.Usual, r.Backup }).OfType<Card>().Distinct()], await dunning.LimitsAsync(cancellationToken), now, cancellationToken);
        foreach (var row in due.OrderBy(r => r.Invoice.IssuedAt))
        {
            if (!row.Busy && CarryForward(db, row.Invoice, row.Customer, now)) continue;
            var card = trigger == AttemptTrigger.Automatic && row.Invoice.OnBackupCard ? row.Backup : row.Usual;
            if (!row.Busy && card is not null && row.Invoice.DueMinor > 0)
            {
                if (gate.WhyNot(card) is { } no)
                {
                    if (trigger == AttemptTrigger.Manual) throw new Refused(no.Code, no.Words);
                    refused.Add(new(row.Invoice, row.Customer, card, no, gate.LastCode(card)));
                    continue;
                }

                if (trigger == AttemptTrigger.Automatic && !gate.TakesTurn(card)) continue;
            }

            if (trigger == AttemptTrigger.Automatic) Plan(row.Invoice, card, row.Busy, now);
            if (row.Busy || card is null || row.Invoice.DueMinor == 0) continue;

            var attempt = PaymentAttempt.Start(new(NewId.At(now)), row.Invoice, card, trigger, now);
            db.PaymentAttempts.Add(attempt);
            db.Entry(row.Invoice).Property(i => i.Version).IsModified = true;
            begun.Add(new(attempt.Id, Request(attempt, card) with { SomebodyWaits = trigger == AttemptTrigger.Manual }));
        }

        await dunning.NotMadeAsync(db, refused, Actors.Run, now, cancellationToken);
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

    private static ChargeRequest Request(PaymentAttempt attempt, Card card) =>
        new(attempt.Id, attempt.CustomerId, attempt.InvoiceId, card.GatewayToken, attempt.Amount);

    private static void Plan(Invoice invoice, Card? card, bool busy, Instant now)
    {
        if (busy) invoice.AwaitOtherAttempt(now);
        else if (card is null) invoice.AwaitCard();
        else invoice.BeginAutomaticAttempt();
    }

    /// <returns>Whether nothing is left to charge.</returns>
    private bool CarryForward(BillingDbContext db, Invoice invoice, Customer customer, Instant now)
    {
        if (invoice.CarryForwardIfSmall(customer, gateway.MinimumCharge(invoice.Currency), now) is { } entry) db.Keep(entry, Actors.Run, now);
        return invoice.Status == InvoiceStatus.Paid;
    }
}

/// <summary>An attempt that is committed and may be asked for.</summary>
/// <param name="AttemptId">The attempt.</param>
/// <param name="Request">What the gateway is asked.</param>
internal sealed record Begun(PaymentAttemptId AttemptId, ChargeRequest Request);
