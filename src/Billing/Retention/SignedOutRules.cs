using NodaTime;

namespace Billing.Retention;

/// <summary>Who may leave without signing in: a dated table of laws, or everybody.</summary>
/// <param name="Everybody">Whether the merchant opens that door to all.</param>
/// <param name="Countries">Where the law wants it.</param>
public sealed record SignedOutRules(bool Everybody, IReadOnlyList<CountryRule> Countries)
{
    /// <summary>Whether there is such a door at all.</summary>
    public bool IsThere => Everybody || Countries.Count > 0;

    /// <summary>Whether a customer of this country may use it on a day.</summary>
    /// <example>Germany wants it since 1 July 2022: a customer there may, one whose country nobody told us may not.</example>
    public bool Opens(string? country, LocalDate on) => Everybody || Countries.Any(rule => rule.Holds(country, on));
}

/// <summary>The law of one country that wants a cancel without signing in.</summary>
/// <param name="Country">ISO 3166 two letters.</param>
/// <param name="From">The first day it holds.</param>
/// <param name="Until">The first day it no longer holds, if that is known.</param>
/// <param name="Law">Which law says so.</param>
public sealed record CountryRule(string Country, LocalDate From, LocalDate? Until, string Law)
{
    /// <summary>Whether it holds for a country on a day.</summary>
    public bool Holds(string? country, LocalDate on) => country == Country && From <= on && (Until is not { } until || on < until);

    /// <summary>What is wrong with it.</summary>
    public IEnumerable<string> Troubles()
    {
        if (Country is not [>= 'A' and <= 'Z', >= 'A' and <= 'Z']) yield return $"A country is two capital letters, not \"{Country}\".";
        if (Until <= From) yield return $"The rule of {Country} ends before it begins.";
        if (string.IsNullOrWhiteSpace(Law)) yield return $"The rule of {Country} names no law.";
    }
}
