using Billing.Customers;
using Billing.History;
using Billing.Invoicing;
using Billing.Ledger;
using Billing.Metrics;
using Billing.Notices;
using Billing.Server.Customers;
using Billing.Server.Invoicing;
using Billing.Server.Ledger;
using Billing.Server.Notices;
using Billing.Server.Persistence;
using Billing.Server.Plans;
using Billing.Subscriptions;
using NodaTime;

namespace Billing.Server.BillingRun;

/// <summary>What a batch of subscriptions decided, table by table, and how it is written: all or nothing, set by set.</summary>
internal sealed class BatchWrites(IReadOnlyList<Subscription> subscriptions, IReadOnlyDictionary<CustomerId, Customer> customers)
{
    private static readonly string[] SubscriptionChanges =
    [
        nameof(Subscription.Lifecycle), nameof(Subscription.NextPeriodIndex), nameof(Subscription.CurrentStart),
        nameof(Subscription.CurrentEnd), nameof(Subscription.NextBillingAt), nameof(Subscription.CancelAtPeriodEnd),
        nameof(Subscription.EndedOn), nameof(Subscription.EndReason), nameof(Subscription.MrrMinor),
        nameof(Subscription.MrrMovements), nameof(Subscription.PayingSince), nameof(Subscription.TimeZone),
        nameof(Subscription.PlanId), nameof(Subscription.PriceId),
        nameof(Subscription.Quantity), nameof(Subscription.UnitAmountMinor), nameof(Subscription.IsNegotiated),
        nameof(Subscription.AnchorDate), nameof(Subscription.CadenceUnit), nameof(Subscription.CadenceCount),
        nameof(Subscription.PlannedPlanId), nameof(Subscription.PlannedPriceId), nameof(Subscription.PlannedQuantity),
        nameof(Subscription.PlannedUnitAmountMinor), nameof(Subscription.PlannedCadenceUnit), nameof(Subscription.PlannedCadenceCount),
        nameof(Subscription.BankedStart), nameof(Subscription.BankedEnd), nameof(Subscription.Restarts), nameof(Subscription.BreakStartsOn),
        nameof(Subscription.HasChurned), nameof(Subscription.MovesToPriceId), nameof(Subscription.MovesToUnitAmountMinor),
        nameof(Subscription.MovesOn), nameof(Subscription.LeavesFrom),
    ];

    private static readonly string[] CustomerChanges = [nameof(Customer.BalanceMinor), nameof(Customer.BalanceEntries)];

    private static readonly string[] DiscountChanges = [nameof(SubscriptionDiscount.PeriodsUsed), nameof(SubscriptionDiscount.LastUsedOn)];

    private static readonly string[] BreakChanges =
    [
        nameof(Break.State), nameof(Break.BankedDays), nameof(Break.MrrMinor), nameof(Break.FeeThrough), nameof(Break.ReturnOn),
        nameof(Break.AnnouncedOn), nameof(Break.EndedOn), nameof(Break.NextStepAt),
    ];

    public List<Break> Breaks { get; } = [];
    public List<Invoice> Invoices { get; } = [];
    public List<SubscriptionDiscount> Discounts { get; } = [];
    public List<MrrMovement> Movements { get; } = [];
    /// <summary>What is to be delivered on other days than was billed.</summary>
    public List<Delivery> Deliveries { get; } = [];
    /// <summary>Price versions somebody was moved to.</summary>
    public HashSet<PriceId> MovedTo { get; } = [];

    private List<BalanceEntry> BalanceEntries { get; } = [];
    private List<HistoryEntry> History { get; } = [];
    private List<Notice> Notices { get; } = [];

    /// <summary>Facts go to the history of their customers, and what is to be told is planned with them.</summary>
    public void Record(IEnumerable<Fact> facts, Instant now)
    {
        foreach (var fact in facts)
        {
            var entry = HistoryEntry.Of(fact, Actors.Run, now);
            History.Add(entry);
            if (PlannedNotices.Of(entry, fact) is { } notice) Notices.Add(notice);
        }
    }

    /// <summary>Moves of balances, and the fact of each.</summary>
    public void Keep(IReadOnlyList<BalanceEntry> entries, Instant now)
    {
        BalanceEntries.AddRange(entries);
        Record(entries.Select(e => e.Moved()), now);
    }

    public async Task WriteAsync(BillingDbContext db, Instant now, CancellationToken cancellationToken)
    {
        var bulk = BulkWriter.For(db);
        // Besides balances: who has no card is touched, so that a card put in meanwhile is seen by this batch, done again,
        // or sees this batch's invoices.
        var touched = BalanceEntries.Select(e => e.CustomerId)
            .Concat(Invoices.Where(i => i is { Status: InvoiceStatus.Open, NextAttemptAt: null }).Select(i => i.CustomerId))
            .Distinct().Select(id => customers[id]).ToList();

        var journal = Book(now);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var open = await db.FirstOpenDayAsync(cancellationToken);
        foreach (var entry in journal.Entries) entry.PutOff(open);
        await db.BeginPriceMovesAsync(MovedTo, now, cancellationToken);
        // In the order of the tables' names, which is the order EF Core saves in: so no command and no run wait for each
        // other, be it for a row or for a key that both are about to use.
        await bulk.InsertAsync(BalanceEntries, cancellationToken);
        await bulk.UpdateAsync(Breaks, BreakChanges, cancellationToken);
        await bulk.UpdateAsync(touched, CustomerChanges, cancellationToken);
        await bulk.InsertAsync(journal.Days(), cancellationToken);
        await bulk.InsertAsync(journal.Plans, cancellationToken);
        await bulk.InsertAsync(History, cancellationToken);
        await bulk.InsertAsync(LedgerDay.Of(journal.Entries, now), cancellationToken);
        await bulk.InsertAsync(journal.Entries, cancellationToken);
        await bulk.InsertAsync(Movements, cancellationToken);
        await bulk.InsertAsync(Notices, cancellationToken);
        await bulk.UpdateAsync(Discounts, DiscountChanges, cancellationToken);
        await bulk.UpdateAsync(subscriptions, SubscriptionChanges, cancellationToken);

        var numbers = await InvoiceNumbers.TakeAsync(db, NumberSeries.Invoices, Invoices.Count, cancellationToken);
        for (var i = 0; i < numbers.Count; i++) Invoices[i].GiveNumber(numbers[i]);
        await bulk.InsertAsync(Invoices, cancellationToken);
        await bulk.InsertAsync(Invoices.SelectMany(i => i.Lines).ToList(), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private Journal Book(Instant now)
    {
        var journal = new Journal(now);
        foreach (var invoice in Invoices) journal.Issue(invoice);
        foreach (var entry in BalanceEntries) journal.Post(Postings.Moved(entry));
        foreach (var delivery in Deliveries) journal.Change(delivery);
        return journal;
    }
}
