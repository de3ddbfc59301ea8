using Billing.Client.Contract;
using Billing.Server.Customers;
using Billing.Server.Http;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using Billing.Subscriptions;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Subscriptions;

/// <summary>Shows what a break would do: it is done, and not written down.</summary>
internal sealed record PreviewBreak(Guid SubscriptionId, NewBreak Break) : IRequest<BreakPreview>;

internal sealed class PreviewBreakValidator : AbstractValidator<PreviewBreak>
{
    public PreviewBreakValidator() => RuleFor(c => new TakeBreak(c.SubscriptionId, c.Break)).SetValidator(new TakeBreakValidator());
}

internal sealed class PreviewBreakHandler(BillingDbContext db, IPaymentGateway gateway, Door door)
    : IRequestHandler<PreviewBreak, BreakPreview>
{
    public async Task<BreakPreview> Handle(PreviewBreak request, CancellationToken cancellationToken)
    {
        var (subscription, _) = await db.SubscriptionAsync(request.SubscriptionId, cancellationToken);
        var (wish, terms, earlier) = await db.WishAsync(subscription, request.Break, cancellationToken);
        var facts = await db.BreakFactsAsync(subscription, gateway, door.Now, cancellationToken);

        var moved = subscription.TakeBreak(new(NewId.At(door.Now)), wish, terms, earlier, facts);

        // Nothing is saved: what was tracked is let go.
        db.ChangeTracker.Clear();
        var after = new OutlookFacts(
            facts.Customer, [new(subscription, facts.PlanName, facts.PlanName, facts.Discounts, moved.Break)],
            moved.Invoice is null ? [] : [moved.Invoice], facts.Card, facts.MinimumCharge, door.Now);
        var entries = Outlook.Of(after, door.Now + Outlook.Longest);
        var last = entries.TakeWhile(e => e is not OutlookEntry.Bills).Count() + 1;
        var off = moved.Credits.Aggregate(Money.Zero(subscription.Currency), (sum, c) => sum + new Money(c.Note.AmountMinor, c.Note.Currency));
        return new(moved.Break.ToView(), off.ToAmount(), [.. entries.Take(last).Select(e => e.ToView())]);
    }
}
