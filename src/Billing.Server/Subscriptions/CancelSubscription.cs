using Billing.Client.Contract;
using Billing.History;
using Billing.Server.Http;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using Billing.Subscriptions;
using FluentValidation;
using MediatR;

namespace Billing.Server.Subscriptions;

/// <summary>Ends a subscription when what is paid for is used up, or today.</summary>
internal sealed record CancelSubscription(Guid SubscriptionId, Cancellation Cancellation) : ICommand<SubscriptionView>;

internal sealed class CancelSubscriptionValidator : AbstractValidator<CancelSubscription>
{
    public CancelSubscriptionValidator() => RuleFor(c => c.Cancellation.When).Must(w => w is "period_end" or "now")
        .WithMessage("A subscription ends at period_end or now.").OverridePropertyName("when");
}

internal sealed class CancelSubscriptionHandler(BillingDbContext db, IPaymentGateway gateway, Door door)
    : IRequestHandler<CancelSubscription, SubscriptionView>
{
    public async Task<SubscriptionView> Handle(CancelSubscription request, CancellationToken cancellationToken)
    {
        var (subscription, plan) = await db.SubscriptionAsync(request.SubscriptionId, cancellationToken);
        door.Current(subscription);
        var live = await db.Breaks.LiveAsync(subscription.Id, cancellationToken);

        if (live is { State: BreakState.Planned }) db.Record(subscription.WithdrawBreak(live, door.Now), door.Actor, door.Now);
        if (live is { State: BreakState.Away }) await LeaveFromBeachAsync(subscription, live, cancellationToken);
        else if (request.Cancellation.When == "now") Record(subscription.CancelNow(EndReason.Voluntary, door.Now));
        else Record(subscription.CancelAtEnd(door.Now));

        await db.SaveChangesAsync(cancellationToken);
        return subscription.ToView(plan);
    }

    private async Task LeaveFromBeachAsync(Subscription subscription, Break away, CancellationToken cancellationToken)
    {
        var facts = await db.BreakFactsAsync(subscription, gateway, door.Now, cancellationToken);
        var (moved, ended) = subscription.LeaveFromBeach(away, EndReason.Voluntary, facts);
        Record(ended);
        await db.FileAsync(moved, facts, door, cancellationToken);
    }

    private void Record(Renewal.Ended ended)
    {
        if (ended.Movement is not null) db.MrrMovements.Add(ended.Movement);
        Record(ended.Facts);
    }

    private void Record(IReadOnlyList<Fact> facts)
    {
        foreach (var fact in facts) db.Record(fact, door.Actor, door.Now);
    }
}
