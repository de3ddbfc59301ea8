using Billing.Periods;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Tests.Periods;

public sealed class PeriodProperties
{
    private static readonly Gen<LocalDate> Dates =
        Gen.Choose(0, 73_048).Select(days => new LocalDate(1950, 1, 1).PlusDays(days));

    /// <summary>Any day, and more often than chance would have it one of those that some months lack.</summary>
    private static readonly Gen<LocalDate> Starts = Gen.OneOf(
        Dates,
        Dates.Select(date => date.With(DateAdjusters.EndOfMonth)),
        Gen.Choose(1953, 2024).Select(year => new LocalDate(year / 4 * 4, 2, 29)));

    private static readonly Gen<Cadence> Cadences =
        from unit in Gen.Elements(Enum.GetValues<CadenceUnit>())
        from count in Gen.OneOf(Gen.Choose(1, 3), Gen.Choose(1, Cadence.MaxCountOf(unit)))
        select new Cadence(unit, Math.Min(count, Cadence.MaxCountOf(unit)));

    private static readonly Gen<BillingAnchor> Anchors =
        Starts.Zip(Cadences, (start, cadence) => new BillingAnchor(start, cadence));

    [Fact]
    public void Periods_tile_the_calendar_without_gap_or_overlap() => Always.Holds(
        Anchors.Zip(Gen.Choose(-70, 70)), input =>
        {
            var (anchor, index) = input;

            var (period, next) = (anchor.Period(index), anchor.Period(index + 1));

            Assert.Equal(period.End, next.Start);
            Assert.True(period.Days >= 1);
            Assert.Equal(anchor.Date, anchor.StartOf(0));
            Assert.Equal(period.End, period.Start.PlusDays(period.Days));
            Assert.True(period.Contains(period.Start) && period.Contains(period.End.PlusDays(-1)));
            Assert.False(period.Contains(period.Start.PlusDays(-1)) || period.Contains(period.End));
        });

    [Fact]
    public void Every_day_is_in_exactly_the_period_that_is_found_for_it() => Always.Holds(
        Anchors.Zip(Dates), input =>
        {
            var (anchor, date) = input;

            Assert.True(anchor.Period(anchor.IndexOf(date)).Contains(date));
        });

    [Fact]
    public void The_period_found_for_its_first_and_last_day_is_itself() => Always.Holds(
        Anchors.Zip(Gen.Choose(-70, 70)), input =>
        {
            var (anchor, index) = input;

            Assert.Equal(index, anchor.IndexOf(anchor.StartOf(index)));
            Assert.Equal(index, anchor.IndexOf(anchor.Period(index).End.PlusDays(-1)));
        });
}
