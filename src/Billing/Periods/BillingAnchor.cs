using NodaTime;

namespace Billing.Periods;

/// <summary>The day everything is counted from, for ever: period n = anchor + n times the cadence, clamped.</summary>
/// <remarks>
/// Always from the anchor, never from the period before, so a short February leaves no trace in March. A date outside
/// the calendar (years -9998 to 9999) is an <see cref="OverflowException"/>.
/// </remarks>
/// <param name="Date">The first day of period 0, in the customer's zone.</param>
/// <param name="Cadence">The length of a period.</param>
/// <example>31 January, monthly: 31 January, 28 February, 31 March; never 28 March.</example>
public readonly record struct BillingAnchor(LocalDate Date, Cadence Cadence)
{
    private const int DaysInWeek = 7;
    private const int MonthsInYear = 12;

    private static readonly LocalDate FirstDay = LocalDate.MinIsoValue;
    private static readonly int DaysInCalendar = NodaTime.Period.DaysBetween(FirstDay, LocalDate.MaxIsoValue);
    private static readonly int FirstMonth = MonthNumber(FirstDay);
    private static readonly int LastMonth = MonthNumber(LocalDate.MaxIsoValue);

    /// <summary>The first day of period <paramref name="index"/>; negative indexes lie before the anchor.</summary>
    /// <exception cref="OverflowException">That day is outside the calendar.</exception>
    public LocalDate StartOf(int index)
    {
        var units = (long)index * Cadence.Count;
        return Cadence.Unit switch
        {
            CadenceUnit.Day => PlusDays(units, index),
            CadenceUnit.Week => PlusDays(units * DaysInWeek, index),
            CadenceUnit.Month => PlusMonths(units, index),
            CadenceUnit.Year => PlusMonths(units * MonthsInYear, index),
        };
    }

    /// <summary>Period <paramref name="index"/>; negative indexes lie before the anchor.</summary>
    /// <exception cref="OverflowException">A part of it is outside the calendar.</exception>
    public BillingPeriod Period(int index) => new(index, StartOf(index), StartOf(checked(index + 1)));

    /// <summary>The index of the period that <paramref name="date"/> falls in; negative before the anchor.</summary>
    /// <example>Anchor 31 January 2026, monthly: 27 February is in period 0, 28 February in period 1.</example>
    public int IndexOf(LocalDate date) => Cadence.Unit switch
    {
        CadenceUnit.Day => Floor(DaysUntil(date), Cadence.Count),
        CadenceUnit.Week => Floor(DaysUntil(date), Cadence.Count * DaysInWeek),
        CadenceUnit.Month => IndexByMonths(date, Cadence.Count),
        CadenceUnit.Year => IndexByMonths(date, Cadence.Count * MonthsInYear),
    };

    // Months alone decide, except in the month in which a period begins: there the (clamped) day does.
    private int IndexByMonths(LocalDate date, int months)
    {
        var apart = MonthNumber(date) - MonthNumber(Date);
        var index = Floor(apart, months);
        return index * months == apart && StartOf(index) > date ? index - 1 : index;
    }

    private LocalDate PlusDays(long days, int index)
    {
        var day = NodaTime.Period.DaysBetween(FirstDay, Date) + days;
        return day >= 0 && day <= DaysInCalendar ? FirstDay.PlusDays((int)day) : throw OutsideTheCalendar(index);
    }

    private LocalDate PlusMonths(long months, int index)
    {
        var month = MonthNumber(Date) + months;
        return month >= FirstMonth && month <= LastMonth ? Date.PlusMonths((int)months) : throw OutsideTheCalendar(index);
    }

    private int DaysUntil(LocalDate date) => NodaTime.Period.DaysBetween(Date, date);

    private OverflowException OutsideTheCalendar(int index) =>
        new($"Period {index} from {Date:uuuu-MM-dd}, {Cadence}, lies outside the calendar (years -9998 to 9999).");

    private static int MonthNumber(LocalDate date) => date.Year * MonthsInYear + date.Month - 1;

    private static int Floor(int apart, int length) => apart >= 0 ? apart / length : (apart + 1) / length - 1;
}
