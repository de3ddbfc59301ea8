using Billing.Client.Contract;
using Billing.Customers;
using Billing.Invoicing;
using Billing.Server.Dunning;
using Billing.Server.Http;
using Billing.Server.Payments.Disputes;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Customers;

/// <summary>A customer's outlook: loaded here, worked out by the rules, shown.</summary>
internal static class ReadOutlook
{
    public static async Task<OutlookView> OutlookAsync(
        this BillingDbContext db, Guid id, IPaymentGateway gateway, Instant now, CancellationToken cancellationToken)
    {
        var customer = await db.Customers.AsNoTracking().WithIdAsync(id, cancellationToken);
        var facts = await db.OutlookFactsAsync(customer, gateway, now, cancellationToken);
        var until = now + Duration.FromDays(Outlook.Days);
        return new(until.Iso(), [.. Outlook.Of(facts, until).Select(ToView)]);
    }

    /// <summary>Everything of one customer that moves by itself, in a handful of queries.</summary>
    public static async Task<OutlookFacts> OutlookFactsAsync(
        this BillingDbContext db, Customer customer, IPaymentGateway gateway, Instant now, CancellationToken cancellationToken)
    {
        var subscriptions = await db.Subscriptions.AsNoTracking().Where(s => s.CustomerId == customer.Id).ToListAsync(cancellationToken);
        var ids = subscriptions.Select(s => s.Id).ToList();
        var plans = subscriptions.SelectMany(s => new[] { s.PlanId, s.NextPlanId }).Distinct().ToList();
        var names = await db.Plans.Where(p => plans.Contains(p.Id)).Select(p => new { p.Id, p.Name })
            .ToDictionaryAsync(p => p.Id, p => p.Name, cancellationToken);
        var discounts = (await db.SubscriptionDiscounts.AsNoTracking().Where(d => ids.Contains(d.SubscriptionId))
            .ToListAsync(cancellationToken)).ToLookup(d => d.SubscriptionId);
        var breaks = await db.Breaks.AsNoTracking()
            .Where(b => ids.Contains(b.SubscriptionId) && (b.State == BreakState.Planned || b.State == BreakState.Away))
            .ToDictionaryAsync(b => b.SubscriptionId, cancellationToken);
        var withBreaks = await db.BreakTerms.Where(t => plans.Contains(t.PlanId) && t.Currency == customer.Currency)
            .Select(t => t.PlanId).ToListAsync(cancellationToken);
        var open = await db.Invoices.AsNoTracking().Where(i => i.CustomerId == customer.Id && i.Status == InvoiceStatus.Open).WithoutHold(db)
            .OrderBy(i => i.IssuedAt).ToListAsync(cancellationToken);
        var card = await db.Cards.AsNoTracking().SingleOrDefaultAsync(c => c.Id == customer.DefaultCardId, cancellationToken);
        return new(
            customer,
            [.. subscriptions.Select(s => new SubscriptionFacts(
                s, names[s.PlanId], names[s.NextPlanId], [.. discounts[s.Id]], breaks.GetValueOrDefault(s.Id), withBreaks.Contains(s.NextPlanId)))],
            open, card, gateway.MinimumCharge(customer.Currency), now, await db.DunningFactsAsync(customer, now, cancellationToken));
    }

    public static OutlookEntryView ToView(this OutlookEntry entry)
    {
        var view = new OutlookEntryView(
            "", entry.On.Iso(), entry.At.Iso(), OutlookWords.Of(entry), entry.SubscriptionId?.Value, null, null, null, null, null,
            [.. entry.HowToStop.Select(Wire.Word)]);
        return entry switch
        {
            OutlookEntry.Bills bills => view with
            {
                Kind = "bills", To = bills.Period.End.Iso(), Total = bills.Charge.Total.ToAmount(), Due = bills.Use.Due.ToAmount(),
            },
            OutlookEntry.Changes => view with { Kind = "changes" },
            OutlookEntry.MovesPrice moves => view with { Kind = "moves_price", Total = moves.After.ToAmount() },
            OutlookEntry.Ends => view with { Kind = "ends" },
            OutlookEntry.GoesAway goes => view with { Kind = "goes_away", To = goes.ReturnOn.Iso() },
            OutlookEntry.ChargesAway away => view with
            {
                Kind = "charges_away", To = away.To.Iso(), Total = away.Total.ToAmount(), Due = away.Use.Due.ToAmount(),
            },
            OutlookEntry.Reminds reminds => view with { Kind = "reminds", NextBillingOn = reminds.NextBillingOn.Iso(), Total = reminds.Total.ToAmount() },
            OutlookEntry.Returns returns => view with { Kind = "returns", NextBillingOn = returns.NextBillingOn.Iso() },
            OutlookEntry.Collects collects => view with
            {
                Kind = "collects", InvoiceId = collects.InvoiceId.Value, Due = collects.Amount.ToAmount(),
            },
            OutlookEntry.Asks asks => view with { Kind = "asks", Due = asks.Amount.ToAmount() },
            OutlookEntry.Parks parks => view with { Kind = "parks", Due = parks.Amount.ToAmount() },
            OutlookEntry.EndsParked => view with { Kind = "ends_parked" },
            _ => throw new InvalidOperationException($"{entry} has no word on the wire."),
        };
    }
}
