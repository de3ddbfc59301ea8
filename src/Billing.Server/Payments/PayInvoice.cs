using Billing.Client.Contract;
using Billing.Invoicing;
using Billing.Payments;
using Billing.Server.BillingRun;
using Billing.Server.Customers;
using Billing.Server.Http;
using Billing.Server.Invoicing;
using Billing.Server.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Payments;

/// <summary>Tries the customer's card on one invoice now. Not a command: the gateway is asked outside any transaction.</summary>
internal sealed record PayInvoice(Guid InvoiceId) : IRequest<PaymentView>;

internal sealed class PayInvoiceHandler(BillingDbContext db, PaymentDesk desk, BillingClock clock, Door door)
    : IRequestHandler<PayInvoice, PaymentView>
{
    public async Task<PaymentView> Handle(PayInvoice request, CancellationToken cancellationToken)
    {
        var invoice = door.Current(await db.Invoices.AsNoTracking().WithIdAsync(request.InvoiceId, cancellationToken));
        var begun = await BeginAsync(invoice, cancellationToken);

        // Begun is begun: a caller who hangs up does not leave the outcome unasked.
        await desk.AskAndSettleAsync([begun], clock, CancellationToken.None, door.Actor);

        return await db.PaymentViewAsync(begun.AttemptId, CancellationToken.None);
    }

    private async Task<Begun> BeginAsync(Invoice invoice, CancellationToken cancellationToken)
    {
        try
        {
            await GiveUpOnOtherCardAsync(invoice, cancellationToken);
            var begun = await desk.BeginAsync([invoice.Id], AttemptTrigger.Manual, door.Now, cancellationToken);
            return begun is [var one] ? one : throw await WhyNotAsync(invoice.Id, cancellationToken);
        }
        catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || UniqueViolation.Is(e.GetBaseException()))
        {
            // Somebody else was faster: with a payment as a rule, or with a change of the invoice.
            await db.MustNotBeUnderPaymentAsync(invoice.Id, cancellationToken);
            throw await WhyNotAsync(invoice.Id, cancellationToken);
        }
    }

    /// <summary>Who brings another card need not confirm the payment on the one before.</summary>
    private async Task GiveUpOnOtherCardAsync(Invoice invoice, CancellationToken cancellationToken)
    {
        var waiting = await db.PaymentAttempts.SingleOrDefaultAsync(
            a => a.InvoiceId == invoice.Id && a.State == AttemptState.ActionRequired
                && db.Customers.Any(c => c.Id == a.CustomerId && c.DefaultCardId != a.CardId), cancellationToken);
        if (waiting is null) return;

        waiting.LetGo(door.Now);
        await db.SaveChangesAsync(cancellationToken);
        await desk.ResolveAsync([waiting.Id], door.Now, cancellationToken, door.Actor);
    }

    private async Task<Refused> WhyNotAsync(InvoiceId id, CancellationToken cancellationToken)
    {
        await db.MustNotBeUnderPaymentAsync(id, cancellationToken);
        var invoice = await db.Invoices.AsNoTracking().SingleAsync(i => i.Id == id, cancellationToken);
        if (invoice.Status is not (InvoiceStatus.Open or InvoiceStatus.Uncollectible) || invoice.DueMinor == 0)
            return new("invoice_not_open", "Nothing is due on this invoice.");

        var customer = await db.Customers.AsNoTracking().WithIdAsync(invoice.CustomerId.Value, cancellationToken);
        return customer.DefaultCardId is null
            ? new("no_card", "This customer has no card; add one first.")
            : new(Problems.ChangedMeanwhile, "Somebody changed the same thing at the same moment; nothing was done. Try again.");
    }
}
