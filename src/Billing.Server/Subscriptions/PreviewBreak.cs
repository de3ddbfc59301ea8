using Billing.Client.Contract;
using Billing.Invoicing;
using Billing.Server.Customers;
using Billing.Server.Http;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using Billing.Subscriptions;
using FluentValidation;
using MediatR;
using NodaTime;

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
        var foreseen = await db.ForeseeAsync(request.SubscriptionId, request.Break, gateway, door.Now, cancellationToken);
        return new(foreseen.Break.ToView(), foreseen.Credited.ToAmount(), [.. foreseen.Ahead.Select(e => e.ToView())]);
    }
}

/// <summary>A break as it would be.</summary>
/// <param name="Break">The break.</param>
/// <param name="Credited">Credit notes it makes: over days not used and never paid for, or over the fee's days not used.</param>
/// <param name="Fee">What is billed for the first days away, at once; none when nothing is.</param>
/// <param name="Ahead">All that would happen by itself up to the first charge after the return.</param>
public sealed record ForeseenBreak(Break Break, Money Credited, Invoice? Fee, IReadOnlyList<OutlookEntry> Ahead)
{
    /// <summary>All that is still to be billed for being away.</summary>
    public Money Cost => Ahead.OfType<OutlookEntry.ChargesAway>()
        .Aggregate(Fee?.Total ?? Money.Zero(Break.Currency), (sum, charge) => sum + charge.Total);
}

/// <summary>What would become of a break: done, looked at from there, and not written down.</summary>
internal static class BreakForesight
{
    /// <summary>Going away. With a session of leaving, a planned end is taken back first, as it would be.</summary>
    /// <exception cref="Refused">As <see cref="Subscription.TakeBreak"/>.</exception>
    public static async Task<ForeseenBreak> ForeseeAsync(
        this BillingDbContext db, Guid id, NewBreak wanted, IPaymentGateway gateway, Instant now, CancellationToken cancellationToken)
    {
        var (subscription, _) = await db.SubscriptionAsync(id, cancellationToken);
        var (wish, terms, earlier) = await db.WishAsync(subscription, wanted, cancellationToken);
        var facts = await db.BreakFactsAsync(subscription, gateway, now, cancellationToken);
        if (wanted.CancelSessionId is not null && subscription.PlannedEnd is not null) subscription.KeepGoing(now);
        var moved = subscription.TakeBreak(new(NewId.At(now)), wish, terms, earlier, facts);
        return await db.FromThereAsync(subscription, moved, facts, gateway, cancellationToken);
    }

    /// <summary>Staying away until a later day; without a day, coming back today.</summary>
    /// <exception cref="Refused">As <see cref="Subscription.Extend"/> and <see cref="Subscription.ReturnEarly"/>.</exception>
    public static async Task<ForeseenBreak> ForeseeReturnAsync(
        this BillingDbContext db, Guid id, LocalDate? later, IPaymentGateway gateway, Instant now, CancellationToken cancellationToken)
    {
        var (subscription, _) = await db.SubscriptionAsync(id, cancellationToken);
        var away = await db.Breaks.LiveAsync(subscription, cancellationToken);
        var facts = await db.BreakFactsAsync(subscription, gateway, now, cancellationToken);
        var moved = later is { } day ? subscription.Extend(away, day, facts) : subscription.ReturnEarly(away, facts);
        return await db.FromThereAsync(subscription, moved, facts, gateway, cancellationToken);
    }

    private static async Task<ForeseenBreak> FromThereAsync(
        this BillingDbContext db, Subscription subscription, BreakMoved moved, BreakFacts facts, IPaymentGateway gateway,
        CancellationToken cancellationToken)
    {
        // Nothing is saved: what was tracked is let go.
        db.ChangeTracker.Clear();
        var before = await db.OutlookFactsAsync(facts.Customer, gateway, facts.Now, cancellationToken);
        var credited = moved.Credits.Aggregate(Money.Zero(subscription.Currency), (sum, c) => sum + new Money(c.Note.AmountMinor, c.Note.Currency));
        return new(moved.Break, credited, moved.Invoice, [.. Afterwards(subscription, moved, facts, before)]);
    }

    /// <summary>
    /// This subscription's outlook up to the first charge after the return. The customer's other subscriptions and open
    /// invoices play along, for they use the same credit.
    /// </summary>
    private static IEnumerable<OutlookEntry> Afterwards(
        Subscription subscription, BreakMoved moved, BreakFacts facts, OutlookFacts before)
    {
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
        var mine = Outlook.Of(after, facts.Now + Outlook.Longest).Where(e => e.SubscriptionId == subscription.Id
            || e is OutlookEntry.Collects collects && collects.InvoiceId == moved.Invoice?.Id).ToList();
        return mine.Take(mine.TakeWhile(e => e is not OutlookEntry.Bills).Count() + 1);
    }
}
