using System.Numerics;

namespace Billing.Cards;

/// <summary>How long a card that expired is left alone.</summary>
/// <param name="Days">Days after expiry, until our own history says better.</param>
/// <param name="AfterDecline">And so many days after the first real decline: the later of the two.</param>
/// <param name="Least">The merchant's lower bound for what history says.</param>
/// <param name="Most">The upper one.</param>
/// <param name="EnoughCases">A group speaks for itself from so many cases on.</param>
/// <param name="Percent">Of the cards that heal by themselves, so many have by then.</param>
/// <remarks>Four zeros are a choice too: nobody is left alone, and a message about an expired card waits for nothing.</remarks>
public sealed record QuietTerms(int Days, int AfterDecline, int Least, int Most, int EnoughCases, int Percent)
{
    /// <summary>Whether the merchant leaves nobody alone.</summary>
    public bool IsNone => (Days, AfterDecline, Least, Most) == (0, 0, 0, 0);

    internal IEnumerable<string> Troubles()
    {
        if (IsNone) yield break;
        if (Least < 7 || Most < Least || Days < Least || Days > Most || Most > 60) yield return "Quiet time is 7 to 60 days, and its default lies within its bounds.";
        if (AfterDecline is < 1 or > 30) yield return "After a decline it stays quiet for 1 to 30 days.";
        if (EnoughCases < 10) yield return "Fewer than 10 cases say nothing.";
        if (Percent is < 50 or > 99) yield return "The percentile is 50 to 99.";
    }
}

/// <summary>So many cards of one kind, all seen for the same number of days after they expired.</summary>
/// <param name="Country">Where the customer lives; none when nobody told us.</param>
/// <param name="Brand">The card's.</param>
/// <param name="Days">Days from expiry to healing, or to the last day on which we know that it had not.</param>
/// <param name="Healed">Whether a new card came by itself; otherwise we only know that it had not by then.</param>
/// <param name="Cards">How many.</param>
public sealed record SeenCards(string? Country, string Brand, int Days, bool Healed, int Cards);

/// <summary>A step of a survival curve.</summary>
/// <param name="Day">Days after expiry.</param>
/// <param name="AtRisk">Cards not yet healed and still seen on the morning of that day.</param>
/// <param name="Healed">Cards that healed on it.</param>
/// <param name="StillWaitingPerMille">Of a thousand, so many have no new card at its end; rounded down.</param>
public sealed record CurveStep(int Day, int AtRisk, int Healed, int StillWaitingPerMille);

/// <summary>
/// How cards that expired heal with time: the estimate of Kaplan and Meier, in whole numbers. A card that was asked about,
/// or expired last week, says only that it had not healed by then; leaving it out would make the wait look shorter.
/// </summary>
/// <param name="Cards">How many cards it rests on.</param>
/// <param name="Steps">A step for each day on which a card healed.</param>
/// <param name="Percentile">The first day by which the wanted share has healed; none when it never was.</param>
public sealed record SurvivalCurve(int Cards, IReadOnlyList<CurveStep> Steps, int? Percentile)
{
    /// <summary>Works it out.</summary>
    /// <example>Four cards: healed on days 2 and 6, last seen unhealed on days 4 and 9. ¾ wait after day 2; of the two left on day 6 one heals: ⅜.</example>
    public static SurvivalCurve Of(IEnumerable<SeenCards> seen, int percent)
    {
        var days = seen.GroupBy(s => s.Days).OrderBy(g => g.Key)
            .Select(g => (Day: g.Key, All: g.Sum(s => s.Cards), Healed: g.Where(s => s.Healed).Sum(s => s.Cards))).ToList();
        var (cards, atRisk) = (days.Sum(d => d.All), days.Sum(d => d.All));
        var (above, below) = (BigInteger.One, BigInteger.One);
        List<CurveStep> steps = [];
        int? percentile = null;
        foreach (var (day, all, healed) in days)
        {
            if (healed > 0)
            {
                (above, below) = (above * (atRisk - healed), below * atRisk);
                var common = BigInteger.GreatestCommonDivisor(above, below);
                (above, below) = (above / common, below / common);
                steps.Add(new(day, atRisk, healed, (int)(above * 1000 / below)));
                // Healed = 1 − above/below, compared without dividing.
                if ((below - above) * 100 >= below * percent) percentile ??= day;
            }

            atRisk -= all;
        }

        return new(cards, steps, percentile);
    }
}

/// <summary>Whose history a quiet time rests on.</summary>
public enum QuietSource
{
    /// <summary>Cards of the same country and brand.</summary>
    CountryAndBrand,

    /// <summary>All our cards.</summary>
    Overall,

    /// <summary>Nobody's yet: the merchant's default.</summary>
    Default,
}

/// <summary>A quiet time and the figures it rests on.</summary>
/// <param name="Days">Days after expiry.</param>
/// <param name="Source">Whose history.</param>
/// <param name="Curve">That history; of all our cards when it is the default that was chosen.</param>
/// <param name="Words">Why so many, in a sentence.</param>
public sealed record QuietTime(int Days, QuietSource Source, SurvivalCurve Curve, string Words)
{
    /// <summary>Chooses it.</summary>
    /// <example>Visa in Bangladesh: 60 cases, 90 % healed by day 11: 11 days. Amex there: 3 cases, so all 400 cards decide.</example>
    public static QuietTime Choose(string? country, string brand, IReadOnlyList<SeenCards> seen, QuietTerms terms)
    {
        var group = SurvivalCurve.Of(seen.Where(s => country is not null && s.Country == country && s.Brand == brand), terms.Percent);
        if (group.Cards >= terms.EnoughCases) return Of(QuietSource.CountryAndBrand, group, $"{brand} in {country}", terms);

        var all = SurvivalCurve.Of(seen, terms.Percent);
        return all.Cards >= terms.EnoughCases
            ? Of(QuietSource.Overall, all, "all cards", terms)
            : new(terms.Days, QuietSource.Default, all, $"{all.Cards} cases are fewer than {terms.EnoughCases}: the default of {terms.Days} days.");
    }

    private static QuietTime Of(QuietSource source, SurvivalCurve curve, string whose, QuietTerms terms)
    {
        var days = Math.Clamp(curve.Percentile ?? terms.Most, terms.Least, terms.Most);
        var found = curve.Percentile is { } day ? $"{terms.Percent} % had healed by day {day}" : $"{terms.Percent} % never had healed";
        return new(days, source, curve, $"Of {curve.Cards} cases ({whose}) {found}; within {terms.Least} to {terms.Most} days that is {days}.");
    }
}
