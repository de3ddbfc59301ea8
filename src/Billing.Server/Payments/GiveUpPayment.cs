using Billing.Client.Contract;
using Billing.Payments;
using Billing.Server.Http;
using Billing.Server.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Payments;

/// <summary>
/// Waits no longer for the customer to confirm a payment, so that its invoice can be voided, credited, written off or paid another way at
/// once. Not a command: the gateway is asked outside any transaction.
/// </summary>
internal sealed record GiveUpPayment(Guid PaymentId) : IRequest<PaymentView>;

internal sealed class GiveUpPaymentHandler(BillingDbContext db, PaymentDesk desk, Door door) : IRequestHandler<GiveUpPayment, PaymentView>
{
    public async Task<PaymentView> Handle(GiveUpPayment request, CancellationToken cancellationToken)
    {
        var attempt = await db.PaymentAttempts.SingleOrDefaultAsync(a => a.Id == new PaymentAttemptId(request.PaymentId), cancellationToken)
            ?? throw NotFound.Of("payment");
        if (attempt.State != AttemptState.ActionRequired)
            throw new Refused("payment_not_waiting", "This payment does not wait for the customer.");

        attempt.LetGo(door.Now);
        await db.SaveChangesAsync(cancellationToken);
        await desk.ResolveAsync([attempt.Id], door.Now, CancellationToken.None, door.Actor);

        return await db.PaymentViewAsync(attempt.Id, CancellationToken.None);
    }
}
