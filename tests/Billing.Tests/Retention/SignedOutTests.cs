using Billing.Customers;
using Billing.Retention;
using Billing.Subscriptions;

namespace Billing.Tests.Retention;

public sealed class SignedOutTests
{
    private readonly Customer customer = Given.Customer();

    [Fact]
    public void Where_the_law_wants_it_one_leaves_without_signing_in()
    {
        SignedOutRules rules = new(false, [new("DE", Given.Date("2022-07-01"), null, "§ 312k BGB"), new("XX", Given.Date("2020-01-01"), Given.Date("2021-01-01"), "Old")]);
        Assert.True(rules.Opens("DE", Given.Date("2022-07-01")));
        Assert.False(rules.Opens("DE", Given.Date("2022-06-30")));
        Assert.False(rules.Opens("FR", Given.Date("2026-01-01")));
        Assert.False(rules.Opens(null, Given.Date("2026-01-01")));
        Assert.True(rules.Opens("XX", Given.Date("2020-12-31")));
        Assert.False(rules.Opens("XX", Given.Date("2021-01-01")));
        Assert.True((rules with { Everybody = true }).Opens(null, Given.Date("2026-01-01")));
    }

    [Fact]
    public void A_wished_end_comes_with_the_first_period_that_ends_on_it_or_later()
    {
        var subscription = Given.Subscription(customer, "2026-04-01", Given.Dollars(49));
        subscription.Bill(customer);

        Assert.Equal(Given.Date("2026-07-01"), subscription.LeaveFrom(Given.Date("2026-06-10"), Given.At("2026-04-10")).OfType<CancelPlanned>().Single().EndsOn);
        Assert.Equal(Given.Date("2026-07-01"), subscription.PlannedEnd);
        Assert.Equal("cancel_already_planned", Refusal(() => subscription.LeaveFrom(Given.Date("2026-09-10"), Given.At("2026-04-10"))));
        Assert.Equal(Given.Date("2026-05-01"), subscription.Bill(customer).Invoice.PeriodStart);
        Assert.False(subscription.CancelAtPeriodEnd);
        Assert.Equal(Given.Date("2026-06-01"), subscription.Bill(customer).Invoice.PeriodStart);

        var ended = Assert.IsType<Renewal.Ended>(subscription.Renew(customer, Given.At("2026-07-01")));
        Assert.Equal(Given.Date("2026-07-01"), Assert.Single(ended.Facts).On);
    }

    [Fact]
    public void A_wished_end_can_be_taken_back_and_a_sooner_end_replaces_it()
    {
        var subscription = Given.Subscription(customer, "2026-04-01", Given.Dollars(49));
        subscription.Bill(customer);

        subscription.LeaveFrom(Given.Date("2026-06-10"), Given.At("2026-04-10"));
        subscription.KeepGoing(Given.At("2026-04-11"));
        Assert.Null(subscription.PlannedEnd);

        subscription.LeaveFrom(Given.Date("2026-05-02"), Given.At("2026-04-12"));
        subscription.CancelAtEnd(Given.At("2026-04-13"));
        Assert.Equal((Given.Date("2026-05-01"), null), (subscription.PlannedEnd!.Value, subscription.LeavesFrom));
        Assert.Equal("day_out_of_range", Refusal(() =>
        {
            subscription.KeepGoing(Given.At("2026-04-14"));
            subscription.LeaveFrom(Given.Date("2028-04-15"), Given.At("2026-04-14"));
        }));
        Assert.Equal(Given.Date("2026-05-01"), subscription.LeaveFrom(Given.Date("2026-04-20"), Given.At("2026-04-14")).OfType<CancelPlanned>().Single().EndsOn);
    }

    private static string Refusal(Action act) => Assert.Throws<Refused>(act).Code;
}
