using Billing.Invoicing;
using Billing.Server.BillingRun;
using Billing.Server.Persistence;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Pages.Office;

/// <summary>What the office's first page shows.</summary>
public sealed record OfficePage(
    IReadOnlyList<MrrByMonth> Mrr, MrrByMonth? Chosen, IReadOnlyDictionary<Currency, int> Paying,
    IReadOnlyList<OpenTotal> Open, IReadOnlyList<RunOnPage> Runs, IReadOnlyList<SetAsideItem> SetAside, DateTimeZone Zone)
{
    private const int MostMonths = 18, MostRuns = 8, MostSetAside = 100;

    public static async Task<OfficePage> ReadAsync(
        BillingDbContext db, string? currency, DateTimeZone zone, Instant now, CancellationToken cancellationToken)
    {
        var mrr = await MrrByMonth.ReadAsync(db, now.InZone(zone).Date, cancellationToken);
        var paying = await db.Subscriptions.Where(s => s.Lifecycle == Lifecycle.Active && s.MrrMovements > 0).GroupBy(s => s.Currency)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        var open = await db.Invoices.Where(i => i.Status == InvoiceStatus.Open).GroupBy(i => i.Currency)
            .Select(g => new { g.Key, Count = g.Count(), Minor = g.Sum(i => i.DueMinor) }).ToListAsync(cancellationToken);
        var setAside = await db.SetAside.AsNoTracking().OrderBy(a => a.RetryAt).Take(MostSetAside).ToListAsync(cancellationToken);

        var chosen = mrr.FirstOrDefault(m => m.Currency.Code == currency)
            ?? mrr.OrderByDescending(m => paying.GetValueOrDefault(m.Currency)).FirstOrDefault();
        return new(
            mrr, chosen?.Last(MostMonths), paying,
            [.. open.OrderBy(o => o.Key.Code, StringComparer.Ordinal).Select(o => new OpenTotal(new(o.Minor, o.Key), o.Count))],
            await RunsAsync(db, cancellationToken), setAside, zone);
    }

    private static async Task<IReadOnlyList<RunOnPage>> RunsAsync(BillingDbContext db, CancellationToken cancellationToken)
    {
        var runs = await db.Runs.AsNoTracking().OrderByDescending(r => r.StartedAt).Take(MostRuns).ToListAsync(cancellationToken);
        var ids = runs.Select(r => r.Id).ToList();
        var passes = (await db.RunPasses.AsNoTracking().Where(p => ids.Contains(p.RunId)).OrderBy(p => p.Position)
            .ToListAsync(cancellationToken)).ToLookup(p => p.RunId);
        return [.. runs.Select(r => new RunOnPage(r, [.. passes[r.Id]]))];
    }
}

/// <summary>What is open in one currency.</summary>
public sealed record OpenTotal(Money Due, int Invoices);

/// <summary>A run and its passes in order.</summary>
public sealed record RunOnPage(RunRecord Run, IReadOnlyList<RunPass> Passes);
