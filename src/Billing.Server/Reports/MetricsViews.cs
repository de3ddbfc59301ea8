using Billing.Client.Contract;
using Billing.Metrics;
using Billing.Server.Http;
using Billing.Server.Ledger;
using NodaTime;

namespace Billing.Server.Reports;

internal static class MetricsViews
{
    public static MetricsCurrencyView Of(
        Currency currency, IReadOnlyCollection<CohortMoves> moves, YearMonth from, YearMonth to, YearMonth running, Dictionary<YearMonth, long> spent)
    {
        var cohorts = CohortRetention.Of(moves, to < running ? to : running);
        // The month that is not over has not had all its losses yet.
        var whole = to < running ? cohorts : CohortRetention.Of(moves, running.PlusMonths(-1));
        return new(
            currency.Code,
            [.. MetricsMonth.Of(moves, from, to, running, spent).Select(m => new MetricsMonthView(Word(m.Month), [.. m.Figures().Select(ToView)]))],
            [.. cohorts.Select(ToView)],
            [.. Survival.Of(whole).Select(s => new SurvivalView(s.Months, s.AtRisk, s.Lost, s.Share))]);
    }

    public static FigureDefinitionView ToView(FigureDefinition row) =>
        new(Wire.Word(row.Name), Wire.Word(row.Unit), row.Formula, row.Denominator, row.Filter);

    private static FigureView ToView(Figure figure) =>
        new(Wire.Word(figure.Name), figure.Value, figure.Part, figure.Whole, Wire.Word(figure.Maturity));

    private static CohortView ToView(CohortRetention cohort) => new(
        Word(cohort.Cohort), cohort.Count, cohort.Minor, [.. cohort.After.Select(a => new CohortMonthView(a.Paying, a.OnBeach, a.Minor, a.Lost))]);

    private static string Word(YearMonth month) => LedgerMonths.Word(month.OnDayOfMonth(1));
}
