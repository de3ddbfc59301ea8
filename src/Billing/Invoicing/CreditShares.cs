namespace Billing.Invoicing;

/// <summary>How much of each line a partial credit takes back.</summary>
/// <remarks>
/// Counted by cumulative difference: the share of a credit is what all credits up to it take of a line, less what those
/// before it took. So a share is never below zero, and credits that reach the total have taken every line back to the last
/// minor unit. Reductions shrink with the lines they reduced. A tax joins as a part like any other.
/// </remarks>
public static class CreditShares
{
    /// <summary>The share of each part, with the part's own sign; together they are the amount.</summary>
    /// <param name="parts">Lines, reductions below zero; together above zero.</param>
    /// <param name="before">What earlier credits took of the whole.</param>
    /// <param name="amount">What this one takes; with those before at most the whole.</param>
    /// <example>49.00 less 4.90: a credit of 10.00 is 11.11 of the line and −1.11 of the reduction; the other 34.10 are 37.89 and −3.79.</example>
    public static IReadOnlyList<Money> Of(IReadOnlyList<Money> parts, Money before, Money amount) =>
        [.. UpTo(parts, before + amount).Zip(UpTo(parts, before), (after, already) => after - already)];

    private static Money[] UpTo(IReadOnlyList<Money> parts, Money credited)
    {
        var nothing = Money.Zero(credited.Currency);
        var added = parts.Where(p => p.Minor > 0).Aggregate(nothing, (sum, p) => sum + p);
        var whole = parts.Aggregate(nothing, (sum, p) => sum + p);

        // What is taken of the lines grows at least as fast as the credit; the difference is taken of the reductions.
        var ofAdded = credited.Part(added.Minor, whole.Minor);
        var (lines, reductions) = (new Splitting(ofAdded, added), new Splitting(ofAdded - credited, added - whole));
        return [.. parts.Select(p => p.Minor switch { > 0 => lines.Take(p), < 0 => -reductions.Take(-p), _ => nothing })];
    }

    /// <summary>Part after part takes its share of what is left: each grows with the whole, and the last takes the rest.</summary>
    private sealed class Splitting(Money amount, Money whole)
    {
        private Money left = amount;
        private Money weights = whole;

        public Money Take(Money weight)
        {
            var share = left.Part(weight.Minor, weights.Minor);
            (left, weights) = (left - share, weights - weight);
            return share;
        }
    }
}
