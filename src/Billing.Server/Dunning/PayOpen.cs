using Billing.Client.Contract;
using Billing.Customers;
using Billing.Payments;
using Billing.Server.BillingRun;
using Billing.Server.Cards;
using Billing.Server.Customers;
using Billing.Server.Http;
using Billing.Server.Payments;
using Billing.Server.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Dunning;

/// <summary>Pays everything that is open now, oldest first, with a chosen card. Not a command: the gateway is asked outside any transaction.</summary>
internal sealed record PayOpen(Guid CustomerId, PayNow How) : IRequest<IReadOnlyList<PaymentView>>;

internal sealed class PayOpenHandler(BillingDbContext db, PaymentDesk desk, BillingClock clock, Door door)
    : IRequestHandler<PayOpen, IReadOnlyList<PaymentView>>
{
    public async Task<IReadOnlyList<PaymentView>> Handle(PayOpen request, CancellationToken cancellationToken)
    {
        var customer = await db.Customers.WithIdAsync(request.CustomerId, cancellationToken);
        if (request.How.CardId is { } wanted) await UseAsync(customer, new(wanted), cancellationToken);
        if (customer.DefaultCardId is null) throw new Refused("no_card", "This customer has no card; add one first.");
        var open = (await db.OwedAsync(customer.Id, cancellationToken)).ConvertAll(i => i.Id);
        if (open.Count == 0) throw new Refused("nothing_open", "Nothing is open.");

        List<PaymentView> payments = [];
        foreach (var invoice in open)
        {
            if (await PayAsync(invoice, cancellationToken) is not { } payment) continue;
            payments.Add(payment);
            if (payment.State != "succeeded") break;
        }

        return payments.Count > 0 ? payments : throw PaymentViews.UnderPayment;
    }

    private async Task<PaymentView?> PayAsync(InvoiceId invoice, CancellationToken cancellationToken)
    {
        if (await desk.BeginAsync([invoice], AttemptTrigger.Manual, door.Now, cancellationToken) is not [var begun]) return null;
        await desk.AskAndSettleAsync([begun], clock, CancellationToken.None, door.Actor);
        return await db.PaymentViewAsync(begun.AttemptId, CancellationToken.None);
    }

    /// <summary>The card that is chosen to pay with is charged from now on.</summary>
    private async Task UseAsync(Customer customer, CardId wanted, CancellationToken cancellationToken)
    {
        if (customer.DefaultCardId == wanted) return;
        if (!await db.Cards.AnyAsync(c => c.Id == wanted && c.CustomerId == customer.Id, cancellationToken)) throw NotFound.Of("card");
        db.Record(customer.UseCard(wanted, door.Now), door.Actor, door.Now);
        await db.PlanCollectionAsync(customer.Id, wanted, door.Now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }
}
