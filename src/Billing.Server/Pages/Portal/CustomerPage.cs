using Billing.Cards;
using Billing.Customers;
using Billing.Invoicing;
using Billing.Payments;
using Billing.Plans;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Pages.Portal;

/// <summary>What a customer's page is made from: the facts, and what follows from them.</summary>
public sealed record CustomerPage(
    Customer Customer, Card? Card, IReadOnlyList<SubscriptionOnPage> Subscriptions, IReadOnlyList<OpenInvoice> Open,
    IReadOnlyList<Invoice> Invoices, Instant Now)
{
    /// <summary>How many invoices the page lists, newest first.</summary>
    public const int MostInvoices = 60;

    public LocalDate Today => Customer.Today(Now);

    /// <summary>Reads it.</summary>
    /// <returns><see langword="null"/> when there is no such customer.</returns>
    public static async Task<CustomerPage?> ReadAsync(
        BillingDbContext db, IPaymentGateway gateway, CustomerId id, Instant now, CancellationToken cancellationToken)
    {
        var customer = await db.Customers.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancellationToken);
        if (customer is null) return null;

        var card = await db.Cards.AsNoTracking().SingleOrDefaultAsync(c => c.Id == customer.DefaultCardId, cancellationToken);
        var invoices = await db.Invoices.AsNoTracking().Where(i => i.CustomerId == id && i.Status != InvoiceStatus.Draft)
            .OrderByDescending(i => i.IssuedAt).Take(MostInvoices).ToListAsync(cancellationToken);
        var subscriptions = await SubscriptionsAsync(db, gateway, customer, cancellationToken);
        return new(customer, card, subscriptions, await OpenAsync(db, id, cancellationToken), invoices, now);
    }

    private static async Task<IReadOnlyList<SubscriptionOnPage>> SubscriptionsAsync(
        BillingDbContext db, IPaymentGateway gateway, Customer customer, CancellationToken cancellationToken)
    {
        var rows = await db.Subscriptions.AsNoTracking().Where(s => s.CustomerId == customer.Id)
            .Join(db.Plans, s => s.PlanId, p => p.Id, (subscription, plan) => new { subscription, plan }).ToListAsync(cancellationToken);
        var ids = rows.Select(r => r.subscription.Id).ToList();
        var discounts = (await db.SubscriptionDiscounts.AsNoTracking().Where(d => ids.Contains(d.SubscriptionId))
            .ToListAsync(cancellationToken)).ToLookup(d => d.SubscriptionId);

        // A planned change is billed under the name of the plan it leads to, as the run will do it.
        var planned = rows.Select(r => r.subscription.NextPlanId).Except(rows.Select(r => r.plan.Id)).ToList();
        var names = planned.Count == 0 ? [] : await db.Plans.Where(p => planned.Contains(p.Id)).Select(p => new { p.Id, p.Name })
            .ToDictionaryAsync(p => p.Id, p => p.Name, cancellationToken);
        foreach (var row in rows) names[row.plan.Id] = row.plan.Name;

        var facts = rows.Select(r => new SubscriptionFacts(
            r.subscription, names[r.subscription.NextPlanId], [.. discounts[r.subscription.Id]])).ToList();
        var steps = NextStep.Of(customer, facts, gateway.MinimumCharge(customer.Currency));
        return [.. steps.Select(step => new SubscriptionOnPage(
            facts.Single(f => f.Subscription.Id == step.SubscriptionId), step,
            rows.Single(r => r.subscription.Id == step.SubscriptionId).plan))];
    }

    private static async Task<IReadOnlyList<OpenInvoice>> OpenAsync(BillingDbContext db, CustomerId id, CancellationToken cancellationToken) =>
        await db.Invoices.AsNoTracking().Where(i => i.CustomerId == id && i.Status == InvoiceStatus.Open).OrderBy(i => i.IssuedAt)
            .Select(i => new OpenInvoice(
                i,
                db.PaymentAttempts.Where(a => a.InvoiceId == i.Id).OrderByDescending(a => a.StartedAt)
                    .Select(a => (AttemptState?)a.State).FirstOrDefault()))
            .ToListAsync(cancellationToken);
}

/// <summary>A subscription and what happens next to it.</summary>
public sealed record SubscriptionOnPage(SubscriptionFacts Facts, NextStep Next, Plan Plan);

/// <summary>What is still to pay, and how the last attempt at it stands.</summary>
public sealed record OpenInvoice(Invoice Invoice, AttemptState? LastAttempt);
