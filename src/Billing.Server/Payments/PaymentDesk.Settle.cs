using Billing.Cards;
using Billing.Customers;
using Billing.Invoicing;
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

/// <content>Finding out what became of an attempt, and writing it down.</content>
internal sealed partial class PaymentDesk
{
    /// <summary>
    /// Finds out what became of attempts that were left started or unknown: by looking them up; when the gateway has not
    /// heard of one, by asking again with the same key as long as that lives and the invoice still wants the amount. One that
    /// waits for the customer's confirmation is looked up too, and given up when its time is over.
    /// </summary>
    public async Task ResolveAsync(IReadOnlyList<PaymentAttemptId> ids, Instant now, CancellationToken cancellationToken, string actor = Actors.Run)
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
            var answer = await FindAsync(row.attempt, cancellationToken);
            answers.Add((row.attempt.Id, answer switch
            {
                null or ChargeOutcome.ActionRequired when row.attempt.IsOverdue(now) => await GiveUpAsync(row.attempt, cancellationToken),
                null => await AskAgainAsync(row.attempt, row.card, row.Wanted, now, cancellationToken),
                _ => answer,
            }));
        }

        await SettleAsync(answers, now, cancellationToken, actor);
    }

    /// <summary>Writes outcomes down, all or none; when a notice was faster with one of them, that is no failure.</summary>
    public Task SettleAsync(
        IReadOnlyList<(PaymentAttemptId Id, ChargeOutcome Outcome)> answers, Instant now, CancellationToken cancellationToken,
        string actor = Actors.Run) =>
        answers.Count == 0 ? Task.CompletedTask : LostRaces.TryAgainAsync(() => SettleOnceAsync(answers, now, actor, cancellationToken));

    private async Task<int> SettleOnceAsync(
        IReadOnlyList<(PaymentAttemptId Id, ChargeOutcome Outcome)> answers, Instant now, string actor, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var ids = answers.Select(a => a.Id).ToList();
        var rows = await db.PaymentAttempts.Where(a => ids.Contains(a.Id))
            .Join(db.Invoices, a => a.InvoiceId, i => i.Id, (attempt, invoice) => new { attempt, invoice })
            .Join(db.Customers, r => r.invoice.CustomerId, c => c.Id, (r, customer) => new { r.attempt, r.invoice, customer })
            .ToDictionaryAsync(r => r.attempt.Id, r => new UnderPayment(r.attempt, r.invoice, r.customer), cancellationToken);
        List<UnderPayment> changed = [];
        foreach (var (id, outcome) in answers)
        {
            if (await ApplyAsync(db, rows[id], outcome, actor, now, cancellationToken)) changed.Add(rows[id]);
        }

        await dunning.FollowAsync(db, changed, actor, now, cancellationToken);
        return await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Writes one outcome down in the caller's transaction, and tells people what a person has to see.</summary>
    public async Task WriteAsync(
        BillingDbContext db, UnderPayment row, ChargeOutcome outcome, string actor, Instant now, CancellationToken cancellationToken)
    {
        if (await ApplyAsync(db, row, outcome, actor, now, cancellationToken)) await dunning.FollowAsync(db, [row], actor, now, cancellationToken);
    }

    /// <returns>Whether something became known.</returns>
    private async Task<bool> ApplyAsync(
        BillingDbContext db, UnderPayment row, ChargeOutcome outcome, string actor, Instant now, CancellationToken cancellationToken)
    {
        // What waited for the customer and is over at the gateway was given up there, by us or by the gateway itself.
        if (row.Attempt.State == AttemptState.ActionRequired && outcome is ChargeOutcome.Failed) outcome = new ChargeOutcome.GivenUp();
        var alarmed = row.Attempt.WantsAPerson;
        var settlement = Settlement.Apply(row.Attempt, row.Invoice, row.Customer, outcome, now);
        foreach (var fact in settlement.Facts) db.Record(fact, actor, now);
        if (settlement.Facts.OfType<PaymentSucceeded>().SingleOrDefault() is { } paid)
        {
            Money unwanted = new(settlement.Overpayment?.AmountMinor ?? 0, row.Attempt.Currency);
            db.Post(Postings.Captured(row.Attempt, row.Invoice, unwanted, paid.On), now);
        }

        if (settlement.Overpayment is { } overpayment) await KeepAsync(db, row, overpayment, actor, now, cancellationToken);

        var subject = row.Attempt.Id.Value;
        if (row.Attempt.State == AttemptState.Failed && outcome is ChargeOutcome.Failed)
            await db.AlarmAsync(AlarmKind.ChargeRefused, subject, row.Customer.Id, Refused(row), now, cancellationToken);
        if (row.Attempt.WantsAPerson)
            await db.AlarmAsync(AlarmKind.OutcomeUnknown, subject, row.Customer.Id, Unknown(row), now, cancellationToken);
        else if (alarmed)
            await db.HealedAsync(AlarmKind.OutcomeUnknown, subject, actor, now, cancellationToken);
        return settlement.Facts.Count > 0;
    }

    /// <summary>Money that no invoice wanted is the customer's credit at once, and goes back to the card where that is the rule.</summary>
    private async Task KeepAsync(
        BillingDbContext db, UnderPayment row, BalanceEntry overpayment, string actor, Instant now, CancellationToken cancellationToken)
    {
        db.Keep(overpayment, actor, now);
        var excess = new Money(overpayment.AmountMinor, overpayment.Currency);
        var toCard = excess - excess.BelowChargeStep;
        var back = payments?.Overpayment == OverpaymentRule.Refund && row.Attempt.GatewayReference is not null && !toCard.IsZero;
        if (back)
        {
            db.Keep(
                Refund.Ask(
                    new(NewId.At(now)), row.Attempt, row.Customer, toCard, (RefundCause.Overpayment, "No invoice wanted it."), null, now),
                actor, now);
        }

        var words = $"{excess} of {row.Attempt.Amount} taken for invoice {row.Invoice.Number} were not wanted any more; "
            + (back ? "they go back to the card." : "they are the customer's credit.");
        await db.AlarmAsync(AlarmKind.Overpayment, row.Attempt.Id.Value, row.Customer.Id, words, now, cancellationToken);
    }

    private static string Refused(UnderPayment row) =>
        $"The gateway refused to charge {row.Attempt.Amount} for invoice {row.Invoice.Number} as it was asked: {row.Attempt.Detail} Nothing is planned.";

    private static string Unknown(UnderPayment row) =>
        $"Asked {row.Attempt.AskedInVain} times in vain whether {row.Attempt.Amount} were taken for invoice {row.Invoice.Number}. Look there and answer.";

    private async Task<ChargeOutcome> AskAgainAsync(
        PaymentAttempt attempt, Card card, bool wanted, Instant now, CancellationToken cancellationToken) =>
        (now < attempt.StartedAt + gateway.KeyLifetime - KeyMargin, wanted) switch
        {
            (true, true) => await ChargeAsync(Request(attempt, card), cancellationToken),
            (true, false) => new ChargeOutcome.Unknown("Not heard of so far, and no longer wanted."),
            (false, _) => new ChargeOutcome.NeverArrived(),
        };

    /// <summary>What the gateway gives up cannot be captured any more; what was decided meanwhile counts.</summary>
    private async Task<ChargeOutcome> GiveUpAsync(PaymentAttempt attempt, CancellationToken cancellationToken)
    {
        if (attempt.GatewayReference is not { } reference) return new ChargeOutcome.GivenUp();
        return await patience.InTimeAsync(
            stop => gateway.GiveUpAsync(attempt.Id, reference, stop), why => new ChargeOutcome.Unknown(why), cancellationToken);
    }

    private Task<ChargeOutcome> ChargeAsync(ChargeRequest request, CancellationToken cancellationToken) => patience.InTimeAsync(
        stop => gateway.ChargeAsync(request, stop), why => new ChargeOutcome.Unknown(why), cancellationToken);

    private Task<ChargeOutcome?> FindAsync(PaymentAttempt attempt, CancellationToken cancellationToken) => patience.InTimeAsync(
        stop => gateway.FindAsync(attempt.Id, attempt.CustomerId, attempt.GatewayReference, stop), why => new ChargeOutcome.Unknown(why),
        cancellationToken);
}

/// <summary>An attempt with all that its outcome moves.</summary>
/// <param name="Attempt">The attempt.</param>
/// <param name="Invoice">Its invoice.</param>
/// <param name="Customer">Whose.</param>
internal sealed record UnderPayment(PaymentAttempt Attempt, Invoice Invoice, Customer Customer);
