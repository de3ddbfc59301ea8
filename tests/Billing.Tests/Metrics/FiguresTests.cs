using System.Collections.Immutable;
using Billing.Metrics;

namespace Billing.Tests.Metrics;

/// <summary>The examples of <c>docs/metrics.md</c>, in its order: ten subscriptions at 49.00 since January, looked at in March.</summary>
public sealed class FiguresTests
{
    private static readonly YearMonth January = new(2026, 1), February = new(2026, 2), March = new(2026, 3);

    [Fact]
    public void MRR_times_twelve_is_ARR_and_MRR_by_subscription_is_ARPA()
    {
        var march = InMarch();

        Assert.Equal((49_000L, 588_000L, 10L, 4_900L), (Value(march, FigureName.Mrr), Value(march, FigureName.Arr), Value(march, FigureName.Paying), Value(march, FigureName.Arpa)));
    }

    [Fact]
    public void One_of_ten_who_left_is_ten_percent_of_churn_and_ninety_of_gross_retention()
    {
        var march = InMarch(Down(MrrMovementKind.VoluntaryChurn, -4_900));

        Assert.Equal((9_000L, 9_000L), (Value(march, FigureName.GrossRetention), Value(march, FigureName.NetRetention)));
        Assert.Equal((1_000L, 1_000L, 0L), (Value(march, FigureName.RevenueChurn), Value(march, FigureName.RevenueChurnVoluntary), Value(march, FigureName.RevenueChurnInvoluntary)));
        Assert.Equal((1_000L, 1_000L, 0L), (Value(march, FigureName.LogoChurn), Value(march, FigureName.LogoChurnVoluntary), Value(march, FigureName.LogoChurnOnBeach)));
        Assert.Equal(9, Value(march, FigureName.Paying));
    }

    [Fact]
    public void Growth_counts_in_net_retention_and_never_in_gross()
    {
        var march = InMarch(Down(MrrMovementKind.VoluntaryChurn, -4_900), Up(MrrMovementKind.Expansion, 980), Down(MrrMovementKind.Contraction, -490));

        Assert.Equal((9_100L, 8_900L), (Value(march, FigureName.NetRetention), Value(march, FigureName.GrossRetention)));
    }

    [Fact]
    public void A_break_is_no_loss_unless_it_is_asked_for_with_breaks()
    {
        var march = InMarch(Down(MrrMovementKind.ToBeach, -4_900));

        Assert.Equal((10_000L, 9_000L), (Value(march, FigureName.NetRetention), Value(march, FigureName.NetRetentionWithBreaks)));
        Assert.Equal((10_000L, 9_000L), (Value(march, FigureName.GrossRetention), Value(march, FigureName.GrossRetentionWithBreaks)));
        Assert.Equal((0L, 9L, 1L), (Value(march, FigureName.LogoChurn), Value(march, FigureName.Paying), Value(march, FigureName.OnBeach)));
    }

    [Fact]
    public void Who_comes_back_from_the_beach_was_never_gone()
    {
        var march = After(
            [new(January, February, MrrMovementKind.ToBeach, -4_900, 0, 1)], new CohortMoves(January, March, MrrMovementKind.BackFromBeach, 4_900, 1, 0));

        // Opening 441.00 and 49.00 that rest: without breaks nothing happened, with them a tenth of what was there came back.
        Assert.Equal((10_000L, 11_111L), (Value(march, FigureName.NetRetention), Value(march, FigureName.NetRetentionWithBreaks)));
        Assert.Equal((10_000L, 10_000L), (Value(march, FigureName.GrossRetention), Value(march, FigureName.GrossRetentionWithBreaks)));
        Assert.Equal((10L, 0L), (Value(march, FigureName.Paying), Value(march, FigureName.OnBeach)));
    }

    [Fact]
    public void Who_is_lost_on_the_beach_is_lost_when_it_ends_and_not_twice()
    {
        var march = After(
            [new(January, February, MrrMovementKind.ToBeach, -4_900, 0, 1)],
            new(January, March, MrrMovementKind.ToBeach, 4_900, 1, 0), new(January, March, MrrMovementKind.LostOnBeach, -4_900, 0, 1));

        Assert.Equal((9_000L, 1_000L, 1_000L), (Value(march, FigureName.NetRetention), Value(march, FigureName.RevenueChurnOnBeach), Value(march, FigureName.LogoChurnOnBeach)));
        Assert.Equal((10_000L, 44_100L, 9L, 0L), (Value(march, FigureName.NetRetentionWithBreaks), Value(march, FigureName.Mrr), Value(march, FigureName.Paying), Value(march, FigureName.OnBeach)));
    }

    [Fact]
    public void What_began_in_the_month_itself_is_neither_retained_nor_lost()
    {
        var march = InMarch(new(March, March, MrrMovementKind.New, 9_800, 2, 0), new(March, March, MrrMovementKind.VoluntaryChurn, -4_900, 0, 1));

        Assert.Equal((10_000L, 0L, 53_900L), (Value(march, FigureName.NetRetention), Value(march, FigureName.LogoChurn), Value(march, FigureName.Mrr)));
    }

    [Fact]
    public void The_quick_ratio_is_what_came_for_what_went()
    {
        var march = InMarch(
            new(March, March, MrrMovementKind.New, 9_800, 2, 0), Up(MrrMovementKind.Reactivation, 4_900),
            Down(MrrMovementKind.VoluntaryChurn, -4_900), Down(MrrMovementKind.Contraction, -980));

        // 147.00 came, 58.80 went.
        Assert.Equal(250, Value(march, FigureName.QuickRatio));
    }

    [Fact]
    public void A_subscription_that_is_lost_once_in_ten_months_is_worth_ten_months()
    {
        Assert.Equal(49_000, Value(InMarch(Down(MrrMovementKind.InvoluntaryChurn, -4_900)), FigureName.LifetimeValue));
    }

    [Fact]
    public void What_was_spent_comes_back_after_so_many_months()
    {
        var march = InMarch(new CohortMoves(March, March, MrrMovementKind.New, 49_000, 10, 0)) with { SpentMinor = 122_500 };

        // 1,225.00 for ten: 122.50 each, and each brings 49.00 a month.
        Assert.Equal((12_250L, 250L), (Value(march, FigureName.AcquisitionCost), Value(march, FigureName.Payback)));
    }

    [Fact]
    public void What_cannot_be_said_is_not_said()
    {
        var march = InMarch();
        Assert.Equal((null, Maturity.NotDefined), Of(march, FigureName.QuickRatio));
        Assert.Equal((null, Maturity.NotDefined), Of(march, FigureName.LifetimeValue));
        Assert.Equal((null, Maturity.NotDefined), Of(march, FigureName.Payback));

        var nine = MonthsOf([new(January, January, MrrMovementKind.New, 44_100, 9, 0)], March, running: new(2026, 4))[^1];
        Assert.Equal((null, Maturity.NotEnoughData), Of(nine, FigureName.NetRetention));
        Assert.Equal((44_100L, Maturity.Known), Of(nine, FigureName.Mrr));

        var running = MonthsOf([new(January, January, MrrMovementKind.New, 49_000, 10, 0)], March, running: March)[^1];
        Assert.Equal((10_000L, Maturity.Running), Of(running, FigureName.NetRetention));
    }

    [Fact]
    public void A_cohort_is_followed_by_count_and_by_money()
    {
        var cohort = CohortRetention.Of(
            [
                new(January, January, MrrMovementKind.New, 49_000, 10, 0),
                new(January, February, MrrMovementKind.VoluntaryChurn, -9_800, 0, 2), new(January, February, MrrMovementKind.ToBeach, -4_900, 0, 1),
                new(January, March, MrrMovementKind.BackFromBeach, 4_900, 1, 0), new(January, March, MrrMovementKind.Expansion, 1_000, 1, 0),
            ],
            March).Single();

        Assert.Equal((10, 49_000L), (cohort.Count, cohort.Minor));
        Assert.Equal([new(10, 0, 49_000, 0), new(7, 1, 34_300, 2), new(8, 0, 40_200, 0)], cohort.After.AsEnumerable());
    }

    [Fact]
    public void Who_is_still_there_counts_as_long_as_they_were_seen()
    {
        // 50 since January, 50 since February; ten are lost after a month, and of the 45 that are seen for two, five more.
        CohortMoves[] moves =
        [
            new(January, January, MrrMovementKind.New, 245_000, 50, 0), new(February, February, MrrMovementKind.New, 245_000, 50, 0),
            new(January, February, MrrMovementKind.VoluntaryChurn, -24_500, 0, 5), new(February, March, MrrMovementKind.VoluntaryChurn, -24_500, 0, 5),
            new(January, March, MrrMovementKind.InvoluntaryChurn, -24_500, 0, 5),
        ];

        Assert.Equal(
            [new(0, 100, 0, 1_000_000), new(1, 100, 10, 900_000), new(2, 45, 5, 800_000)],
            Survival.Of(CohortRetention.Of(moves, March)).AsEnumerable());
    }

    [Fact]
    public void Every_figure_has_one_definition()
    {
        Assert.Equal(Enum.GetValues<FigureName>(), FigureDefinition.Rows.Select(r => r.Name));
        Assert.All(FigureDefinition.Rows, r => Assert.True(r.Formula.Length > 0 && r.Filter.Length > 0));
    }

    private static CohortMoves Up(MrrMovementKind kind, long minor) => new(January, March, kind, minor, 1, 0);

    private static CohortMoves Down(MrrMovementKind kind, long minor) => new(January, March, kind, minor, 0, 1);

    private static MetricsMonth InMarch(params CohortMoves[] moved) => After([], moved);

    private static MetricsMonth After(CohortMoves[] before, params CohortMoves[] moved) =>
        MonthsOf([new(January, January, MrrMovementKind.New, 49_000, 10, 0), .. before, .. moved], March, new(2026, 4))[^1];

    private static ImmutableArray<MetricsMonth> MonthsOf(CohortMoves[] moves, YearMonth to, YearMonth running) =>
        MetricsMonth.Of(moves, January, to, running, ImmutableDictionary<YearMonth, long>.Empty);

    private static long? Value(MetricsMonth month, FigureName name) => month.Of(name).Value;

    private static (long? Value, Maturity Maturity) Of(MetricsMonth month, FigureName name) => (month.Of(name).Value, month.Of(name).Maturity);
}
