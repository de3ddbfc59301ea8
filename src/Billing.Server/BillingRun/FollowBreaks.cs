using Billing.Cards;
using Billing.Customers;
using Billing.Ledger;
using Billing.Server.Ledger;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.BillingRun;

/// <summary>
/// Does what is due of breaks, one step an item, oldest first: they begin, months away are charged, returns are announced,
/// customers come back. Before renewals, so that whoever is back today is billed today.
/// </summary>
internal sealed class FollowBreaks(BillingDatabase database, IPaymentGateway gateway) : Pass(database)
{
    public override string Name => "breaks";

    public override async Task DoAsync(IReadOnlyList<Guid> ids, Instant now, CancellationToken cancellationToken)
    {
        await using var db = Database.Open();
        var load = await LoadAsync(db, ids, now, cancellationToken);

        var writes = new BatchWrites([.. load.Breaks.Select(b => load.Subscriptions[b.SubscriptionId])], load.Customers);
        foreach (var away in load.Breaks)
        {
            var subscription = load.Subscriptions[away.SubscriptionId];
            var facts = load.FactsFor(subscription, gateway, now);
            Add(writes, subscription.DoNext(away, facts), facts, [.. load.Deliveries[subscription.Id]]);
        }

        writes.Deliveries.AddRange(load.Deliveries.SelectMany(d => d));
        await writes.WriteAsync(db, now, cancellationToken);
    }

    protected override IQueryable<Guid> Due(BillingDbContext db, Instant now) => db.Breaks
        .Where(b => b.NextStepAt <= now)
        .Where(b => !db.SetAside.Any(a => a.Pass == "breaks" && a.SubjectId == (Guid)(object)b.Id && a.RetryAt > now))
        .OrderBy(b => b.NextStepAt).ThenBy(b => b.Id)
        .Select(b => (Guid)(object)b.Id);

    private static async Task<Loaded> LoadAsync(
        BillingDbContext db, IReadOnlyList<Guid> ids, Instant now, CancellationToken cancellationToken)
    {
        var wanted = ids.Select(BreakId.From).ToList();
        var found = await db.Breaks.AsNoTracking().Where(b => wanted.Contains(b.Id) && b.NextStepAt <= now)
            .ToDictionaryAsync(b => b.Id, cancellationToken);
        var breaks = wanted.Select(found.GetValueOrDefault).OfType<Break>().ToList();

        var subscriptionIds = breaks.Select(b => b.SubscriptionId).ToList();
        var subscriptions = await db.Subscriptions.AsNoTracking().Where(s => subscriptionIds.Contains(s.Id))
            .ToDictionaryAsync(s => s.Id, cancellationToken);
        var customerIds = breaks.Select(b => b.CustomerId).Distinct().ToList();
        var customers = await db.Customers.AsNoTracking().Where(c => customerIds.Contains(c.Id))
            .ToDictionaryAsync(c => c.Id, cancellationToken);
        var cards = await db.Customers.Where(c => customerIds.Contains(c.Id))
            .Join(db.Cards, c => c.DefaultCardId, card => card.Id, (customer, card) => card).AsNoTracking()
            .ToDictionaryAsync(c => c.CustomerId, cancellationToken);
        var discounts = await db.SubscriptionDiscounts.AsNoTracking().Where(d => subscriptionIds.Contains(d.SubscriptionId))
            .ToListAsync(cancellationToken);
        var planIds = subscriptions.Values.Select(s => s.PlanId).Distinct().ToList();
        var plans = await db.Plans.Where(p => planIds.Contains(p.Id)).Select(p => new { p.Id, p.Name })
            .ToDictionaryAsync(p => p.Id, p => p.Name, cancellationToken);
        // Days that were banked are used from the day of return on.
        var returning = breaks.Where(b => b.BankedDays > 0).Select(b => b.SubscriptionId).ToList();
        var deliveries = (await db.DeliveriesAsync(returning, LocalDate.MaxIsoValue.PlusDays(-1), cancellationToken)).ToLookup(d => d.SubscriptionId!.Value);
        return new(breaks, subscriptions, customers, cards, discounts.ToLookup(d => d.SubscriptionId), plans, deliveries);
    }

    private static void Add(BatchWrites writes, BreakMoved moved, BreakFacts facts, IReadOnlyList<Delivery> deliveries)
    {
        var now = facts.Now;
        // Nothing is credited here: days that waited are used again, no more.
        DaysMoved.Of(moved.Facts, credits: false)?.Book(null, [], [], deliveries);
        writes.Breaks.Add(moved.Break);
        // The period they were taken off is over.
        if (moved.Facts.Any(fact => fact is WentToBeach)) writes.Discounts.AddRange(facts.Discounts);
        if (moved.Invoice is not null) writes.Invoices.Add(moved.Invoice);
        writes.Keep(moved.BalanceEntries, now);
        writes.Movements.AddRange(moved.Movements);
        writes.Record(moved.Facts, now);
    }

    /// <summary>The facts of a batch.</summary>
    private sealed record Loaded(
        IReadOnlyList<Break> Breaks, Dictionary<SubscriptionId, Subscription> Subscriptions, Dictionary<CustomerId, Customer> Customers,
        Dictionary<CustomerId, Card> Cards, ILookup<SubscriptionId, SubscriptionDiscount> Discounts, Dictionary<PlanId, string> PlanNames,
        ILookup<SubscriptionId, Delivery> Deliveries)
    {
        public BreakFacts FactsFor(Subscription subscription, IPaymentGateway gateway, Instant now) => new(
            Customers[subscription.CustomerId], PlanNames[subscription.PlanId], [.. Discounts[subscription.Id]],
            Cards.GetValueOrDefault(subscription.CustomerId), gateway.MinimumCharge(subscription.Currency), new(NewId.At(now)), now);
    }
}
