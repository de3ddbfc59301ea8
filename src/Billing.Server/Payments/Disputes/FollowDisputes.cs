using Billing.Customers;
using Billing.Invoicing;
using Billing.Ledger;
using Billing.Payments;
using Billing.Server.Alarms;
using Billing.Server.Customers;
using Billing.Server.Invoicing;
using Billing.Server.Ledger;
using Billing.Server.Payments.Gateways;
using Billing.Server.Payments.Inbox;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Payments.Disputes;

/// <summary>
/// Keeps our disputes where the gateway's are. The payment comes first: a dispute of money that we have not heard of yet is
/// not lost, we hear of the money then.
/// </summary>
internal sealed class FollowDisputes(BillingDatabase database, IPaymentGateway gateway, FollowPayments payments)
{
    public async Task<Followed> FollowAsync(GatewayDispute seen, Instant now, CancellationToken cancellationToken)
    {
        if (await AttemptOfAsync(seen, now, cancellationToken) is not { } attempt) return Followed.Differs;
        return await LostRaces.TryAgainAsync(() => OnceAsync(seen, attempt, now, cancellationToken));
    }

    private async Task<PaymentAttemptId?> AttemptOfAsync(GatewayDispute seen, Instant now, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        if (await db.Disputes.AsNoTracking().SingleOrDefaultAsync(d => d.Reference == seen.Reference, cancellationToken) is { } known) return known.AttemptId;

        var payment = await gateway.ReadPaymentAsync(seen.PaymentReference, cancellationToken)
            ?? throw new GatewaySilent($"The gateway tells of a dispute of {seen.PaymentReference} and does not know that payment.");
        await payments.FollowAsync(payment, now, cancellationToken);
        var attempt = await db.PaymentAttempts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == payment.AttemptId, cancellationToken);
        if (attempt is { IsCaptured: true } && attempt.Currency == seen.Amount.Currency) return attempt.Id;

        await db.AlarmOnceAsync(
            AlarmKind.BooksDiffer, FollowPayments.Subject(seen.Reference), attempt?.CustomerId,
            $"A bank asks {seen.Amount} back ({seen.Reference}, {seen.Reason}) of the payment {seen.PaymentReference}, of which our books have "
            + $"{(attempt is null ? "nothing" : $"{attempt.Amount}, {attempt.State}")}. Answer it at the gateway.",
            now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return null;
    }

    private async Task<Followed> OnceAsync(GatewayDispute seen, PaymentAttemptId attemptId, Instant now, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var attempt = await db.PaymentAttempts.SingleAsync(a => a.Id == attemptId, cancellationToken);
        var invoice = await db.Invoices.SingleAsync(i => i.Id == attempt.InvoiceId, cancellationToken);
        var customer = await db.Customers.SingleAsync(c => c.Id == attempt.CustomerId, cancellationToken);
        var known = await db.Disputes.SingleOrDefaultAsync(d => d.Reference == seen.Reference, cancellationToken);

        var before = known?.State;
        var dispute = known ?? await OpenAsync(db, attempt, invoice, customer, seen, now, cancellationToken);
        if (dispute.State == DisputeState.Open) await DecideAsync(db, dispute, attempt, invoice, customer, seen, now, cancellationToken);

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return dispute.State == seen.State
            ? before == dispute.State ? Followed.Agreed : Followed.Healed
            : await DiffersAsync(dispute, seen, now, cancellationToken);
    }

    private static async Task<Dispute> OpenAsync(
        BillingDbContext db, PaymentAttempt attempt, Invoice invoice, Customer customer, GatewayDispute seen, Instant now,
        CancellationToken cancellationToken)
    {
        var dispute = Dispute.Open(new(NewId.At(now)), attempt, seen.Reference, seen.Amount, seen.Reason, seen.OpenedAt);
        db.Disputes.Add(dispute);
        db.Record(dispute.Opened(customer.Today(now)), Actors.Gateway, now);
        db.Post(Postings.Opened(dispute, customer.Today(now)), now);
        await db.AlarmAsync(
            AlarmKind.Dispute, dispute.Id.Value, customer.Id,
            $"The customer's bank asks {dispute.Amount} of invoice {invoice.Number} back ({dispute.Reason}). Answer it at the gateway. "
            + "Meanwhile nothing is collected from this customer and nothing sent back.",
            now, cancellationToken);
        // First its own row: of two that hear of it at once, one fails here and looks again.
        await db.SaveChangesAsync(cancellationToken);
        return dispute;
    }

    private static Task DecideAsync(
        BillingDbContext db, Dispute dispute, PaymentAttempt attempt, Invoice invoice, Customer customer, GatewayDispute seen, Instant now,
        CancellationToken cancellationToken) => seen.State switch
        {
            DisputeState.Open => Task.CompletedTask,
            DisputeState.Won => WinAsync(db, dispute, customer, now, cancellationToken),
            DisputeState.Lost => LoseAsync(db, dispute, attempt, invoice, customer, now, cancellationToken),
        };

    private static async Task WinAsync(BillingDbContext db, Dispute dispute, Customer customer, Instant now, CancellationToken cancellationToken)
    {
        db.Record(dispute.Win(customer.Today(now), now)!, Actors.Gateway, now);
        db.Post(Postings.Won(dispute, customer.Today(now)), now);
        await db.HealedAsync(AlarmKind.Dispute, dispute.Id.Value, Actors.Gateway, now, cancellationToken);
    }

    private static async Task LoseAsync(
        BillingDbContext db, Dispute dispute, PaymentAttempt attempt, Invoice invoice, Customer customer, Instant now,
        CancellationToken cancellationToken)
    {
        await CallBackRefundsAsync(db, attempt, customer, now, cancellationToken);
        var stillPaid = await StillPaidAsync(db, invoice, attempt.Id, cancellationToken);
        var (fact, note, entry) = dispute.Lose(attempt, invoice, customer, stillPaid, new(NewId.At(now)), now)!;
        if (entry is not null) db.Keep(entry, Actors.Gateway, now);
        db.Record(fact, Actors.Gateway, now);
        db.Post(Postings.Lost(dispute, fact), now);
        await db.AlarmAsync(
            AlarmKind.Dispute, dispute.Id.Value, customer.Id,
            $"The dispute of {dispute.Amount} on invoice {invoice.Number} is lost: the money is gone, {new Money(fact.RevenueMinor, dispute.Currency)} are "
            + $"credited and {new Money(fact.CreditMinor, dispute.Currency)} of credit taken back. Nothing is collected from this customer until somebody says so.",
            now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);

        if (note is null) return;
        note.GiveNumber((await InvoiceNumbers.TakeAsync(db, NumberSeries.CreditNotes, 1, cancellationToken))[0]);
        db.CreditNotes.Add(note);
        await db.BookCreditedAsync(note, invoice, now, cancellationToken, PostingRule.DisputeCredited);
        db.Record(
            new InvoiceCredited(note.CustomerId, note.IssuedOn, note.InvoiceId, note.Number!, note.AmountMinor, note.Currency.Code), Actors.Gateway, now);
    }

    /// <summary>What waited to be sent back of this payment is the customer's credit again first: the bank sent it back.</summary>
    private static async Task CallBackRefundsAsync(
        BillingDbContext db, PaymentAttempt attempt, Customer customer, Instant now, CancellationToken cancellationToken)
    {
        foreach (var refund in await db.Refunds.Where(r => r.AttemptId == attempt.Id && r.SentAt == null).ToListAsync(cancellationToken))
        {
            var settled = RefundSettlement.Apply(refund, attempt, customer, new RefundOutcome.Failed(null, "The bank took the payment back."), now);
            foreach (var fact in settled.Facts) db.Record(fact, Actors.Gateway, now);
            if (settled.Returned is { } returned) db.Keep(returned, Actors.Gateway, now);
        }
    }

    /// <summary>What other money keeps paying of an invoice.</summary>
    private static async Task<Money> StillPaidAsync(
        BillingDbContext db, Invoice invoice, PaymentAttemptId disputed, CancellationToken cancellationToken)
    {
        var captured = await db.PaymentAttempts.Where(a => a.InvoiceId == invoice.Id && a.Id != disputed)
            .Where(a => a.State == AttemptState.Succeeded || a.State == AttemptState.CapturedLate)
            .SumAsync(a => a.AmountMinor - a.RefundedMinor - a.LostMinor, cancellationToken);
        var received = await db.ReceivedPayments.Where(r => r.InvoiceId == invoice.Id).SumAsync(r => r.AmountMinor, cancellationToken);
        return new(captured + received, invoice.Currency);
    }

    /// <summary>It was decided, and now it is said to be decided otherwise: that is for a person.</summary>
    private async Task<Followed> DiffersAsync(Dispute dispute, GatewayDispute seen, Instant now, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        await db.AlarmOnceAsync(
            AlarmKind.BooksDiffer, dispute.Id.Value, dispute.CustomerId,
            $"Our books: {dispute.Amount}, {dispute.State}. The gateway's ({seen.Reference}): {seen.Amount}, {seen.State}.", now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return Followed.Differs;
    }
}
