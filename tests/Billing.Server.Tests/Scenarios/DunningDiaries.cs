using Billing.Dunning;
using Billing.Server.Dunning;
using Billing.Server.Invoicing;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Scenarios;

/// <summary>What people live through when a payment fails, told by date.</summary>
public sealed class DunningDiaries
{
    [Fact]
    public async Task The_card_that_expired_on_the_30th_and_was_replaced_on_the_9th_without_a_word_from_us()
    {
        await using var diary = await Diary.BeginAsync("2026-03-05", "sandbox_expired");
        await diary.TheCustomerSubscribes(49.00m);
        await diary.On("2026-04-30");
        await diary.TheLastInvoiceIs("2026-04-05 to 2026-05-04: 49.00 paid");

        await diary.EveryDayUntil("2026-05-01");
        await diary.TheCardIsWatched("Quiet");
        await diary.EveryDayUntil("2026-05-08");
        await diary.TheLastInvoiceIs("2026-05-05 to 2026-06-04: 49.00 open, 49.00 due");
        await diary.TheSubscriptionIs("active", mrr: 49.00m);
        await diary.TheCustomerIsWrittenTo();

        await diary.On("2026-05-09");
        await diary.TheCustomerPutsIn("pm_card_visa");
        await diary.EveryDayUntil("2026-06-04");
        await diary.TheLastInvoiceIs("2026-05-05 to 2026-06-04: 49.00 paid");
        await diary.TheCardIsWatched("Replaced (CardPutIn)");
        await diary.TheCasesAre("Recovered (NewCard)");
        await diary.TheCustomerIsWrittenTo();
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task The_card_that_the_network_replaced_pays_what_is_open_at_once_and_once()
    {
        await using var diary = await Diary.BeginAsync("2026-03-02", "sandbox_replaced_by_network");
        await diary.TheCustomerSubscribes(49.00m);
        await diary.On("2026-04-02");
        await diary.On("2026-04-30");
        await diary.EveryDayUntil("2026-05-10");

        await diary.TheCardWasTried(
            "2026-03-02 10:00 succeeded", "2026-04-02 10:00 succeeded", "2026-05-02 10:00 declined (expired_card)",
            "2026-05-04 10:00 declined (expired_card)", "2026-05-06 10:00 succeeded");
        await diary.TheCardIsWatched("Healed (NetworkUpdate)");
        await diary.TheCasesAre("Recovered (SilentRetry)");
        await diary.TheCustomerIsWrittenTo();
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task A_bank_that_pays_after_the_printed_date_ends_the_matter()
    {
        await using var diary = await Diary.BeginAsync("2026-03-05", "sandbox_expired_honoured");
        await diary.TheCustomerSubscribes(49.00m);
        foreach (var day in new[] { "2026-04-05", "2026-05-01", "2026-05-05", "2026-06-05", "2026-06-20" }) await diary.On(day);

        await diary.TheCardIsWatched("Healed (ChargedAfterDate)");
        await diary.TheCasesAre();
        await diary.TheCustomerIsWrittenTo();
        await diary.TheLastInvoiceIs("2026-06-05 to 2026-07-04: 49.00 paid");
    }

    [Fact]
    public async Task The_card_that_was_never_replaced_is_asked_about_once_after_the_quiet_time()
    {
        await using var diary = await Diary.BeginAsync("2026-03-05", "sandbox_expired");
        await diary.TheCustomerHasAnAddress();
        await diary.TheCustomerSubscribes(49.00m);
        await diary.On("2026-04-30");
        await diary.EveryDayUntil("2026-05-27");
        await diary.TheCardWasTried(
            "2026-03-05 10:00 succeeded", "2026-04-30 10:00 succeeded", "2026-05-05 10:00 declined (expired_card)",
            "2026-05-07 10:00 declined (expired_card)", "2026-05-10 10:00 declined (expired_card)", "2026-05-14 10:00 declined (expired_card)");
        await diary.TheCustomerIsWrittenTo("2026-05-14 CardExpiredAsk");
        await diary.TheCardIsWatched("Asked");
        await diary.TheSubscriptionIs("active", mrr: 49.00m);

        await diary.On("2026-05-28");
        await diary.On("2026-06-06");
        await diary.TheSubscriptionIs("active", mrr: 49.00m);
        await diary.On("2026-06-07");
        await diary.TheCustomerIsWrittenTo("2026-05-14 CardExpiredAsk", "2026-05-28 LastCall", "2026-06-07 Parked");
        await diary.TheCardIsWatched("Exhausted (CaseEnded)");
        await diary.TheSubscriptionIs("parked", mrr: 0);
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task The_insufficient_funds_customer_who_paid_on_the_1st()
    {
        await using var diary = await Diary.BeginAsync("2026-04-28", "sandbox_declines_insufficient_funds_1_times");
        await diary.TheCustomerSubscribes(49.00m);
        await diary.EveryDayUntil("2026-05-10");

        await diary.TheCardWasTried("2026-04-28 10:00 declined (insufficient_funds)", "2026-05-01 10:00 succeeded");
        await diary.TheCasesAre("Recovered (SilentRetry)");
        await diary.TheCustomerIsWrittenTo();
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task Money_that_is_there_on_payday_is_taken_on_payday_in_silence()
    {
        await using var diary = await Diary.BeginAsync("2026-04-20", "sandbox_insufficient_until_payday");
        await diary.TheCustomerSubscribes(49.00m);
        await diary.EveryDayUntil("2026-05-10");

        await diary.TheCardWasTried(
            "2026-04-20 10:00 declined (insufficient_funds)", "2026-04-25 10:00 succeeded");
        await diary.TheCasesAre("Recovered (SilentRetry)");
        await diary.TheCustomerIsWrittenTo();
        await diary.TheSubscriptionIs("active", mrr: 49.00m);
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task The_lost_card_one_neutral_message_and_no_retry()
    {
        await using var diary = await Diary.BeginAsync("2026-05-04", "sandbox_declines_lost_card");
        await diary.TheCustomerSubscribes(49.00m);
        await diary.EveryDayUntil("2026-05-17");

        await diary.TheCardWasTried("2026-05-04 10:00 declined (lost_card)");
        await diary.TheCustomerIsWrittenTo("2026-05-04 PaymentNeutral");
        Assert.Equal("card_not_usable", (await Assert.ThrowsAsync<Refused>(() => diary.TheCustomerPays())).Code);

        await diary.TheCustomerPutsIn("pm_card_mastercard");
        await diary.On("2026-05-17");
        await diary.TheLastInvoiceIs("2026-05-04 to 2026-06-03: 49.00 paid");
        await diary.TheCasesAre("Recovered (NewCard)");
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task A_lost_card_is_not_tried_for_the_next_month_either_and_each_time_says_why()
    {
        await using var diary = await Diary.BeginAsync("2026-05-04", "sandbox_succeeds_then_lost_card_after_1");
        await diary.TheCustomerSubscribes(49.00m, "week");
        await diary.EveryDayUntil("2026-05-25");

        await diary.TheCardWasTried("2026-05-04 10:00 succeeded", "2026-05-11 10:00 declined (lost_card)");
        var dunning = await diary.House.ReadAsync(db => db.DunningViewAsync(diary.Customer, TestHouse.Cancellation));
        Assert.Equal(
            [("2026-05-25", "The bank will not take this card for this payment; another card is needed."), ("2026-05-18", "The bank will not take this card for this payment; another card is needed.")],
            dunning.NotTried.Select(n => (n.On, n.Why)));
        Assert.Equal(14_700, dunning.Case!.Failed.Value);
    }

    [Fact]
    public async Task The_bank_that_withdrew_consent_is_never_chased()
    {
        await using var diary = await Diary.BeginAsync("2026-05-04", "sandbox_declines_revocation_of_authorization");
        await diary.TheCustomerSubscribes(49.00m);
        await diary.EveryDayUntil("2026-05-17");

        await diary.TheCardWasTried("2026-05-04 10:00 declined (revocation_of_authorization)");
        await diary.TheCustomerIsWrittenTo("2026-05-04 ConsentWithdrawn");

        // The customer reads it and leaves: nothing more is tried, asked or parked.
        await diary.TheCustomerCancels("now");
        await diary.On("2026-05-25");
        await diary.On("2026-07-01");
        await diary.TheCasesAre("Left");
        await diary.TheCustomerIsWrittenTo("2026-05-04 ConsentWithdrawn");
        await diary.TheCardWasTried("2026-05-04 10:00 declined (revocation_of_authorization)");
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task The_promise_kept()
    {
        await using var diary = await Diary.BeginAsync("2026-05-04", "sandbox_declines_insufficient_funds_1_times");
        await diary.TheCustomerSubscribes(49.00m);
        await diary.NextIs("2026-05-07 09:00 retry");
        await diary.TheCustomerChoosesToPayOn("2026-05-14");
        await diary.NextIs("2026-05-14 09:00 retry");

        await diary.EveryDayUntil("2026-05-20");
        await diary.TheCardWasTried("2026-05-04 10:00 declined (insufficient_funds)", "2026-05-14 10:00 succeeded");
        await diary.TheCasesAre("Recovered (Promise)");
        await diary.TheCustomerIsWrittenTo();
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task The_promise_broken()
    {
        await using var diary = await Diary.BeginAsync("2026-05-04", "sandbox_declines_insufficient_funds");
        await diary.TheCustomerSubscribes(49.00m);
        await diary.TheCustomerChoosesToPayOn("2026-05-12");
        await diary.EveryDayUntil("2026-05-12");
        await diary.TheCustomerIsWrittenTo("2026-05-12 PromiseBroken");
        await diary.NextIs("2026-05-15 09:00 retry");

        // A second day may be chosen, a third may not.
        await diary.TheCustomerChoosesToPayOn("2026-05-20");
        await diary.EveryDayUntil("2026-05-20");
        Assert.Equal("promises_used_up", (await Assert.ThrowsAsync<Refused>(() => diary.TheCustomerChoosesToPayOn("2026-05-25"))).Code);
        await diary.TheCardWasTried(
            "2026-05-04 10:00 declined (insufficient_funds)", "2026-05-12 10:00 declined (insufficient_funds)",
            "2026-05-20 10:00 declined (insufficient_funds)");
    }

    [Fact]
    public async Task A_card_put_in_before_the_chosen_day_waits_for_that_day()
    {
        await using var diary = await Diary.BeginAsync("2026-05-04", "sandbox_declines_insufficient_funds");
        await diary.TheCustomerSubscribes(49.00m);
        await diary.TheCustomerChoosesToPayOn("2026-05-12");
        await diary.On("2026-05-06");
        await diary.TheCustomerPutsIn("pm_card_visa");
        await diary.EveryDayUntil("2026-05-12");

        await diary.TheCardWasTried("2026-05-04 10:00 declined (insufficient_funds)", "2026-05-12 10:00 succeeded");
    }

    [Fact]
    public async Task The_traveller_in_Kiritimati_has_mornings_and_days_of_their_own()
    {
        // 23:59 of 30 April there is 9:59 UTC of that day: the card is still good.
        await using var diary = await Diary.BeginAsync("2026-03-30", "sandbox_expired", "Pacific/Kiritimati");
        await diary.TheCustomerSubscribes(49.00m);
        await diary.On("2026-04-30");
        await diary.TheCardIsWatched("");
        await diary.On("2026-05-01");
        await diary.TheCardIsWatched("Quiet");

        await diary.TheCustomerPutsIn("sandbox_declines_insufficient_funds_1_times");
        await diary.EveryDayUntil("2026-05-30");
        await diary.NextIs("2026-06-02 09:00 retry");
        await diary.EveryDayUntil("2026-06-02");
        await diary.TheCasesAre("Recovered (SilentRetry)");
    }

    [Fact]
    public async Task Our_outage_of_five_days_costs_nobody_grace_and_sends_one_mail_not_five()
    {
        await using var up = await Diary.BeginAsync("2026-05-04", "sandbox_declines_insufficient_funds");
        await up.TheCustomerSubscribes(49.00m);
        await up.EveryDayUntil("2026-05-07");
        await up.NextIs("2026-05-11 09:00 retry");

        // Nothing runs from the 8th to the 15th.
        await up.On("2026-05-16");
        await up.TheCustomerIsWrittenTo("2026-05-16 PaymentFailed");
        await up.NextIs("2026-05-25 09:00 retry");
        await up.EveryDayUntil("2026-06-02");
        await up.TheCustomerIsWrittenTo("2026-05-16 PaymentFailed", "2026-06-02 LastCall");
    }

    [Fact]
    public async Task Parked_and_back_with_one_click()
    {
        await using var diary = await Diary.BeginAsync("2026-05-04", "sandbox_declines_lost_card");
        await diary.TheCustomerHasAnAddress();
        await diary.TheCustomerSubscribes(49.00m);
        await diary.EveryDayUntil("2026-05-28");
        await diary.TheSubscriptionIs("parked", mrr: 0);
        await diary.MrrMoved("2026-05-04 new 49.00", "2026-05-28 involuntary churn -49.00");
        await diary.TheCustomerIsWrittenTo("2026-05-04 PaymentNeutral", "2026-05-18 LastCall", "2026-05-28 Parked");

        // 24 of 31 days were used; nothing more is billed, nothing tried, though a card is put in.
        await diary.TheLastInvoiceIs("2026-05-04 to 2026-06-03: 49.00 open, 37.94 due");
        await diary.TheCustomerPutsIn("pm_card_visa");
        await diary.On("2026-05-29");
        await diary.On("2026-07-09");
        await diary.TheCustomerHas("2026-05-04 to 2026-06-03: 49.00 open, 37.94 due");
        await diary.TheCardWasTried("2026-05-04 10:00 declined (lost_card)");

        await diary.On("2026-07-10");
        await diary.TheCustomerComesBack("kept");
        await diary.TheCustomerHas("2026-05-04 to 2026-06-03: 49.00 paid", "2026-07-10 to 2026-08-09: 49.00 paid");
        await diary.TheCasesAre("Returned");
        await diary.TheSubscriptionIs("active", mrr: 49.00m);
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task What_stays_parked_for_six_months_ends_as_lost_and_is_not_counted_twice()
    {
        await using var diary = await Diary.BeginAsync("2026-05-04", "sandbox_declines_lost_card");
        await diary.TheCustomerHasAnAddress();
        await diary.TheCustomerSubscribes(49.00m);
        await diary.On("2026-05-18");
        await diary.On("2026-05-28");
        await diary.On("2026-11-27");
        await diary.TheSubscriptionIs("parked", mrr: 0);
        await diary.On("2026-11-28");

        await diary.TheSubscriptionIs("ended", mrr: 0);
        await diary.TheCasesAre("Ended");
        await diary.MrrMoved("2026-05-04 new 49.00", "2026-05-28 involuntary churn -49.00");
        await diary.TheBooksAgree();
    }

    [Fact]
    public async Task Going_On_the_Beach_ends_the_asking()
    {
        await using var diary = await Diary.BeginAsync("2026-05-04", "sandbox_declines_lost_card");
        await diary.House.SendAsync(new Plans.AllowBreaks(Merchant.Pro, new(new(500, "USD"), 14, 180, 2)));
        await diary.TheCustomerSubscribes(49.00m);
        await diary.House.SendAsync(new TakeBreak(diary.Subscription, new("2026-07-10", "now")));
        await diary.TheCasesAre("Paused");

        // Nobody who is away is asked for money, not even for the fee.
        await diary.EveryDayUntil("2026-05-22");
        await diary.On("2026-06-20");
        await diary.TheCustomerIsWrittenTo("2026-05-04 PaymentNeutral");
    }

    [Fact]
    public async Task Voiding_writing_off_and_crediting_close_a_case_in_the_same_transaction()
    {
        foreach (var (settle, state) in new (Func<Diary, Guid, Task>, string)[]
        {
            ((d, id) => d.House.SendAsync(new VoidInvoice(id)), "Settled"),
            ((d, id) => d.House.SendAsync(new WriteOffInvoice(id)), "Settled"),
            ((d, id) => d.House.SendAsync(new CreditInvoice(id, new(new(4_900, "USD"), "Sorry"))), "Settled"),
            ((d, _) => d.SupportActs(c => new ForgiveOpen(c, new("A kindness."))), "Forgiven"),
            ((d, _) => d.SupportActs(c => new StopAsking(c, new("Not worth it."))), "Stopped"),
        })
        {
            await using var diary = await Diary.BeginAsync("2026-05-04", "sandbox_declines_insufficient_funds");
            await diary.TheCustomerSubscribes(49.00m);
            await settle(diary, (await diary.House.InvoicesAsync())[0].Id.Value);
            await diary.TheCasesAre(state);

            foreach (var day in new[] { "2026-05-07", "2026-05-11", "2026-06-03" }) await diary.On(day);
            await diary.TheCardWasTried("2026-05-04 10:00 declined (insufficient_funds)");
            await diary.TheCustomerIsWrittenTo();
            await diary.TheBooksAgree();
        }
    }

    [Fact]
    public async Task Support_gives_time_writes_in_person_and_exempts()
    {
        await using var diary = await Diary.BeginAsync("2026-05-04", "sandbox_declines_incorrect_cvc");
        await diary.TheCustomerSubscribes(49.00m);
        await diary.SupportActs(c => new WritePersonally(c, new("I know her.")));
        await diary.SupportActs(c => new ExtendGrace(c, new("2026-06-01", "She is travelling.")));
        await diary.NextIs("2026-06-01 09:00 wait");
        await diary.On("2026-05-20");
        await diary.On("2026-06-01");
        await diary.TheCustomerIsWrittenTo("2026-05-04 PaymentFixData");

        await diary.SupportActs(c => new ExemptCustomer(c, new(true, "A founder's friend.")));
        await diary.On("2026-06-20");
        await diary.On("2026-07-20");
        await diary.TheCustomerIsWrittenTo("2026-05-04 PaymentFixData");
        await diary.TheSubscriptionIs("active", mrr: 49.00m);
        var reasons = await diary.House.ReadAsync(db => db.History.Where(h => h.Type == nameof(GraceExtended)).Select(h => h.Data)
            .SingleAsync(TestHouse.Cancellation));
        Assert.Contains("She is travelling.", reasons, StringComparison.Ordinal);
    }
}
