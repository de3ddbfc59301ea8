using System.Collections.Immutable;
using NodaTime;

namespace Billing.Metrics;

/// <summary>What is left of the subscriptions that first paid in one month.</summary>
/// <param name="Cohort">The month.</param>
/// <param name="Count">How many there were.</param>
/// <param name="Minor">What they were worth when they began.</param>
/// <param name="After">At the end of the month itself, of the next, and so on.</param>
public sealed record CohortRetention(YearMonth Cohort, int Count, long Minor, ImmutableArray<CohortLeft> After)
{
    /// <summary>All cohorts, oldest first.</summary>
    /// <param name="moves">All there ever were, of one currency.</param>
    /// <param name="to">The last month looked at.</param>
    public static ImmutableArray<CohortRetention> Of(IReadOnlyCollection<CohortMoves> moves, YearMonth to) =>
    [
        .. moves.Where(m => m.Month <= to).GroupBy(m => m.Cohort).OrderBy(g => g.Key).Select(g =>
        {
            var began = g.Where(m => m.Kind == MrrMovementKind.New).ToList();
            return new CohortRetention(g.Key, began.Sum(m => m.Ups), began.Sum(m => m.AmountMinor), Left(g.Key, [.. g], to));
        }),
    ];

    private static ImmutableArray<CohortLeft> Left(YearMonth cohort, IReadOnlyList<CohortMoves> moves, YearMonth to)
    {
        var byMonth = moves.ToLookup(m => m.Month);
        var left = ImmutableArray.CreateBuilder<CohortLeft>();
        var (paying, away, minor) = (0, 0, 0L);
        for (var month = cohort; month <= to; month = month.PlusMonths(1))
        {
            paying += byMonth[month].Sum(m => m.Paying);
            away -= byMonth[month].Where(m => m.IsBreak).Sum(m => m.Paying);
            minor += byMonth[month].Sum(m => m.AmountMinor);
            left.Add(new(paying, away, minor, byMonth[month].Where(m => m.IsChurn).Sum(m => m.Downs)));
        }

        return left.ToImmutable();
    }
}

/// <summary>One cohort at the end of one month.</summary>
/// <param name="Paying">Subscriptions worth something.</param>
/// <param name="OnBeach">Those On the Beach.</param>
/// <param name="Minor">What they are worth a month.</param>
/// <param name="Lost">How many were lost in the month.</param>
public readonly record struct CohortLeft(int Paying, int OnBeach, long Minor, int Lost);
