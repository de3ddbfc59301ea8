namespace Billing.Server.Tests.Scenarios;

/// <summary>Customers who left and came back.</summary>
public sealed class ComeBackDiaries
{
    [Fact]
    public async Task Away_for_a_spring_and_back_with_what_was_left_of_a_discount()
    {
        await using var diary = await Diary.BeginAsync("2026-01-31");
        await diary.ThereIsADiscount("welcome", percent: 20, periods: 2);
        await diary.TheCustomerSubscribes(49.00m, discount: "welcome");
        await diary.On("2026-02-10");
        await diary.TheCustomerCancels();
        await diary.On("2026-02-28");
        await diary.TheSubscriptionIs("ended", mrr: 0);
        await diary.ThePriceBecomes(59.00m);

        await diary.On("2026-04-10");
        await diary.TheCustomerComesBack("kept");
        await diary.TheSubscriptionIs("active", mrr: 39.20m);
        await diary.On("2026-06-10");

        await diary.TheCustomerHas(
            "2026-01-31 to 2026-02-27: 39.20 paid",
            "2026-04-10 to 2026-05-09: 39.20 paid",
            "2026-05-10 to 2026-06-09: 49.00 paid",
            "2026-06-10 to 2026-07-09: 49.00 paid");
        await diary.MrrMoved(
            "2026-01-31 new 39.20", "2026-02-28 voluntary churn -39.20", "2026-04-10 reactivation 39.20", "2026-05-10 expansion 9.80");
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task Gone_for_half_a_year_and_back_at_todays_price()
    {
        await using var diary = await Diary.BeginAsync("2026-01-31");
        await diary.TheCustomerSubscribes(49.00m);
        await diary.TheCustomerCancels();
        await diary.On("2026-02-28");
        await diary.ThePriceBecomes(59.00m);

        await diary.On("2026-09-01");
        await diary.TheCustomerComesBack("todays");

        await diary.TheCustomerHas("2026-01-31 to 2026-02-27: 49.00 paid", "2026-09-01 to 2026-09-30: 59.00 paid");
        await diary.MrrMoved("2026-01-31 new 49.00", "2026-02-28 voluntary churn -49.00", "2026-09-01 reactivation 59.00");
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task Ended_at_once_in_a_temper_and_back_two_days_later()
    {
        await using var diary = await Diary.BeginAsync("2026-04-01");
        await diary.TheCustomerSubscribes(49.00m);
        await diary.On("2026-04-10");
        await diary.TheCustomerCancels("now");

        await diary.On("2026-04-12");
        await diary.TheCustomerComesBack("kept");
        await diary.On("2026-04-12");
        // The 21 days that were given back pay for a part of the new period.
        await diary.TheCustomerHas("2026-04-01 to 2026-04-30: 49.00 paid", "2026-04-12 to 2026-05-11: 49.00 paid, 34.30 from credit");
        await diary.MrrMoved("2026-04-01 new 49.00", "2026-04-10 voluntary churn -49.00", "2026-04-12 reactivation 49.00");
        await diary.TheBooksAgree();
    }
}
