using Billing.Client.Contract;
using Billing.Customers;
using Billing.Invoicing;
using Billing.Server.Http;
using Billing.Server.Ledger;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Invoicing;

/// <summary>Issues a draft: it gets its number, uses the customer's credit and is owed from now on.</summary>
internal sealed record IssueInvoice(Guid InvoiceId) : ICommand<InvoiceView>;

internal sealed class IssueInvoiceHandler(BillingDbContext db, IPaymentGateway gateway, Door door) : IRequestHandler<IssueInvoice, InvoiceView>
{
    public async Task<InvoiceView> Handle(IssueInvoice request, CancellationToken cancellationToken)
    {
        var invoice = door.Current(await db.Invoices.WithIdAsync(request.InvoiceId, cancellationToken));
        var customer = await db.Customers.SingleAsync(c => c.Id == invoice.CustomerId, cancellationToken);

        var entries = invoice.Issue(customer, gateway.MinimumCharge(invoice.Currency), door.Now);
        invoice.GiveNumber((await InvoiceNumbers.TakeAsync(db, NumberSeries.Invoices, 1, cancellationToken))[0]);

        foreach (var entry in entries) db.Keep(entry, door.Actor, door.Now);
        db.BookIssued(invoice, door.Now);
        db.Record(Issued(invoice, customer), door.Actor, door.Now);
        await db.SaveChangesAsync(cancellationToken);
        return invoice.ToView();
    }

    private InvoiceIssued Issued(Invoice invoice, Customer customer) =>
        new(customer.Id, customer.Today(door.Now), invoice.Id, invoice.Number!, invoice.TotalMinor, invoice.Currency.Code);
}
