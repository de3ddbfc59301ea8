using Billing.Client.Contract;
using Billing.Server.Http;
using Billing.Server.Persistence;
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

internal sealed class CancelSubscriptionHandler(BillingDbContext db, Leaving leaving, Door door)
    : IRequestHandler<CancelSubscription, SubscriptionView>
{
    public async Task<SubscriptionView> Handle(CancelSubscription request, CancellationToken cancellationToken)
    {
        var (subscription, plan) = await db.SubscriptionAsync(request.SubscriptionId, cancellationToken);
        door.Current(subscription);

        if (request.Cancellation.When == "now") await leaving.NowAsync(subscription, plan, cancellationToken);
        else await leaving.AtPeriodEndAsync(subscription, cancellationToken);

        await db.SaveChangesAsync(cancellationToken);
        return subscription.ToView(plan);
    }
}
