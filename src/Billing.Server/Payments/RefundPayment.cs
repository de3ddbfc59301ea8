using Billing.Client.Contract;
using Billing.Customers;
using Billing.Invoicing;
using Billing.Payments;
using Billing.Server.Http;
using Billing.Server.Invoicing;
using Billing.Server.Ledger;
using Billing.Server.Payments.Disputes;
using Billing.Server.Persistence;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Payments;

/// <summary>Sends captured money back to the card. Not a command: the gateway is asked outside any transaction.</summary>
internal sealed record RefundPayment(Guid PaymentId, NewRefund Refund) : IRequest<RefundView>;

internal sealed class RefundPaymentValidator : AbstractValidator<RefundPayment>
{
    public RefundPaymentValidator()
    {
        RuleFor(c => c.Refund.Reason).NotEmpty().MaximumLength(Refund.LongestReason).OverridePropertyName("reason");
        RuleFor(c => c.Refund.Amount!.Value).GreaterThan(0).When(c => c.Refund.Amount is not null).OverridePropertyName("amount.amount");
    }
}

internal sealed class RefundPaymentHandler(BillingDbContext db, RefundDesk desk, Door door) : IRequestHandler<RefundPayment, RefundView>
{
    public async Task<RefundView> Handle(RefundPayment request, CancellationToken cancellationToken)
    {
        var id = await BeginAsync(request, cancellationToken);

        // Begun is begun: a caller who hangs up does not leave the outcome unasked.
        await desk.SendAsync([id], door.Now, CancellationToken.None, door.Actor);

        return await db.RefundViewAsync(id, CancellationToken.None);
    }

    /// <summary>The credit note, the credit it makes and the refund that takes it: one transaction, before the call.</summary>
    private async Task<RefundId> BeginAsync(RefundPayment request, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var payment = await db.PaymentAttempts.SingleOrDefaultAsync(a => a.Id == new PaymentAttemptId(request.PaymentId), cancellationToken)
            ?? throw NotFound.Of("payment");
        await db.MustNotBeDisputedAsync(payment.CustomerId, cancellationToken);
        var invoice = await db.Invoices.SingleAsync(i => i.Id == payment.InvoiceId, cancellationToken);
        var customer = await db.Customers.SingleAsync(c => c.Id == payment.CustomerId, cancellationToken);
        var amount = request.Refund.Amount?.ToMoney("amount", payment.Currency) ?? payment.Refundable - payment.Refundable.BelowChargeStep;

        var note = request.Refund.FromCredit ? null : await CreditAsync(invoice, customer, amount, request.Refund.Reason, cancellationToken);
        if (note is null && customer.Balance < amount)
            throw new Refused("not_enough_credit", $"This customer's credit is {customer.Balance}.", "amount");
        var asked = Refund.Ask(
            new(NewId.At(door.Now)), payment, customer, amount, (RefundCause.Asked, request.Refund.Reason), note?.Id, door.Now);

        db.Keep(asked, door.Actor, door.Now);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return asked.Refund.Id;
    }

    private async Task<CreditNote> CreditAsync(Invoice invoice, Customer customer, Money amount, string reason, CancellationToken cancellationToken)
    {
        if (amount.Minor == 0) throw new Refused("refund_exceeds_payment", "Nothing of this payment is left to send back.", "amount");
        var (note, entry) = invoice.Credit(new(NewId.At(door.Now)), customer, amount, reason, door.Now);
        if (entry?.AmountMinor != amount.Minor)
            throw new Refused("invoice_still_due", "Part of this invoice is still due; credit that first.");

        note.GiveNumber((await InvoiceNumbers.TakeAsync(db, NumberSeries.CreditNotes, 1, cancellationToken))[0]);
        db.CreditNotes.Add(note);
        db.Keep(entry, door.Actor, door.Now);
        await db.BookCreditedAsync(note, invoice, door.Now, cancellationToken);
        db.Record(
            new InvoiceCredited(note.CustomerId, note.IssuedOn, note.InvoiceId, note.Number!, note.AmountMinor, note.Currency.Code), door.Actor, door.Now);
        return note;
    }
}
