using Billing.Cards;
using Billing.Customers;
using Billing.Dunning;
using Billing.History;
using Billing.Invoicing;
using Billing.Payments;
using Billing.Server.Customers;
using Billing.Server.Http;
using Billing.Server.Pages.Office.History;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Pages.Office.Customers;

/// <summary>Everything about one customer: what they have, what happens next, what happened, and who did it.</summary>
public sealed record CustomerFile(
    OutlookFacts Facts, IReadOnlyList<OutlookEntry> Ahead, IReadOnlyList<Card> Cards, IReadOnlyList<Invoice> Invoices,
    IReadOnlyList<PaymentAttempt> Payments, DunningCase? Case, Timeline Timeline)
{
    private const int MostInvoices = 12, MostPayments = 10;

    public Customer Customer => Facts.Customer;

    internal static async Task<CustomerFile> ReadAsync(
        BillingDbContext db, IPaymentGateway gateway, Guid id, string? cursor, Instant now, CancellationToken cancellationToken)
    {
        var customer = await db.Customers.AsNoTracking().WithIdAsync(id, cancellationToken);
        var facts = await db.OutlookFactsAsync(customer, gateway, now, cancellationToken);
        var cards = await db.Cards.AsNoTracking().Where(c => c.CustomerId == customer.Id).OrderByDescending(c => c.AddedAt).ToListAsync(cancellationToken);
        var invoices = await db.Invoices.AsNoTracking().Where(i => i.CustomerId == customer.Id)
            .OrderByDescending(i => i.Id).Take(MostInvoices).ToListAsync(cancellationToken);
        var payments = await db.PaymentAttempts.AsNoTracking().Where(a => a.CustomerId == customer.Id)
            .OrderByDescending(a => a.StartedAt).Take(MostPayments).ToListAsync(cancellationToken);
        var it = await db.DunningCases.AsNoTracking().SingleOrDefaultAsync(
            c => c.CustomerId == customer.Id && (c.State == CaseState.Open || c.State == CaseState.Parked), cancellationToken);
        return new(
            facts, Outlook.Of(facts), cards, invoices, payments, it, await Timeline.ReadAsync(db, customer.Id, cursor, cancellationToken));
    }
}

/// <summary>A page of a customer's history, newest first.</summary>
public sealed record Timeline(IReadOnlyList<Happening> Happenings, FactNames Names, string? Next)
{
    private const int Rows = 30;

    internal static async Task<Timeline> ReadAsync(
        BillingDbContext db, CustomerId customer, string? cursor, CancellationToken cancellationToken)
    {
        var page = await db.History.Where(h => h.CustomerId == customer)
            .ToPageAsync(h => h.Id, id => id, new(cursor, Rows), h => h, cancellationToken);
        var facts = page.Items.Select(h => h.Read()).ToList();
        var since = page.Items.Count == 0 ? Instant.MaxValue : page.Items.Min(h => h.At);
        var acts = page.Items.Count == 0 ? [] : await db.HouseActs.AsNoTracking().Where(a => a.CustomerId == customer && a.At >= since).ToListAsync(cancellationToken);
        var why = acts.ToLookup(a => (a.Actor, a.At), a => a.Why);
        return new(
            [.. page.Items.Zip(facts, (h, fact) => new Happening(h.At, h.Actor, fact, why[(h.Actor, h.At)].FirstOrDefault()))],
            await FactNames.ReadAsync(db, facts, cancellationToken), page.Next);
    }
}

/// <summary>Something that happened.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Fact">What.</param>
/// <param name="Why">Why, when somebody of the staff did it and said so.</param>
public sealed record Happening(Instant At, string Actor, Fact Fact, string? Why);
