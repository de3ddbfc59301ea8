using Billing.Client.Contract;
using Billing.Customers;
using Billing.Retention;
using Billing.Server.Http;
using Billing.Server.Pages.Language;
using Billing.Server.Persistence;
using Billing.Server.Subscriptions;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Retention;

/// <summary>The customer says why; at most one offer that fits, and the ways out beside it.</summary>
internal sealed record GiveLeavingReason(Guid SessionId, LeavingAnswer Answer) : ICommand<CancelSessionView>;

internal sealed class GiveLeavingReasonValidator : AbstractValidator<GiveLeavingReason>
{
    public GiveLeavingReasonValidator()
    {
        RuleFor(c => c.Answer.Reason).NotEmpty().MaximumLength(LeavingPolicy.LongestCode).OverridePropertyName("reason");
        RuleFor(c => c.Answer.Text).MaximumLength(CancelSession.LongestText).OverridePropertyName("text");
    }
}

internal sealed class GiveLeavingReasonHandler(BillingDbContext db, Leaving leaving, LeavingPolicy policy, Door door)
    : IRequestHandler<GiveLeavingReason, CancelSessionView>
{
    public async Task<CancelSessionView> Handle(GiveLeavingReason request, CancellationToken cancellationToken)
    {
        var (session, subscription, plan) = await db.CancelSessionAsync(request.SessionId, cancellationToken);
        var reason = policy.Reason(request.Answer.Reason);
        // The customer is read before the offers of other sessions, so that one made meanwhile is either seen or stumbled over.
        var customer = await db.Customers.SingleAsync(c => c.Id == session.CustomerId, cancellationToken);
        var facts = await db.OfferFactsAsync(subscription, session.Id, door.Now, cancellationToken);
        var meaning = await leaving.MeaningAsync(subscription, plan, cancellationToken);

        var chosen = SaveOffers.Choose(reason, facts, policy.Offers);
        var shown = door.Current(session).Answer(
            reason, request.Answer.Text, chosen, meaning.In(Words.Of(session.Language)), facts.Today, door.Now);

        if (shown is not null) Write(shown, customer);
        await db.SaveChangesAsync(cancellationToken);
        return session.ToOpenView(policy, meaning);
    }

    private void Write(SaveOfferShown shown, Customer customer)
    {
        // Of two sessions of one customer at once, one is told to try again: each kind is offered once.
        db.Entry(customer).State = EntityState.Modified;
        db.Record(shown, door.Actor, door.Now);
    }
}
