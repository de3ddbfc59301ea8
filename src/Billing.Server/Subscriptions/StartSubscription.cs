using Billing.Client.Contract;
using Billing.Server.Plans;
using Billing.Server.Http;
using Billing.Server.Persistence;
using Billing.Subscriptions;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Subscriptions;

/// <summary>Starts a subscription today. Its first period is billed by the next run, within minutes; see docs/billing-run.md.</summary>
internal sealed record StartSubscription(Guid CustomerId, NewSubscription Subscription) : ICommand<SubscriptionView>;

internal sealed class StartSubscriptionValidator : AbstractValidator<StartSubscription>
{
    public StartSubscriptionValidator()
    {
        RuleFor(c => c.Subscription.Plan).NotEmpty().MaximumLength(60).OverridePropertyName("plan");
        RuleFor(c => c.Subscription.Cadence).Cadence("cadence");
        RuleFor(c => c.Subscription.Discounts).Must(d => d is null || d.Count <= 5 && d.All(code => code is { Length: > 0 and <= 60 }))
            .WithMessage("At most 5 codes of discounts.").OverridePropertyName("discounts");
    }
}

internal sealed class StartSubscriptionHandler(BillingDbContext db, Door door) : IRequestHandler<StartSubscription, SubscriptionView>
{
    public async Task<SubscriptionView> Handle(StartSubscription request, CancellationToken cancellationToken)
    {
        var wanted = request.Subscription;
        var customer = await db.Customers.SingleOrDefaultAsync(c => c.Id == new CustomerId(request.CustomerId), cancellationToken)
            ?? throw NotFound.Of("customer");
        var plan = await db.Plans.SingleOrDefaultAsync(p => p.Code == wanted.Plan, cancellationToken)
            ?? throw new Refused("unknown_plan", "There is no plan with this code.", "plan");
        var price = await db.Prices.SoldAsync(plan.Id, customer.Currency, wanted.Cadence.ToCadence(), cancellationToken);
        var discounts = await db.Discounts.NamedAsync(wanted.Discounts ?? [], cancellationToken);
        if (await db.Subscriptions.AnyAsync(s => s.CustomerId == customer.Id && (s.PlanId == plan.Id || s.PlannedPlanId == plan.Id) && s.Lifecycle != Lifecycle.Ended, cancellationToken))
            throw new Refused("already_subscribed", "This customer has this plan already.", "plan");

        var terms = new StartTerms(wanted.Quantity ?? 1, wanted.TrialDays, wanted.NegotiatedUnitAmount?.ToMoney("negotiatedUnitAmount", customer.Currency));
        var subscription = Subscription.Start(new(NewId.At(door.Now)), customer, plan, price, terms, door.Now);
        db.SubscriptionDiscounts.AddRange(discounts.Select((d, i) => subscription.Give(d, i + 1, door.Now)));

        db.Subscriptions.Add(subscription);
        db.Record(new SubscriptionStarted(customer.Id, subscription.StartedOn, subscription.Id, plan.Id, subscription.TrialEndsOn), door.Actor, door.Now);
        return subscription.ToView(plan.Code);
    }
}
