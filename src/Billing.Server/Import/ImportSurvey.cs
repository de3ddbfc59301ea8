using Billing.Periods;
using Billing.Plans;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Import;

/// <summary>What must be known of the whole file before its first row is written: what each plan costs most people, and whether it has seats.</summary>
internal sealed class ImportSurvey
{
    private readonly Dictionary<(string Plan, Currency Currency, Cadence Cadence), Dictionary<long, int>> amounts = [];
    private readonly HashSet<string> perSeat = new(StringComparer.Ordinal);

    /// <summary>Takes a good row into account.</summary>
    public void Add(ImportRow row)
    {
        var key = (row.Plan, row.Currency, row.Cadence);
        if (!amounts.TryGetValue(key, out var counts)) amounts.Add(key, counts = []);
        counts[row.Unit.Minor] = counts.GetValueOrDefault(row.Unit.Minor) + 1;
        if (row.Quantity > 1) perSeat.Add(row.Plan);
    }

    /// <summary>What most rows of this plan, currency and cadence pay; the lower of two that are as common.</summary>
    public Money UsualUnit(ImportRow row)
    {
        var usual = amounts[(row.Plan, row.Currency, row.Cadence)].OrderByDescending(c => c.Value).ThenBy(c => c.Key).First();
        return new(usual.Key, row.Currency);
    }

    /// <summary>Per seat when any row of the plan has more than one.</summary>
    public PlanPricing PricingOf(string plan) => perSeat.Contains(plan) ? PlanPricing.PerSeat : PlanPricing.Flat;
}

/// <summary>Plans and prices as the import meets them: those that are here, and those it makes at first sight.</summary>
internal sealed class ImportPlans(BillingDbContext db, ImportSurvey survey, Instant now)
{
    private readonly Dictionary<string, Plan> plans = new(StringComparer.Ordinal);
    private readonly Dictionary<(PlanId Plan, Currency Currency, Cadence Cadence), Price> prices = [];

    /// <summary>How many plans were made.</summary>
    public int Made { get; private set; }

    /// <summary>Reads what is here.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        foreach (var plan in await db.Plans.AsNoTracking().ToListAsync(cancellationToken)) plans.Add(plan.Code, plan);
        foreach (var price in await db.Prices.AsNoTracking().OrderBy(p => p.VersionNumber).ToListAsync(cancellationToken))
            prices[(price.PlanId, price.Currency, price.Cadence)] = price;
    }

    /// <summary>The plan with this code, when it is here.</summary>
    public Plan? Find(string code) => plans.GetValueOrDefault(code);

    /// <summary>What keeps a row from its plan, or <see langword="null"/>.</summary>
    public Trouble? Obstacle(ImportRow row)
    {
        if (Find(row.Plan) is not { } plan) return null;
        if (plan.Pricing == PlanPricing.Flat && row.Quantity > 1)
            return new(row.Line, ImportColumns.Quantity, "The plan is here already and has no seats.");
        return plan.RetiredAt is not null && !prices.ContainsKey((plan.Id, row.Currency, row.Cadence))
            ? new(row.Line, ImportColumns.Plan, "The plan is no longer sold, and has no price in this currency and interval.")
            : null;
    }

    /// <summary>The plan and price of a row without obstacle, made when they are not here yet.</summary>
    public async Task<(Plan Plan, Price Price)> ForAsync(ImportRow row, BulkWriter bulk, CancellationToken cancellationToken)
    {
        if (!plans.TryGetValue(row.Plan, out var plan))
        {
            plan = Plan.Create(new(NewId.At(now)), row.Plan, row.Plan, survey.PricingOf(row.Plan), 0, now);
            plans.Add(row.Plan, plan);
            Made++;
            await bulk.InsertAsync([plan], cancellationToken);
        }

        var key = (plan.Id, row.Currency, row.Cadence);
        if (!prices.TryGetValue(key, out var price))
        {
            price = plan.SetPrice(new(NewId.At(now)), survey.UsualUnit(row), row.Cadence, null, now);
            prices.Add(key, price);
            await bulk.InsertAsync([price], cancellationToken);
        }

        return (plan, price);
    }
}
