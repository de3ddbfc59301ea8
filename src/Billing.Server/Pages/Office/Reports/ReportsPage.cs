using System.Collections.Immutable;
using Billing.Client.Contract;
using Billing.Metrics;
using Billing.Server.Persistence;
using Billing.Server.Reports;
using MediatR;
using NodaTime;

namespace Billing.Server.Pages.Office.Reports;

/// <summary>The figures of one currency over a year, its cohorts, how long subscriptions stay, and what kept them.</summary>
public sealed record ReportsPage(
    IReadOnlyList<Currency> Currencies, Currency? Chosen, ImmutableArray<MetricsMonth> Months, ImmutableArray<CohortRetention> Cohorts, ImmutableArray<Survival> Survival,
    RetentionReportView Retention)
{
    private const int Months12 = 12, MostCohorts = 13;

    internal static async Task<ReportsPage> ReadAsync(BillingDbContext db, IMediator send, string? currency, Desk desk, CancellationToken cancellationToken)
    {
        var today = desk.Today.With(DateAdjusters.StartOfMonth);
        var moves = await CohortReading.ReadAsync(db, today, null, cancellationToken);
        var currencies = moves.Keys.OrderByDescending(c => moves[c].Sum(m => m.Paying)).ThenBy(c => c.Code, StringComparer.Ordinal).ToList();
        var chosen = currencies.FirstOrDefault(c => c.Code == currency) ?? currencies.FirstOrDefault();
        var retention = await send.Send(new ReadRetention(today.PlusMonths(1 - Months12), desk.Today), cancellationToken);
        if (chosen is null) return new(currencies, null, [], [], [], retention);

        // No month before the first in which anything moved.
        var from = LocalDate.Max(today.PlusMonths(1 - Months12), moves[chosen].Min(m => m.Month).OnDayOfMonth(1));
        var spent = await CohortReading.SpentAsync(db, from, today, desk.Now, cancellationToken);
        var running = today.ToYearMonth();
        var cohorts = CohortRetention.Of(moves[chosen], running);
        return new(
            currencies, chosen,
            MetricsMonth.Of(moves[chosen], from.ToYearMonth(), running, running, spent.GetValueOrDefault(chosen) ?? []),
            [.. cohorts.TakeLast(MostCohorts)], Metrics.Survival.Of(CohortRetention.Of(moves[chosen], running.PlusMonths(-1))), retention);
    }
}
