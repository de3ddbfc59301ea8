using Billing.Invoicing;
using Billing.Periods;
using Billing.Plans;
using Billing.Subscriptions;

namespace Billing.Tests.Plans;

public sealed class PriceTests
{
    [Fact]
    public void A_price_version_never_changes_and_existing_customers_keep_theirs()
    {
        var customer = Given.Customer();
        var plan = Given.Plan();
        var first = plan.Price(Given.Dollars(49));
        var early = Subscription.Start(new(Given.Id()), customer, plan, first, new(), Given.At("2026-01-01"));

        var second = plan.Price(Given.Dollars(59), after: first);
        var late = Subscription.Start(new(Given.Id()), Given.Customer(), plan, second, new(), Given.At("2026-01-01"));

        Assert.Equal((1, 2), (first.VersionNumber, second.VersionNumber));
        Assert.Equal(Given.Dollars(49), first.Unit);
        Assert.All([1, 2, 3], _ => Assert.Equal(Given.Dollars(49), early.Bill(customer).Invoice.Total));
        Assert.Equal(Given.Dollars(59), late.Bill(Given.Customer()).Invoice.Total);
        Assert.All(typeof(Price).GetProperties(), property => Assert.NotEqual(true, property.SetMethod?.IsPublic));
    }

    [Fact]
    public void A_plan_per_seat_costs_the_unit_amount_times_the_seats()
    {
        var customer = Given.Customer();
        var subscription = Given.Subscription(
            customer, "2026-01-01", Given.Dollars(12.50m), terms: new(Quantity: 7), pricing: PlanPricing.PerSeat);

        var line = Assert.Single(subscription.Bill(customer).Invoice.Lines);

        Assert.Equal((7, 1250L, 8750L), (line.Quantity, line.UnitAmountMinor, line.AmountMinor));
    }

    [Theory]
    [InlineData(PlanPricing.Flat, 2)]
    [InlineData(PlanPricing.Flat, 0)]
    [InlineData(PlanPricing.PerSeat, 0)]
    [InlineData(PlanPricing.PerSeat, Subscription.MostSeats + 1)]
    public void Seats_outside_the_range_are_refused(PlanPricing pricing, int seats) =>
        Assert.Equal("quantity_out_of_range", Refusal(() =>
            Given.Subscription(Given.Customer(), "2026-01-01", Given.Dollars(1), terms: new(seats), pricing: pricing)));

    [Fact]
    public void A_trial_converts_on_the_day_after_its_last()
    {
        var customer = Given.Customer();
        var subscription = Given.Subscription(customer, "2026-01-17", Given.Dollars(49), terms: new(TrialDays: 14));
        Assert.Equal(Lifecycle.Trialing, subscription.Lifecycle);
        Assert.Equal(Given.At("2026-01-31"), subscription.NextBillingAt);
        Assert.Throws<InvalidOperationException>(() => subscription.Renew(customer, Given.At("2026-01-30T23:59")));

        var billed = subscription.Bill(customer);

        Assert.Equal((Given.Date("2026-01-31"), Given.Date("2026-02-28")), (billed.Invoice.PeriodStart, billed.Invoice.PeriodEnd));
        Assert.Equal(Lifecycle.Active, subscription.Lifecycle);
        Assert.Equal(Given.Date("2026-01-31"), billed.Movement!.On);
    }

    [Fact]
    public void A_negotiated_price_is_billed_instead_of_the_list_price()
    {
        var customer = Given.Customer();
        var subscription = Given.Subscription(
            customer, "2026-01-01", Given.Dollars(12), terms: new(10, NegotiatedUnit: Given.Dollars(9)), pricing: PlanPricing.PerSeat);

        Assert.True(subscription.IsNegotiated);
        Assert.Equal(Given.Dollars(90), subscription.Bill(customer).Invoice.Total);
    }

    [Fact]
    public void A_retired_plan_is_sold_no_more_and_kept_by_those_who_have_it()
    {
        var customer = Given.Customer();
        var plan = Given.Plan();
        var price = plan.Price(Given.Dollars(49));
        var kept = Subscription.Start(new(Given.Id()), customer, plan, price, new(), Given.At("2026-01-01"));

        plan.Retire(Given.At("2026-01-02"));

        Assert.Equal("plan_retired", Refusal(() =>
            Subscription.Start(new(Given.Id()), customer, plan, price, new(), Given.At("2026-01-03"))));
        Assert.Equal(Given.Dollars(49), kept.Bill(customer).Invoice.Total);
    }

    [Fact]
    public void A_price_in_another_currency_than_the_customers_is_refused() =>
        Assert.Equal("currency_mismatch", Refusal(() =>
            Given.Subscription(Given.Customer(currency: "EUR"), "2026-01-01", Given.Dollars(49))));

    [Fact]
    public void The_largest_price_times_the_most_seats_can_be_billed_every_day()
    {
        var customer = Given.Customer();
        var unit = Given.Dollars(0) with { Minor = Price.LargestUnitAmount };
        var subscription = Given.Subscription(
            customer, "2026-01-01", unit, new Cadence(CadenceUnit.Day, 1), new(Subscription.MostSeats), PlanPricing.PerSeat);

        Assert.Equal(InvoiceStatus.Open, subscription.Bill(customer).Invoice.Status);
        Assert.Equal("amount_out_of_range", Refusal(() =>
            Given.Subscription(customer, "2026-01-01", unit with { Minor = unit.Minor + 1 })));
    }

    private static string Refusal(Action act) => Assert.Throws<Refused>(act).Code;
}
