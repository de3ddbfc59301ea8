using Billing.Cards;
using Billing.Payments;
using Billing.Tests.Dunning;

namespace Billing.Tests.Cards;

public sealed class CardLimitsTests
{
    private static readonly Instant Now = Given.At("2026-05-20T12:00");

    [Fact]
    public void A_card_is_tried_in_vain_at_most_fifteen_times_in_thirty_days_over_all_invoices()
    {
        Assert.Null(WhyNot("visa", Tries(14, Duration.FromDays(1))));

        var refused = WhyNot("visa", Tries(15, Duration.FromDays(1)))!;
        Assert.Equal(("card_limit_reached", Now + Duration.FromDays(15)), (refused.Code, refused.Until));
        Assert.Null(CardLimits.WhyNot("visa", Tries(15, Duration.FromDays(1)), Policies.Shipped.Limits, refused.Until!.Value));
    }

    [Fact]
    public void A_mastercard_is_declined_at_most_ten_times_in_a_day()
    {
        var ten = Tries(10, Duration.FromHours(1));
        Assert.Null(WhyNot("visa", ten));
        Assert.Equal(Now + Duration.FromHours(14), WhyNot("mastercard", ten)!.Until);
    }

    [Fact]
    public void A_limit_holds_from_its_day_until_its_day()
    {
        NetworkLimit[] limits = [new("visa", new(2026, 1, 1), new(2026, 5, 20), 1, 24, "old"), new("visa", new(2026, 5, 21), null, 1, 24, "new")];
        CardTry[] tries = [new(Now, null)];
        Assert.NotNull(CardLimits.WhyNot("visa", tries, limits, Now - Duration.FromDays(1)));
        Assert.Null(CardLimits.WhyNot("visa", tries, limits, Now));
        Assert.NotNull(CardLimits.WhyNot("visa", [new(Now + Duration.FromDays(1), null)], limits, Now + Duration.FromDays(1)));
    }

    [Fact]
    public void Every_hard_code_bars_its_card_for_good_and_no_other_does()
    {
        Assert.All(DeclineCodes.Known, code => Assert.Equal(
            DeclineCodes.RuleOf(code).Class is DeclineClass.NeedsNewCard or DeclineClass.Fraud or DeclineClass.ConsentWithdrawn,
            WhyNot("visa", [new(Now - Duration.FromDays(900), code)]) is { Until: null, Code: "card_not_usable" }));
    }

    [Fact]
    public void A_stolen_card_and_a_wrong_number_are_refused_in_the_same_words() => Assert.Equal(
        WhyNot("visa", [new(Now, "incorrect_number")])!.Words, WhyNot("visa", [new(Now, "stolen_card")])!.Words);

    private static TryRefused? WhyNot(string brand, IReadOnlyList<CardTry> tries) =>
        CardLimits.WhyNot(brand, tries, Policies.Shipped.Limits, Now);

    private static List<CardTry> Tries(int count, Duration apart) =>
        [.. Enumerable.Range(1, count).Select(i => new CardTry(Now - apart * i, "insufficient_funds"))];
}
