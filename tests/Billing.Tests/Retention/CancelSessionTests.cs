using Billing.Customers;
using Billing.Retention;
using Billing.Subscriptions;

namespace Billing.Tests.Retention;

public sealed class CancelSessionTests
{
    private static readonly DateTimeZone Dhaka = DateTimeZoneProviders.Tzdb["Asia/Dhaka"];
    private readonly Customer customer = Given.Customer(zone: "Asia/Dhaka");

    [Fact]
    public void A_session_is_evidence_of_what_was_shown_chosen_and_confirmed()
    {
        var session = Begun(out _);
        var shown = session.Answer(
            SaveOfferTests.Reason("too_expensive"), "Too much", new(new SaveOffer.Discount(2000, 3), "why"), "Better words", Given.Date("2026-06-02"), Given.At("2026-06-02T01:00"));
        session.Leave(SessionOutcome.LeftAtPeriodEnd, Given.Date("2026-07-01"), Dhaka, Given.At("2026-06-02T20:00"));

        Assert.Equal((OfferKind.Discount, "why"), (shown!.Kind, shown.Why));
        Assert.Equal(new SaveOffer.Discount(2000, 3), session.Offer);
        Assert.Equal(("Better words", Given.At("2026-06-02T01:00"), Given.At("2026-06-02T20:00")), (session.Words, session.WordsShownAt, session.ConfirmedAt!.Value));
        // Eight in the evening in London is the day after in Dhaka.
        Assert.Equal((Given.Date("2026-06-03"), Given.Date("2026-07-01")), (session.ClosedOn!.Value, session.EndsOn!.Value));
        Assert.Equal("session_closed", Refusal(() => session.Stay(Dhaka, Given.At("2026-06-03"))));
        Assert.Equal("session_closed", Refusal(() => session.TakeOffer(Dhaka, Given.At("2026-06-03"))));
    }

    [Fact]
    public void A_reason_is_asked_for_once_and_an_offer_is_taken_only_if_there_was_one()
    {
        var session = Begun(out _);
        session.Answer(SaveOfferTests.Reason("other"), null, null, "Words", Given.Date("2026-06-02"), Given.At("2026-06-02"));

        Assert.Equal("reason_given", Refusal(() => session.Answer(
            SaveOfferTests.Reason("other"), null, new(new SaveOffer.TalkToAPerson(), "why"), "Words", Given.Date("2026-06-02"), Given.At("2026-06-02"))));
        Assert.Equal("no_offer", Refusal(() => session.TakeOffer(Dhaka, Given.At("2026-06-02"))));
    }

    [Fact]
    public void Every_kind_of_offer_is_kept_as_it_was_shown()
    {
        SaveOffer[] offers =
        [
            new SaveOffer.Break(60), new SaveOffer.SmallerPlan(new(Given.Id()), new(Given.Id()), "Small", Given.Dollars(19), Given.Dollars(30)),
            new SaveOffer.Discount(1500, 2), new SaveOffer.LaterPaymentDay(new(Given.Id()), Given.Date("2026-06-16")), new SaveOffer.TalkToAPerson(),
        ];
        Assert.Equal(Enum.GetValues<OfferKind>(), offers.Select(o => o.Kind));
        Assert.All(offers, offer =>
        {
            var session = Begun(out _);
            session.Answer(SaveOfferTests.Reason("other"), null, new(offer, "why"), "Words", Given.Date("2026-06-02"), Given.At("2026-06-02"));
            Assert.Equal(offer, session.Offer);
        });
    }

    [Fact]
    public void A_break_that_names_its_session_ends_it_as_taken()
    {
        var session = Begun(out var subscription);
        session.Answer(SaveOfferTests.Reason("not_using_now"), null, new(new SaveOffer.Break(60), "why"), "Words", Given.Date("2026-06-02"), Given.At("2026-06-02"));
        var other = Given.Subscription(customer, "2026-06-01", Given.Dollars(49));

        Assert.Equal("no_offer", Refusal(() => session.TakeBreak(other, Given.At("2026-06-02"))));
        Assert.Equal(OfferKind.Break, session.TakeBreak(subscription, Given.At("2026-06-02")).Kind);
        Assert.Equal(SessionOutcome.TookOffer, session.Outcome);
    }

    [Fact]
    public void Each_session_is_looked_back_on_after_30_and_90_days()
    {
        var session = Begun(out var subscription);
        session.Leave(SessionOutcome.LeftAtPeriodEnd, Given.Date("2026-07-20"), Dhaka, Given.At("2026-06-02"));
        Assert.Equal(Given.At("2026-07-01T18:00"), session.LookBackAt);

        session.LookBack(subscription, Given.At("2026-07-02"));
        Assert.Equal((Aftermath.StillHere, null, Given.At("2026-08-30T18:00")), (session.After30, session.After90, session.LookBackAt!.Value));

        subscription.CancelNow(EndReason.Voluntary, Given.At("2026-07-20"));
        session.LookBack(subscription, Given.At("2026-08-31"));
        Assert.Equal((Aftermath.Gone, null), (session.After90, session.LookBackAt));
    }

    [Fact]
    public void A_look_back_that_comes_late_says_how_it_was_on_its_day()
    {
        var session = Begun(out var subscription);
        session.Stay(Dhaka, Given.At("2026-06-02"));
        subscription.CancelNow(EndReason.Voluntary, Given.At("2026-08-01"));

        session.LookBack(subscription, Given.At("2026-12-01"));
        session.LookBack(subscription, Given.At("2026-12-01"));

        Assert.Equal((Aftermath.StillHere, Aftermath.Gone), (session.After30, session.After90));
    }

    [Fact]
    public void A_session_nobody_came_back_to_is_given_up_and_can_be_taken_up_again()
    {
        var session = Begun(out var subscription);
        Assert.Equal(Given.At("2026-06-03"), session.LookBackAt);
        session.LookBack(subscription, Given.At("2026-06-03"));
        Assert.Equal(SessionOutcome.Abandoned, session.Outcome);

        session.Leave(SessionOutcome.LeftNow, Given.Date("2026-06-05"), Dhaka, Given.At("2026-06-05"));
        Assert.Equal((SessionOutcome.LeftNow, Given.At("2026-07-04T18:00")), (session.Outcome, session.LookBackAt!.Value));
    }

    [Fact]
    public void A_payment_can_be_moved_once_to_the_morning_of_a_later_day()
    {
        var invoice = Given.Invoice(customer, Given.Dollars(49), "2026-05-01");
        invoice.PlanAttempt(Given.At("2026-05-04T03:00"));
        Assert.Equal("day_out_of_range", Refusal(() => invoice.WaitUntil(Given.Date("2026-05-04"), Dhaka, Given.At("2026-05-01"))));
        Assert.Equal("day_out_of_range", Refusal(() => invoice.WaitUntil(Given.Date("2026-05-16"), Dhaka, Given.At("2026-05-01"))));

        var chosen = invoice.WaitUntil(Given.Date("2026-05-12"), Dhaka, Given.At("2026-05-01"));

        Assert.Equal((Given.Date("2026-05-12"), Given.At("2026-05-12T03:00")), (chosen.Day, invoice.NextAttemptAt!.Value));
        Assert.Equal("payment_day_chosen", Refusal(() => invoice.WaitUntil(Given.Date("2026-05-13"), Dhaka, Given.At("2026-05-02"))));
        invoice.AwaitCard();
        Assert.Equal("nothing_to_wait_for", Refusal(() => invoice.WaitUntil(Given.Date("2026-05-13"), Dhaka, Given.At("2026-05-02"))));
    }

    private CancelSession Begun(out Subscription subscription)
    {
        subscription = Given.Subscription(customer, "2026-06-01", Given.Dollars(49));
        return CancelSession.Start(new(Given.Id()), subscription, SessionChannel.Portal, "bn", "Words", Given.At("2026-06-02"));
    }

    private static string Refusal(Action act) => Assert.Throws<Refused>(act).Code;
}
