using System.Globalization;

namespace Billing.Tests;

public sealed class MoneyTests
{
    private static readonly Currency Usd = Currency.Of("USD");

    private static Money Dollars(long cents) => new(cents, Usd);

    private static string Parts(params Money[] parts) => string.Join(", ", parts);

    [Theory]
    [InlineData(4900, "USD", "USD 49.00")]
    [InlineData(4900, "JPY", "JPY 4900")]
    [InlineData(4900, "KWD", "KWD 4.900")]
    [InlineData(4900, "CLF", "CLF 0.4900")]
    [InlineData(-5, "USD", "USD -0.05")]
    [InlineData(-12345, "USD", "USD -123.45")]
    [InlineData(0, "USD", "USD 0.00")]
    [InlineData(0, "JPY", "JPY 0")]
    [InlineData(long.MinValue, "USD", "USD -92233720368547758.08")]
    public void Money_is_whole_minor_units(long minor, string currency, string written)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("bn-BD");
            Assert.Equal(written, new Money(minor, Currency.Of(currency)).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Currencies_never_mix()
    {
        var (dollar, yen) = (Dollars(100), new Money(100, Currency.Of("JPY")));

        var refused = Assert.Throws<InvalidOperationException>(() => dollar + yen);

        Assert.Equal("USD and JPY do not add up.", refused.Message);
        Assert.Throws<InvalidOperationException>(() => dollar - yen);
        Assert.Throws<InvalidOperationException>(() => dollar < yen);
        Assert.Throws<InvalidOperationException>(() => Money.Max(dollar, yen));
        Assert.NotEqual(dollar, yen);
    }

    [Fact]
    public void A_sum_that_does_not_fit_is_heard()
    {
        var (most, least, cent) = (Dollars(long.MaxValue), Dollars(long.MinValue), Dollars(1));

        Assert.Throws<OverflowException>(() => most + cent);
        Assert.Throws<OverflowException>(() => least - cent);
        Assert.Throws<OverflowException>(() => -least);
        Assert.Throws<OverflowException>(() => most * 2);
        Assert.Throws<OverflowException>(() => most.Part(2, 1));
        Assert.Throws<OverflowException>(() => least.Part(-1, 1));
        Assert.Throws<OverflowException>(() => least.Part(long.MinValue, 1));
    }

    [Theory]
    [InlineData(1000, 1, 3, "USD 3.33")]
    [InlineData(5, 1, 2, "USD 0.03")]
    [InlineData(-5, 1, 2, "USD -0.03")]
    [InlineData(5, -1, 2, "USD -0.03")]
    [InlineData(-5, -1, 2, "USD 0.03")]
    [InlineData(4900, 17, 31, "USD 26.87")]
    [InlineData(100, 3, 2, "USD 1.50")]
    [InlineData(100, 0, 7, "USD 0.00")]
    [InlineData(long.MinValue, long.MaxValue, long.MaxValue, "USD -92233720368547758.08")]
    public void Half_a_cent_rounds_away_from_zero(long minor, long numerator, long denominator, string part) =>
        Assert.Equal(part, Dollars(minor).Part(numerator, denominator).ToString());

    [Fact]
    public void A_part_of_no_shares_at_all_is_a_bug()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Dollars(1).Part(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Dollars(1).Part(1, -2));
    }

    [Fact]
    public void Parts_add_up_to_the_whole()
    {
        Assert.Equal("USD 3.34, USD 3.33, USD 3.33", Parts(Dollars(1000).Allocate(1, 1, 1)));
        Assert.Equal("USD 33.34, USD 33.33, USD 33.33", Parts(Dollars(10000).AllocateEvenly(3)));
        Assert.Equal("USD 0.67, USD 0.33", Parts(Dollars(100).Allocate(2, 1)));
        Assert.Equal("JPY 1, JPY 0", Parts(new Money(1, Currency.Of("JPY")).Allocate(1, 1)));
        Assert.Equal("USD 0.00, USD 0.05", Parts(Dollars(5).Allocate(0, 9)));
    }

    [Fact]
    public void The_parts_that_lost_most_get_the_cents_left_over() =>
        Assert.Equal("USD 0.50, USD 0.33, USD 0.17", Parts(Dollars(100).Allocate(3, 2, 1)));

    [Fact]
    public void Negative_amounts_split_like_positive_ones()
    {
        Assert.Equal("USD -3.34, USD -3.33, USD -3.33", Parts(Dollars(-1000).Allocate(1, 1, 1)));
        Assert.Equal("JPY -3, JPY -2", Parts(new Money(-5, Currency.Of("JPY")).AllocateEvenly(2)));
    }

    [Fact]
    public void Nothing_is_split_into_nothings_even_when_nobody_has_a_share()
    {
        Assert.Equal("USD 0.00, USD 0.00", Parts(Dollars(0).Allocate(0, 0)));
        Assert.Throws<ArgumentException>(() => Dollars(1).Allocate(0, 0));
    }

    [Fact]
    public void A_split_among_no_parts_or_negative_shares_is_a_bug()
    {
        Assert.Throws<ArgumentException>(() => Dollars(1).Allocate());
        Assert.Throws<ArgumentException>(() => Dollars(1).Allocate(2, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Dollars(1).AllocateEvenly(0));
    }

    [Fact]
    public void Money_without_a_currency_is_a_bug_that_says_so()
    {
        Money none = default;

        var bug = Assert.Throws<InvalidOperationException>(() => none + Dollars(1));

        Assert.Contains("has no currency", bug.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => Dollars(1) + none);
        Assert.Throws<InvalidOperationException>(() => none + none);
        Assert.Throws<InvalidOperationException>(() => none.IsZero);
        Assert.Throws<InvalidOperationException>(() => none * 2);
        Assert.Throws<InvalidOperationException>(() => -none);
        Assert.Throws<InvalidOperationException>(() => none.Part(1, 2));
        Assert.Throws<InvalidOperationException>(() => none.AllocateEvenly(2));
        Assert.Throws<InvalidOperationException>(() => none.CompareTo(none));
        Assert.Equal("(no currency)", none.ToString());
        Assert.Throws<ArgumentNullException>(() => new Money(1, null!));
        Assert.Throws<ArgumentNullException>(() => Dollars(1) with { Currency = null! });
    }

    [Fact]
    public void Amounts_are_compared_and_multiplied_in_their_currency()
    {
        Assert.True(Dollars(1) < Dollars(2) && Dollars(2) <= Dollars(2));
        Assert.True(Dollars(3) > Dollars(2) && Dollars(3) >= Dollars(3));
        Assert.Equal(Dollars(1), Money.Min(Dollars(1), Dollars(2)));
        Assert.Equal(Dollars(2), Money.Max(Dollars(1), Dollars(2)));
        Assert.Equal(Dollars(14700), Dollars(4900) * 3);
        Assert.True(Money.Zero(Usd).IsZero && !Dollars(-1).IsZero);
    }
}
