namespace Billing.Server.Tests.Scenarios;

/// <summary>Customers who only wanted a break. The fee is 5.00 a month away, the plan 49.00.</summary>
public sealed class BeachDiaries
{
    [Fact]
    public async Task The_monthly_customer_who_goes_to_the_beach_for_two_months()
    {
        await using var diary = await BeginAsync("2026-04-01");
        await diary.On("2026-04-17");
        await diary.TheCustomerGoesToTheBeach(back: "2026-06-17", reason: "A summer job");
        await diary.TheCustomerMayUse("read_only on_a_break");
        await diary.TheSubscriptionIs("paused", mrr: 0);

        await diary.EveryDayUntil("2026-06-09");
        await diary.NothingWasAnnounced();
        await diary.On("2026-06-10");
        await diary.TheReturnWasAnnounced("2026-06-10", back: "2026-06-17", billed: "2026-07-01", amount: 49.00m);

        await diary.EveryDayUntil("2026-06-17");
        await diary.TheCustomerMayUse("full active");
        await diary.TheSubscriptionIs("active", mrr: 49.00m);

        await diary.EveryDayUntil("2026-07-01");
        await diary.TheCustomerHas(
            "2026-04-01 to 2026-04-30: 49.00 paid",
            "2026-04-17 to 2026-05-16, away: 5.00 paid",
            "2026-05-17 to 2026-06-16, away: 5.00 paid",
            "2026-07-01 to 2026-07-31: 49.00 paid");
        await diary.MrrMoved("2026-04-01 new 49.00", "2026-04-17 to beach -49.00", "2026-06-17 back from beach 49.00");
        await diary.TheBreakIs("returned", banked: 14, reason: "A summer job");
        await diary.ItHappenedThat(
            "2026-04-01 SubscriptionStarted by nobody", "2026-04-01 PeriodBilled by run", "2026-04-17 WentToBeach by nobody",
            "2026-04-17 BreakFeeBilled by nobody", "2026-05-17 BreakFeeBilled by run", "2026-06-10 ReturnAnnounced by run",
            "2026-06-17 CameBackFromBeach by run", "2026-07-01 PeriodBilled by run");
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task The_yearly_customer_in_month_five_loses_no_day()
    {
        await using var diary = await BeginAsync("2026-01-01", 490.00m, "year");
        await diary.On("2026-05-15");
        await diary.TheCustomerGoesToTheBeach(back: "2026-08-15");
        await diary.TheBreakIs("away", banked: 231);

        await diary.EveryDayUntil("2026-08-15");
        await diary.On("2027-04-02");
        await diary.TheLastInvoiceIs("2026-07-15 to 2026-08-14, away: 5.00 paid");
        await diary.On("2027-04-03");
        await diary.TheCustomerHas(
            "2026-01-01 to 2026-12-31: 490.00 paid",
            "2026-05-15 to 2026-06-14, away: 5.00 paid",
            "2026-06-15 to 2026-07-14, away: 5.00 paid",
            "2026-07-15 to 2026-08-14, away: 5.00 paid",
            "2027-04-03 to 2028-04-02: 490.00 paid");
        await diary.MrrMoved("2026-01-01 new 40.83", "2026-05-15 to beach -40.83", "2026-08-15 back from beach 40.83");
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task The_customer_of_two_years_at_once_loses_no_day_either()
    {
        await using var diary = await BeginAsync("2026-01-01", 900.00m, "year", years: 2);
        await diary.On("2026-03-01");
        await diary.TheCustomerGoesToTheBeach(back: "2026-06-01");
        await diary.TheBreakIs("away", banked: 671);

        await diary.EveryDayUntil("2026-06-01");
        await diary.On("2028-04-01");
        await diary.TheLastInvoiceIs("2026-05-01 to 2026-05-31, away: 5.00 paid");
        await diary.On("2028-04-02");
        await diary.TheLastInvoiceIs("2028-04-02 to 2030-04-01: 900.00 paid");
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task The_early_return()
    {
        await using var diary = await BeginAsync("2026-04-01");
        await diary.On("2026-04-17");
        await diary.TheCustomerGoesToTheBeach(back: "2026-06-17");
        await diary.On("2026-05-02");
        await diary.TheCustomerIsBackEarly();
        await diary.TheCustomerMayUse("full active");
        await diary.TheBalanceIs(2.50m);

        await diary.EveryDayUntil("2026-05-16");
        await diary.TheCustomerHas(
            "2026-04-01 to 2026-04-30: 49.00 paid",
            "2026-04-17 to 2026-05-16, away: 5.00 paid",
            "2026-05-16 to 2026-06-15: 49.00 paid, 2.50 from credit");
        await diary.NothingWasAnnounced();
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task The_one_who_stays_longer()
    {
        await using var diary = await BeginAsync("2026-04-01");
        await diary.On("2026-04-17");
        await diary.TheCustomerGoesToTheBeach(back: "2026-06-02");
        await diary.EveryDayUntil("2026-05-28");
        await diary.TheReturnWasAnnounced("2026-05-26", back: "2026-06-02", billed: "2026-06-16", amount: 49.00m);
        await diary.TheCustomerStaysLonger("2026-07-01");

        await diary.EveryDayUntil("2026-07-15");
        await diary.TheReturnWasAnnounced("2026-06-24", back: "2026-07-01", billed: "2026-07-15", amount: 49.00m);
        await diary.TheCustomerHas(
            "2026-04-01 to 2026-04-30: 49.00 paid",
            "2026-04-17 to 2026-05-16, away: 5.00 paid",
            "2026-05-17 to 2026-06-01, away: 2.58 paid",
            "2026-06-02 to 2026-06-16, away: 2.42 paid",
            "2026-06-17 to 2026-06-30, away: 2.33 paid",
            "2026-07-15 to 2026-08-14: 49.00 paid");
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task The_one_who_never_comes_back_is_back_on_the_day_and_keeps_access_though_the_card_is_lost()
    {
        await using var diary = await BeginAsync("2026-04-01", card: "sandbox_succeeds_then_lost_card_after_3");
        await diary.On("2026-04-17");
        await diary.TheCustomerGoesToTheBeach(back: "2026-06-17");
        await diary.EveryDayUntil("2026-07-02");

        await diary.TheLastInvoiceIs("2026-07-01 to 2026-07-31: 49.00 open, 49.00 due");
        await diary.TheCustomerMayUse("full active");
        await diary.TheBreakIs("returned", banked: 14);
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task The_one_who_leaves_from_the_beach_gets_everything_unused_back()
    {
        await using var diary = await BeginAsync("2026-04-01");
        await diary.On("2026-04-17");
        await diary.TheCustomerGoesToTheBeach(back: "2026-06-17");
        await diary.On("2026-05-07");
        await diary.TheCustomerCancels();

        await diary.TheBalanceIs(24.54m);
        await diary.TheCustomerMayUse("none ended");
        await diary.TheBreakIs("lost", banked: 14);
        await diary.EveryDayUntil("2026-08-01");
        await diary.TheCustomerHas("2026-04-01 to 2026-04-30: 49.00 paid", "2026-04-17 to 2026-05-16, away: 5.00 paid");
        await diary.MrrMoved(
            "2026-04-01 new 49.00", "2026-04-17 to beach -49.00", "2026-05-07 to beach 49.00", "2026-05-07 lost on beach -49.00");
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task From_31_january_with_the_days_of_a_short_month()
    {
        await using var diary = await BeginAsync("2026-01-31");
        await diary.On("2026-02-10");
        await diary.TheCustomerGoesToTheBeach(back: "2026-03-31");
        await diary.TheBreakIs("away", banked: 18);

        await diary.EveryDayUntil("2026-05-18");
        await diary.TheCustomerHas(
            "2026-01-31 to 2026-02-27: 49.00 paid",
            "2026-02-10 to 2026-03-09, away: 5.00 paid",
            "2026-03-10 to 2026-03-30, away: 3.39 paid",
            "2026-04-18 to 2026-05-17: 49.00 paid",
            "2026-05-18 to 2026-06-17: 49.00 paid");
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task Gone_on_31_january_itself_months_away_are_clamped_like_any_other()
    {
        await using var diary = await BeginAsync("2026-01-31");
        await diary.TheCustomerGoesToTheBeach(back: "2026-04-30");
        await diary.TheBreakIs("away", banked: 28);

        await diary.EveryDayUntil("2026-05-28");
        await diary.TheCustomerHas(
            "2026-01-31 to 2026-02-27: 49.00 paid",
            "2026-01-31 to 2026-02-27, away: 5.00 paid",
            "2026-02-28 to 2026-03-30, away: 5.00 paid",
            "2026-03-31 to 2026-04-29, away: 5.00 paid",
            "2026-05-28 to 2026-06-27: 49.00 paid");
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task A_pause_across_a_price_move_returns_to_the_new_price_as_announced()
    {
        await using var diary = await BeginAsync("2026-04-01");
        await diary.On("2026-04-17");
        await diary.TheCustomerGoesToTheBeach(back: "2026-08-17");
        await diary.On("2026-05-01");
        await diary.ThePriceBecomes(59.00m);
        await diary.PricesMove(from: "2026-06-10");

        await diary.EveryDayUntil("2026-08-31");
        await diary.TheReturnWasAnnounced("2026-08-10", back: "2026-08-17", billed: "2026-08-31", amount: 59.00m);
        await diary.TheLastInvoiceIs("2026-08-31 to 2026-09-29: 59.00 paid");
        await diary.MrrMoved(
            "2026-04-01 new 49.00", "2026-04-17 to beach -49.00", "2026-08-17 back from beach 49.00", "2026-08-31 expansion 10.00");
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task A_pause_across_a_new_price_for_others_and_the_end_of_the_plans_sale_keeps_the_old_price()
    {
        await using var diary = await BeginAsync("2026-04-01");
        await diary.On("2026-04-17");
        await diary.TheCustomerGoesToTheBeach(back: "2026-08-17");
        await diary.On("2026-05-01");
        await diary.ThePriceBecomes(59.00m);
        await diary.House.SendAsync(new Billing.Server.Plans.RetirePlan("pro"));

        await diary.EveryDayUntil("2026-08-31");
        await diary.TheLastInvoiceIs("2026-08-31 to 2026-09-29: 49.00 paid");
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task A_pause_across_a_coupons_end_stops_its_clock()
    {
        await using var diary = await Diary.BeginAsync("2026-04-01");
        await diary.ThereIsADiscount("welcome", percent: 50, periods: 2);
        await diary.TheCustomerSubscribes(49.00m, discount: "welcome");
        await diary.ThereAreBreaks();
        await diary.On("2026-04-17");
        await diary.TheCustomerGoesToTheBeach(back: "2026-09-17");

        await diary.EveryDayUntil("2026-11-01");
        await diary.TheReturnWasAnnounced("2026-09-10", back: "2026-09-17", billed: "2026-10-01", amount: 24.50m);
        await diary.TheLastInvoiceIs("2026-11-01 to 2026-11-30: 49.00 paid");
        await diary.MrrMoved(
            "2026-04-01 new 24.50", "2026-04-17 to beach -24.50", "2026-09-17 back from beach 24.50", "2026-11-01 expansion 24.50");
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task A_pause_across_a_cards_expiry_says_so_before_the_return()
    {
        await using var diary = await BeginAsync("2026-04-01", card: "sandbox_expired_honoured_in_2_months");
        await diary.On("2026-04-17");
        await diary.TheCustomerGoesToTheBeach(back: "2026-08-17");

        await diary.EveryDayUntil("2026-08-10");
        await diary.TheReturnWasAnnounced("2026-08-10", back: "2026-08-17", billed: "2026-08-31", amount: 49.00m, card: "expired");
        await diary.TheBooksAgree();
    }

    [Theory]
    [InlineData("America/New_York", "2026-03-01", "2026-03-02", "2026-03-20", "2026-04-19")]
    [InlineData("America/New_York", "2026-10-20", "2026-10-25", "2026-11-10", "2026-12-06")]
    [InlineData("Australia/Lord_Howe", "2026-04-01", "2026-04-03", "2026-04-20", "2026-05-18")]
    [InlineData("Australia/Lord_Howe", "2026-09-20", "2026-10-01", "2026-10-20", "2026-11-08")]
    [InlineData("Pacific/Kiritimati", "2026-04-01", "2026-04-17", "2026-05-17", "2026-05-31")]
    public async Task Days_are_days_where_the_customer_lives_also_when_clocks_change(
        string zone, string begins, string goes, string back, string billed)
    {
        await using var diary = await Diary.BeginAsync(begins, zone: zone);
        await diary.TheCustomerSubscribes(49.00m);
        await diary.ThereAreBreaks();
        await diary.On(goes);
        await diary.TheCustomerGoesToTheBeach(back);

        await diary.EveryDayUntil(Before(billed));
        Assert.Equal(1, await diary.PeriodsBilled());
        await diary.TheCustomerMayUse("full active");
        await diary.On(billed);
        Assert.Equal(2, await diary.PeriodsBilled());
        await diary.TheBooksAgree();

        static string Before(string date) => NodaTime.Text.LocalDatePattern.Iso.Format(NodaTime.Text.LocalDatePattern.Iso.Parse(date).Value.PlusDays(-1));
    }

    [Fact]
    public async Task Our_server_was_down_over_the_reminder_and_nobody_is_surprised_by_it()
    {
        await using var diary = await BeginAsync("2026-04-01");
        await diary.On("2026-04-17");
        await diary.TheCustomerGoesToTheBeach(back: "2026-06-17");
        await diary.EveryDayUntil("2026-06-05");

        // Down from the 6th to the 24th, over the reminder and the return.
        await diary.On("2026-06-25");
        await diary.TheReturnWasAnnounced("2026-06-25", back: "2026-07-02", billed: "2026-07-16", amount: 49.00m);
        await diary.TheCustomerMayUse("read_only on_a_break");
        await diary.EveryDayUntil("2026-07-16");
        await diary.TheCustomerHas(
            "2026-04-01 to 2026-04-30: 49.00 paid",
            "2026-04-17 to 2026-05-16, away: 5.00 paid",
            "2026-05-17 to 2026-06-16, away: 5.00 paid",
            "2026-07-16 to 2026-08-15: 49.00 paid");
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task Asked_for_while_a_payment_had_failed_the_days_not_paid_for_come_off()
    {
        await using var diary = await BeginAsync("2026-04-01", card: "pm_card_chargeCustomerFail");
        await diary.TheCustomerHas("2026-04-01 to 2026-04-30: 49.00 open, 49.00 due");
        await diary.On("2026-04-17");
        await diary.TheCustomerGoesToTheBeach(back: "2026-06-17", how: "dunning");
        await diary.TheBreakIs("away", banked: 0, how: "dunning");

        await diary.TheCustomerPutsIn("pm_card_visa");
        await diary.EveryDayUntil("2026-06-17");
        await diary.TheCustomerHas(
            "2026-04-01 to 2026-04-30: 49.00 paid",
            "2026-04-17 to 2026-05-16, away: 5.00 paid",
            "2026-05-17 to 2026-06-16, away: 5.00 paid",
            "2026-06-17 to 2026-07-16: 49.00 paid");
        await diary.TheCustomerWasCharged(26.13m, 5.00m, 5.00m, 49.00m);
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task Offered_to_somebody_about_to_leave_it_begins_when_what_is_paid_for_is_used_up()
    {
        await using var diary = await BeginAsync("2026-04-01");
        await diary.On("2026-04-17");
        await diary.TheCustomerGoesToTheBeach(back: "2026-07-01", when: "period_end", how: "leaving");
        await diary.TheCustomerMayUse("full active");
        await diary.TheBreakIs("planned", banked: 0, how: "leaving");

        await diary.EveryDayUntil("2026-05-01");
        await diary.TheCustomerMayUse("read_only on_a_break");
        await diary.EveryDayUntil("2026-07-01");
        await diary.TheCustomerHas(
            "2026-04-01 to 2026-04-30: 49.00 paid",
            "2026-05-01 to 2026-05-31, away: 5.00 paid",
            "2026-06-01 to 2026-06-30, away: 5.00 paid",
            "2026-07-01 to 2026-07-31: 49.00 paid");
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task A_planned_break_taken_back_and_another_given_up_for_the_end()
    {
        await using var diary = await BeginAsync("2026-04-01");
        await diary.On("2026-04-10");
        await diary.TheCustomerGoesToTheBeach(back: "2026-07-01", when: "period_end");
        await diary.TheCustomerWouldRatherStay();
        await diary.On("2026-05-01");
        await diary.TheLastInvoiceIs("2026-05-01 to 2026-05-31: 49.00 paid");

        await diary.TheCustomerGoesToTheBeach(back: "2026-07-01", when: "period_end");
        await diary.TheCustomerCancels();
        await diary.TheBreakIs("withdrawn", banked: 0);
        await diary.TheCustomerMayUse("full ending");
        await diary.EveryDayUntil("2026-06-02");
        await diary.TheLastInvoiceIs("2026-05-01 to 2026-05-31: 49.00 paid");
        await diary.TheSubscriptionIs("ended", mrr: 0);
        await diary.TheBooksAgree();
    }

    private static async Task<Diary> BeginAsync(
        string date, decimal price = 49.00m, string every = "month", int years = 1, string card = "pm_card_visa")
    {
        var diary = await Diary.BeginAsync(date, card);
        await diary.TheCustomerSubscribes(price, every, count: years);
        await diary.ThereAreBreaks();
        return diary;
    }
}
