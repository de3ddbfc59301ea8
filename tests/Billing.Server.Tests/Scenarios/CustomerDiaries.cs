namespace Billing.Server.Tests.Scenarios;

/// <summary>Lives of single customers, to be read by whoever knows the business.</summary>
public sealed class CustomerDiaries
{
    [Fact]
    public async Task Monthly_from_31_january_over_a_leap_year()
    {
        await using var diary = await Diary.BeginAsync("2028-01-31");
        await diary.TheCustomerSubscribes(49.00m);
        await diary.TheCustomerHas("2028-01-31 to 2028-02-28: 49.00 paid");

        await diary.On("2028-02-28");
        await diary.TheCustomerHas("2028-01-31 to 2028-02-28: 49.00 paid");

        await diary.EveryDayUntil("2028-07-30");
        await diary.TheCustomerHas(
            "2028-01-31 to 2028-02-28: 49.00 paid",
            "2028-02-29 to 2028-03-30: 49.00 paid",
            "2028-03-31 to 2028-04-29: 49.00 paid",
            "2028-04-30 to 2028-05-30: 49.00 paid",
            "2028-05-31 to 2028-06-29: 49.00 paid",
            "2028-06-30 to 2028-07-30: 49.00 paid");

        await diary.On("2029-02-27");
        await diary.TheLastInvoiceIs("2029-01-31 to 2029-02-27: 49.00 paid");
        await diary.On("2029-02-28");
        await diary.TheLastInvoiceIs("2029-02-28 to 2029-03-30: 49.00 paid");
        await diary.MrrMoved("2028-01-31 new 49.00");
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task Yearly_from_29_february()
    {
        await using var diary = await Diary.BeginAsync("2028-02-29");
        await diary.TheCustomerSubscribes(490.00m, "year");
        await diary.MrrMoved("2028-02-29 new 40.83");

        await diary.On("2029-02-27");
        await diary.TheCustomerHas("2028-02-29 to 2029-02-27: 490.00 paid");

        await diary.On("2032-03-01");
        await diary.TheCustomerHas(
            "2028-02-29 to 2029-02-27: 490.00 paid",
            "2029-02-28 to 2030-02-27: 490.00 paid",
            "2030-02-28 to 2031-02-27: 490.00 paid",
            "2031-02-28 to 2032-02-28: 490.00 paid",
            "2032-02-29 to 2033-02-27: 490.00 paid");
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task A_trial_and_then_paid()
    {
        await using var diary = await Diary.BeginAsync("2026-01-17");
        await diary.TheCustomerSubscribes(49.00m, trialDays: 14);
        await diary.TheCustomerHas();
        await diary.TheSubscriptionIs("trialing", mrr: 0);

        await diary.EveryDayUntil("2026-01-30");
        await diary.TheCustomerHas();

        await diary.On("2026-01-31");
        await diary.TheCustomerHas("2026-01-31 to 2026-02-27: 49.00 paid");
        await diary.TheSubscriptionIs("active", mrr: 49.00m);
        await diary.MrrMoved("2026-01-31 new 49.00");
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task Credit_is_used_up_and_small_amounts_wait()
    {
        await using var diary = await Diary.BeginAsync("2026-01-01");
        await diary.TheCustomerIsGranted(60.00m);
        await diary.TheCustomerSubscribes(49.00m);
        await diary.TheCustomerHas("2026-01-01 to 2026-01-31: 49.00 paid, 49.00 from credit");
        await diary.TheBalanceIs(11.00m);

        // 0.30 would be left to pay: less than the gateway charges.
        await diary.TheCustomerIsGranted(37.70m);
        await diary.On("2026-02-01");
        await diary.TheLastInvoiceIs("2026-02-01 to 2026-02-28: 49.00 paid, 48.70 from credit, 0.30 carried forward");
        await diary.TheBalanceIs(-0.30m);

        await diary.On("2026-03-01");
        await diary.TheLastInvoiceIs("2026-03-01 to 2026-03-31: 49.00 paid, 0.30 from before");
        await diary.TheBalanceIs(0);
        Assert.Equal(4_930, Assert.Single(diary.House.Gateway.Ledger.AllCaptures()).Amount.Minor);
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task Insufficient_funds_and_then_paid_on_the_second_retry()
    {
        await using var diary = await Diary.BeginAsync("2026-05-01", "sandbox_declines_insufficient_funds_2_times", "Europe/London");
        await diary.TheCustomerSubscribes(49.00m);
        await diary.TheCustomerHas("2026-05-01 to 2026-05-31: 49.00 open, 49.00 due");

        await diary.EveryDayUntil("2026-05-07");
        await diary.TheCardWasTried(
            "2026-05-01 10:00 declined (insufficient_funds)",
            "2026-05-04 10:00 declined (insufficient_funds)");
        await diary.TheSubscriptionIs("active", mrr: 49.00m);

        await diary.On("2026-05-08");
        await diary.TheCustomerHas("2026-05-01 to 2026-05-31: 49.00 paid");
        await diary.EveryDayUntil("2026-05-31");
        await diary.TheCardWasTried(
            "2026-05-01 10:00 declined (insufficient_funds)",
            "2026-05-04 10:00 declined (insufficient_funds)",
            "2026-05-08 10:00 succeeded");
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task A_lost_card_is_never_tried_again_and_a_new_one_pays_at_once()
    {
        await using var diary = await Diary.BeginAsync("2026-05-01", "sandbox_declines_lost_card");
        await diary.TheCustomerSubscribes(49.00m);
        await diary.EveryDayUntil("2026-05-31");
        await diary.TheCardWasTried("2026-05-01 10:00 declined (lost_card)");
        await diary.TheCustomerHas("2026-05-01 to 2026-05-31: 49.00 open, 49.00 due");

        await diary.TheCustomerPutsIn("pm_card_mastercard");
        await diary.On("2026-05-31");
        await diary.TheCustomerHas("2026-05-01 to 2026-05-31: 49.00 paid");
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task Without_a_card_nothing_is_tried_and_the_first_card_pays_what_is_open()
    {
        await using var diary = await Diary.BeginAsync("2026-01-15", card: null);
        await diary.TheCustomerSubscribes(49.00m);
        await diary.EveryDayUntil("2026-02-20");
        await diary.TheCustomerHas(
            "2026-01-15 to 2026-02-14: 49.00 open, 49.00 due",
            "2026-02-15 to 2026-03-14: 49.00 open, 49.00 due");
        await diary.TheCardWasTried();

        await diary.TheCustomerPutsIn("pm_card_visa");
        await diary.On("2026-02-20");
        await diary.TheCustomerHas(
            "2026-01-15 to 2026-02-14: 49.00 paid",
            "2026-02-15 to 2026-03-14: 49.00 paid");
        await diary.TheCardWasTried("2026-02-20 10:00 succeeded", "2026-02-20 10:00 succeeded");
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task Cancelled_at_period_end_after_having_thought_better_of_it_once()
    {
        await using var diary = await Diary.BeginAsync("2026-01-31");
        await diary.TheCustomerSubscribes(49.00m);
        await diary.On("2026-02-10");
        await diary.TheCustomerCancels();
        await diary.TheCustomerStaysAfterAll();

        await diary.On("2026-02-28");
        await diary.TheLastInvoiceIs("2026-02-28 to 2026-03-30: 49.00 paid");
        await diary.TheCustomerCancels();
        await diary.EveryDayUntil("2026-03-30");
        await diary.TheSubscriptionIs("active", mrr: 49.00m);

        await diary.On("2026-03-31");
        await diary.TheSubscriptionIs("ended", mrr: 0);
        await diary.On("2026-12-31");
        await diary.TheCustomerHas("2026-01-31 to 2026-02-27: 49.00 paid", "2026-02-28 to 2026-03-30: 49.00 paid");
        await diary.MrrMoved("2026-01-31 new 49.00", "2026-03-31 voluntary churn -49.00");
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task A_discount_for_three_months_and_then_the_full_price()
    {
        await using var diary = await Diary.BeginAsync("2026-01-01");
        await diary.ThereIsADiscount("welcome", percent: 20, periods: 3);
        await diary.TheCustomerSubscribes(100.00m, discount: "welcome");
        await diary.On("2026-05-01");

        await diary.TheCustomerHas(
            "2026-01-01 to 2026-01-31: 80.00 paid",
            "2026-02-01 to 2026-02-28: 80.00 paid",
            "2026-03-01 to 2026-03-31: 80.00 paid",
            "2026-04-01 to 2026-04-30: 100.00 paid",
            "2026-05-01 to 2026-05-31: 100.00 paid");
        await diary.MrrMoved("2026-01-01 new 80.00", "2026-04-01 expansion 20.00");
        await diary.TheBooksAgree();
    }

    [Theory]
    [InlineData("JPY", 500, "2026-01-01 to 2026-01-31: 500 paid")]
    [InlineData("KWD", 4.900, "2026-01-01 to 2026-01-31: 4.900 paid")]
    [InlineData("BDT", 990.50, "2026-01-01 to 2026-01-31: 990.50 paid")]
    public async Task In_currencies_with_no_two_or_three_decimals(string currency, double price, string invoice)
    {
        await using var diary = await Diary.BeginAsync("2026-01-01", currency: currency);
        await diary.TheCustomerSubscribes((decimal)price);

        await diary.TheCustomerHas(invoice);
        await diary.TheBooksAgree();
    }
}
