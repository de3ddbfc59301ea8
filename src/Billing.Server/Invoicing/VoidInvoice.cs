using Billing.Client.Contract;
using Billing.Invoicing;
using Billing.Server.Dunning;
using Billing.Server.Http;
using Billing.Server.Ledger;
using Billing.Server.Payments;
using Billing.Server.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Invoicing;

/// <summary>Takes back an invoice issued by mistake; credit it had used is given back.</summary>
internal sealed record VoidInvoice(Guid InvoiceId) : ICommand<InvoiceView>;

internal sealed class VoidInvoiceHandler(BillingDbContext db, Door door) : IRequestHandler<VoidInvoice, InvoiceView>
{
    public async Task<InvoiceView> Handle(VoidInvoice request, CancellationToken cancellationToken)
    {
        var invoice = door.Current(await db.Invoices.WithIdAsync(request.InvoiceId, cancellationToken));
        var customer = await db.Customers.SingleAsync(c => c.Id == invoice.CustomerId, cancellationToken);
        await db.MustNotBeUnderPaymentAsync(invoice.Id, cancellationToken);

        if (invoice.VoidBy(customer, door.Now) is { } restored) db.Keep(restored, door.Actor, door.Now);

        await db.BookVoidedAsync(invoice, customer.Today(door.Now), door.Now, cancellationToken);
        db.Record(new InvoiceVoided(customer.Id, customer.Today(door.Now), invoice.Id), door.Actor, door.Now);
        await db.CloseIfSettledAsync(customer.Id, door.Actor, door.Now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return invoice.ToView();
    }
}
