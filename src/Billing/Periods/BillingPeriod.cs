using NodaTime;

namespace Billing.Periods;

/// <summary>One period of service, half-open: the start is in it, the end is the next period's start.</summary>
/// <param name="Index">0 for the period that begins on the anchor.</param>
/// <param name="Start">First day in the period.</param>
/// <param name="End">First day after the period.</param>
/// <example>February 2026 is <c>[2026-02-01, 2026-03-01)</c>: 28 days, and 1 March is not one of them.</example>
public readonly record struct BillingPeriod(int Index, LocalDate Start, LocalDate End)
{
    /// <summary>How many calendar days the period has: the denominator of every proration in it.</summary>
    public int Days => Period.DaysBetween(Start, End);

    /// <summary>Whether <paramref name="date"/> is one of its days.</summary>
    public bool Contains(LocalDate date) => Start <= date && date < End;
}
