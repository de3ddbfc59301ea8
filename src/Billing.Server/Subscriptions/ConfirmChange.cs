using Billing.Client.Contract;
using Billing.Dunning;
using Billing.Server.Dunning;
using Billing.Server.Http;
using Billing.Server.Invoicing;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using Billing.Server.Plans;
using Billing.Subscriptions;
using FluentValidation;
using MediatR;

namespace Billing.Server.Subscriptions;

/// <summary>Does what was quoted, for exactly the quoted amount, or refuses. A quote is used up by the change it makes.</summary>
internal sealed record ConfirmChange(Guid SubscriptionId, QuoteConfirmation Quote) : ICommand<SubscriptionView>;

internal sealed class ConfirmChangeValidator : AbstractValidator<ConfirmChange>
{
    public ConfirmChangeValidator() => RuleFor(c => c.Quote.Token).NotEmpty().MaximumLength(1000).OverridePropertyName("token");
}

internal sealed class ConfirmChangeHandler(BillingDbContext db, IPaymentGateway gateway, Door door)
    : IRequestHandler<ConfirmChange, SubscriptionView>
{
    public async Task<SubscriptionView> Handle(ConfirmChange request, CancellationToken cancellationToken)
    {
        var token = QuoteToken.Read(request.Quote.Token);
        var (subscription, plan) = await db.SubscriptionAsync(request.SubscriptionId, cancellationToken);
        var current = await db.Plans.NamedAsync(plan, cancellationToken);
        var facts = await db.ChangeFactsAsync(subscription, current, gateway, door.Now, cancellationToken);
        var terms = await token.TermsAsync(db, subscription, cancellationToken);
        token.MustHold(door.Current(subscription), terms, facts);

        var changed = subscription.Change(terms, facts, new(NewId.At(door.Now)), () => new(NewId.At(door.Now)));
        await db.MustNotBeUnderPaymentAsync(changed.Credits, cancellationToken);
        await db.FileAsync(new(changed), facts.Customer, door, cancellationToken);
        await db.CloseIfSettledAsync(subscription.CustomerId, door.Actor, door.Now, cancellationToken);
        if (changed.Movement is { AmountMinor: < 0 })
            await db.CloseCaseAsync(subscription.CustomerId, CaseState.MovedDown, "The customer moved to a smaller plan.", door.Actor, door.Now, cancellationToken);

        return subscription.ToView(terms.When == ChangeWhen.PeriodEnd ? plan : terms.Plan.Code);
    }
}
