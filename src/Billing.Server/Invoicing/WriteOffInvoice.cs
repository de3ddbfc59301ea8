using Billing.Client.Contract;
using Billing.Invoicing;
using Billing.Ledger;
using Billing.Server.Dunning;
using Billing.Server.Http;
using Billing.Server.Ledger;
using Billing.Server.Payments;
using Billing.Server.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Invoicing;

/// <summary>Gives up on collecting an invoice; it stays owed.</summary>
internal sealed record WriteOffInvoice(Guid InvoiceId) : ICommand<InvoiceView>;

internal sealed class WriteOffInvoiceHandler(BillingDbContext db, Door door) : IRequestHandler<WriteOffInvoice, InvoiceView>
{
    public async Task<InvoiceView> Handle(WriteOffInvoice request, CancellationToken cancellationToken)
    {
        var invoice = door.Current(await db.Invoices.WithIdAsync(request.InvoiceId, cancellationToken));
        var customer = await db.Customers.AsNoTracking().SingleAsync(c => c.Id == invoice.CustomerId, cancellationToken);
        await db.MustNotBeUnderPaymentAsync(invoice.Id, cancellationToken);

        invoice.GiveUp(door.Now);

        db.Post(Postings.WrittenOff(invoice, customer.Today(door.Now)), door.Now);
        db.Record(new InvoiceGivenUp(customer.Id, customer.Today(door.Now), invoice.Id), door.Actor, door.Now);
        await db.CloseIfSettledAsync(customer.Id, door.Actor, door.Now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return invoice.ToView();
    }
}
