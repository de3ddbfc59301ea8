using Billing.Client.Contract;
using Billing.Server.Http;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using Billing.Server.Plans;
using FluentValidation;
using MediatR;

namespace Billing.Server.Subscriptions;

/// <summary>Works a change out, line by line, and answers with a token; nothing is written.</summary>
internal sealed record QuoteChange(Guid SubscriptionId, PlanChange Change) : IRequest<QuoteView>;

internal sealed class QuoteChangeValidator : AbstractValidator<QuoteChange>
{
    public QuoteChangeValidator()
    {
        RuleFor(c => c.Change.Plan).Length(1, 60).OverridePropertyName("plan");
        When(c => c.Change.Cadence is not null, () => RuleFor(c => c.Change.Cadence!).Cadence("cadence"));
        RuleFor(c => c.Change.When).Must(w => w is null or "now" or "period_end")
            .WithMessage("A change takes effect now or at period_end.").OverridePropertyName("when");
        RuleFor(c => c.Change.Currency).Length(3).OverridePropertyName("currency");
    }
}

internal sealed class QuoteChangeHandler(BillingDbContext db, IPaymentGateway gateway, Door door)
    : IRequestHandler<QuoteChange, QuoteView>
{
    public async Task<QuoteView> Handle(QuoteChange request, CancellationToken cancellationToken)
    {
        var (subscription, plan) = await db.SubscriptionAsync(request.SubscriptionId, cancellationToken);
        var current = await db.Plans.NamedAsync(plan, cancellationToken);
        var terms = await db.TermsAsync(subscription, current, request.Change, cancellationToken);
        var facts = await db.ChangeFactsAsync(subscription, current, gateway, door.Now, cancellationToken);

        var quote = door.Current(subscription).QuoteChange(terms, facts);

        return quote.ToView(QuoteToken.Of(subscription, terms, facts, quote));
    }
}
