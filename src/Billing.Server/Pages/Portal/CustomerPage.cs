using Billing.Cards;
using Billing.Customers;
using Billing.Dunning;
using Billing.Invoicing;
using Billing.Payments;
using Billing.Plans;
using Billing.Server.Customers;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Pages.Portal;

/// <summary>What a customer's page is made from: the facts, and what follows from them.</summary>
public sealed record CustomerPage(
    Customer Customer, Card? Card, IReadOnlyList<SubscriptionOnPage> Subscriptions, IReadOnlyList<OutlookEntry> Ahead,
    IReadOnlyList<OpenInvoice> Open, IReadOnlyList<Invoice> Invoices, Instant Now)
{
    /// <summary>What is being asked for; none when nothing is, or a dispute holds it.</summary>
    public DunningFacts? Asked { get; init; }

    /// <summary>Another card that the customer could agree to as the second one.</summary>
    public Card? SecondCard { get; init; }

    /// <summary>The case, while money is being asked for.</summary>
    public DunningCase? Case => Asked is { Case: { IsOpen: true } it } ? it : null;

    /// <summary>Whether a day to pay can still be chosen.</summary>
    public bool MayChooseDay => Case is { } it && it.Promises < Asked!.Policy.Promise.AtMost;

    /// <summary>Whether the bank says that the customer wants this card charged no more: perhaps they want to leave.</summary>
    public bool ConsentIsGone => Open.Any(o => o.LastCode is { } code && o.LastCard == Card?.Id
        && DeclineCodes.RuleOf(code).Class == DeclineClass.ConsentWithdrawn);

    /// <summary>Whether there is a card that the bank did not refuse for good.</summary>
    public bool CardWillDo => Card is not null && !Open.Any(o => o.LastCard == Card.Id && o.LastCode is { } code && CardLimits.IsHard(code));

    /// <summary>Whether the ways out of an open payment are laid out.</summary>
    public bool HasWays => Open.Count > 0 && (Case is not null || ConsentIsGone) && !IsResting;

    /// <summary>Whether access rests because nothing helped.</summary>
    public bool IsResting => Subscriptions.Any(s => s.Facts.Subscription.Lifecycle == Lifecycle.Parked);

    /// <summary>Everything that is open.</summary>
    public Money Due => new(Open.Sum(o => o.Invoice.DueMinor), Customer.Currency);

    /// <summary>How many invoices the page lists, newest first.</summary>
    public const int MostInvoices = 60;

    public LocalDate Today => Customer.Today(Now);

    /// <summary>Reads it.</summary>
    /// <returns><see langword="null"/> when there is no such customer.</returns>
    public static async Task<CustomerPage?> ReadAsync(
        BillingDbContext db, IPaymentGateway gateway, CustomerId id, Instant now, CancellationToken cancellationToken)
    {
        var customer = await db.Customers.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancellationToken);
        return customer is null ? null : await ReadAsync(db, gateway, customer, now, cancellationToken);
    }

    /// <summary>Reads it for a customer who is known already.</summary>
    internal static async Task<CustomerPage> ReadAsync(
        BillingDbContext db, IPaymentGateway gateway, Customer customer, Instant now, CancellationToken cancellationToken)
    {
        var id = customer.Id;
        var invoices = await db.Invoices.AsNoTracking().Where(i => i.CustomerId == id && i.Status != InvoiceStatus.Draft)
            .OrderByDescending(i => i.IssuedAt).Take(MostInvoices).ToListAsync(cancellationToken);
        var facts = await db.OutlookFactsAsync(customer, gateway, now, cancellationToken);
        var outlook = Outlook.Of(facts);
        var subscriptions = await SubscriptionsAsync(db, facts, outlook, cancellationToken);
        return new(customer, facts.Card, subscriptions, outlook, await OpenAsync(db, id, cancellationToken), invoices, now)
        {
            Asked = facts.Dunning,
            SecondCard = facts.Dunning is null ? null : await SecondCardAsync(db, customer, cancellationToken),
        };
    }

    private static Task<Card?> SecondCardAsync(BillingDbContext db, Customer customer, CancellationToken cancellationToken) => db.Cards.AsNoTracking()
        .Where(c => c.CustomerId == customer.Id && c.Id != customer.DefaultCardId && c.DetachedAt == null)
        .OrderByDescending(c => c.Id).FirstOrDefaultAsync(cancellationToken);

    private static async Task<IReadOnlyList<SubscriptionOnPage>> SubscriptionsAsync(
        BillingDbContext db, OutlookFacts facts, IReadOnlyList<OutlookEntry> outlook, CancellationToken cancellationToken)
    {
        var plans = facts.Subscriptions.Select(s => s.Subscription.PlanId).Distinct().ToList();
        var pricing = await db.Plans.Where(p => plans.Contains(p.Id)).Select(p => new { p.Id, p.Pricing })
            .ToDictionaryAsync(p => p.Id, p => p.Pricing, cancellationToken);
        return [.. facts.Subscriptions
            .Select(s => new SubscriptionOnPage(s, Next(s, outlook), pricing[s.Subscription.PlanId]))
            .OrderBy(s => s.Next?.At ?? Instant.MaxValue)];
    }

    /// <summary>The next thing that matters; what is charged while away stands in the list of everything.</summary>
    private static OutlookEntry? Next(SubscriptionFacts facts, IReadOnlyList<OutlookEntry> outlook) => outlook.FirstOrDefault(
        e => e.SubscriptionId == facts.Subscription.Id
            && e is OutlookEntry.Bills or OutlookEntry.Ends or OutlookEntry.GoesAway or OutlookEntry.Returns);

    private static async Task<IReadOnlyList<OpenInvoice>> OpenAsync(BillingDbContext db, CustomerId id, CancellationToken cancellationToken) =>
        await db.Invoices.AsNoTracking().Where(i => i.CustomerId == id && i.Status == InvoiceStatus.Open).OrderBy(i => i.IssuedAt)
            .Select(i => new OpenInvoice(
                i, db.PaymentAttempts.Where(a => a.InvoiceId == i.Id).OrderByDescending(a => a.StartedAt).FirstOrDefault()))
            .ToListAsync(cancellationToken);
}

/// <summary>A subscription and what happens next to it; nothing any more when it is over.</summary>
public sealed record SubscriptionOnPage(SubscriptionFacts Facts, OutlookEntry? Next, PlanPricing Pricing);

/// <summary>What is still to pay, and how the last attempt at it stands.</summary>
public sealed record OpenInvoice(Invoice Invoice, PaymentAttempt? Last)
{
    public AttemptState? LastAttempt => Last?.State;

    /// <summary>The bank's word, if the last attempt was declined.</summary>
    public string? LastCode => Last?.DeclineCode;

    /// <summary>The card it was.</summary>
    public CardId? LastCard => Last?.CardId;
}
