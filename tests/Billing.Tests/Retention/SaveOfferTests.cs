using Billing.Retention;
using Billing.Subscriptions;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Tests.Retention;

public sealed class SaveOfferTests
{
    private static readonly LocalDate Today = Given.Date("2026-06-15");
    private static readonly PlanOption Small = new(new(Given.Id()), new(Given.Id()), "Small", Given.Dollars(19));
    private static readonly PlanOption Middle = new(new(Given.Id()), new(Given.Id()), "Middle", Given.Dollars(29));
    private static readonly PlanOption Big = new(new(Given.Id()), new(Given.Id()), "Big", Given.Dollars(99));

    internal static readonly OfferPolicy Policy = new(
        new Dictionary<OfferKind, OfferLimit>
        {
            [OfferKind.Break] = new(6, 0), [OfferKind.SmallerPlan] = new(6, 0), [OfferKind.Discount] = new(12, 1),
            [OfferKind.LaterPaymentDay] = new(3, 0), [OfferKind.Talk] = new(0, 0),
        },
        BreakDays: 60, DiscountBasisPoints: 2000, DiscountPeriods: 3, FloorBasisPoints: 6000, LaterPaymentDays: 14);

    private static readonly OfferFacts Plain = new(
        Today, Today.PlusYears(-1), "Pro", 1, Given.Dollars(49), Given.Dollars(49), [], [Small, Middle, Big], [], 90, false, false, []);

    private static readonly LeavingReason TooExpensive = Reason("too_expensive", OfferKind.SmallerPlan, OfferKind.Discount, OfferKind.Break);

    private static readonly Gen<(LeavingReason, OfferFacts, OfferPolicy)> Cases =
        from kinds in Gen.Shuffle(Enum.GetValues<OfferKind>())
        from count in Gen.Choose(0, 5)
        from code in Gen.Elements("a", "b", LeavingReason.DidNotKnow, LeavingReason.ConsentWithdrawn)
        from months in Gen.Choose(0, 12)
        from tenure in Gen.Choose(0, 30)
        from unit in Gen.Choose(0, 10_000)
        from list in Gen.Choose(0, 10_000)
        from percents in Gen.ListOf(Gen.Choose(1, 60), 3)
        from used in Gen.Choose(0, 3)
        from options in Gen.ListOf(Gen.Choose(0, 12_000), 4)
        from tries in Gen.ListOf(Gen.Choose(-3, 20), 2)
        from longest in Gen.Elements((int?)null, 0, 30, 90)
        from planned in Gen.Elements(true, false, false)
        from withdrawn in Gen.Elements(true, false, false, false)
        from earlier in Gen.ListOf(Gen.Choose(0, 4).Zip(Gen.Choose(0, 500)), 3)
        from floor in Gen.Choose(0, 10_000)
        select (
            Reason(code, [.. kinds.Take(count)]),
            new OfferFacts(
                Today, Today.PlusDays(-tenure * 10), "Pro", 2, Cents(unit), Cents(list), Discounts(percents, used),
                [.. options.Select((price, i) => new PlanOption(new(new Guid(i, 0, 0, new byte[8])), new(Given.Id()), $"Plan {i}", Cents(price)))],
                [.. tries.Select(t => new OpenAmount(new(Given.Id()), t < 0 ? null : Today.PlusDays(t), t % 3 == 0))],
                longest, planned, withdrawn, [.. earlier.Select(e => new EarlierOffer((OfferKind)e.Item1, Today.PlusDays(-e.Item2)))]),
            Policy with
            {
                FloorBasisPoints = floor,
                Limits = Enum.GetValues<OfferKind>().ToDictionary(k => k, k => new OfferLimit(k == OfferKind.Talk ? 0 : months, (int)k % 3)),
            });

    [Fact]
    public void An_offer_fits_its_reason_and_the_next_one_is_taken_when_the_first_has_nothing_to_give()
    {
        Assert.Equal(new SaveOffer.SmallerPlan(Middle.PlanId, Middle.PriceId, "Middle", Given.Dollars(29), Given.Dollars(20)), Choose(TooExpensive, Plain));
        Assert.Equal(new SaveOffer.Discount(2000, 3), Choose(TooExpensive, Plain with { Plans = [Big] }));
        Assert.Equal(new SaveOffer.Break(60), Choose(TooExpensive, Plain with { Plans = [Big], Earlier = [new(OfferKind.Discount, Today.PlusMonths(-11))] }));
        Assert.Equal("too_expensive: Middle costs USD 20.00 less a period.", SaveOffers.Choose(TooExpensive, Plain, Policy)!.Why);
    }

    [Fact]
    public void Who_did_not_know_and_who_no_longer_agrees_are_offered_nothing()
    {
        Assert.Null(Choose(Reason(LeavingReason.DidNotKnow, OfferKind.Talk), Plain));
        Assert.Null(Choose(Reason(LeavingReason.ConsentWithdrawn, OfferKind.Discount), Plain));
        Assert.Null(Choose(TooExpensive, Plain with { ConsentWithdrawn = true }));
    }

    [Fact]
    public void Each_kind_of_offer_is_made_once_in_so_many_months()
    {
        var discountOnly = Reason("too_expensive", OfferKind.Discount);
        Assert.Null(Choose(discountOnly, Plain with { Earlier = [new(OfferKind.Discount, Given.Date("2025-06-16"))] }));
        Assert.NotNull(Choose(discountOnly, Plain with { Earlier = [new(OfferKind.Discount, Given.Date("2025-06-15"))] }));
        Assert.NotNull(Choose(Reason("missing", OfferKind.Talk), Plain with { Earlier = [new(OfferKind.Talk, Today)] }));
        Assert.Null(Choose(discountOnly, Plain with { Since = Today.PlusDays(-20) }));
    }

    [Fact]
    public void A_discount_never_breaks_the_floor_over_all_discounts()
    {
        var discountOnly = Reason("too_expensive", OfferKind.Discount);
        // 49.00 less 25 percent is 36.75; 20 percent less is 29.40: exactly 60 percent of the list price.
        Assert.NotNull(Choose(discountOnly, Plain with { Discounts = Discounts([25], 0) }));
        Assert.Null(Choose(discountOnly, Plain with { Discounts = Discounts([26], 0) }));
        Assert.NotNull(Choose(discountOnly, Plain with { Discounts = Discounts([26], 3) }));
        Assert.Null(Choose(discountOnly, Plain with { Unit = Given.Dollars(36.74m) }));
    }

    [Fact]
    public void A_smaller_plan_is_offered_only_when_it_costs_less()
    {
        var smaller = Reason("too_expensive", OfferKind.SmallerPlan);
        Assert.Null(Choose(smaller, Plain with { Unit = Given.Dollars(19) }));
        Assert.Null(Choose(smaller, Plain with { Plans = [new(Small.PlanId, Small.PriceId, "Small", new(100, Currency.Of("EUR")))] }));
        Assert.Null(Choose(smaller, Plain with { ChangePlanned = true }));
    }

    [Fact]
    public void A_later_payment_day_is_offered_only_while_a_try_is_planned()
    {
        var later = Reason("cannot_pay_now", OfferKind.LaterPaymentDay);
        var open = new OpenAmount(new(Given.Id()), Today.PlusDays(3), Moved: false);
        Assert.Equal(new SaveOffer.LaterPaymentDay(open.InvoiceId, Today.PlusDays(14)), Choose(later, Plain with { Open = [open] }));
        Assert.Null(Choose(later, Plain));
        Assert.Null(Choose(later, Plain with { Open = [open with { NextTry = null }] }));
        Assert.Null(Choose(later, Plain with { Open = [open with { Moved = true }] }));
        Assert.Null(Choose(later, Plain with { Open = [open with { NextTry = Today.PlusDays(14) }] }));
    }

    [Fact]
    public void At_most_one_offer_is_made_within_its_limits_and_always_the_same() => Always.Holds(Cases, c =>
    {
        var (reason, facts, policy) = c;
        var chosen = SaveOffers.Choose(reason, facts, policy);
        Assert.Equal(chosen, SaveOffers.Choose(reason, facts, policy));
        if (chosen is null) return;

        var offer = chosen.Offer;
        Assert.Contains(offer.Kind, reason.Offers);
        Assert.False(facts.ConsentWithdrawn || reason.InPeace);
        Assert.DoesNotContain(facts.Earlier, e => e.Kind == offer.Kind && e.On.PlusMonths(policy.Limits[offer.Kind].MonthsBetween) > facts.Today);
        Assert.True(facts.Since.PlusMonths(policy.Limits[offer.Kind].FromMonths) <= facts.Today);
        Assert.True(SaveOffers.StillFits(offer, facts, policy));
        var next = PeriodCharge.Of("Pro", facts.Quantity, facts.Unit, facts.Discounts).Total;
        switch (offer)
        {
            case SaveOffer.Break away: Assert.InRange(away.Days, 1, facts.LongestBreak!.Value); break;
            case SaveOffer.SmallerPlan plan:
                Assert.True(plan.Saving.Minor > 0 && plan.Price + plan.Saving == facts.Unit * facts.Quantity);
                break;
            case SaveOffer.Discount off:
                var pays = next - next.Part(off.BasisPoints, 10_000);
                Assert.True(pays >= (facts.ListUnit * facts.Quantity).Part(policy.FloorBasisPoints, 10_000));
                break;
            case SaveOffer.LaterPaymentDay later:
                Assert.Contains(facts.Open, o => o.InvoiceId == later.InvoiceId && !o.Moved && o.NextTry < later.Latest);
                Assert.True(later.Latest <= facts.Today.PlusDays(14));
                break;
        }
    });

    [Fact]
    public void What_changed_since_an_offer_was_shown_takes_it_away()
    {
        var shown = Choose(TooExpensive, Plain)!;
        Assert.True(SaveOffers.StillFits(shown, Plain, Policy));
        Assert.False(SaveOffers.StillFits(shown, Plain with { Plans = [Small] }, Policy));
        Assert.False(SaveOffers.StillFits(new SaveOffer.Discount(2000, 3), Plain with { Discounts = Discounts([50], 0) }, Policy));
    }

    internal static LeavingReason Reason(string code, params OfferKind[] offers) =>
        new(code, new Dictionary<string, string>(StringComparer.Ordinal) { ["en"] = code, ["bn"] = code }, offers, false);

    private static SaveOffer? Choose(LeavingReason reason, OfferFacts facts) => SaveOffers.Choose(reason, facts, Policy)?.Offer;

    private static Money Cents(long minor) => new(minor, Currency.Of("USD"));

    /// <summary>Three periods each, so many of them used.</summary>
    private static SubscriptionDiscount[] Discounts(IEnumerable<int> percents, int used)
    {
        var customer = Given.Customer();
        var subscription = Given.Subscription(customer, "2025-01-01", Given.Dollars(49));
        var given = subscription.Give([.. percents.Select(p => Given.Percent(p, 3))]);
        for (var i = 0; i < used; i++) subscription.Bill(customer, [.. given.Where(d => !d.IsSpent)]);
        return given;
    }
}
