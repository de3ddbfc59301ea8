using Billing.Client.Contract;
using Billing.Invoicing;
using Billing.Server.Dunning;
using Billing.Server.Http;
using Billing.Server.Ledger;
using Billing.Server.Payments;
using Billing.Server.Persistence;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Invoicing;

/// <summary>Credits part or all of an issued invoice by a numbered credit note.</summary>
internal sealed record CreditInvoice(Guid InvoiceId, NewCreditNote Note) : ICommand<CreditNoteView>;

internal sealed class CreditInvoiceValidator : AbstractValidator<CreditInvoice>
{
    public CreditInvoiceValidator()
    {
        RuleFor(c => c.Note.Amount.Value).GreaterThan(0).OverridePropertyName("amount.amount");
        RuleFor(c => c.Note.Reason).NotEmpty().MaximumLength(500).OverridePropertyName("reason");
    }
}

internal sealed class CreditInvoiceHandler(BillingDbContext db, Door door) : IRequestHandler<CreditInvoice, CreditNoteView>
{
    public async Task<CreditNoteView> Handle(CreditInvoice request, CancellationToken cancellationToken)
    {
        var invoice = door.Current(await db.Invoices.WithIdAsync(request.InvoiceId, cancellationToken));
        var customer = await db.Customers.SingleAsync(c => c.Id == invoice.CustomerId, cancellationToken);
        await db.MustNotBeUnderPaymentAsync(invoice.Id, cancellationToken);
        var amount = request.Note.Amount.ToMoney("amount", invoice.Currency);

        var (note, entry) = invoice.Credit(new(NewId.At(door.Now)), customer, amount, request.Note.Reason, door.Now);
        note.GiveNumber((await InvoiceNumbers.TakeAsync(db, NumberSeries.CreditNotes, 1, cancellationToken))[0]);

        db.CreditNotes.Add(note);
        if (entry is not null) db.Keep(entry, door.Actor, door.Now);
        await db.BookCreditedAsync(note, invoice, door.Now, cancellationToken);
        db.Record(Fact(note), door.Actor, door.Now);
        await db.CloseIfSettledAsync(customer.Id, door.Actor, door.Now, cancellationToken);
        return note.ToView(invoice);
    }

    private static InvoiceCredited Fact(CreditNote note) =>
        new(note.CustomerId, note.IssuedOn, note.InvoiceId, note.Number!, note.AmountMinor, note.Currency.Code);
}
