using Billing.Periods;

namespace Billing.Tests.Periods;

public sealed class BillingAnchorTests
{
    private static BillingAnchor Monthly(int year, int month, int day) => new(new(year, month, day), Cadence.Monthly);

    private static string Starts(BillingAnchor anchor, params int[] indexes) =>
        string.Join(", ", indexes.Select(index => $"{anchor.StartOf(index):d MMMM uuuu}"));

    [Fact]
    public void The_31st_stays_the_31st()
    {
        var anchor = Monthly(2026, 1, 31);

        Assert.Equal("31 January 2026, 28 February 2026, 31 March 2026, 30 April 2026", Starts(anchor, 0, 1, 2, 3));
        Assert.Equal("31 December 2025, 30 November 2025, 29 February 2028", Starts(anchor, -1, -2, 25));
    }

    [Fact]
    public void A_leap_day_comes_back_in_leap_years()
    {
        var anchor = new BillingAnchor(new(2024, 2, 29), Cadence.Yearly);

        Assert.Equal("29 February 2024, 28 February 2025, 28 February 2027", Starts(anchor, 0, 1, 3));
        Assert.Equal("29 February 2028", Starts(anchor, 4));
        Assert.Equal("28 February 2100, 29 February 2020", Starts(anchor, 76, -4));
    }

    [Fact]
    public void A_period_ends_where_the_next_begins()
    {
        var february = Monthly(2026, 1, 31).Period(1);

        Assert.Equal((new LocalDate(2026, 2, 28), new LocalDate(2026, 3, 31)), (february.Start, february.End));
        Assert.Equal(31, february.Days);
        Assert.True(february.Contains(new(2026, 2, 28)) && february.Contains(new(2026, 3, 30)));
        Assert.False(february.Contains(new(2026, 2, 27)) || february.Contains(new(2026, 3, 31)));
    }

    [Theory]
    [InlineData("2026-01-30", -1)]
    [InlineData("2026-01-31", 0)]
    [InlineData("2026-02-27", 0)]
    [InlineData("2026-02-28", 1)]
    [InlineData("2026-03-30", 1)]
    [InlineData("2026-03-31", 2)]
    [InlineData("2025-12-30", -2)]
    [InlineData("2025-12-31", -1)]
    public void A_day_belongs_to_the_period_that_began_last(string day, int index) =>
        Assert.Equal(index, Monthly(2026, 1, 31).IndexOf(On(day)));

    [Theory]
    [InlineData(CadenceUnit.Day, int.MaxValue)]
    [InlineData(CadenceUnit.Week, int.MinValue)]
    [InlineData(CadenceUnit.Month, 95_677)]
    [InlineData(CadenceUnit.Year, int.MaxValue)]
    public void A_period_outside_the_calendar_is_a_bug_that_says_so(CadenceUnit unit, int index)
    {
        var anchor = new BillingAnchor(new(2026, 12, 31), new Cadence(unit, 1));

        var bug = Assert.Throws<OverflowException>(() => anchor.StartOf(index));

        Assert.Contains("outside the calendar", bug.Message, StringComparison.Ordinal);
        Assert.Throws<OverflowException>(() => anchor.Period(int.MaxValue));
    }

    [Fact]
    public void The_first_and_the_last_day_of_the_calendar_are_within_it()
    {
        var (first, last) = (LocalDate.MinIsoValue, LocalDate.MaxIsoValue);

        Assert.Equal(last, Monthly(2026, 12, 31).StartOf(95_676));
        Assert.Equal(last, new BillingAnchor(first, new Cadence(CadenceUnit.Day, 1)).StartOf(7_304_119 - 1));
        Assert.Equal(first, new BillingAnchor(last, new Cadence(CadenceUnit.Day, 1)).StartOf(1 - 7_304_119));
        Assert.Equal(95_676, Monthly(2026, 12, 31).IndexOf(last));
    }

    [Fact]
    public void An_anchor_without_a_cadence_is_a_bug_that_says_so()
    {
        var anchor = new BillingAnchor(new(2026, 1, 31), default);

        Assert.Throws<InvalidOperationException>(() => anchor.StartOf(1));
        Assert.Throws<InvalidOperationException>(() => anchor.IndexOf(new(2026, 1, 31)));
    }

    private static LocalDate On(string iso) => NodaTime.Text.LocalDatePattern.Iso.Parse(iso).Value;
}
