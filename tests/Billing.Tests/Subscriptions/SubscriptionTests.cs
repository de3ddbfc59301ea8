using Billing.Customers;
using Billing.Metrics;
using Billing.Periods;
using Billing.Subscriptions;

namespace Billing.Tests.Subscriptions;

public sealed class SubscriptionTests
{
    private readonly Customer customer = Given.Customer();

    [Fact]
    public void A_cancel_at_period_end_ends_on_the_day_the_next_period_would_begin()
    {
        var subscription = Given.Subscription(customer, "2026-01-31", Given.Dollars(49));
        subscription.Bill(customer);

        var planned = subscription.CancelAtEnd(Given.At("2026-02-10"));
        Assert.Equal(Given.Date("2026-02-28"), Assert.IsType<CancelPlanned>(Assert.Single(planned)).EndsOn);
        Assert.Equal(Lifecycle.Active, subscription.Lifecycle);

        var ended = Assert.IsType<Renewal.Ended>(subscription.Renew(customer, Given.At("2026-02-28")));
        Assert.Equal(
            (Lifecycle.Ended, Given.Date("2026-02-28"), null), (subscription.Lifecycle, subscription.EndedOn, subscription.NextBillingAt));
        Assert.Equal((MrrMovementKind.VoluntaryChurn, -4900L, Given.Date("2026-02-28")),
            (ended.Movement!.Kind, ended.Movement.AmountMinor, ended.Movement.On));
    }

    [Fact]
    public void A_planned_cancel_can_be_withdrawn_until_the_end()
    {
        var subscription = Given.Subscription(customer, "2026-01-31", Given.Dollars(49));
        subscription.Bill(customer);
        subscription.CancelAtEnd(Given.At("2026-02-10"));

        subscription.KeepGoing(Given.At("2026-02-27"));

        Assert.Equal(Given.Date("2026-02-28"), subscription.Bill(customer).Invoice.PeriodStart);
    }

    [Fact]
    public void A_cancel_now_ends_today()
    {
        var subscription = Given.Subscription(customer, "2026-01-31", Given.Dollars(49));
        subscription.Bill(customer);

        var ended = subscription.CancelNow(EndReason.Voluntary, Given.At("2026-02-10T15:30"));

        Assert.Equal((Given.Date("2026-02-10"), null), (subscription.EndedOn, subscription.NextBillingAt));
        Assert.Equal((-4900L, Given.Date("2026-02-10")), (ended.Movement!.AmountMinor, ended.Movement.On));
        Assert.Equal(0, subscription.MrrMinor);
    }

    [Fact]
    public void A_trial_that_is_cancelled_is_never_billed_and_moves_no_mrr()
    {
        var subscription = Given.Subscription(customer, "2026-01-01", Given.Dollars(49), terms: new(TrialDays: 14));
        subscription.CancelAtEnd(Given.At("2026-01-02"));

        var ended = Assert.IsType<Renewal.Ended>(subscription.Renew(customer, Given.At("2026-01-15")));

        Assert.Null(ended.Movement);
        Assert.Equal(Given.Date("2026-01-15"), subscription.EndedOn);
    }

    [Fact]
    public void An_illegal_move_is_refused_aloud()
    {
        var subscription = Given.Subscription(customer, "2026-01-01", Given.Dollars(49));
        Assert.Equal("no_cancel_planned", Refusal(() => subscription.KeepGoing(Given.At("2026-01-01"))));
        subscription.CancelAtEnd(Given.At("2026-01-01"));
        Assert.Equal("cancel_already_planned", Refusal(() => subscription.CancelAtEnd(Given.At("2026-01-01"))));
        subscription.CancelNow(EndReason.Voluntary, Given.At("2026-01-01"));

        Assert.Equal("subscription_ended", Refusal(() => subscription.CancelAtEnd(Given.At("2026-01-01"))));
        Assert.Equal("subscription_ended", Refusal(() => subscription.KeepGoing(Given.At("2026-01-01"))));
        Assert.Equal("subscription_ended", Refusal(() => subscription.CancelNow(EndReason.Voluntary, Given.At("2026-01-01"))));
        Assert.Throws<InvalidOperationException>(() => subscription.Renew(customer, Given.At("2027-01-01")));
    }

    [Fact]
    public void What_was_missed_is_caught_up_one_period_at_a_time_oldest_first()
    {
        var subscription = Given.Subscription(customer, "2026-01-31", Given.Dollars(49));
        var now = Given.At("2026-04-10");

        List<LocalDate?> starts = [];
        while (subscription.NextBillingAt <= now) starts.Add(Assert.IsType<Renewal.Billed>(subscription.Renew(customer, now)).Invoice.PeriodStart);

        Assert.Equal([Given.Date("2026-01-31"), Given.Date("2026-02-28"), Given.Date("2026-03-31")], starts);
        Assert.Equal(Given.At("2026-04-30"), subscription.NextBillingAt);
        Assert.Throws<InvalidOperationException>(() => subscription.Renew(customer, now));
    }

    [Fact]
    public void A_customer_who_moves_is_billed_in_the_new_zone_from_the_next_period()
    {
        // 10 January 11:00 UTC is already the 11th on Kiritimati, fourteen hours ahead.
        var islander = Given.Customer(zone: "Pacific/Kiritimati");
        var subscription = Given.Subscription(islander, "2026-01-10T11:00", Given.Dollars(49));
        Assert.Equal(Given.Date("2026-01-11"), subscription.StartedOn);
        subscription.Bill(islander);

        islander.Change(new(null, null, null, null, "en", "Europe/London"), Given.At("2026-01-12"));
        Assert.Equal(Given.At("2026-02-10T10:00"), subscription.NextBillingAt);

        subscription.Bill(islander);
        Assert.Equal(Given.At("2026-03-11"), subscription.NextBillingAt);
    }

    [Fact]
    public void A_yearly_subscription_from_29_february_keeps_its_day()
    {
        var subscription = Given.Subscription(customer, "2028-02-29", Given.Dollars(490), Cadence.Yearly);

        var starts = Enumerable.Range(0, 5).Select(_ => subscription.Bill(customer).Invoice.PeriodStart!.Value).ToList();

        Assert.Equal(
            [(2028, 29), (2029, 28), (2030, 28), (2031, 28), (2032, 29)], starts.Select(s => (s.Year, s.Day)));
    }

    private static string Refusal(Action act) => Assert.Throws<Refused>(act).Code;
}
