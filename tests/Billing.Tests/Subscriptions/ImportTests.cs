using Billing.Customers;
using Billing.Metrics;
using Billing.Periods;
using Billing.Subscriptions;

namespace Billing.Tests.Subscriptions;

/// <summary>Taking over what was lived in another system.</summary>
public sealed class ImportTests
{
    private static readonly LocalDate AsOf = new(2026, 11, 1);

    [Theory]
    [InlineData("2026-01-15", 10)] // 15 October was theirs, 15 November is ours
    [InlineData("2026-10-01", 1)]
    [InlineData("2026-11-01", 0)]
    [InlineData("2026-11-20", 0)]
    [InlineData("2026-01-31", 10)] // 31 October was theirs, 30 November is ours
    public void Periods_that_began_before_the_as_of_date_were_billed_elsewhere(string startedOn, int before) =>
        Assert.Equal(before, Terms(startedOn).PeriodsBefore);

    [Fact]
    public void A_running_subscription_is_worth_something_from_its_start_and_due_on_its_next_period()
    {
        var imported = Import(Terms("2026-01-15"));

        var began = Assert.Single(imported.Movements);
        Assert.Equal((MrrMovementKind.New, new LocalDate(2026, 1, 15), 49_00L), (began.Kind, began.On, began.AmountMinor));
        Assert.Equal((new(2026, 10, 15), new(2026, 11, 15)), (imported.Subscription.CurrentStart, imported.Subscription.CurrentEnd));
        Assert.Equal(Instant.FromUtc(2026, 11, 15, 0, 0), imported.Subscription.NextBillingAt);
        Assert.Equal(49_00, imported.Subscription.MrrMinor);
    }

    [Fact]
    public void One_that_begins_on_the_as_of_date_is_worth_something_at_once_and_billed_here_from_the_first_period()
    {
        var imported = Import(Terms("2026-11-01"));

        Assert.Equal(AsOf, Assert.Single(imported.Movements).On);
        Assert.Equal((0, AsOf), (imported.Subscription.NextPeriodIndex, imported.Subscription.CurrentEnd));
    }

    [Fact]
    public void One_that_has_not_begun_yet_is_worth_nothing_until_the_run_bills_it()
    {
        var imported = Import(Terms("2026-11-20"));

        Assert.Empty(imported.Movements);
        Assert.Equal((0L, 0), (imported.Subscription.MrrMinor, imported.Subscription.MrrMovements));
        Assert.Equal(Instant.FromUtc(2026, 11, 20, 0, 0), imported.Subscription.NextBillingAt);
    }

    [Theory]
    [InlineData(null, MrrMovementKind.VoluntaryChurn)]
    [InlineData(EndReason.Voluntary, MrrMovementKind.VoluntaryChurn)]
    [InlineData(EndReason.Involuntary, MrrMovementKind.InvoluntaryChurn)]
    public void One_that_ended_came_and_went_on_its_days(EndReason? reason, MrrMovementKind kind)
    {
        var imported = Import(Terms("2026-01-15", endedOn: "2026-08-20", reason: reason));

        Assert.Equal(
            [(MrrMovementKind.New, new LocalDate(2026, 1, 15), 49_00L), (kind, new LocalDate(2026, 8, 20), -49_00L)],
            imported.Movements.Select(m => (m.Kind, m.On, m.AmountMinor)));
        Assert.Equal((Lifecycle.Ended, null), (imported.Subscription.Lifecycle, imported.Subscription.NextBillingAt));
        Assert.Equal((new(2026, 8, 15), new(2026, 9, 15)), (imported.Subscription.CurrentStart, imported.Subscription.CurrentEnd));
    }

    [Fact]
    public void One_that_ended_on_the_as_of_date_is_over()
    {
        var imported = Import(Terms("2026-01-01", endedOn: "2026-11-01"));

        Assert.Equal((Lifecycle.Ended, 0L), (imported.Subscription.Lifecycle, imported.Subscription.MrrMinor));
        Assert.Equal(AsOf, imported.Movements[^1].On);
    }

    [Fact]
    public void A_trial_under_way_is_worth_nothing_and_billed_when_it_ends()
    {
        var imported = Import(Terms("2026-10-20", trialEndsOn: "2026-11-03"));

        Assert.Equal(Lifecycle.Trialing, imported.Subscription.Lifecycle);
        Assert.Empty(imported.Movements);
        Assert.Equal((new(2026, 10, 20), new(2026, 11, 3)), (imported.Subscription.CurrentStart, imported.Subscription.CurrentEnd));
    }

    [Fact]
    public void A_trial_that_is_over_moved_the_anchor_and_the_first_day_of_worth()
    {
        var imported = Import(Terms("2026-01-01", trialEndsOn: "2026-01-15"));

        Assert.Equal(new(2026, 1, 15), Assert.Single(imported.Movements).On);
        Assert.Equal(new(2026, 11, 15), imported.Subscription.CurrentEnd);
    }

    [Fact]
    public void One_that_ended_in_its_trial_was_never_worth_anything() =>
        Assert.Empty(Import(Terms("2026-01-01", trialEndsOn: "2026-01-15", endedOn: "2026-01-10")).Movements);

    [Fact]
    public void An_end_to_come_is_planned_for_the_end_of_the_period_under_way()
    {
        var imported = Import(Terms("2026-01-15", endedOn: "2026-11-15"));

        Assert.Equal((Lifecycle.Active, true), (imported.Subscription.Lifecycle, imported.Subscription.CancelAtPeriodEnd));
        Assert.Equal(49_00, imported.Subscription.MrrMinor);
    }

    [Theory]
    [InlineData("1969-12-31", null, null, null, "start_out_of_range")]
    [InlineData("2027-11-02", null, null, null, "start_out_of_range")]
    [InlineData("2026-01-15", "2026-01-15", null, null, "trial_out_of_range")]
    [InlineData("2026-01-15", "2027-01-16", null, null, "trial_out_of_range")]
    [InlineData("2026-01-15", null, "2026-01-15", null, "ended_before_started")]
    [InlineData("2026-01-15", null, "2026-01-14", null, "ended_before_started")]
    [InlineData("2026-01-15", null, null, EndReason.Voluntary, "reason_without_end")]
    [InlineData("2026-01-15", null, "2026-11-16", null, "end_not_at_period_end")]
    [InlineData("2026-01-15", null, "2026-11-15", EndReason.Involuntary, "end_not_at_period_end")]
    public void What_cannot_be_is_refused(string startedOn, string? trialEndsOn, string? endedOn, EndReason? reason, string code) =>
        Assert.Equal(code, Assert.Throws<Refused>(() => Terms(startedOn, trialEndsOn, endedOn, reason)).Code);

    [Fact]
    public void The_first_bill_here_is_no_second_beginning()
    {
        var customer = Given.Customer();
        var imported = Import(Terms("2026-01-15"), customer);

        var billed = imported.Subscription.Bill(customer);

        Assert.Null(billed.Movement);
        Assert.Equal(new LocalDate(2026, 11, 15), billed.Invoice.PeriodStart);
    }

    private static Imported Import(ImportTerms terms, Customer? customer = null)
    {
        var plan = Given.Plan();
        var price = plan.Price(Given.Dollars(49));
        return Subscription.Import(new(Given.Id()), customer ?? Given.Customer(), plan, price, 1, null, terms, Given.At("2026-11-01T12:00"));
    }

    private static ImportTerms Terms(
        string startedOn, string? trialEndsOn = null, string? endedOn = null, EndReason? reason = null) => ImportTerms.Of(
            Cadence.Monthly, Given.Date(startedOn), Day(trialEndsOn), Day(endedOn), reason, AsOf);

    private static LocalDate? Day(string? text) => text is null ? null : Given.Date(text);
}
