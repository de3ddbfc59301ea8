using Billing.History;
using Billing.Subscriptions;

namespace Billing.Plans;

/// <summary>
/// What a break "On the Beach" from a plan costs and allows, in one currency. Whoever is away keeps the terms they went on.
/// </summary>
public sealed class BreakTerms : IVersioned
{
    /// <summary>The shortest stay anybody may agree: the reminder comes that long before a return.</summary>
    public const int LeastDays = Break.ReminderDays;

    /// <summary>The longest stay anybody may agree, in days: two years.</summary>
    public const int MostDays = 731;

    /// <summary>The most breaks in 365 days.</summary>
    public const int MostPerYear = 12;

    /// <summary>The most days between two breaks.</summary>
    public const int MostDaysBetween = 365;

    private BreakTerms()
    {
    }

    /// <summary>The plan.</summary>
    public PlanId PlanId { get; private set; }

    /// <summary>The currency of the fee.</summary>
    public Currency Currency { get; private set; } = null!;

    /// <summary>Minor units a month away; 0 is free.</summary>
    public long FeeMinor { get; private set; }

    /// <summary>The fewest days a break is agreed for; an early return may make it shorter.</summary>
    public int ShortestDays { get; private set; }

    /// <summary>The most days, extensions included.</summary>
    public int LongestDays { get; private set; }

    /// <summary>How many may begin within 365 days.</summary>
    public int PerYear { get; private set; }

    /// <summary>Days from a return to the next start.</summary>
    public int DaysBetween { get; private set; }

    /// <summary>What can be used while away.</summary>
    public Access Access { get; private set; }

    /// <summary>What is kept, in the merchant's words: <c>Your projects and your handle</c>.</summary>
    public string Keeps { get; private set; } = null!;

    /// <inheritdoc/>
    public int Version { get; private set; }

    /// <summary>A month's fee.</summary>
    public Money Fee => new(FeeMinor, Currency);

    /// <summary>Allows breaks from a plan.</summary>
    /// <exception cref="Refused"><c>break_terms_out_of_range</c>, <c>amount_out_of_range</c>.</exception>
    public static BreakTerms Allow(PlanId plan, BreakRules rules)
    {
        var terms = new BreakTerms { PlanId = plan, Currency = rules.Fee.Currency, Version = 1 };
        terms.Take(rules);
        return terms;
    }

    /// <summary>Other terms for whoever goes from now on.</summary>
    /// <exception cref="Refused">As <see cref="Allow"/>; <c>currency_mismatch</c>.</exception>
    public void Change(BreakRules rules)
    {
        if (rules.Fee.Currency != Currency) throw new Refused("currency_mismatch", $"These terms are in {Currency}.", "fee");
        Take(rules);
    }

    private void Take(BreakRules rules)
    {
        if (rules.ShortestDays is < LeastDays or > MostDays)
            throw Out($"The shortest stay is {LeastDays} to {MostDays} days.", "shortestDays");
        if (rules.LongestDays < rules.ShortestDays || rules.LongestDays > MostDays)
            throw Out($"The longest stay is the shortest to {MostDays} days.", "longestDays");
        if (rules.PerYear is < 1 or > MostPerYear) throw Out($"1 to {MostPerYear} breaks a year.", "perYear");
        if (rules.DaysBetween is < 0 or > MostDaysBetween) throw Out($"0 to {MostDaysBetween} days between.", "daysBetween");

        FeeMinor = Price.Checked(rules.Fee, "fee").Minor;
        (ShortestDays, LongestDays, PerYear, DaysBetween) = (rules.ShortestDays, rules.LongestDays, rules.PerYear, rules.DaysBetween);
        (Access, Keeps) = (rules.Access, rules.Keeps);

        static Refused Out(string message, string field) => new("break_terms_out_of_range", message, field);
    }
}

/// <summary>What a merchant decides about breaks from a plan.</summary>
/// <param name="Fee">A month away; 0 is free.</param>
/// <param name="ShortestDays">The fewest days agreed.</param>
/// <param name="LongestDays">The most days, extensions included.</param>
/// <param name="PerYear">How many may begin within 365 days.</param>
/// <param name="DaysBetween">Days from a return to the next start.</param>
/// <param name="Access">What can be used while away.</param>
/// <param name="Keeps">What is kept, in the merchant's words.</param>
public sealed record BreakRules(
    Money Fee, int ShortestDays, int LongestDays, int PerYear, int DaysBetween, Access Access, string Keeps);
