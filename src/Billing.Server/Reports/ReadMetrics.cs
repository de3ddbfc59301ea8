using Billing.Client.Contract;
using Billing.Metrics;
using Billing.Server.Http;
using Billing.Server.Ledger;
using Billing.Server.Persistence;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Reports;

/// <summary>The figures of recurring revenue by month, with cohorts and survival; as known now, or at an earlier instant.</summary>
internal sealed record ReadMetrics(LocalDate From, LocalDate To, Instant? KnownAt = null) : IRequest<MetricsReportView>;

internal sealed class ReadMetricsValidator : AbstractValidator<ReadMetrics>
{
    private const int MostMonths = 60;

    public ReadMetricsValidator() => RuleFor(r => r.To)
        .Must((r, to) => to >= r.From && Period.Between(r.From, to, PeriodUnits.Months).Months < MostMonths)
        .WithMessage($"The last month is not before the first, and at most {MostMonths} months are read at once.").OverridePropertyName("to");
}

internal sealed class ReadMetricsHandler(BillingDbContext db, BooksZone books, Door door) : IRequestHandler<ReadMetrics, MetricsReportView>
{
    public async Task<MetricsReportView> Handle(ReadMetrics request, CancellationToken cancellationToken)
    {
        var (from, to) = (request.From.ToYearMonth(), request.To.ToYearMonth());
        var known = request.KnownAt ?? door.Now;
        var running = books.Yesterday(known).PlusDays(1).ToYearMonth();
        var moves = await CohortReading.ReadAsync(db, request.To, request.KnownAt, cancellationToken);
        var spent = await CohortReading.SpentAsync(db, request.From, request.To, known, cancellationToken);

        var tables = moves.OrderBy(m => m.Key.Code, StringComparer.Ordinal)
            .Select(m => MetricsViews.Of(m.Key, m.Value, from, to, running, spent.GetValueOrDefault(m.Key) ?? []));
        return new(
            LedgerMonths.Word(request.From), LedgerMonths.Word(request.To), request.KnownAt?.Iso(), Figure.Fewest,
            [.. FigureDefinition.Rows.Select(MetricsViews.ToView)], [.. tables]);
    }
}

/// <summary>What metrics read: sums by month and cohort, never single movements unless an earlier instant is asked for.</summary>
internal static class CohortReading
{
    /// <summary>By currency. What no run has added up yet is in, in the same statement.</summary>
    public static async Task<Dictionary<Currency, List<CohortMoves>>> ReadAsync(
        BillingDbContext db, LocalDate to, Instant? knownAt, CancellationToken cancellationToken)
    {
        IQueryable<MrrMovement> single = knownAt is { } known
            ? db.MrrMovements.Where(m => m.RecordedAt <= known) : db.MrrMovements.Where(m => m.TotalledBy == null);
        var rows = single.Select(m => new
        {
            m.Currency, m.Month, m.Cohort, m.Kind, m.AmountMinor, Ups = m.AmountMinor > 0 ? 1 : 0, Downs = m.AmountMinor < 0 ? 1 : 0,
        });
        if (knownAt is null)
            rows = db.CohortMonths.Select(c => new { c.Currency, c.Month, c.Cohort, c.Kind, c.AmountMinor, c.Ups, c.Downs }).Concat(rows);
        var sums = await rows.Where(r => r.Month <= to).GroupBy(r => new { r.Currency, r.Month, r.Cohort, r.Kind })
            .Select(g => new
            {
                g.Key.Currency, g.Key.Month, g.Key.Cohort, g.Key.Kind, Minor = g.Sum(r => r.AmountMinor), Ups = g.Sum(r => r.Ups), Downs = g.Sum(r => r.Downs),
            })
            .ToListAsync(cancellationToken);
        return sums.GroupBy(s => s.Currency).ToDictionary(
            g => g.Key, g => g.Select(s => new CohortMoves(s.Cohort.ToYearMonth(), s.Month.ToYearMonth(), s.Kind, s.Minor, s.Ups, s.Downs)).ToList());
    }

    /// <summary>What finance entered, by currency and month; the newest known counts.</summary>
    public static async Task<Dictionary<Currency, Dictionary<YearMonth, long>>> SpentAsync(
        BillingDbContext db, LocalDate from, LocalDate to, Instant known, CancellationToken cancellationToken)
    {
        var costs = await db.AcquisitionCosts.AsNoTracking().Where(c => c.Month >= from && c.Month <= to && c.At <= known).ToListAsync(cancellationToken);
        return costs.GroupBy(c => c.Currency).ToDictionary(
            g => g.Key, g => g.GroupBy(c => c.Month.ToYearMonth()).ToDictionary(m => m.Key, m => m.MaxBy(c => (c.At, c.Id))!.AmountMinor));
    }
}
