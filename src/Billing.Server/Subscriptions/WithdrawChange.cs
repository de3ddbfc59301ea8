using Billing.Client.Contract;
using Billing.Server.Http;
using Billing.Server.Persistence;
using MediatR;

namespace Billing.Server.Subscriptions;

/// <summary>Takes a planned change back.</summary>
internal sealed record WithdrawChange(Guid SubscriptionId) : ICommand<SubscriptionView>;

internal sealed class WithdrawChangeHandler(BillingDbContext db, Door door) : IRequestHandler<WithdrawChange, SubscriptionView>
{
    public async Task<SubscriptionView> Handle(WithdrawChange request, CancellationToken cancellationToken)
    {
        var (subscription, plan) = await db.SubscriptionAsync(request.SubscriptionId, cancellationToken);

        var fact = door.Current(subscription).KeepTerms(door.Now);

        db.Record(fact, door.Actor, door.Now);
        await db.SaveChangesAsync(cancellationToken);
        return subscription.ToView(plan);
    }
}
