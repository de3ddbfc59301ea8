using System.Collections.Immutable;
using System.Numerics;

namespace Billing.Metrics;

/// <summary>How many are still there so many months after they first paid.</summary>
/// <param name="Months">After how many months; 0 is the month they began in.</param>
/// <param name="AtRisk">Subscriptions that were seen so long, and were there when that month began.</param>
/// <param name="Lost">How many of them were lost in it.</param>
/// <param name="Share">Estimate of the share still there after it, in millionths; <see langword="null"/> when fewer than <see cref="Figure.Fewest"/> were seen.</param>
/// <remarks>
/// The product-limit estimate of Kaplan and Meier (J. Amer. Statist. Assoc. 53, 1958): those who are still there count as long as
/// they were seen. Whoever was lost and came back is there again; On the Beach one is there.
/// </remarks>
/// <example>100 began; 10 were lost in the first month; then 50 were seen for one more, of which 5 were lost: 90 %, then 90 % × 45 ÷ 50 = 81 %.</example>
public sealed record Survival(int Months, int AtRisk, int Lost, int? Share)
{
    private const int Whole = 1_000_000;

    /// <summary>The curve over all cohorts.</summary>
    public static ImmutableArray<Survival> Of(IReadOnlyCollection<CohortRetention> cohorts)
    {
        var points = ImmutableArray.CreateBuilder<Survival>();
        var (above, below) = (BigInteger.One, BigInteger.One);
        var longest = cohorts.Count == 0 ? 0 : cohorts.Max(c => c.After.Length);
        for (var month = 0; month < longest; month++)
        {
            var seen = cohorts.Where(c => c.After.Length > month).ToList();
            var lost = seen.Sum(c => c.After[month].Lost);
            // Whoever came back in the month was there too, or could not be lost in it again.
            var atRisk = seen.Sum(c => c.After[month].Paying + c.After[month].OnBeach + c.After[month].Lost);
            if (lost > 0) (above, below) = (above * (atRisk - lost), below * atRisk);
            points.Add(new(month, atRisk, lost, atRisk < Figure.Fewest ? null : (int)(((above * Whole) + (below / 2)) / below)));
        }

        return points.ToImmutable();
    }
}
