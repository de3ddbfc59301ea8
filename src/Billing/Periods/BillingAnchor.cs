using NodaTime;

namespace Billing.Periods;

/// <summary>One period of service, half-open: the start is in it, the end is the next period's start.</summary>
/// <param name="Index">0 for the period that begins on the anchor.</param>
/// <param name="Start">First day in the period.</param>
/// <param name="End">First day after the period.</param>
public readonly record struct BillingPeriod(int Index, LocalDate Start, LocalDate End);

/// <summary>The day everything is counted from, for ever: period n = anchor + n times the cadence, clamped.</summary>
/// <param name="Date">The first day of period 0, in the customer's zone.</param>
/// <param name="Cadence">The length of a period.</param>
/// <example>31 January, monthly: 31 January, 28 February, 31 March; never 28 March.</example>
public readonly record struct BillingAnchor(LocalDate Date, Cadence Cadence)
{
    /// <summary>The first day of period <paramref name="index"/>.</summary>
    public LocalDate StartOf(int index) => Cadence.Unit switch
    {
        CadenceUnit.Day => Date.PlusDays(index * Cadence.Count),
        CadenceUnit.Week => Date.PlusWeeks(index * Cadence.Count),
        CadenceUnit.Month => Date.PlusMonths(index * Cadence.Count),
        CadenceUnit.Year => Date.PlusYears(index * Cadence.Count),
    };

    /// <summary>Period <paramref name="index"/>.</summary>
    public BillingPeriod Period(int index) => new(index, StartOf(index), StartOf(index + 1));

    /// <summary>The index of the period that <paramref name="date"/> falls in; negative before the anchor.</summary>
    public int IndexOf(LocalDate date)
    {
        var index = 0;
        while (StartOf(index + 1) <= date) index++;
        while (StartOf(index) > date) index--;
        return index;
    }
}
