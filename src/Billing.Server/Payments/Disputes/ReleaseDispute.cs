using Billing.Client.Contract;
using Billing.Server.Alarms;
using Billing.Server.Http;
using Billing.Server.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Payments.Disputes;

/// <summary>Says that a customer's billing goes on after a lost dispute. Saying it twice changes nothing.</summary>
internal sealed record ReleaseDispute(Guid Id) : ICommand<DisputeView>;

internal sealed class ReleaseDisputeHandler(BillingDbContext db, Door door) : IRequestHandler<ReleaseDispute, DisputeView>
{
    public async Task<DisputeView> Handle(ReleaseDispute request, CancellationToken cancellationToken)
    {
        var dispute = door.Current(
            await db.Disputes.SingleOrDefaultAsync(d => d.Id == new DisputeId(request.Id), cancellationToken) ?? throw NotFound.Of("dispute"));
        var customer = await db.Customers.SingleAsync(c => c.Id == dispute.CustomerId, cancellationToken);

        if (dispute.Release(customer.Today(door.Now)) is { } released)
        {
            db.Record(released, door.Actor, door.Now);
            await db.HealedAsync(AlarmKind.Dispute, dispute.Id.Value, door.Actor, door.Now, cancellationToken);
        }

        return dispute.ToView();
    }
}
