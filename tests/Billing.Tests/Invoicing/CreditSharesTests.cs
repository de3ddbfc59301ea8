using Billing.Invoicing;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Tests.Invoicing;

/// <summary>How much of each line partial credits take back.</summary>
public sealed class CreditSharesTests
{
    private static readonly Currency Usd = Currency.Of("USD");

    private static readonly Gen<Story> Stories =
        from added in Gen.Choose(1, 9_000).NonEmptyListOf()
        from off in Gen.Choose(0, 900).ListOf()
        from steps in Gen.Choose(1, 4_000).ListOf()
        where added.Sum() > off.Sum()
        select new Story([.. added.Select(a => new Money(a, Usd)), .. off.Select(o => new Money(-o, Usd))], [.. steps]);

    [Fact]
    public void A_partial_credit_takes_its_share_of_each_line_and_of_its_discount()
    {
        Money[] lines = [Given.Dollars(49), Given.Dollars(-4.90m)];

        Assert.Equal([Given.Dollars(11.11m), Given.Dollars(-1.11m)], CreditShares.Of(lines, Given.Dollars(0), Given.Dollars(10)));
        Assert.Equal([Given.Dollars(37.89m), Given.Dollars(-3.79m)], CreditShares.Of(lines, Given.Dollars(10), Given.Dollars(34.10m)));
    }

    [Fact]
    public void Partial_credits_until_nothing_is_left_take_back_every_line_to_the_last_cent() => Always.Holds(Stories, story =>
    {
        var (lines, steps) = story;
        var total = lines.Sum(l => l.Minor);
        var taken = lines.Select(_ => 0L).ToArray();
        var before = 0L;
        foreach (var amount in Parts(total, steps))
        {
            var shares = CreditShares.Of(lines, new(before, Usd), new(amount, Usd));
            Assert.Equal(amount, shares.Sum(s => s.Minor));
            foreach (var (i, share) in shares.Index())
            {
                // Never the other way round: a credit gives nothing to one line to take more of another.
                Assert.True(Math.Sign(share.Minor) * Math.Sign(lines[i].Minor) >= 0, $"{share} of {lines[i]}");
                taken[i] += share.Minor;
            }

            before += amount;
        }

        Assert.Equal(lines.Select(l => l.Minor), taken);
    });

    private static IEnumerable<long> Parts(long total, IReadOnlyList<int> steps)
    {
        foreach (var step in steps)
        {
            if (total <= step) break;
            total -= step;
            yield return step;
        }

        yield return total;
    }

    private sealed record Story(IReadOnlyList<Money> Lines, IReadOnlyList<int> Steps);
}
