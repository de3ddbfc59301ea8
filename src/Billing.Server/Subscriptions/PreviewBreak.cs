using Billing.Client.Contract;
using Billing.Invoicing;
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
        var entries = await AfterwardsAsync(subscription, moved, facts, cancellationToken);
        var off = moved.Credits.Aggregate(Money.Zero(subscription.Currency), (sum, c) => sum + new Money(c.Note.AmountMinor, c.Note.Currency));
        return new(moved.Break.ToView(), off.ToAmount(), [.. entries.Select(e => e.ToView())]);
    }

    /// <summary>
    /// This subscription's outlook up to the first charge after the return. The customer's other subscriptions and open
    /// invoices play along, for they use the same credit.
    /// </summary>
    private async Task<IEnumerable<OutlookEntry>> AfterwardsAsync(
        Subscription subscription, BreakMoved moved, BreakFacts facts, CancellationToken cancellationToken)
    {
        var before = await db.OutlookFactsAsync(facts.Customer, gateway, door.Now, cancellationToken);
        var invoices = facts.Invoices.Append(moved.Invoice).OfType<Invoice>().ToList();
        var after = before with
        {
            Subscriptions =
            [
                .. before.Subscriptions.Where(s => s.Subscription.Id != subscription.Id),
                new(subscription, facts.PlanName, facts.PlanName, facts.Discounts, moved.Break, HasBreaks: true),
            ],
            Open = [.. before.Open.ExceptBy(invoices.Select(i => i.Id), i => i.Id), .. invoices.Where(i => i.Status == InvoiceStatus.Open)],
        };
        var mine = Outlook.Of(after, door.Now + Outlook.Longest).Where(e => e.SubscriptionId == subscription.Id
            || e is OutlookEntry.Collects collects && collects.InvoiceId == moved.Invoice?.Id).ToList();
        return mine.Take(mine.TakeWhile(e => e is not OutlookEntry.Bills).Count() + 1);
    }
}
