using Billing.Client.Contract;
using Billing.Periods;
using Billing.Server.Http;
using Billing.Server.Persistence;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Subscriptions;

internal static class SubscriptionViews
{
    /// <summary>The subscription as the API shows it.</summary>
    public static SubscriptionView ToView(this Subscription subscription, string planCode) => new(
        subscription.Id.Value, subscription.CustomerId.Value, planCode, Wire.Word(subscription.Lifecycle), subscription.Quantity,
        subscription.Unit.ToAmount(), subscription.Anchor.Cadence.ToView(), subscription.CurrentStart.Iso(), subscription.CurrentEnd.Iso(),
        subscription.CancelAtPeriodEnd, subscription.StartedOn.Iso(), subscription.TrialEndsOn?.Iso(), subscription.EndedOn?.Iso(),
        subscription.EndReason is { } reason ? Wire.Word(reason) : null, subscription.Mrr.ToAmount(), subscription.Version,
        subscription.ToPlanned(), subscription.ReactivatedOn?.Iso(), subscription.ToAnnouncedMove());

    private static AnnouncedMoveView? ToAnnouncedMove(this Subscription subscription) => subscription.MovesOn is { } on
        ? new(
            (subscription.Unit with { Minor = subscription.MovesToUnitAmountMinor!.Value }).ToAmount(), on.Iso(),
            subscription.MoveAhead?.FirstBilledOn.Iso())
        : null;

    private static PlannedView? ToPlanned(this Subscription subscription) =>
        subscription.PlannedEnd is { } end ? new("cancel", end.Iso())
        : subscription.BreakStartsOn is { } away ? new("break", away.Iso())
        : subscription.PlannedPlanId is { } plan ? new(
            "change", subscription.CurrentEnd.Iso(), plan.Value, subscription.PlannedQuantity,
            (subscription.Unit with { Minor = subscription.PlannedUnitAmountMinor!.Value }).ToAmount(),
            new Cadence(subscription.PlannedCadenceUnit!.Value, subscription.PlannedCadenceCount!.Value).ToView())
        : null;

    /// <summary>The subscription, to be changed, and its plan's code.</summary>
    public static async Task<(Subscription Subscription, string Plan)> SubscriptionAsync(
        this BillingDbContext db, Guid id, CancellationToken cancellationToken)
    {
        var found = await db.Subscriptions.Where(s => s.Id == new SubscriptionId(id))
            .Join(db.Plans, s => s.PlanId, p => p.Id, (subscription, plan) => new { subscription, plan.Code })
            .SingleOrDefaultAsync(cancellationToken);
        return found is null ? throw NotFound.Of("subscription") : (found.subscription, found.Code);
    }

    /// <summary>Moves its version on, though only what belongs to it changed: whoever decided on the older one is refused.</summary>
    public static void Touch(this BillingDbContext db, Subscription subscription) => db.Entry(subscription).State = EntityState.Modified;

    public static async Task<SubscriptionView> SubscriptionViewAsync(this BillingDbContext db, Guid id, CancellationToken cancellationToken)
    {
        var (subscription, plan) = await db.SubscriptionAsync(id, cancellationToken);
        return subscription.ToView(plan);
    }

    public static async Task<Page<SubscriptionView>> SubscriptionPageAsync(
        this BillingDbContext db, Guid? customer, PageQuery page, CancellationToken cancellationToken)
    {
        var codes = await db.Plans.Select(p => new { p.Id, p.Code }).ToDictionaryAsync(p => p.Id, p => p.Code, cancellationToken);
        var rows = customer is { } id ? db.Subscriptions.Where(s => s.CustomerId == new CustomerId(id)) : db.Subscriptions;
        return await rows.ToPageAsync(s => s.Id, SubscriptionId.From, page, s => s.ToView(codes[s.PlanId]), cancellationToken);
    }
}
