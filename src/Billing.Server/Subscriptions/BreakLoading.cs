using Billing.Client.Contract;
using Billing.Invoicing;
using Billing.Payments;
using Billing.Server.Http;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Subscriptions;

/// <summary>What every command about a break loads, and how it is shown and filed.</summary>
internal static class BreakLoading
{
    /// <summary>The break that is planned or under way, if any.</summary>
    /// <exception cref="DbUpdateConcurrencyException">
    /// It began or ended after the subscription was read: what one of them refuses, the other may not.
    /// </exception>
    public static async Task<Break?> LiveAsync(this IQueryable<Break> breaks, Subscription of, CancellationToken cancellationToken)
    {
        var live = await breaks.SingleOrDefaultAsync(
            b => b.SubscriptionId == of.Id && (b.State == BreakState.Planned || b.State == BreakState.Away), cancellationToken);
        var agree = (live?.State == BreakState.Away) == (of.Lifecycle == Lifecycle.Paused)
            && (live?.State == BreakState.Planned) == (of.BreakStartsOn is not null);
        return agree ? live : throw new DbUpdateConcurrencyException("A break began or ended between two reads.");
    }

    public static async Task<BreakFacts> BreakFactsAsync(
        this BillingDbContext db, Subscription subscription, IPaymentGateway gateway, Instant now, CancellationToken cancellationToken)
    {
        var customer = await db.Customers.SingleAsync(c => c.Id == subscription.CustomerId, cancellationToken);
        var card = await db.Cards.SingleOrDefaultAsync(c => c.Id == customer.DefaultCardId, cancellationToken);
        var plan = await db.Plans.Where(p => p.Id == subscription.PlanId).Select(p => p.Name).SingleAsync(cancellationToken);
        var discounts = await db.SubscriptionDiscounts.Where(d => d.SubscriptionId == subscription.Id)
            .OrderBy(d => d.Position).ToListAsync(cancellationToken);
        var invoices = await db.Invoices
            .Where(i => i.SubscriptionId == subscription.Id && i.PeriodEnd > subscription.PaidFrom && i.Status != InvoiceStatus.Draft)
            .OrderBy(i => i.Id).ToListAsync(cancellationToken);
        var open = invoices.Select(i => i.Id).ToList();
        var beingPaid = await db.PaymentAttempts
            .Where(a => open.Contains(a.InvoiceId)
                && (a.State == AttemptState.Started || a.State == AttemptState.Unknown || a.State == AttemptState.ActionRequired))
            .Select(a => a.InvoiceId).ToListAsync(cancellationToken);
        return new(customer, plan, discounts, card, gateway.MinimumCharge(subscription.Currency), new(NewId.At(now)), now)
        {
            Invoices = invoices,
            BeingPaid = beingPaid,
            NewNote = () => new(NewId.At(now)),
        };
    }

    public static BreakView ToView(this Break away) => new(
        away.Id.Value, away.SubscriptionId.Value, Wire.Word(away.State), Wire.Word(away.AskedHow), away.Reason, away.AskedAt.Iso(),
        away.StartsOn.Iso(), away.FirstReturnOn.Iso(), away.ReturnOn.Iso(), away.Extensions, away.EndedOn?.Iso(),
        new Money(away.FeeMinor, away.Currency).ToAmount(), Wire.Word(away.Access), away.Keeps, away.BankedDays,
        away.State == BreakState.Away ? away.ReturnOn.PlusDays(away.BankedDays).Iso() : null, away.AnnouncedOn?.Iso());

    public static async Task<Page<BreakView>> BreakPageAsync(
        this BillingDbContext db, Guid subscription, PageQuery page, CancellationToken cancellationToken)
    {
        var (found, _) = await db.SubscriptionAsync(subscription, cancellationToken);
        return await db.Breaks.Where(b => b.SubscriptionId == found.Id)
            .ToPageAsync(b => b.Id, BreakId.From, page, ToView, cancellationToken);
    }
}
