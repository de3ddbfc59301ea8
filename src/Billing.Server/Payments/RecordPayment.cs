using Billing.Client.Contract;
using Billing.Ledger;
using Billing.Payments;
using Billing.Server.Alarms;
using Billing.Server.Dunning;
using Billing.Server.Http;
using Billing.Server.Invoicing;
using Billing.Server.Ledger;
using Billing.Server.Persistence;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using NodaTime.Text;

namespace Billing.Server.Payments;

/// <summary>Writes down money for an invoice that came past the gateway. The same reference again is the same money.</summary>
internal sealed record RecordPayment(Guid InvoiceId, NewReceivedPayment Payment) : ICommand<ReceivedPaymentView>;

internal sealed class RecordPaymentValidator : AbstractValidator<RecordPayment>
{
    public RecordPaymentValidator()
    {
        RuleFor(c => c.Payment.Amount.Value).GreaterThan(0).OverridePropertyName("amount.amount");
        RuleFor(c => c.Payment.Reference).NotEmpty().MaximumLength(ReceivedPayment.LongestReference).OverridePropertyName("reference");
        RuleFor(c => c.Payment.By).Must(by => Enum.GetValues<ReceivedBy>().Any(v => Wire.Word(v) == by))
            .WithMessage("Money comes by bank_transfer, cash, cheque or other.").OverridePropertyName("by");
        RuleFor(c => c.Payment.ReceivedOn).Must(on => LocalDatePattern.Iso.Parse(on ?? "").Success)
            .WithMessage("A day is written 2026-03-31.").OverridePropertyName("receivedOn");
    }
}

internal sealed class RecordPaymentHandler(BillingDbContext db, Door door) : IRequestHandler<RecordPayment, ReceivedPaymentView>
{
    public async Task<ReceivedPaymentView> Handle(RecordPayment request, CancellationToken cancellationToken)
    {
        var invoice = door.Current(await db.Invoices.WithIdAsync(request.InvoiceId, cancellationToken));
        var money = MoneyOf(request.Payment, invoice.Currency);
        var known = await db.ReceivedPayments.SingleOrDefaultAsync(
            p => p.InvoiceId == invoice.Id && p.By == money.By && p.Reference == money.Reference, cancellationToken);
        if (known is not null) return known.IsSame(money.Amount, money.On) ? known.ToView() : throw new Refused(
            "reference_used", "Another payment of this invoice has this reference already.", "reference");
        var customer = await db.Customers.SingleAsync(c => c.Id == invoice.CustomerId, cancellationToken);

        var (payment, overpayment, fact) = ReceivedPayment.Take(new(NewId.At(door.Now)), invoice, customer, money, door.Actor, door.Now);
        await db.LetGoAsync(invoice.Id, door.Now, cancellationToken);

        db.ReceivedPayments.Add(payment);
        db.Post(Postings.Received(payment, invoice), door.Now);
        db.Record(fact, door.Actor, door.Now);
        if (overpayment is not null)
        {
            db.Keep(overpayment, door.Actor, door.Now);
            var words = $"{new Money(payment.ExcessMinor, payment.Currency)} of {payment.Amount} received for invoice {invoice.Number} ({payment.Reference}) were not due; they are the customer's credit.";
            await db.AlarmAsync(AlarmKind.Overpayment, payment.Id.Value, customer.Id, words, door.Now, cancellationToken);
        }

        await db.CloseIfSettledAsync(customer.Id, door.Actor, door.Now, cancellationToken, payment.Amount);
        return payment.ToView();
    }

    private static MoneyIn MoneyOf(NewReceivedPayment payment, Currency currency) => new(
        Enum.GetValues<ReceivedBy>().Single(v => Wire.Word(v) == payment.By), payment.Amount.ToMoney("amount", currency), payment.Reference,
        LocalDatePattern.Iso.Parse(payment.ReceivedOn).Value);
}
