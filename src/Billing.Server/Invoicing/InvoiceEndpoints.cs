using Billing.Client.Contract;
using Billing.Server.Http;
using Billing.Server.Payments;
using Billing.Server.Persistence;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Billing.Server.Invoicing;

internal static class InvoiceEndpoints
{
    public static void MapInvoices(this IEndpointRouteBuilder v1)
    {
        var read = v1.For("/invoices", "Invoices", ApiScope.Read);
        read.MapGet("", ([FromQuery] Guid? customerId, [FromQuery] string? status, BillingDbContext db, [AsParameters] PageQuery page, CancellationToken stop) =>
                db.InvoicePageAsync(customerId, status, page, stop))
            .Named("listInvoices", "Lists invoices without their lines, newest first");
        read.MapGet("/{id:guid}", (Guid id, BillingDbContext db, CancellationToken stop) => db.InvoiceViewAsync(id, stop))
            .Named("getInvoice", "Reads an invoice with its lines");
        read.MapGet("/{id:guid}/credit-notes", (Guid id, BillingDbContext db, [AsParameters] PageQuery page, CancellationToken stop) =>
                db.CreditNotePageAsync(id, page, stop))
            .Named("listCreditNotes", "Lists an invoice's credit notes, newest first");

        v1.For("/customers/{customerId:guid}/invoices", "Invoices", ApiScope.Write)
            .MapPost("", async (Guid customerId, NewInvoice invoice, IMediator send, CancellationToken stop) =>
                Routes.Made("/v1/invoices/", await send.Send(new DraftInvoice(customerId, invoice), stop), i => i.Id))
            .Named("draftInvoice", "Begins an invoice for something sold once; nothing is owed before it is issued");

        var write = v1.For("/invoices/{id:guid}", "Invoices", ApiScope.Write);
        write.MapPost("/items", (Guid id, NewInvoiceItem item, IMediator send, CancellationToken stop) => send.Send(new AddInvoiceItem(id, item), stop))
            .Named("addInvoiceItem", "Adds an item to a draft");
        write.MapPost("/issue", (Guid id, IMediator send, CancellationToken stop) => send.Send(new IssueInvoice(id), stop))
            .Named("issueInvoice", "Issues a draft: it gets its number and is owed from now on");
        write.MapPost("/void", (Guid id, IMediator send, CancellationToken stop) => send.Send(new VoidInvoice(id), stop))
            .Named("voidInvoice", "Takes back an invoice issued by mistake");
        write.MapPost("/write-off", (Guid id, IMediator send, CancellationToken stop) => send.Send(new WriteOffInvoice(id), stop))
            .Named("writeOffInvoice", "Gives up on collecting an invoice");
        write.MapPost("/credit-notes", async (Guid id, NewCreditNote note, IMediator send, CancellationToken stop) =>
                Routes.Made($"/v1/invoices/{id}/credit-notes", await send.Send(new CreditInvoice(id, note), stop)))
            .Named("creditInvoice", "Credits part or all of an issued invoice");
        write.MapPost("/pay", (Guid id, IMediator send, CancellationToken stop) => send.Send(new PayInvoice(id), stop))
            .OutsideTransaction().Named("payInvoice", "Tries the customer's card now, and answers with what came of it");
    }
}
