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

/// <summary>How often a subscription is billed: every <paramref name="Count"/> units.</summary>
/// <param name="Unit">The calendar unit.</param>
/// <param name="Count">How many units one period has; at least 1.</param>
public readonly record struct Cadence(CadenceUnit Unit, int Count)
{
    /// <summary>Every calendar month.</summary>
    public static Cadence Monthly => new(CadenceUnit.Month, 1);

    /// <summary>Every calendar year.</summary>
    public static Cadence Yearly => new(CadenceUnit.Year, 1);

    /// <summary>What an amount a period is worth a month.</summary>
    public Money MonthlyValueOf(Money amount) => Unit switch
    {
        CadenceUnit.Day => amount.Part(365, 12L * Count),
        CadenceUnit.Week => amount.Part(365, 84L * Count),
        CadenceUnit.Month => amount.Part(1, Count),
        CadenceUnit.Year => amount.Part(1, 12L * Count),
    };
}
