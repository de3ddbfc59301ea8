using System.Numerics;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Tests;

public sealed class MoneyProperties
{
    private static readonly Currency Usd = Currency.Of("USD");

    /// <summary>Small amounts, where rounding shows; large ones and both ends, where overflow does.</summary>
    private static readonly Gen<long> Amounts = Gen.OneOf(
        Gen.Choose(-200, 200).Select(n => (long)n),
        Gen.Two(Gen.Choose(int.MinValue, int.MaxValue)).Select(n => (long)n.Item1 << 32 | unchecked((uint)n.Item2)),
        Gen.Elements(0, 1, -1, long.MaxValue, long.MinValue, long.MaxValue - 1, long.MaxValue / 2, long.MinValue / 2));

    private static readonly Gen<long> Shares = Amounts.Select(n => Math.Abs(Math.Max(n, -long.MaxValue)));

    private static readonly Gen<long[]> Weights =
        from first in Shares.Select(n => Math.Max(n, 1))
        from count in Gen.Choose(0, 6)
        from others in Gen.ArrayOf(Shares, count)
        select others.Append(first).ToArray();

    [Fact]
    public void Sums_and_multiples_are_exact_or_heard() => Always.Holds(Gen.Two(Amounts), pair =>
    {
        var (left, right) = (new Money(pair.Item1, Usd), new Money(pair.Item2, Usd));

        ExactOrHeard((BigInteger)pair.Item1 + pair.Item2, () => left + right);
        ExactOrHeard((BigInteger)pair.Item1 + pair.Item2, () => right + left);
        ExactOrHeard((BigInteger)pair.Item1 - pair.Item2, () => left - right);
        ExactOrHeard((BigInteger)pair.Item1 * pair.Item2, () => left * pair.Item2);
        ExactOrHeard(-(BigInteger)pair.Item1, () => -left);
        Assert.Equal(pair.Item1.CompareTo(pair.Item2), left.CompareTo(right));
    });

    [Fact]
    public void Adding_and_taking_away_again_changes_nothing() => Always.Holds(Gen.Three(Amounts), three =>
    {
        Money Quarter(long minor) => new(minor / 4, Usd);
        var (a, b, c) = (Quarter(three.Item1), Quarter(three.Item2), Quarter(three.Item3));

        Assert.Equal(a, a + b - b);
        Assert.Equal(a + (b + c), a + b + c);
        Assert.Equal(-(a - b), b - a);
        Assert.Equal(a + Money.Zero(Usd), a);
    });

    [Fact]
    public void A_part_is_the_nearest_whole_minor_unit_and_the_farther_from_zero_of_two() => Always.Holds(
        Amounts.Zip(Gen.Two(Shares)), input =>
        {
            var (minor, numerator, denominator) = (input.Item1, input.Item2.Item1, Math.Max(input.Item2.Item2, 1));
            var exact = BigInteger.Abs((BigInteger)minor * numerator);
            var rounded = (2 * exact + denominator) / (2 * (BigInteger)denominator);

            ExactOrHeard(minor < 0 ? -rounded : rounded, () => new Money(minor, Usd).Part(numerator, denominator));
        });

    [Fact]
    public void Every_split_adds_up_and_gives_each_its_share_within_one_minor_unit() => Always.Holds(
        Amounts.Zip(Weights), input =>
        {
            var (minor, weights) = input;
            var total = weights.Aggregate(BigInteger.Zero, (sum, weight) => sum + weight);

            var parts = new Money(minor, Usd).Allocate(weights);

            Assert.Equal(minor, parts.Aggregate(Money.Zero(Usd), (sum, part) => sum + part).Minor);
            foreach (var (part, weight) in parts.Zip(weights))
            {
                Assert.True(BigInteger.Abs(part.Minor * total - (BigInteger)minor * weight) < total);
                Assert.True(Math.Sign(part.Minor) * Math.Sign(minor) >= 0);
            }
        });

    [Fact]
    public void A_split_is_fair_to_equals_and_blind_to_the_sign() => Always.Holds(
        Amounts.Zip(Weights).Where(input => input.Item1 != long.MinValue), input =>
        {
            var (minor, weights) = input;

            var parts = new Money(minor, Usd).Allocate(weights);

            Assert.Equal(parts.Select(part => -part), new Money(-minor, Usd).Allocate(weights));
            for (var later = 1; later < weights.Length; later++)
            {
                var earlier = Array.IndexOf(weights, weights[later]);
                Assert.InRange(Math.Abs(parts[earlier].Minor) - Math.Abs(parts[later].Minor), 0, 1);
            }
        });

    private static void ExactOrHeard(BigInteger exact, Func<Money> sum)
    {
        if (exact >= long.MinValue && exact <= long.MaxValue) Assert.Equal((long)exact, sum().Minor);
        else Assert.Throws<OverflowException>(() => sum());
    }
}
