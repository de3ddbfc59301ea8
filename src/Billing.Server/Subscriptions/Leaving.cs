using Billing.Retention;
using Billing.Server.Http;
using Billing.Server.Invoicing;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using Billing.Server.Plans;
using Billing.Server.Retention;
using Billing.Subscriptions;

namespace Billing.Server.Subscriptions;

/// <summary>Writes a leave down, the same whichever way the customer came.</summary>
internal sealed class Leaving(BillingDbContext db, IPaymentGateway gateway, LeavingPolicy policy, Door door)
{
    /// <summary>What leaving would mean today; nothing moves.</summary>
    public async Task<LeaveMeaning> MeaningAsync(Subscription subscription, string plan, CancellationToken cancellationToken)
    {
        var current = await db.Plans.NamedAsync(plan, cancellationToken);
        var facts = await db.ChangeFactsAsync(subscription, current, gateway, door.Now, cancellationToken);
        return LeaveMeaning.Of(subscription, facts, policy);
    }

    /// <summary>Lets it end when what is paid for is used up.</summary>
    /// <exception cref="Refused"><c>subscription_ended</c>, <c>cancel_already_planned</c>.</exception>
    public void AtPeriodEnd(Subscription subscription)
    {
        if (subscription.WithdrawPlannedChange(door.Now) is { } withdrawn) db.Record(withdrawn, door.Actor, door.Now);
        db.Record(subscription.CancelAtEnd(door.Now), door.Actor, door.Now);
    }

    /// <summary>Ends it today, with credit notes over what will not be used.</summary>
    /// <exception cref="Refused"><c>subscription_ended</c>, <c>payment_in_progress</c>.</exception>
    public async Task<Left> NowAsync(Subscription subscription, string plan, CancellationToken cancellationToken)
    {
        var current = await db.Plans.NamedAsync(plan, cancellationToken);
        var facts = await db.ChangeFactsAsync(subscription, current, gateway, door.Now, cancellationToken);

        if (subscription.WithdrawPlannedChange(door.Now) is { } withdrawn) db.Record(withdrawn, door.Actor, door.Now);
        var left = subscription.LeaveNow(facts, policy.Refund, () => new(NewId.At(door.Now)));

        if (left.End.Movement is not null) db.MrrMovements.Add(left.End.Movement);
        db.BalanceEntries.AddRange(left.BalanceEntries);
        db.Record(left.End.Fact, door.Actor, door.Now);
        await db.SaveThenNumberAsync(left.Credits, door, cancellationToken);
        return left;
    }
}
