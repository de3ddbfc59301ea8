namespace Billing.Periods;

/// <summary>The calendar unit a cadence counts in.</summary>
public enum CadenceUnit
{
    /// <summary>Calendar days.</summary>
    Day,

    /// <summary>Weeks of seven calendar days.</summary>
    Week,

    /// <summary>Calendar months, clamped to the last day of short ones.</summary>
    Month,

    /// <summary>Calendar years; 29 February is clamped to the 28th in common years.</summary>
    Year,
}

/// <summary>How often a subscription is billed: every <paramref name="Count"/> units, ten years at most.</summary>
/// <remarks>
/// Checked at birth. <c>default(Cadence)</c> is no cadence: reading its count, and so every rule that meets it, is an
/// <see cref="InvalidOperationException"/>.
/// </remarks>
/// <param name="Unit">The calendar unit.</param>
/// <param name="Count">How many units one period has; from 1 to <see cref="MaxCountOf"/> that unit.</param>
/// <exception cref="Refused"><c>cadence_out_of_range</c>.</exception>
/// <example><c>new Cadence(CadenceUnit.Month, 3)</c> is every quarter.</example>
public readonly record struct Cadence(CadenceUnit Unit, int Count)
{
    /// <summary>The longest period, in years: nobody keeps a price, or a card, for longer.</summary>
    public const int MaxYears = 10;

    /// <summary>The calendar unit.</summary>
    public CadenceUnit Unit { get; private init; } = Unit;

    /// <summary>How many units one period has; at least 1.</summary>
    public int Count
    {
        get => field > 0 ? field : throw new InvalidOperationException("default(Cadence) is no cadence.");
        private init;
    } = InRange(Unit, Count);

    /// <summary>Every calendar month.</summary>
    public static Cadence Monthly => new(CadenceUnit.Month, 1);

    /// <summary>Every calendar year.</summary>
    public static Cadence Yearly => new(CadenceUnit.Year, 1);

    /// <summary>The most units one period may have: 3650 days, 520 weeks, 120 months or 10 years.</summary>
    public static int MaxCountOf(CadenceUnit unit) => unit switch
    {
        CadenceUnit.Day => MaxYears * 365,
        CadenceUnit.Week => MaxYears * 52,
        CadenceUnit.Month => MaxYears * 12,
        CadenceUnit.Year => MaxYears,
    };

    /// <summary>
    /// What <paramref name="amount"/> per period is worth per month, for recurring revenue: a year has twelve months
    /// and 365 days. Rounded by <see cref="Money.Part"/>.
    /// </summary>
    /// <param name="amount">What one period costs.</param>
    /// <example>USD 490.00 a year is USD 40.83 a month; USD 10.00 a week is USD 43.45 a month.</example>
    public Money MonthlyValueOf(Money amount) => Unit switch
    {
        CadenceUnit.Day => amount.Part(365, 12 * Count),
        CadenceUnit.Week => amount.Part(365, 84 * Count),
        CadenceUnit.Month => amount.Part(1, Count),
        CadenceUnit.Year => amount.Part(1, 12 * Count),
    };

    /// <summary>The cadence in English, for logs and tests: <c>every month</c>, <c>every 3 months</c>.</summary>
    public override string ToString()
    {
        // Never throws, not even for default(Cadence): it is what a person reads when something else went wrong.
        if (Equals(default)) return "(no cadence)";

        var unit = Unit switch
        {
            CadenceUnit.Day => "day",
            CadenceUnit.Week => "week",
            CadenceUnit.Month => "month",
            CadenceUnit.Year => "year",
        };
        return Count == 1 ? $"every {unit}" : $"every {Count} {unit}s";
    }

    private static int InRange(CadenceUnit unit, int count) =>
        Enum.IsDefined(unit) && count >= 1 && count <= MaxCountOf(unit)
            ? count
            : throw new Refused(
                "cadence_out_of_range",
                $"A period has at least one day, week, month or year, and lasts at most {MaxYears} years.",
                "cadence");
}
