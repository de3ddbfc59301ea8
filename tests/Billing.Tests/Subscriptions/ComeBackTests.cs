using Billing.Customers;
using Billing.Metrics;
using Billing.Plans;
using Billing.Subscriptions;

namespace Billing.Tests.Subscriptions;

public sealed class ComeBackTests
{
    private readonly Customer customer = Given.Customer();
    private readonly Plan pro = Given.Plan();

    [Fact]
    public void Coming_back_begins_a_new_first_period_today_and_keeps_everything_else()
    {
        var (subscription, _) = Left("2026-01-31", "2026-02-28");

        var back = Back(subscription, "2026-04-10");

        Assert.Equal((Lifecycle.Active, null, null), (subscription.Lifecycle, subscription.EndedOn, subscription.EndReason));
        Assert.Equal((Given.Date("2026-01-31"), Given.Date("2026-04-10")), (subscription.StartedOn, subscription.ReactivatedOn));
        Assert.Equal(Given.At("2026-04-10"), subscription.NextBillingAt);
        Assert.Equal((Given.Date("2026-04-10"), subscription.Id), (back.On, back.SubscriptionId));
        Assert.Equal((Given.Date("2026-04-10"), Given.Date("2026-05-10")), Period(subscription.Bill(customer)));
        Assert.Equal((Given.Date("2026-05-10"), Given.Date("2026-06-10")), Period(subscription.Bill(customer)));
    }

    [Theory]
    [InlineData("2026-05-29", ComeBackPrice.Kept, 4900)]
    [InlineData("2026-05-30", ComeBackPrice.Todays, 5900)]
    public void The_price_is_kept_for_90_days_after_the_end_and_then_it_is_todays(string on, ComeBackPrice price, long billed)
    {
        var (subscription, first) = Left("2026-01-31", "2026-02-28");

        var back = Back(subscription, on, pro.Price(Given.Dollars(59), after: first));

        Assert.Equal((price, billed), (back.Price, back.UnitAmountMinor));
        Assert.Equal(price == ComeBackPrice.Kept, subscription.PriceId == first.Id);
        Assert.Equal(billed, subscription.Bill(customer).Invoice.TotalMinor);
    }

    [Theory]
    [InlineData("2026-05-29", true, 3900)]
    [InlineData("2026-05-30", false, 4900)]
    public void A_negotiated_price_is_kept_as_long(string on, bool kept, long billed)
    {
        var (subscription, _) = Left("2026-01-31", "2026-02-28", new(NegotiatedUnit: Given.Dollars(39)));

        Back(subscription, on);

        Assert.Equal((kept, billed), (subscription.IsNegotiated, subscription.Bill(customer).Invoice.TotalMinor));
    }

    [Fact]
    public void Whoever_comes_back_while_what_was_billed_still_runs_goes_on_in_it()
    {
        var subscription = Begun("2026-04-01");
        subscription.CancelNow(EndReason.Voluntary, Given.At("2026-04-10"));

        var back = Back(subscription, "2026-04-12");

        Assert.Equal((ComeBackPrice.Kept, Given.At("2026-05-01")), (back.Price, subscription.NextBillingAt));
        Assert.Equal((Given.Date("2026-05-01"), Given.Date("2026-06-01")), Period(subscription.Bill(customer)));
    }

    [Fact]
    public void What_was_given_back_is_billed_anew_even_on_the_day_it_was_billed()
    {
        var subscription = Begun("2026-04-10");
        subscription.CancelNow(EndReason.Voluntary, Given.At("2026-04-10"));

        Back(subscription, "2026-04-10", givenBack: true);

        var invoice = subscription.Bill(customer).Invoice;
        Assert.Equal((Given.Date("2026-04-10"), Given.Date("2026-05-10"), 1), (invoice.PeriodStart, invoice.PeriodEnd, invoice.ChangeNumber));
    }

    [Fact]
    public void A_trial_goes_on_until_its_end_and_there_is_no_second()
    {
        var subscription = Given.Subscription(customer, "2026-01-01", Given.Dollars(49), terms: new(TrialDays: 14));
        subscription.CancelNow(EndReason.Voluntary, Given.At("2026-01-03"));

        Back(subscription, "2026-01-05");
        Assert.Equal((Lifecycle.Trialing, Given.At("2026-01-15")), (subscription.Lifecycle, subscription.NextBillingAt));

        subscription.CancelNow(EndReason.Voluntary, Given.At("2026-01-06"));
        Back(subscription, "2026-01-20");
        Assert.Equal((Lifecycle.Active, Given.At("2026-01-20")), (subscription.Lifecycle, subscription.NextBillingAt));
        Assert.Equal(MrrMovementKind.New, subscription.Bill(customer).Movement!.Kind);
    }

    [Fact]
    public void Discounts_that_are_not_spent_go_on_where_they_stopped()
    {
        var subscription = Given.Subscription(customer, "2026-01-31", Given.Dollars(100));
        var discounts = subscription.Give(Given.Percent(20, 3), Given.Percent(50, 1));
        Assert.Equal(4000, subscription.Bill(customer, discounts).Invoice.TotalMinor);
        End(subscription, "2026-02-10");

        Back(subscription, "2026-04-10");

        Assert.Equal([8000, 8000, 10000L], Enumerable.Range(0, 3).Select(_ => subscription.Bill(customer, discounts).Invoice.TotalMinor));
    }

    [Fact]
    public void The_first_bill_after_coming_back_is_a_reactivation_for_the_whole_value()
    {
        var (subscription, first) = Left("2026-01-31", "2026-02-28");
        Back(subscription, "2026-06-10", pro.Price(Given.Dollars(59), after: first));
        Assert.Equal(0, subscription.MrrMinor);

        var movements = Enumerable.Range(0, 2).Select(_ => subscription.Bill(customer).Movement).ToList();

        Assert.Equal((MrrMovementKind.Reactivation, 5900L, Given.Date("2026-06-10")), (movements[0]!.Kind, movements[0]!.AmountMinor, movements[0]!.On));
        Assert.Null(movements[1]);
    }

    [Fact]
    public void Whoever_comes_back_into_a_period_that_still_runs_is_worth_again_what_was_lost_on_that_day()
    {
        var subscription = Begun("2026-04-01");
        subscription.CancelNow(EndReason.Voluntary, Given.At("2026-04-10"));
        Assert.Equal(0, subscription.MrrMinor);

        var movement = Return(subscription, "2026-04-12").Movement!;

        Assert.Equal((MrrMovementKind.Reactivation, 4900L, Given.Date("2026-04-12")), (movement.Kind, movement.AmountMinor, movement.On));
        Assert.Equal(4900, subscription.MrrMinor);
        Assert.Null(subscription.Bill(customer).Movement);
    }

    [Fact]
    public void What_is_free_and_becomes_worth_something_is_no_reactivation()
    {
        var subscription = Given.Subscription(customer, "2026-01-31", Given.Dollars(100));
        var free = subscription.Give(Given.Percent(100, 5));
        Assert.Equal(MrrMovementKind.New, subscription.Bill(customer).Movement!.Kind);
        Assert.Equal(MrrMovementKind.Contraction, subscription.Bill(customer, free).Movement!.Kind);

        // It is worth nothing when it ends, so nothing is lost, and nothing comes back.
        End(subscription, "2026-03-01");
        Back(subscription, "2026-04-10");
        var movements = Enumerable.Range(0, 5).Select(_ => subscription.Bill(customer, free).Movement).ToList();

        Assert.Equal([null, null, null, null, (MrrMovementKind?)MrrMovementKind.Expansion], movements.Select(m => m?.Kind));
    }

    [Fact]
    public void Nobody_comes_back_to_what_has_not_ended_or_is_no_longer_sold()
    {
        var subscription = Begun("2026-04-01");
        Assert.Equal("subscription_not_ended", Assert.Throws<Refused>(() => Back(subscription, "2026-04-02")).Code);
        subscription.CancelNow(EndReason.Voluntary, Given.At("2026-04-10"));
        var sold = pro.Price(Given.Dollars(49));
        pro.Retire(Given.At("2026-04-10"));

        Assert.Equal("plan_retired", Assert.Throws<Refused>(() => Back(subscription, "2026-04-12", sold)).Code);
        Assert.Equal(Lifecycle.Ended, subscription.Lifecycle);
    }

    [Fact]
    public void Whoever_moved_comes_back_on_the_day_it_is_there_and_never_before_the_end()
    {
        var there = Given.Customer(zone: "Pacific/Kiritimati");
        var subscription = Given.Subscription(there, "2026-01-10T11:00", Given.Dollars(49));
        Assert.Equal(Given.Date("2026-01-11"), subscription.StartedOn);
        subscription.CancelNow(EndReason.Voluntary, Given.At("2026-01-10T12:00"));
        there.Change(new(null, null, null, null, "en", "Pacific/Niue"), Given.At("2026-01-10T13:00"));

        subscription.ComeBack(new(there, pro, pro.Price(Given.Dollars(49)), false, Given.Dollars(49), Given.At("2026-01-10T14:00")));

        // On Niue it is the 10th; the day ended on is the 11th, which begins there at 11:00 UTC.
        Assert.Equal((Given.Date("2026-01-11"), Given.At("2026-01-11T11:00")), (subscription.ReactivatedOn, subscription.NextBillingAt));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_end_takes_a_planned_change_back_and_says_so(bool now)
    {
        var subscription = Begun("2026-01-31");
        var business = Given.Plan();
        ChangeFacts facts = new(customer, "Pro", [], [], Given.Minimum, Given.At("2026-02-10"));
        subscription.Change(new(business, business.Price(Given.Dollars(19)), 1), facts, new(Given.Id()), () => new(Given.Id()));

        var said = now
            ? subscription.CancelNow(EndReason.Voluntary, Given.At("2026-02-11")).Facts
            : subscription.CancelAtEnd(Given.At("2026-02-11"));

        Assert.Equal(
            [nameof(ChangeWithdrawn), now ? nameof(SubscriptionEnded) : nameof(CancelPlanned)], said.Select(f => f.GetType().Name));
        Assert.Null(subscription.PlannedPlanId);
    }

    private static (LocalDate?, LocalDate?) Period(Renewal.Billed billed) => (billed.Invoice.PeriodStart, billed.Invoice.PeriodEnd);

    private Subscription Begun(string on, StartTerms? terms = null, Price? price = null)
    {
        var subscription = Subscription.Start(
            new(Given.Id()), customer, pro, price ?? pro.Price(Given.Dollars(49)), terms ?? new(), Given.At(on));
        subscription.Bill(customer);
        return subscription;
    }

    private (Subscription Subscription, Price Price) Left(string from, string end, StartTerms? terms = null)
    {
        var price = pro.Price(Given.Dollars(49));
        var subscription = Begun(from, terms, price);
        End(subscription, from);
        Assert.Equal(Given.Date(end), subscription.EndedOn);
        return (subscription, price);
    }

    private void End(Subscription subscription, string asked)
    {
        subscription.CancelAtEnd(Given.At(asked));
        subscription.Renew(customer, subscription.NextBillingAt!.Value);
    }

    private CameBack Back(Subscription subscription, string on, Price? sold = null, bool givenBack = false) =>
        Return(subscription, on, sold, givenBack).Fact;

    private Reactivation Return(Subscription subscription, string on, Price? sold = null, bool givenBack = false) =>
        subscription.ComeBack(new(customer, pro, sold ?? pro.Price(Given.Dollars(49)), givenBack, Given.Dollars(49), Given.At(on)));
}
