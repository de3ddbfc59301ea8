using Billing.Cards;
using Billing.Tests.Dunning;

namespace Billing.Tests.Cards;

public sealed class QuietTimeTests
{
    private static readonly QuietTerms Terms = Policies.Shipped.Quiet;

    [Fact]
    public void The_survival_curve_of_healing_is_kaplan_and_meiers()
    {
        // Worked by hand: 10 cards; on day 2 one of 10 heals, on day 4 two of 8 (one was lost sight of on day 3), on day 9 one of 4.
        SeenCards[] seen =
        [
            One(2, true), One(3, false), One(4, true, 2), One(6, false, 2), One(9, true), One(12, false, 3),
        ];

        var curve = SurvivalCurve.Of(seen, 90);

        Assert.Equal(10, curve.Cards);
        Assert.Equal([new(2, 10, 1, 900), new(4, 8, 2, 675), new(9, 4, 1, 506)], curve.Steps);
        Assert.Null(curve.Percentile);
    }

    [Fact]
    public void Cards_on_one_day_heal_before_others_are_lost_sight_of() => Assert.Equal(
        [new CurveStep(5, 2, 1, 500)], SurvivalCurve.Of([One(5, true), One(5, false)], 90).Steps);

    [Fact]
    public void The_percentile_is_the_first_day_by_which_that_share_has_healed()
    {
        var all = Enumerable.Range(1, 20).Select(day => One(day, true)).ToList();
        Assert.Equal(18, SurvivalCurve.Of(all, 90).Percentile);
        Assert.Equal(10, SurvivalCurve.Of(all, 50).Percentile);
    }

    [Fact]
    public void Leaving_out_who_has_not_healed_yet_would_make_the_wait_look_shorter()
    {
        List<SeenCards> healed = [.. Enumerable.Range(1, 20).Select(day => One(day, true))];
        Assert.True(SurvivalCurve.Of([.. healed, One(10, false, 10)], 50).Percentile > SurvivalCurve.Of(healed, 50).Percentile);
    }

    [Fact]
    public void Quiet_time_is_learned_by_country_and_brand_else_overall_else_the_default()
    {
        List<SeenCards> seen =
        [
            .. Enumerable.Range(1, 10).Select(day => new SeenCards("BD", "visa", day, true, 6)),
            .. Enumerable.Range(11, 10).Select(day => new SeenCards("DE", "amex", day, true, 4)),
        ];

        Assert.Equal((9, QuietSource.CountryAndBrand), Chosen("BD", "visa", seen));
        Assert.Equal((18, QuietSource.Overall), Chosen("DE", "amex", seen));
        Assert.Equal((18, QuietSource.Overall), Chosen(null, "visa", seen));
        Assert.Equal((14, QuietSource.Default), Chosen("BD", "visa", [.. seen.Take(8)]));
    }

    [Fact]
    public void Quiet_time_stays_within_the_merchants_bounds_and_says_what_it_rests_on()
    {
        Assert.Equal((7, QuietSource.CountryAndBrand), Chosen("BD", "visa", [new("BD", "visa", 2, true, 60)]));
        Assert.Equal((30, QuietSource.CountryAndBrand), Chosen("BD", "visa", [new("BD", "visa", 50, true, 60)]));

        var never = QuietTime.Choose("BD", "visa", [new("BD", "visa", 5, true, 50), new("BD", "visa", 40, false, 50)], Terms);
        Assert.Equal((30, "Of 100 cases (visa in BD) 90 % never had healed; within 7 to 30 days that is 30."), (never.Days, never.Words));
    }

    [Fact]
    public void Ten_thousand_cards_are_exact() =>
        Assert.Equal(180, SurvivalCurve.Of(Enumerable.Range(1, 200).Select(day => One(day, true, 50)), 90).Percentile);

    private static SeenCards One(int days, bool healed, int cards = 1) => new("BD", "visa", days, healed, cards);

    private static (int, QuietSource) Chosen(string? country, string brand, IReadOnlyList<SeenCards> seen) =>
        QuietTime.Choose(country, brand, seen, Terms) is var chosen ? (chosen.Days, chosen.Source) : default;
}
