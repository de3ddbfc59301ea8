using Billing.Client.Contract;
using Billing.Server.Http;
using Billing.Server.Persistence;
using MediatR;

namespace Billing.Server.Subscriptions;

/// <summary>Takes a planned end back.</summary>
internal sealed record WithdrawCancel(Guid SubscriptionId) : ICommand<SubscriptionView>;

internal sealed class WithdrawCancelHandler(BillingDbContext db, Door door) : IRequestHandler<WithdrawCancel, SubscriptionView>
{
    public async Task<SubscriptionView> Handle(WithdrawCancel request, CancellationToken cancellationToken)
    {
        var (subscription, plan) = await db.SubscriptionAsync(request.SubscriptionId, cancellationToken);

        var fact = door.Current(subscription).KeepGoing(door.Now);

        db.Record(fact, door.Actor, door.Now);
        await db.SaveChangesAsync(cancellationToken);
        return subscription.ToView(plan);
    }
}
