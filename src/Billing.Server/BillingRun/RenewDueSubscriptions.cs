using Billing.Customers;
using Billing.Invoicing;
using Billing.Metrics;
using Billing.Server.Customers;
using Billing.Server.Invoicing;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.BillingRun;

/// <summary>Bills every period that has begun and ends what was to end, one period an item, oldest first.</summary>
internal sealed class RenewDueSubscriptions(BillingDatabase database, IPaymentGateway gateway) : Pass(database)
{
    private static readonly string[] SubscriptionChanges =
    [
        nameof(Subscription.Lifecycle), nameof(Subscription.NextPeriodIndex), nameof(Subscription.CurrentStart),
        nameof(Subscription.CurrentEnd), nameof(Subscription.NextBillingAt), nameof(Subscription.CancelAtPeriodEnd), nameof(Subscription.LeavesFrom),
        nameof(Subscription.EndedOn), nameof(Subscription.EndReason), nameof(Subscription.MrrMinor),
        nameof(Subscription.MrrMovements), nameof(Subscription.TimeZone), nameof(Subscription.PlanId), nameof(Subscription.PriceId),
        nameof(Subscription.Quantity), nameof(Subscription.UnitAmountMinor), nameof(Subscription.IsNegotiated),
        nameof(Subscription.AnchorDate), nameof(Subscription.CadenceUnit), nameof(Subscription.CadenceCount),
        nameof(Subscription.PlannedPlanId), nameof(Subscription.PlannedPriceId), nameof(Subscription.PlannedQuantity),
        nameof(Subscription.PlannedUnitAmountMinor), nameof(Subscription.PlannedCadenceUnit), nameof(Subscription.PlannedCadenceCount),
    ];

    private static readonly string[] CustomerChanges = [nameof(Customer.BalanceMinor), nameof(Customer.BalanceEntries)];

    private static readonly string[] DiscountChanges = [nameof(SubscriptionDiscount.PeriodsUsed), nameof(SubscriptionDiscount.LastUsedOn)];

    public override string Name => "renew";

    public override async Task DoAsync(IReadOnlyList<Guid> ids, Instant now, CancellationToken cancellationToken)
    {
        await using var db = Database.Open();
        var load = await LoadAsync(db, ids, now, cancellationToken);

        var written = new Written();
        foreach (var subscription in load.Subscriptions)
        {
            var facts = load.FactsFor(subscription, gateway, now);
            written.Add(subscription.Renew(facts), facts);
        }

        await WriteAsync(db, load, written, cancellationToken);
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

    private static async Task WriteAsync(BillingDbContext db, Loaded load, Written written, CancellationToken cancellationToken)
    {
        var bulk = BulkWriter.For(db);
        // Besides balances: who has no card is touched, so that a card put in meanwhile is seen by this batch, done again,
        // or sees this batch's invoices.
        var touched = written.BalanceEntries.Select(e => e.CustomerId)
            .Concat(written.Invoices.Where(i => i is { Status: InvoiceStatus.Open, NextAttemptAt: null }).Select(i => i.CustomerId))
            .Distinct().Select(id => load.Customers[id]).ToList();

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await bulk.UpdateAsync(load.Subscriptions, SubscriptionChanges, cancellationToken);
        await bulk.UpdateAsync(touched, CustomerChanges, cancellationToken);
        await bulk.UpdateAsync(written.Discounts, DiscountChanges, cancellationToken);
        await bulk.InsertAsync(written.Movements, cancellationToken);
        await bulk.InsertAsync(written.BalanceEntries, cancellationToken);
        await bulk.InsertAsync(written.History, cancellationToken);

        var numbers = await InvoiceNumbers.TakeAsync(db, NumberSeries.Invoices, written.Invoices.Count, cancellationToken);
        for (var i = 0; i < numbers.Count; i++) written.Invoices[i].GiveNumber(numbers[i]);
        await bulk.InsertAsync(written.Invoices, cancellationToken);
        await bulk.InsertAsync(written.Invoices.SelectMany(i => i.Lines).ToList(), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
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

    /// <summary>What a batch decided, table by table.</summary>
    private sealed class Written
    {
        public List<Invoice> Invoices { get; } = [];
        public List<SubscriptionDiscount> Discounts { get; } = [];
        public List<MrrMovement> Movements { get; } = [];
        public List<BalanceEntry> BalanceEntries { get; } = [];
        public List<HistoryEntry> History { get; } = [];

        public void Add(Renewal renewal, RenewalFacts facts)
        {
            switch (renewal)
            {
                case Renewal.Billed billed:
                    Invoices.Add(billed.Invoice);
                    Discounts.AddRange(facts.Discounts);
                    BalanceEntries.AddRange(billed.BalanceEntries);
                    if (billed.Movement is not null) Movements.Add(billed.Movement);
                    History.Add(HistoryEntry.Of(billed.Fact, Actors.Run, facts.Now));
                    break;
                case Renewal.Ended ended:
                    if (ended.Movement is not null) Movements.Add(ended.Movement);
                    History.Add(HistoryEntry.Of(ended.Fact, Actors.Run, facts.Now));
                    break;
            }
        }
    }
}
