using Billing.Invoicing;
using Billing.Server.BillingRun;
using Billing.Server.Persistence;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Pages.Office;

/// <summary>What the office's first page shows: what wants a person, then how the house stands.</summary>
public sealed record OfficePage(
    IReadOnlyList<MrrByMonth> Mrr, MrrByMonth? Chosen, IReadOnlyDictionary<Currency, int> Paying, IReadOnlyList<OpenByAge> Open,
    RunOnPage? LastRun, int FailedRuns, int Alarms, int SetAside, int Away, int BackSoon)
{
    private const int MostMonths = 18, Soon = 7, MostRuns = 300;

    public static async Task<OfficePage> ReadAsync(BillingDbContext db, string? currency, Desk desk, CancellationToken cancellationToken)
    {
        var mrr = await MrrByMonth.ReadAsync(db, desk.Today, cancellationToken);
        var paying = await db.Subscriptions.Where(s => s.Lifecycle == Lifecycle.Active && s.MrrMovements > 0).GroupBy(s => s.Currency)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        var aDay = desk.Now - Duration.FromDays(1);
        var failed = await db.Runs.OrderByDescending(r => r.StartedAt).Take(MostRuns)
            .CountAsync(r => (r.State == RunState.Failed || r.State == RunState.Interrupted) && r.AsOf > aDay, cancellationToken);
        var setAside = await db.SetAside.CountAsync(cancellationToken);
        var soon = desk.Today.PlusDays(Soon);
        var away = await db.Breaks.Where(b => b.State == BreakState.Away).GroupBy(b => b.ReturnOn <= soon)
            .Select(g => new { Soon = g.Key, Count = g.Count() }).ToListAsync(cancellationToken);

        var chosen = mrr.FirstOrDefault(m => m.Currency.Code == currency)
            ?? mrr.OrderByDescending(m => paying.GetValueOrDefault(m.Currency)).FirstOrDefault();
        return new(
            mrr, chosen?.Last(MostMonths), paying, await OpenByAge.ReadAsync(db, desk.Today, cancellationToken),
            await RunOnPage.NewestAsync(db, 1, cancellationToken) is [var last, ..] ? last : null, failed,
            await db.Alarms.CountAsync(a => a.ClosedAt == null, cancellationToken), setAside,
            away.Sum(a => a.Count), away.Where(a => a.Soon).Sum(a => a.Count));
    }
}

/// <summary>What is open in one currency, by days since it was issued.</summary>
/// <param name="Currency">The currency.</param>
/// <param name="Invoices">How many.</param>
/// <param name="Minor">What is due: up to 30 days, up to 60, up to 90, longer.</param>
public sealed record OpenByAge(Currency Currency, int Invoices, IReadOnlyList<long> Minor)
{
    /// <summary>The last day of each age but the oldest.</summary>
    public static readonly IReadOnlyList<int> Ages = [30, 60, 90];

    public Money Total => new(Minor.Sum(), Currency);

    public static async Task<IReadOnlyList<OpenByAge>> ReadAsync(BillingDbContext db, LocalDate today, CancellationToken cancellationToken)
    {
        var (first, second, third) = (today.PlusDays(-Ages[0]), today.PlusDays(-Ages[1]), today.PlusDays(-Ages[2]));
        var rows = await db.Invoices.Where(i => i.Status == InvoiceStatus.Open)
            .GroupBy(i => new { i.Currency, Age = i.IssuedOn >= first ? 0 : i.IssuedOn >= second ? 1 : i.IssuedOn >= third ? 2 : 3 })
            .Select(g => new { g.Key.Currency, g.Key.Age, Count = g.Count(), Minor = g.Sum(i => i.DueMinor) }).ToListAsync(cancellationToken);
        return [.. rows.GroupBy(r => r.Currency).OrderBy(g => g.Key.Code, StringComparer.Ordinal).Select(g => new OpenByAge(
            g.Key, g.Sum(r => r.Count), [.. Enumerable.Range(0, Ages.Count + 1).Select(age => g.Where(r => r.Age == age).Sum(r => r.Minor))]))];
    }
}

/// <summary>A run and its passes in order.</summary>
public sealed record RunOnPage(RunRecord Run, IReadOnlyList<RunPass> Passes)
{
    public static async Task<IReadOnlyList<RunOnPage>> NewestAsync(BillingDbContext db, int most, CancellationToken cancellationToken)
    {
        var runs = await db.Runs.AsNoTracking().OrderByDescending(r => r.StartedAt).Take(most).ToListAsync(cancellationToken);
        var ids = runs.Select(r => r.Id).ToList();
        var passes = (await db.RunPasses.AsNoTracking().Where(p => ids.Contains(p.RunId)).OrderBy(p => p.Position)
            .ToListAsync(cancellationToken)).ToLookup(p => p.RunId);
        return [.. runs.Select(r => new RunOnPage(r, [.. passes[r.Id]]))];
    }
}
