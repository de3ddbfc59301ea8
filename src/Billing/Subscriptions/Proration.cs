using Billing.Periods;
using NodaTime;

namespace Billing.Subscriptions;

/// <summary>Some days of a period, and what they are worth of an amount that pays for all of it.</summary>
/// <remarks>
/// The denominator is always the full natural period, however little of it is left. Values are differences of running
/// totals, so that the parts of a period, wherever it is split, add up to the whole to the last minor unit.
/// </remarks>
/// <param name="Period">The full natural period.</param>
/// <param name="From">First day; in the period.</param>
/// <param name="To">First day after; at most the period's end.</param>
/// <example>USD 49.00 for April's 30 days: the 14 days from the 17th are worth 49.00 − 26.13 = 22.87.</example>
public readonly record struct Proration(BillingPeriod Period, LocalDate From, LocalDate To)
{
    /// <summary>How many days.</summary>
    public int Days => NodaTime.Period.DaysBetween(From, To);

    /// <summary>What is left of a period on a day, that day included.</summary>
    public static Proration Rest(BillingPeriod period, LocalDate from) => new(period, from, period.End);

    /// <summary>The part of <paramref name="whole"/> these days are worth.</summary>
    public Money Of(Money whole) => Until(To, whole) - Until(From, whole);

    private Money Until(LocalDate day, Money whole) => whole.Part(NodaTime.Period.DaysBetween(Period.Start, day), Period.Days);
}
