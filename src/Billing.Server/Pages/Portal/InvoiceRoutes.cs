using Billing.Dunning;
using Billing.Payments;
using Billing.Retention;
using Billing.Server.Http;
using Billing.Server.Payments;
using Billing.Server.Persistence;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Pages.Portal;

/// <summary>Invoices and credit notes to read and print, and paying what is open.</summary>
internal static class InvoiceRoutes
{
    public static void MapInvoices(this IEndpointRouteBuilder portal)
    {
        portal.MapGet("/invoices/{id:guid}", ShowAsync);
        portal.MapPost("/invoices/{id:guid}/pay", PayAsync);
        portal.MapGet("/payments/{id:guid}", OutcomeAsync);
        portal.MapGet("/payments/{id:guid}/confirm", ConfirmAsync);
        portal.MapGet("/payments/{id:guid}/back", BackAsync);
        portal.MapGet("/credit-notes/{id:guid}", ShowCreditNoteAsync);
    }

    private static async Task<IResult> ShowAsync(Guid id, BillingDbContext db, Visitor visitor, CancellationToken cancellationToken) =>
        await InvoicePage.ReadAsync(db, visitor.Customer.Id, new(id), cancellationToken) is { } page
            ? new RazorComponentResult<PrintableInvoice>(new { Page = page, visitor.Words })
            : throw Http.NotFound.Of("invoice");

    private static async Task<IResult> ShowCreditNoteAsync(Guid id, BillingDbContext db, Visitor visitor, CancellationToken cancellationToken)
    {
        var found = await db.CreditNotes.AsNoTracking().Where(n => n.Id == new CreditNoteId(id) && n.CustomerId == visitor.Customer.Id)
            .Join(db.Invoices, n => n.InvoiceId, i => i.Id, (note, invoice) => new { note, invoice.Number }).SingleOrDefaultAsync(cancellationToken);
        return found is null
            ? throw Http.NotFound.Of("credit note")
            : new RazorComponentResult<PrintableCreditNote>(new { Note = found.note, InvoiceNumber = found.Number, visitor.Customer, visitor.Words });
    }

    /// <summary>Pressed twice, or gone back to and pressed again, the invoice is not as it was seen: nothing is charged a second time.</summary>
    private static async Task<IResult> PayAsync(
        Guid id, [FromForm] int? seen, HttpContext http, BillingDbContext db, IMediator send, Visitor visitor, Door door,
        CancellationToken cancellationToken)
    {
        var invoice = new InvoiceId(id);
        if (!await db.Invoices.AnyAsync(i => i.Id == invoice && i.CustomerId == visitor.Customer.Id, cancellationToken)) throw Http.NotFound.Of("invoice");
        visitor.Saw(seen);
        var payment = await send.Send(new PayInvoice(id), cancellationToken);
        return payment.State == Wire.Word(AttemptState.Succeeded)
            ? Done.Say(http, CustomerAct.Paid, door.Now)
            : new SeeOther($"/portal/payments/{payment.Id}");
    }

    /// <summary>To the bank's page; where nothing is left to confirm, to what became of it.</summary>
    private static async Task<IResult> ConfirmAsync(
        Guid id, HttpContext http, BillingDbContext db, IMediator send, Visitor visitor, CancellationToken cancellationToken)
    {
        await MustBeTheirsAsync(id, db, visitor, cancellationToken);
        var answer = await send.Send(new ConfirmPayment(id, new(PublicAddress.Of(http, $"/portal/payments/{id}/back"))), cancellationToken);
        return answer.Url is { } page ? Results.Redirect(page) : new SeeOther($"/portal/payments/{id}");
    }

    /// <summary>Back from the bank: what it decided is asked for at once, before any notice comes.</summary>
    private static async Task<IResult> BackAsync(
        Guid id, HttpContext http, BillingDbContext db, IMediator send, Visitor visitor, Door door, CancellationToken cancellationToken)
    {
        await MustBeTheirsAsync(id, db, visitor, cancellationToken);
        var payment = await send.Send(new LookUpPayment(id), cancellationToken);
        return payment.State == Wire.Word(AttemptState.Succeeded)
            ? Done.Say(http, CustomerAct.Paid, door.Now)
            : new SeeOther($"/portal/payments/{id}");
    }

    private static async Task MustBeTheirsAsync(Guid id, BillingDbContext db, Visitor visitor, CancellationToken cancellationToken)
    {
        var payment = new PaymentAttemptId(id);
        if (!await db.PaymentAttempts.AnyAsync(a => a.Id == payment && a.CustomerId == visitor.Customer.Id, cancellationToken))
            throw Http.NotFound.Of("payment");
    }

    private static async Task<IResult> OutcomeAsync(Guid id, BillingDbContext db, Visitor visitor, CancellationToken cancellationToken)
    {
        var attempt = await db.PaymentAttempts.AsNoTracking()
            .SingleOrDefaultAsync(a => a.Id == new PaymentAttemptId(id) && a.CustomerId == visitor.Customer.Id, cancellationToken);
        return attempt is null
            ? throw Http.NotFound.Of("payment")
            : new RazorComponentResult<PaymentOutcome>(new
            {
                Attempt = attempt, visitor.Words,
                MayChooseDay = await db.DunningCases.AnyAsync(c => c.CustomerId == visitor.Customer.Id && c.State == CaseState.Open, cancellationToken),
            });
    }
}
