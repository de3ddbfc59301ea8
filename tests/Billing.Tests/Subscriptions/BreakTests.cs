using Billing.Invoicing;
using Billing.Metrics;
using Billing.Periods;
using Billing.Plans;
using Billing.Subscriptions;

namespace Billing.Tests.Subscriptions;

/// <summary>The rules of a break On the Beach, each by the example that docs/rules.md tells.</summary>
public sealed class BreakTests
{
    [Fact]
    public void Paid_days_wait_and_are_used_first_on_return()
    {
        var beach = new Beach();
        beach.Go("2026-04-17", back: "2026-06-17");
        Assert.Equal((Lifecycle.Paused, 14, null), (beach.Subscription.Lifecycle, beach.Break.BankedDays, beach.Subscription.NextBillingAt));

        beach.Live("2026-06-30");
        Assert.Equal((Lifecycle.Active, Given.At("2026-07-01")), (beach.Subscription.Lifecycle, beach.Subscription.NextBillingAt));

        beach.Live("2026-08-01");
        Assert.Equal(["2026-04-01 to 2026-04-30: 49.00", "2026-07-01 to 2026-07-31: 49.00", "2026-08-01 to 2026-08-31: 49.00"], beach.Periods);
    }

    [Fact]
    public void The_fee_is_charged_monthly_in_advance_and_by_days_where_a_stay_ends_within_a_month()
    {
        var beach = new Beach();
        beach.Go("2026-04-17", back: "2026-06-02");
        Assert.Equal(["2026-04-17 to 2026-05-16: 5.00"], beach.Fees);

        beach.Live("2026-05-16T23:59");
        Assert.Single(beach.Fees);
        beach.Live("2026-06-01");
        Assert.Equal(["2026-04-17 to 2026-05-16: 5.00", "2026-05-17 to 2026-06-01: 2.58"], beach.Fees);
    }

    [Fact]
    public void An_early_return_credits_the_days_of_the_fee_not_used()
    {
        var beach = new Beach();
        beach.Go("2026-04-17", back: "2026-06-17");

        var back = beach.Return("2026-05-02");

        Assert.Equal(Given.Dollars(2.50m), new(Assert.Single(back.Credits).Note.AmountMinor, beach.Customer.Currency));
        Assert.Equal(Given.Dollars(2.50m), beach.Balance);
        Assert.Equal((Lifecycle.Active, Given.At("2026-05-16")), (beach.Subscription.Lifecycle, beach.Subscription.NextBillingAt));
        Assert.Equal((BreakState.Returned, Given.Date("2026-05-02")), (beach.Break.State, beach.Break.EndedOn));
    }

    [Fact]
    public void Whoever_comes_back_on_the_day_they_went_pays_nothing_and_loses_nothing()
    {
        var beach = new Beach(paid: false);
        beach.Go("2026-04-01", back: "2026-05-01");
        beach.Return("2026-04-01");

        Assert.Equal((0, Given.At("2026-04-01")), (beach.Break.BankedDays, beach.Subscription.NextBillingAt));
        Assert.Equal(Given.Dollars(5.00m), beach.Balance);

        // The same day is billed again, on a new count of periods: no constraint of the database stands in its way.
        beach.Live("2026-04-01");
        Assert.Equal([0, 1], beach.Invoices.Where(i => i.Kind == InvoiceKind.Period).Select(i => i.ChangeNumber));
    }

    [Fact]
    public void Days_that_were_not_paid_for_come_off_what_is_due_and_do_not_wait()
    {
        var beach = new Beach(paid: false);

        var gone = beach.Go("2026-04-17", back: "2026-06-17");

        Assert.Equal(22_87, Assert.Single(gone.Credits).Note.AmountMinor);
        Assert.Equal((0, Given.Dollars(26.13m)), (beach.Break.BankedDays, beach.Invoices[0].Due));
        beach.Live("2026-06-17");
        Assert.Equal("2026-06-17 to 2026-07-16: 49.00", beach.Periods.Last());
        Assert.True(beach.Balance.IsZero);
    }

    [Fact]
    public void A_period_paid_in_part_banks_the_days_its_money_covers()
    {
        // 40.00 of 49.00 are settled by credit: 24.49 of 30 days, so the 25th is a paid day too.
        var beach = new Beach(paid: false, credit: 40.00m);

        var gone = beach.Go("2026-04-17", back: "2026-06-17");

        Assert.Equal(9, beach.Break.BankedDays);
        Assert.Equal(8_17, Assert.Single(gone.Credits).Note.AmountMinor);
        Assert.Equal(Given.Dollars(0.83m), beach.Invoices[0].Due);
    }

    [Fact]
    public void A_break_at_period_end_begins_instead_of_the_next_period()
    {
        var beach = new Beach();
        beach.Go("2026-04-17", back: "2026-07-01", ChangeWhen.PeriodEnd);
        Assert.Equal((Lifecycle.Active, Given.Date("2026-05-01")), (beach.Subscription.Lifecycle, beach.Subscription.BreakStartsOn));
        Assert.Empty(beach.Fees);

        beach.Live("2026-05-01");
        Assert.Equal((Lifecycle.Paused, 0), (beach.Subscription.Lifecycle, beach.Break.BankedDays));
        Assert.Single(beach.Fees);

        beach.Live("2026-07-01");
        Assert.Equal(["2026-04-01 to 2026-04-30: 49.00", "2026-07-01 to 2026-07-31: 49.00"], beach.Periods);
    }

    [Fact]
    public void A_planned_break_can_be_taken_back_until_it_begins()
    {
        var beach = new Beach();
        beach.Go("2026-04-17", back: "2026-07-01", ChangeWhen.PeriodEnd);

        beach.Subscription.WithdrawBreak(beach.Break, Given.At("2026-04-30"));

        beach.Live("2026-05-01");
        Assert.Equal("2026-05-01 to 2026-05-31: 49.00", beach.Periods.Last());
        Assert.Equal(BreakState.Withdrawn, beach.Break.State);
        Assert.Equal("no_break_planned", Code(() => beach.Subscription.WithdrawBreak(beach.Break, Given.At("2026-05-01"))));
    }

    [Fact]
    public void A_return_is_announced_seven_days_before_with_day_amount_and_card()
    {
        var beach = new Beach();
        beach.Go("2026-04-17", back: "2026-06-17");

        Assert.DoesNotContain(beach.Live("2026-06-09T23:59"), m => m.Facts.OfType<ReturnAnnounced>().Any());
        var told = Assert.Single(beach.Live("2026-06-10").SelectMany(m => m.Facts).OfType<ReturnAnnounced>());

        Assert.Equal(
            (Given.Date("2026-06-10"), Given.Date("2026-06-17"), Given.Date("2026-07-01"), 49_00L, CardOnReturn.Valid),
            (told.On, told.ReturnOn, told.NextBillingOn, told.TotalMinor, told.Card));
    }

    [Fact]
    public void A_late_reminder_moves_the_return_and_the_extra_days_are_free()
    {
        var beach = new Beach();
        beach.Go("2026-04-17", back: "2026-06-17");
        beach.Live("2026-05-17");

        // Our server is down until 14 June.
        beach.WakeUp("2026-06-14");
        Assert.Equal((Given.Date("2026-06-21"), Lifecycle.Paused), (beach.Break.ReturnOn, beach.Subscription.Lifecycle));

        beach.Live("2026-06-21");
        Assert.Equal(Lifecycle.Active, beach.Subscription.Lifecycle);
        Assert.Equal("2026-05-17 to 2026-06-16: 5.00", beach.Fees.Last());
        Assert.Equal(Given.At("2026-07-05"), beach.Subscription.NextBillingAt);
    }

    [Fact]
    public void Days_that_a_late_reminder_gave_stay_free_when_the_stay_is_extended()
    {
        var beach = new Beach();
        beach.Go("2026-04-17", back: "2026-06-17");
        beach.Live("2026-05-17");
        beach.WakeUp("2026-06-14");

        beach.Extend("2026-06-16", to: "2026-07-05");
        beach.Live("2026-07-05");

        // Free from the 17th to the 20th; then fourteen of the month's thirty days.
        Assert.Equal(["2026-04-17 to 2026-05-16: 5.00", "2026-05-17 to 2026-06-16: 5.00", "2026-06-21 to 2026-07-04: 2.33"], beach.Fees);
    }

    [Fact]
    public void Days_given_away_stay_free_also_when_a_month_to_be_charged_lies_before_them()
    {
        var beach = new Beach();
        beach.Go("2026-04-17", back: "2026-06-20");
        beach.Live("2026-05-17");
        beach.WakeUp("2026-06-15");
        Assert.Equal(Given.Date("2026-06-22"), beach.Break.ReturnOn);

        beach.Extend("2026-06-16", to: "2026-07-05");
        beach.Live("2026-07-05");

        // Eighteen days from 17 June, of which two are free.
        Assert.Equal("2026-06-19 to 2026-07-04: 2.67", beach.Fees.Last());
    }

    [Fact]
    public void A_discount_for_the_period_that_waits_is_part_of_what_its_days_are_worth()
    {
        var beach = new Beach();
        beach.Discounts = beach.Subscription.Give(Given.Percent(50, periods: 1));
        beach.Live("2026-05-01");
        beach.Go("2026-05-15", back: "2026-07-15");
        beach.Live("2026-07-20");
        var plan = Given.Plan();
        var facts = new ChangeFacts(beach.Customer, "Pro", beach.Discounts, [beach.Invoices[1]], Given.Minimum, Given.At("2026-07-20"));

        var quote = beach.Subscription.QuoteChange(new(plan, plan.Price(Given.Dollars(99.00m)), 1), facts);

        Assert.Equal(["Unused 12 of 31 days of Pro at USD 24.50", "12 of 31 days of Pro at USD 49.50"], quote.Lines.Select(l => l.Words));
    }

    [Fact]
    public void A_break_can_be_extended_within_its_terms_and_is_announced_anew()
    {
        var beach = new Beach();
        beach.Go("2026-04-17", back: "2026-06-02");
        beach.Live("2026-05-27");
        Assert.NotNull(beach.Break.AnnouncedOn);

        beach.Extend("2026-05-28", to: "2026-07-01");
        Assert.Null(beach.Break.AnnouncedOn);
        Assert.Equal("return_not_later", Code(() => beach.Extend("2026-05-28", to: "2026-07-01")));
        Assert.Equal("break_too_long", Code(() => beach.Extend("2026-05-28", to: "2026-10-15")));

        beach.Live("2026-07-01");
        // Sixteen of 31 days, the other fifteen of them, and the last month's fourteen of 30.
        Assert.Equal(
            ["2026-04-17 to 2026-05-16: 5.00", "2026-05-17 to 2026-06-01: 2.58", "2026-06-02 to 2026-06-16: 2.42", "2026-06-17 to 2026-06-30: 2.33"],
            beach.Fees);
        Assert.Equal(1, beach.Break.Extensions);
    }

    [Fact]
    public void Whoever_leaves_from_the_beach_gets_banked_days_and_unused_fee_back()
    {
        var beach = new Beach();
        beach.Go("2026-04-17", back: "2026-06-17");

        var (moved, ended) = beach.Leave("2026-05-07");

        Assert.Equal([1_67L, 22_87L], moved.Credits.Select(c => c.Note.AmountMinor));
        Assert.Equal(Given.Dollars(24.54m), beach.Balance);
        Assert.Equal((Lifecycle.Ended, Given.Date("2026-05-07")), (beach.Subscription.Lifecycle, Assert.Single(ended.Facts).On));
        Assert.Equal((BreakState.Lost, null), (beach.Break.State, beach.Break.NextStepAt));
    }

    [Fact]
    public void Days_that_wait_and_were_paid_in_part_come_back_as_what_was_paid()
    {
        var beach = new Beach(paid: false, credit: 40.00m);
        beach.Go("2026-04-17", back: "2026-06-17");

        var (moved, _) = beach.Leave("2026-04-17");

        // 16 days used are 26.13 of the 40.00; the 0.83 that was due is due no more. The fee comes back whole.
        Assert.Equal([5_00L, 83L, 13_87L], moved.Credits.Select(c => c.Note.AmountMinor));
        Assert.Equal((Given.Dollars(18.87m), Given.Dollars(0)), (beach.Balance, beach.Invoices[0].Due));
    }

    [Fact]
    public void Breaks_have_a_length_a_number_a_year_and_days_between()
    {
        var beach = new Beach();
        Assert.Equal("break_too_short", Code(() => beach.Go("2026-04-17", back: "2026-04-30")));
        Assert.Equal("break_too_long", Code(() => beach.Go("2026-04-17", back: "2026-10-15")));
        beach.Go("2026-04-17", back: "2026-05-01");
        Assert.Equal("on_a_break", Code(() => beach.Go("2026-04-18", back: "2026-06-01")));
        beach.Live("2026-05-01");

        Assert.Equal("break_too_soon", Code(() => beach.Go("2026-05-30", back: "2026-06-30")));
        beach.Live("2026-05-31");
        beach.Go("2026-05-31", back: "2026-06-30");
        beach.Live("2026-12-01");
        Assert.Equal("too_many_breaks", Code(() => beach.Go("2026-12-01", back: "2027-01-01")));

        beach.Live("2027-04-17");
        beach.Go("2027-04-17", back: "2027-05-17");
        beach.Terms = null;
        Assert.Equal("no_breaks", Code(() => new Beach { Terms = null }.Go("2026-04-17", back: "2026-06-01")));
    }

    [Fact]
    public void A_trial_an_end_and_a_period_being_billed_leave_nothing_to_pause()
    {
        var ending = new Beach();
        ending.Subscription.CancelAtEnd(Given.At("2026-04-10"));
        Assert.Equal("cancel_planned", Code(() => ending.Go("2026-04-17", back: "2026-06-17")));
        Assert.Equal("renewal_due", Code(() => new Beach().Go("2026-05-01", back: "2026-06-17", live: false)));

        var customer = Given.Customer();
        var trial = Given.Subscription(customer, "2026-01-01", Given.Dollars(49.00m), terms: new(TrialDays: 30));
        var wish = new BreakWish(ChangeWhen.Now, Given.Date("2026-03-01"));
        Assert.Equal("break_in_trial", Code(() => trial.TakeBreak(new(Given.Id()), wish, new Beach().Terms, [], new Beach().Facts(Given.At("2026-01-02")))));
    }

    [Fact]
    public void A_planned_break_comes_before_a_planned_change()
    {
        var beach = new Beach();
        var plan = Given.Plan();
        var facts = new ChangeFacts(beach.Customer, "Pro", [], beach.Invoices, Given.Minimum, Given.At("2026-04-10"));
        beach.Subscription.Change(new(plan, plan.Price(Given.Dollars(19.00m)), 1), facts, new(Given.Id()), () => new(Given.Id()));

        var planned = beach.Go("2026-04-17", back: "2026-07-01", ChangeWhen.PeriodEnd);

        Assert.IsType<ChangeWithdrawn>(planned.Facts[0]);
        Assert.Equal("break_planned", Code(() => beach.Subscription.QuoteChange(new(plan, plan.Price(Given.Dollars(19.00m)), 1), facts)));
        beach.Live("2026-07-01");
        Assert.Equal("2026-07-01 to 2026-07-31: 49.00", beach.Periods.Last());
    }

    [Fact]
    public void Discounts_clocks_stop_on_the_beach()
    {
        var beach = new Beach();
        beach.Discounts = beach.Subscription.Give(Given.Percent(50, periods: 2));
        beach.Live("2026-05-01");
        beach.Go("2026-05-15", back: "2026-09-15");
        beach.Live("2026-11-02");

        // Away for four months, and the second of the two periods at half price is still to come.
        Assert.Equal(
            ["2026-04-01 to 2026-04-30: 49.00", "2026-05-01 to 2026-05-31: 24.50", "2026-10-02 to 2026-11-01: 24.50", "2026-11-02 to 2026-12-01: 49.00"],
            beach.Periods);
    }

    [Fact]
    public void A_yearly_customer_loses_no_day()
    {
        var beach = new Beach("2026-01-01", 490.00m, Cadence.Yearly);
        beach.Go("2026-05-15", back: "2026-08-15");
        Assert.Equal(231, beach.Break.BankedDays);

        beach.Live("2027-04-03");
        Assert.Equal(["2026-01-01 to 2026-12-31: 490.00", "2027-04-03 to 2028-04-02: 490.00"], beach.Periods);
    }

    [Fact]
    public void Banked_days_are_worth_what_the_period_they_came_from_was_worth()
    {
        var beach = new Beach();
        beach.Go("2026-04-17", back: "2026-06-17");
        beach.Live("2026-06-20");
        var plan = Given.Plan();
        var facts = new ChangeFacts(beach.Customer, "Pro", [], [beach.Invoices[0]], Given.Minimum, Given.At("2026-06-20"));

        var quote = beach.Subscription.QuoteChange(new(plan, plan.Price(Given.Dollars(99.00m)), 1), facts);

        // 11 of April's 30 days are left.
        Assert.Equal(["Unused 11 of 30 days of Pro at USD 49.00", "11 of 30 days of Pro at USD 99.00"], quote.Lines.Select(l => l.Words));
        Assert.Equal(Given.Dollars(36.30m) - Given.Dollars(17.97m), quote.Total);
        Assert.Equal(Given.Date("2026-07-01"), quote.NextCharges[0].On);
    }

    [Fact]
    public void The_beach_takes_MRR_away_and_brings_it_back()
    {
        var beach = new Beach();
        var gone = Assert.Single(beach.Go("2026-04-17", back: "2026-06-17").Movements);
        Assert.Equal((MrrMovementKind.ToBeach, Given.Date("2026-04-17"), -49_00L), (gone.Kind, gone.On, gone.AmountMinor));

        var back = Assert.Single(beach.Live("2026-06-17").SelectMany(m => m.Movements));
        Assert.Equal((MrrMovementKind.BackFromBeach, Given.Date("2026-06-17"), 49_00L), (back.Kind, back.On, back.AmountMinor));
        Assert.Equal(Given.Dollars(49.00m), beach.Subscription.Mrr);
    }

    [Fact]
    public void A_loss_on_the_beach_counts_on_the_day_it_happens()
    {
        var beach = new Beach();
        beach.Go("2026-04-17", back: "2026-06-17");

        var (moved, ended) = beach.Leave("2026-05-07");

        Assert.Equal(
            [(MrrMovementKind.ToBeach, 49_00L), (MrrMovementKind.LostOnBeach, -49_00L)], moved.Movements.Select(m => (m.Kind, m.AmountMinor)));
        Assert.All(moved.Movements, m => Assert.Equal(Given.Date("2026-05-07"), m.On));
        Assert.Null(ended.Movement);
    }

    [Fact]
    public void Terms_out_of_range_name_their_field()
    {
        var fine = new BreakRules(Given.Dollars(5.00m), 14, 180, 2, 30, Access.None, "");
        Assert.Equal(["shortestDays", "longestDays", "perYear", "daysBetween", "fee"], new[]
        {
            fine with { ShortestDays = 6 }, fine with { LongestDays = 13 }, fine with { PerYear = 0 }, fine with { DaysBetween = 366 },
            fine with { Fee = Given.Dollars(-1) },
        }.Select(rules => Assert.Throws<Refused>(() => BreakTerms.Allow(new(Given.Id()), rules)).Field));
    }

    private static string Code(Action act) => Assert.Throws<Refused>(act).Code;
}
