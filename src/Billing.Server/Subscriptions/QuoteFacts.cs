using Billing.Client.Contract;
using Billing.Invoicing;
using Billing.Plans;
using Billing.Server.Http;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using Billing.Server.Plans;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Subscriptions;

/// <summary>What quoting and confirming load, the same for both, and the quote as the API shows it.</summary>
internal static class QuoteFacts
{
    /// <exception cref="Refused"><c>unknown_plan</c>, <c>no_price</c>, <c>already_subscribed</c>, <c>currency_mismatch</c>.</exception>
    public static async Task<ChangeTerms> TermsAsync(
        this BillingDbContext db, Subscription subscription, Plan current, PlanChange change, CancellationToken cancellationToken)
    {
        if (change.Currency is { } currency && currency != subscription.Currency.Code)
            throw new Refused("currency_mismatch", $"This subscription is billed in {subscription.Currency}, for life.", "currency");
        var plan = change.Plan is null || change.Plan == current.Code ? current
            : await db.Plans.SingleOrDefaultAsync(p => p.Code == change.Plan, cancellationToken)
                ?? throw new Refused("unknown_plan", "There is no plan with this code.", "plan");
        if (plan.Id != current.Id && await db.Subscriptions.AnyAsync(
            s => s.CustomerId == subscription.CustomerId && s.Id != subscription.Id && s.Lifecycle != Lifecycle.Ended
                && (s.PlanId == plan.Id || s.PlannedPlanId == plan.Id), cancellationToken))
            throw new Refused("already_subscribed", "This customer has this plan already.", "plan");

        var cadence = change.Cadence?.ToCadence() ?? subscription.Anchor.Cadence;
        var price = plan.Id == current.Id && cadence == subscription.Anchor.Cadence
            ? await db.Prices.SingleAsync(p => p.Id == subscription.PriceId, cancellationToken)
            : await db.Prices.SoldAsync(plan.Id, subscription.Currency, cadence, cancellationToken);
        var seats = change.Quantity ?? (plan.Pricing == PlanPricing.Flat ? 1 : subscription.Quantity);
        return new(plan, price, seats, change.When switch { "now" => ChangeWhen.Now, "period_end" => ChangeWhen.PeriodEnd, _ => null });
    }

    public static async Task<ChangeFacts> ChangeFactsAsync(
        this BillingDbContext db, Subscription subscription, Plan current, IPaymentGateway gateway, Instant now,
        CancellationToken cancellationToken)
    {
        var customer = await db.Customers.SingleAsync(c => c.Id == subscription.CustomerId, cancellationToken);
        var discounts = await db.SubscriptionDiscounts.Where(d => d.SubscriptionId == subscription.Id)
            .OrderBy(d => d.Position).ToListAsync(cancellationToken);
        var invoices = await db.Invoices
            .Where(i => i.SubscriptionId == subscription.Id && i.PeriodEnd > subscription.PaidFrom && i.Status != InvoiceStatus.Draft
                && i.Kind != InvoiceKind.Break)
            .OrderBy(i => i.Id).ToListAsync(cancellationToken);
        return new(customer, current.Name, discounts, invoices, gateway.MinimumCharge(subscription.Currency), now);
    }

    public static QuoteView ToView(this Quote quote, QuoteToken token) => new(
        token.ToString(), quote.ValidUntil.Iso(), Wire.Word(quote.When), quote.EffectiveOn.Iso(),
        [.. quote.Lines.Select(l => new QuoteLineView(
            Wire.Word(l.Kind), l.Words, l.PlanName, l.Quantity, l.Whole.ToAmount(), l.Days, l.Of, l.Amount.ToAmount()))],
        quote.Total.ToAmount(), quote.Use.Applied.ToAmount(), quote.Use.CarriedForward.ToAmount(), quote.Use.Due.ToAmount(),
        quote.OffUnpaid.ToAmount(), quote.ToBalance.ToAmount(),
        [.. quote.NextCharges.Select(c => new NextChargeView(c.On.Iso(), c.Total.ToAmount()))]);
}
