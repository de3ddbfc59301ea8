using Billing.Periods;

namespace Billing.Tests.Periods;

public sealed class CadenceTests
{
    private static Money Dollars(long cents) => new(cents, Currency.Of("USD"));

    [Theory]
    [InlineData(CadenceUnit.Day, 3650)]
    [InlineData(CadenceUnit.Week, 520)]
    [InlineData(CadenceUnit.Month, 120)]
    [InlineData(CadenceUnit.Year, 10)]
    public void A_period_lasts_from_one_day_to_ten_years(CadenceUnit unit, int most)
    {
        Assert.Equal(1, new Cadence(unit, 1).Count);
        Assert.Equal(most, new Cadence(unit, most).Count);
        foreach (var count in new[] { 0, -1, most + 1, int.MinValue, int.MaxValue })
        {
            var refused = Assert.Throws<Refused>(() => new Cadence(unit, count));
            Assert.Equal(("cadence_out_of_range", "cadence"), (refused.Code, refused.Field));
        }
    }

    [Fact]
    public void A_unit_nobody_knows_is_refused() => Assert.Throws<Refused>(() => new Cadence((CadenceUnit)9, 1));

    [Theory]
    [InlineData(CadenceUnit.Month, 1, 4900, 4900)]
    [InlineData(CadenceUnit.Month, 3, 10000, 3333)]
    [InlineData(CadenceUnit.Year, 1, 49000, 4083)]
    [InlineData(CadenceUnit.Year, 2, 49000, 2042)]
    [InlineData(CadenceUnit.Week, 1, 1000, 4345)]
    [InlineData(CadenceUnit.Week, 4, 1000, 1086)]
    [InlineData(CadenceUnit.Day, 1, 100, 3042)]
    [InlineData(CadenceUnit.Day, 30, 3000, 3042)]
    [InlineData(CadenceUnit.Day, 365, 12000, 1000)]
    [InlineData(CadenceUnit.Month, 3, -10000, -3333)]
    public void A_month_is_worth_a_twelfth_of_a_year_of_365_days(
        CadenceUnit unit, int count, long cents, long monthly) =>
        Assert.Equal(Dollars(monthly), new Cadence(unit, count).MonthlyValueOf(Dollars(cents)));

    [Fact]
    public void A_cadence_says_its_name()
    {
        Assert.Equal("every month", Cadence.Monthly.ToString());
        Assert.Equal("every 2 years", new Cadence(CadenceUnit.Year, 2).ToString());
        Assert.Equal("every week", new Cadence(CadenceUnit.Week, 1).ToString());
        Assert.Equal("every 10 days", new Cadence(CadenceUnit.Day, 10).ToString());
        Assert.Equal("(no cadence)", default(Cadence).ToString());
    }

    [Fact]
    public void No_cadence_at_all_is_a_bug_that_says_so()
    {
        var bug = Assert.Throws<InvalidOperationException>(() => default(Cadence).MonthlyValueOf(Dollars(1)));

        Assert.Equal("default(Cadence) is no cadence.", bug.Message);
        Assert.Throws<InvalidOperationException>(() => default(Cadence).Count);
        Assert.NotEqual(default, new Cadence(CadenceUnit.Day, 1));
    }
}
