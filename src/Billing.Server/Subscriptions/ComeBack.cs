using Billing.Client.Contract;
using Billing.Dunning;
using Billing.Invoicing;
using Billing.Server.Cards;
using Billing.Server.Dunning;
using Billing.Server.Http;
using Billing.Server.Persistence;
using Billing.Server.Plans;
using Billing.Subscriptions;
using MediatR;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Subscriptions;

/// <summary>Takes up a subscription that has ended; the next run bills its first period, within minutes.</summary>
internal sealed record ComeBack(Guid SubscriptionId) : ICommand<CameBackView>;

internal sealed class ComeBackHandler(BillingDbContext db, Door door) : IRequestHandler<ComeBack, CameBackView>
{
    public async Task<CameBackView> Handle(ComeBack request, CancellationToken cancellationToken)
    {
        var (subscription, code) = await db.SubscriptionAsync(request.SubscriptionId, cancellationToken);
        var facts = await db.ComeBackFactsAsync(subscription, door.Now, cancellationToken);
        if (await db.Subscriptions.AnyAsync(
            s => s.CustomerId == subscription.CustomerId && s.Id != subscription.Id && s.Lifecycle != Lifecycle.Ended
                && (s.PlanId == subscription.PlanId || s.PlannedPlanId == subscription.PlanId), cancellationToken))
            throw new Refused("already_subscribed", "This customer has this plan already.");

        var (fact, movement) = door.Current(subscription).ComeBack(facts);

        db.Record(fact, door.Actor, door.Now);
        await ReturnAsync(subscription, cancellationToken);
        if (movement is not null) db.MrrMovements.Add(movement);
        await db.SaveChangesAsync(cancellationToken);
        return new(Wire.Word(fact.Price), subscription.ToView(code));
    }

    /// <summary>From being parked: what stayed open is tried at once.</summary>
    private async Task ReturnAsync(Subscription subscription, CancellationToken cancellationToken)
    {
        if (await db.LiveCaseAsync(subscription.CustomerId, cancellationToken) is not { State: CaseState.Parked }) return;
        await db.CloseCaseAsync(subscription.CustomerId, CaseState.Returned, "The customer came back.", door.Actor, door.Now, cancellationToken);
        var card = await db.Customers.Where(c => c.Id == subscription.CustomerId).Select(c => c.DefaultCardId).SingleAsync(cancellationToken);
        if (card is { } usual) await db.PlanCollectionAsync(subscription.CustomerId, usual, door.Now, cancellationToken);
    }
}

internal static class ComingBack
{
    /// <summary>What a coming back is decided on.</summary>
    public static async Task<ComeBackFacts> ComeBackFactsAsync(
        this BillingDbContext db, Subscription subscription, Instant now, CancellationToken cancellationToken)
    {
        var customer = await db.Customers.SingleAsync(c => c.Id == subscription.CustomerId, cancellationToken);
        var plan = await db.Plans.SingleAsync(p => p.Id == subscription.PlanId, cancellationToken);
        var sold = await db.Prices.SoldAsync(plan.Id, subscription.Currency, subscription.Anchor.Cadence, cancellationToken);
        var givenBack = await db.RestIsGivenBackAsync(subscription, customer.Today(now), cancellationToken);
        return new(customer, plan, sold, givenBack, await db.LostMrrAsync(subscription, cancellationToken), now);
    }

    /// <summary>What its last movement took away, if that was its end.</summary>
    private static async Task<Money> LostMrrAsync(
        this BillingDbContext db, Subscription subscription, CancellationToken cancellationToken)
    {
        if (!subscription.HasChurned) return Money.Zero(subscription.Currency);
        var churn = await db.MrrMovements.AsNoTracking().SingleAsync(
            m => m.SubscriptionId == subscription.Id && m.Sequence == subscription.MrrMovements, cancellationToken);
        return new(-churn.AmountMinor, subscription.Currency);
    }

    private static Task<bool> RestIsGivenBackAsync(
        this BillingDbContext db, Subscription subscription, LocalDate today, CancellationToken cancellationToken) => db.Invoices
        .Where(i => i.SubscriptionId == subscription.Id && i.PeriodEnd > today)
        .AnyAsync(
            i => i.Status == InvoiceStatus.Void || db.CreditNotes.Any(n => n.InvoiceId == i.Id && n.IssuedOn >= subscription.EndedOn),
            cancellationToken);
}
