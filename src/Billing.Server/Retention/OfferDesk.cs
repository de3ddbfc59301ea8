using Billing.Invoicing;
using Billing.Payments;
using Billing.Periods;
using Billing.Plans;
using Billing.Retention;
using Billing.Server.Persistence;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Retention;

/// <summary>Loads what an offer is chosen on.</summary>
internal static class OfferDesk
{
    public static async Task<OfferFacts> OfferFactsAsync(
        this BillingDbContext db, Subscription subscription, CancelSessionId session, Instant now, CancellationToken cancellationToken)
    {
        var priceId = subscription.PlannedPriceId ?? subscription.PriceId;
        var list = await db.Prices.Where(p => p.Id == priceId)
            .Join(db.Plans, p => p.PlanId, p => p.Id, (price, plan) => new { price, plan.Name }).SingleAsync(cancellationToken);
        var discounts = await db.SubscriptionDiscounts.Where(d => d.SubscriptionId == subscription.Id)
            .OrderBy(d => d.Position).ToListAsync(cancellationToken);
        var earlier = await db.CancelSessions.Where(s => s.CustomerId == subscription.CustomerId && s.Id != session && s.OfferKind != null)
            .Select(s => new { s.OfferKind, s.OfferedAt }).ToListAsync(cancellationToken);

        var terms = await db.BreakTerms.SingleOrDefaultAsync(
            t => t.PlanId == subscription.PlanId && t.Currency == subscription.Currency, cancellationToken);
        var breaks = await db.Breaks.Where(b => b.SubscriptionId == subscription.Id).ToListAsync(cancellationToken);

        var zone = CustomerZone.Of(subscription.TimeZone);
        var (open, consentWithdrawn) = await db.OpenAsync(subscription, zone, cancellationToken);
        return new(
            subscription.Today(now), subscription.StartedOn, list.Name, subscription.PlannedQuantity ?? subscription.Quantity,
            subscription.Unit with { Minor = subscription.PlannedUnitAmountMinor ?? subscription.UnitAmountMinor }, list.price.Unit,
            discounts, await db.OptionsAsync(subscription, cancellationToken), open, 
            subscription.LongestBreak(terms, breaks, now),
            subscription.PlannedPlanId is not null, consentWithdrawn,
            [.. earlier.Select(e => new EarlierOffer(e.OfferKind!.Value, CustomerZone.DateAt(e.OfferedAt!.Value, zone)))]);
    }

    private static async Task<List<PlanOption>> OptionsAsync(
        this BillingDbContext db, Subscription subscription, CancellationToken cancellationToken)
    {
        var cadence = subscription.Anchor.Cadence;
        var taken = db.Subscriptions
            .Where(s => s.CustomerId == subscription.CustomerId && s.Lifecycle != Lifecycle.Ended);
        var sold = await db.Prices
            .Where(p => p.Currency == subscription.Currency && p.CadenceUnit == cadence.Unit && p.CadenceCount == cadence.Count)
            .Join(db.Plans.Where(p => p.RetiredAt == null), p => p.PlanId, p => p.Id, (price, plan) => new { price, plan })
            .Where(r => !taken.Any(s => s.PlanId == r.plan.Id || s.PlannedPlanId == r.plan.Id))
            .ToListAsync(cancellationToken);
        return [.. sold.GroupBy(r => r.plan.Id).Select(g => g.MaxBy(r => r.price.VersionNumber)!)
            .Select(r => new PlanOption(r.plan.Id, r.price.Id, r.plan.Name, r.price.Unit * SeatsOf(subscription, r.plan)))];
    }

    /// <summary>How many seats it would have on another plan.</summary>
    public static int SeatsOf(Subscription subscription, Plan plan) => plan.Pricing switch
    {
        PlanPricing.Flat => 1,
        PlanPricing.PerSeat => subscription.PlannedQuantity ?? subscription.Quantity,
    };

    private static async Task<(List<OpenAmount> Open, bool ConsentWithdrawn)> OpenAsync(
        this BillingDbContext db, Subscription subscription, DateTimeZone zone, CancellationToken cancellationToken)
    {
        var invoices = await db.Invoices
            .Where(i => i.SubscriptionId == subscription.Id && i.Status == InvoiceStatus.Open)
            .OrderBy(i => i.Id)
            .Select(i => new { i.Id, i.NextAttemptAt, i.PaymentDay }).ToListAsync(cancellationToken);
        var ids = invoices.Select(i => i.Id).ToList();
        var attempts = await db.PaymentAttempts.Where(a => ids.Contains(a.InvoiceId))
            .Select(a => new { a.InvoiceId, a.State, a.DeclineCode }).ToListAsync(cancellationToken);

        var busy = attempts.Where(a => a.State is not (AttemptState.Declined or AttemptState.Failed)).Select(a => a.InvoiceId).ToHashSet();
        return (
            [.. invoices.Select(i => new OpenAmount(
                i.Id, i.NextAttemptAt is { } next && !busy.Contains(i.Id) ? CustomerZone.DateAt(next, zone) : null, i.PaymentDay is not null))],
            attempts.Any(a => a.DeclineCode is { } code && DeclineCodes.RuleOf(code).Class == DeclineClass.ConsentWithdrawn));
    }
}
