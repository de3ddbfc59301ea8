namespace Billing.Server.Tests.Scenarios;

/// <summary>A price moves from 49.00 to 59.00 on 1 April, announced on 1 March, as single customers live it.</summary>
public sealed class PriceMoveDiaries
{
    [Fact]
    public async Task One_stays_and_pays_the_new_price_from_april()
    {
        await using var diary = await Diary.BeginAsync("2026-02-01");
        await diary.TheCustomerSubscribes(49.00m);
        await diary.On("2026-03-01");
        await diary.TheMerchantMovesThePrice(59.00m, from: "2026-04-01");
        await diary.TheCustomerWasTold();
        await diary.On("2026-03-01");
        await diary.On("2026-03-01");
        await diary.TheCustomerWasTold("2026-03-01 49.00 becomes 59.00 from 2026-04-01, leave before 2026-04-01");

        await diary.EveryDayUntil("2026-05-02");
        await diary.TheCustomerHas(
            "2026-02-01 to 2026-02-28: 49.00 paid",
            "2026-03-01 to 2026-03-31: 49.00 paid",
            "2026-04-01 to 2026-04-30: 59.00 paid",
            "2026-05-01 to 2026-05-31: 59.00 paid");
        await diary.ThePriceMovedOn("2026-04-01");
        await diary.MrrMoved("2026-02-01 new 49.00", "2026-04-01 expansion 10.00");
        await diary.TheSubscriptionIs("active", mrr: 59.00m);
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task One_leaves_at_the_end_of_march_and_never_pays_it()
    {
        await using var diary = await Diary.BeginAsync("2026-02-01");
        await diary.TheCustomerSubscribes(49.00m);
        await diary.On("2026-03-01");
        await diary.TheMerchantMovesThePrice(59.00m, from: "2026-04-01");

        await diary.EveryDayUntil("2026-03-30");
        await diary.TheCustomerCancels();
        await diary.EveryDayUntil("2026-06-01");

        await diary.TheCustomerWasTold("2026-03-02 49.00 becomes 59.00 from 2026-04-01, leave before 2026-04-01");
        await diary.TheCustomerHas("2026-02-01 to 2026-02-28: 49.00 paid", "2026-03-01 to 2026-03-31: 49.00 paid");
        await diary.ThePriceMovedOn();
        await diary.MrrMoved("2026-02-01 new 49.00", "2026-04-01 voluntary churn -49.00");
        await diary.TheSubscriptionIs("ended", mrr: 0);
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task One_was_leaving_already_is_left_in_peace_and_told_when_staying_after_all()
    {
        await using var diary = await Diary.BeginAsync("2026-02-15");
        await diary.TheCustomerSubscribes(49.00m);
        await diary.TheCustomerCancels();
        await diary.On("2026-03-01");
        await diary.TheMerchantMovesThePrice(59.00m, from: "2026-04-01");
        await diary.EveryDayUntil("2026-03-10");
        await diary.TheCustomerWasTold();

        await diary.TheCustomerStaysAfterAll();
        await diary.EveryDayUntil("2026-05-16");

        await diary.TheCustomerWasTold("2026-03-11 49.00 becomes 59.00 from 2026-04-10, leave before 2026-04-15");
        await diary.TheCustomerHas(
            "2026-02-15 to 2026-03-14: 49.00 paid",
            "2026-03-15 to 2026-04-14: 49.00 paid",
            "2026-04-15 to 2026-05-14: 59.00 paid",
            "2026-05-15 to 2026-06-14: 59.00 paid");
    }

    [Fact]
    public async Task One_pays_by_the_year_and_moves_in_october()
    {
        await using var diary = await Diary.BeginAsync("2025-10-10");
        await diary.TheCustomerSubscribes(490.00m, "year");
        await diary.On("2026-03-01");
        await diary.TheMerchantMovesThePrice(590.00m, from: "2026-04-01", every: "year");
        await diary.On("2026-03-01");
        await diary.TheCustomerWasTold("2026-03-01 490.00 becomes 590.00 from 2026-04-01, leave before 2026-10-10");

        await diary.On("2026-10-09");
        await diary.TheCustomerHas("2025-10-10 to 2026-10-09: 490.00 paid");
        await diary.On("2026-10-10");

        await diary.TheCustomerHas("2025-10-10 to 2026-10-09: 490.00 paid", "2026-10-10 to 2027-10-09: 590.00 paid");
        await diary.ThePriceMovedOn("2026-10-10");
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task A_negotiated_price_never_moves()
    {
        await using var diary = await Diary.BeginAsync("2026-02-01");
        await diary.TheCustomerSubscribesAtAPriceOfTheirOwn(listPrice: 49.00m, agreed: 40.00m);
        await diary.On("2026-03-01");
        await diary.TheMerchantMovesThePrice(59.00m, from: "2026-04-01");
        await diary.EveryDayUntil("2026-05-02");

        await diary.TheCustomerWasTold();
        await diary.TheCustomerHas(
            "2026-02-01 to 2026-02-28: 40.00 paid",
            "2026-03-01 to 2026-03-31: 40.00 paid",
            "2026-04-01 to 2026-04-30: 40.00 paid",
            "2026-05-01 to 2026-05-31: 40.00 paid");
    }

    [Fact]
    public async Task A_server_that_was_down_for_20_days_announces_late_and_moves_late()
    {
        await using var diary = await Diary.BeginAsync("2026-02-10");
        await diary.TheCustomerSubscribes(49.00m);
        await diary.On("2026-03-01");
        await diary.TheMerchantMovesThePrice(59.00m, from: "2026-04-01");

        await diary.On("2026-03-21");
        await diary.TheCustomerWasTold("2026-03-21 49.00 becomes 59.00 from 2026-04-20, leave before 2026-05-10");
        await diary.EveryDayUntil("2026-05-11");

        await diary.TheCustomerHas(
            "2026-02-10 to 2026-03-09: 49.00 paid",
            "2026-03-10 to 2026-04-09: 49.00 paid",
            "2026-04-10 to 2026-05-09: 49.00 paid",
            "2026-05-10 to 2026-06-09: 59.00 paid");
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task A_price_that_falls_moves_with_the_same_notice()
    {
        await using var diary = await Diary.BeginAsync("2026-02-01");
        await diary.TheCustomerSubscribes(49.00m);
        await diary.On("2026-03-01");
        await diary.TheMerchantMovesThePrice(39.00m, from: "2026-04-01");
        await diary.EveryDayUntil("2026-04-02");

        await diary.TheCustomerWasTold("2026-03-02 49.00 becomes 39.00 from 2026-04-01, leave before 2026-04-01");
        await diary.TheLastInvoiceIs("2026-04-01 to 2026-04-30: 39.00 paid");
        await diary.MrrMoved("2026-02-01 new 49.00", "2026-04-01 contraction -10.00");
    }

    [Fact]
    public async Task One_announced_move_is_lived_before_the_next_is_told()
    {
        await using var diary = await Diary.BeginAsync("2026-02-01");
        await diary.TheCustomerSubscribes(49.00m);
        await diary.On("2026-03-01");
        await diary.TheMerchantMovesThePrice(59.00m, from: "2026-04-01");
        await diary.EveryDayUntil("2026-03-10");
        await diary.TheMerchantMovesThePrice(69.00m, from: "2026-04-20");
        await diary.EveryDayUntil("2026-06-02");

        await diary.TheCustomerWasTold(
            "2026-03-02 49.00 becomes 59.00 from 2026-04-01, leave before 2026-04-01",
            "2026-04-02 59.00 becomes 69.00 from 2026-05-02, leave before 2026-06-01");
        await diary.TheCustomerHas(
            "2026-02-01 to 2026-02-28: 49.00 paid",
            "2026-03-01 to 2026-03-31: 49.00 paid",
            "2026-04-01 to 2026-04-30: 59.00 paid",
            "2026-05-01 to 2026-05-31: 59.00 paid",
            "2026-06-01 to 2026-06-30: 69.00 paid");
        await diary.ThePriceMovedOn("2026-04-01", "2026-06-01");
    }
}
