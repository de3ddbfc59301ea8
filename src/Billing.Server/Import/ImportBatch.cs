using Billing.Customers;
using Billing.Metrics;
using Billing.Notices;
using Billing.Server.Customers;
using Billing.Server.Notices;
using Billing.Server.Persistence;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Import;

/// <summary>
/// Some hundred rows at once, compared with what is here, which includes the rows written before them: what is new is
/// written, what is there already is counted, what contradicts it is named.
/// </summary>
internal sealed class ImportBatch(BillingDbContext db, ImportPlans plans, ImportTally tally, string defaultZone, Instant now)
{
    /// <summary>How many rows a batch has.</summary>
    public const int Size = 1000;

    private readonly BulkWriter bulk = BulkWriter.For(db);
    private readonly List<Customer> newCustomers = [];
    private readonly List<Subscription> newSubscriptions = [];
    private readonly List<MrrMovement> movements = [];
    private readonly List<HistoryEntry> history = [];
    private readonly List<Notice> notices = [];
    private Dictionary<string, Customer> customers = [];
    private Dictionary<(CustomerId Customer, PlanId Plan), List<Subscription>> subscriptions = [];

    /// <summary>Writes these rows, in the context's transaction.</summary>
    public async Task WriteAsync(IReadOnlyList<ImportRow> rows, CancellationToken cancellationToken)
    {
        await LoadAsync(rows, cancellationToken);
        foreach (var row in rows)
        {
            var troubles = Contradictions(row).ToList();
            if (troubles.Count > 0) await tally.RejectAsync(row.Record, troubles);
            else if (Known(row) is { } known) tally.AlreadyThere(row, known);
            else await TakeUpAsync(row, cancellationToken);
        }

        await bulk.InsertAsync(newCustomers, cancellationToken);
        await bulk.InsertAsync(newSubscriptions, cancellationToken);
        await bulk.InsertAsync(movements, cancellationToken);
        await bulk.InsertAsync(history, cancellationToken);
        await bulk.InsertAsync(notices, cancellationToken);
    }

    private async Task LoadAsync(IReadOnlyList<ImportRow> rows, CancellationToken cancellationToken)
    {
        var wanted = rows.Select(r => r.ExternalId).Distinct().ToList();
        customers = await db.Customers.AsNoTracking().Where(c => wanted.Contains(c.ExternalId!))
            .ToDictionaryAsync(c => c.ExternalId!, StringComparer.Ordinal, cancellationToken);

        var ids = customers.Values.Select(c => c.Id).ToList();
        List<Subscription> found = ids.Count == 0 ? [] : await db.Subscriptions.AsNoTracking()
            .Where(s => ids.Contains(s.CustomerId)).ToListAsync(cancellationToken);
        subscriptions = found.GroupBy(s => (s.CustomerId, s.PlanId)).ToDictionary(g => g.Key, g => g.ToList());
    }

    private IEnumerable<Trouble> Contradictions(ImportRow row)
    {
        if (customers.TryGetValue(row.ExternalId, out var customer))
        {
            foreach (var column in row.DiffersFrom(customer))
                yield return new(row.Line, column, "The customer is here already, and this is another.");
            if (tally.OtherCard(row, customer.Id) is { } line)
                yield return new(row.Line, ImportColumns.CardToken, $"Line {line} has another for the same customer.");
        }

        if (Known(row) is { } known)
        {
            if (tally.LineOf(known.Id) is { } line)
                yield return new(row.Line, ImportColumns.StartedOn, $"Line {line} has the same customer_id, plan and started_on.");
            else foreach (var column in row.DiffersFrom(known))
                yield return new(row.Line, column, "The subscription is here already, and this is another. An import adds, it changes nothing.");
            yield break;
        }

        if (SamePlan(row).FirstOrDefault(s => row.OverlapsWith(s)) is { } other)
            yield return new(row.Line, ImportColumns.StartedOn, "The same customer has the same plan on the same days "
                + (tally.LineOf(other.Id) is { } line ? $"in line {line}." : "here already."));
        if (plans.Obstacle(row) is { } obstacle) yield return obstacle;
    }

    private Subscription? Known(ImportRow row) => SamePlan(row).FirstOrDefault(s => s.StartedOn == row.Terms.StartedOn);

    private List<Subscription> SamePlan(ImportRow row) =>
        customers.TryGetValue(row.ExternalId, out var customer) && plans.Find(row.Plan) is { } plan
            ? subscriptions.GetValueOrDefault((customer.Id, plan.Id), [])
            : [];

    private async Task TakeUpAsync(ImportRow row, CancellationToken cancellationToken)
    {
        var (plan, price) = await plans.ForAsync(row, bulk, cancellationToken);
        var customer = customers.GetValueOrDefault(row.ExternalId) ?? Add(row);
        var imported = Subscription.Import(
            new(NewId.At(now)), customer, plan, price, row.Quantity, row.Unit == price.Unit ? null : row.Unit, row.Terms, now);

        if (!subscriptions.TryGetValue((customer.Id, plan.Id), out var same)) subscriptions.Add((customer.Id, plan.Id), same = []);
        same.Add(imported.Subscription);
        newSubscriptions.Add(imported.Subscription);
        movements.AddRange(imported.Movements);
        var entries = imported.Facts.Select(f => HistoryEntry.Of(f, Actors.Import, now)).ToList();
        history.AddRange(entries);
        if (PlannedNotices.AfterImport(imported.Subscription, entries[0]) is { } notice) notices.Add(notice);
        tally.Written(row, imported.Subscription);
    }

    private Customer Add(ImportRow row)
    {
        var details = new CustomerDetails(
            row.ExternalId, row.Name, row.Email, row.Country, row.Locale ?? "en", row.TimeZone ?? defaultZone);
        var customer = Customer.Add(new(NewId.At(now)), details, row.Currency, now);
        customers.Add(row.ExternalId, customer);
        newCustomers.Add(customer);
        history.Add(HistoryEntry.Of(new CustomerAdded(customer.Id, customer.Today(now)), Actors.Import, now));
        return customer;
    }
}
