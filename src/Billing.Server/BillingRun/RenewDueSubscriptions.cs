using Billing.Customers;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.BillingRun;

/// <summary>Bills every period that has begun and ends what was to end, one period an item, oldest first.</summary>
internal sealed class RenewDueSubscriptions(BillingDatabase database, IPaymentGateway gateway) : Pass(database)
{
    public override string Name => "renew";

    public override async Task DoAsync(IReadOnlyList<Guid> ids, Instant now, CancellationToken cancellationToken)
    {
        await using var db = Database.Open();
        var load = await LoadAsync(db, ids, now, cancellationToken);

        var writes = new BatchWrites(load.Subscriptions, load.Customers);
        foreach (var subscription in load.Subscriptions)
        {
            var facts = load.FactsFor(subscription, gateway, now);
            Add(writes, subscription.Renew(facts), facts);
        }

        await writes.WriteAsync(db, now, cancellationToken);
    }

    protected override IQueryable<Guid> Due(BillingDbContext db, Instant now) => db.Subscriptions
        .Where(s => s.NextBillingAt <= now)
        .Where(s => !db.SetAside.Any(a => a.Pass == "renew" && a.SubjectId == (Guid)(object)s.Id && a.RetryAt > now))
        .OrderBy(s => s.NextBillingAt).ThenBy(s => s.Id)
        .Select(s => (Guid)(object)s.Id);

    private static async Task<Loaded> LoadAsync(
        BillingDbContext db, IReadOnlyList<Guid> ids, Instant now, CancellationToken cancellationToken)
    {
        var wanted = ids.Select(SubscriptionId.From).ToList();
        var found = await db.Subscriptions.AsNoTracking()
            .Where(s => wanted.Contains(s.Id) && s.NextBillingAt <= now).ToDictionaryAsync(s => s.Id, cancellationToken);
        // Oldest first, as they were asked for: so a customer's credit is spent and invoices are numbered.
        var subscriptions = wanted.Select(found.GetValueOrDefault).OfType<Subscription>().ToList();

        var customerIds = subscriptions.Select(s => s.CustomerId).Distinct().ToList();
        var customers = await db.Customers.AsNoTracking()
            .Where(c => customerIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellationToken);

        var discounted = subscriptions.Where(s => s.HasDiscounts).Select(s => s.Id).ToList();
        List<SubscriptionDiscount> discounts = discounted.Count == 0 ? [] : await db.SubscriptionDiscounts.AsNoTracking()
            .Where(d => discounted.Contains(d.SubscriptionId) && (d.Periods == null || d.PeriodsUsed < d.Periods))
            .ToListAsync(cancellationToken);

        var planIds = subscriptions.Select(s => s.NextPlanId).Distinct().ToList();
        var plans = await db.Plans.Where(p => planIds.Contains(p.Id)).Select(p => new { p.Id, p.Name })
            .ToDictionaryAsync(p => p.Id, p => p.Name, cancellationToken);
        return new(subscriptions, customers, discounts.ToLookup(d => d.SubscriptionId), plans);
    }

    /// <summary>The facts of a batch.</summary>
    private sealed record Loaded(
        IReadOnlyList<Subscription> Subscriptions, Dictionary<CustomerId, Customer> Customers,
        ILookup<SubscriptionId, SubscriptionDiscount> Discounts, Dictionary<PlanId, string> PlanNames)
    {
        public RenewalFacts FactsFor(Subscription subscription, IPaymentGateway gateway, Instant now) => new(
            Customers[subscription.CustomerId], PlanNames[subscription.NextPlanId], [.. Discounts[subscription.Id]],
            gateway.MinimumCharge(subscription.Currency), new(NewId.At(now)), now);
    }

    private static void Add(BatchWrites writes, Renewal renewal, RenewalFacts facts)
    {
        switch (renewal)
        {
            case Renewal.Billed billed:
                writes.Invoices.Add(billed.Invoice);
                writes.Discounts.AddRange(facts.Discounts);
                writes.Keep(billed.BalanceEntries, facts.Now);
                if (billed.Movement is not null) writes.Movements.Add(billed.Movement);
                if (billed.Moved is { } moved)
                {
                    writes.MovedTo.Add(moved.PriceId);
                    writes.Record([moved], facts.Now);
                }

                writes.Record([billed.Fact], facts.Now);
                break;
            case Renewal.Ended ended:
                if (ended.Movement is not null) writes.Movements.Add(ended.Movement);
                writes.Record(ended.Facts, facts.Now);
                break;
        }
    }
}
