using Billing.Client.Contract;
using Billing.History;
using Billing.Server.Http;
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

internal sealed class CancelSubscriptionHandler(BillingDbContext db, Door door) : IRequestHandler<CancelSubscription, SubscriptionView>
{
    public async Task<SubscriptionView> Handle(CancelSubscription request, CancellationToken cancellationToken)
    {
        var (subscription, plan) = await db.SubscriptionAsync(request.SubscriptionId, cancellationToken);
        door.Current(subscription);

        var facts = request.Cancellation.When == "now" ? EndNow(subscription) : subscription.CancelAtEnd(door.Now);

        foreach (var fact in facts) db.Record(fact, door.Actor, door.Now);
        await db.SaveChangesAsync(cancellationToken);
        return subscription.ToView(plan);
    }

    private IReadOnlyList<Fact> EndNow(Subscription subscription)
    {
        var ended = subscription.CancelNow(EndReason.Voluntary, door.Now);
        if (ended.Movement is not null) db.MrrMovements.Add(ended.Movement);
        return ended.Facts;
    }
}
