using Billing.Cards;
using Billing.Dunning;
using Billing.Notices;
using Billing.Payments;

namespace Billing.Tests.Dunning;

public sealed class LadderTests
{
    [Fact]
    public void The_policy_that_comes_with_the_program_can_be_used() => Assert.Empty(Policies.Shipped.Troubles());

    [Fact]
    public void Soft_declines_are_retried_in_silence_and_asked_about_once_before_the_last_call() => Assert.Equal(
        [
            "2026-05-05 09:00 retry", "2026-05-09 09:00 retry", "2026-05-09 09:00 write", "2026-05-16 09:00 retry",
            "2026-05-21 09:00 retry", "2026-05-23 09:00 write", "2026-05-31 09:00 retry", "2026-06-05 09:00 park",
        ],
        new Story("insufficient_funds", "2026-05-02T08:00").All());

    [Fact]
    public void A_retry_waits_for_a_payday_that_is_near() => Assert.Equal(
        "2026-04-30 09:00 retry", new Story("insufficient_funds", "2026-04-26").Next);

    [Fact]
    public void A_card_that_pays_again_is_asked_for_the_rest_but_not_within_a_day_of_its_no()
    {
        var story = new Story("insufficient_funds", "2026-05-04T10:00");
        var declined = story.Now;

        story.Now = Given.At("2026-05-04T10:01");
        Assert.Equal(Given.At("2026-05-06T09:00"), story.PaysAgain(declined).At);
        Assert.Equal(story.Now, story.PaysAgain(null).At);

        story.Now = Given.At("2026-05-05T10:00");
        Assert.Equal(story.Now, story.PaysAgain(declined).At);
    }

    [Fact]
    public void A_bank_that_gives_no_reason_is_asked_four_times_more_at_most() => Assert.Equal(
        4, new Story("do_not_honor", "2026-05-02T08:00").All().Count(s => s.EndsWith("retry", StringComparison.Ordinal)));

    [Theory]
    [InlineData("lost_card", "fraud")]
    [InlineData("stolen_card", "fraud")]
    [InlineData("invalid_account", "needs_new_card")]
    [InlineData("incorrect_cvc", "fix_card_data")]
    public void A_hard_decline_is_never_retried_and_asked_about_at_once(string code, string ladder)
    {
        var story = new Story(code, "2026-05-02T08:00");
        Assert.Equal(ladder, story.Case.Ladder);
        Assert.Equal(["2026-05-02 08:00 write", "2026-05-16 09:00 write", "2026-05-26 09:00 park"], story.All());
    }

    [Fact]
    public void Consent_withdrawn_is_never_chased_and_offered_to_leave_pause_or_change_card() => Assert.Equal(
        ["2026-05-02 08:00 write", "2026-05-16 09:00 park"], new Story("stop_payment_order", "2026-05-02T08:00").All());

    [Fact]
    public void A_machine_that_failed_is_tried_again_after_hours_and_nobody_hears_of_it() => Assert.Equal(
        [
            "2026-05-02 12:00 retry", "2026-05-02 16:00 retry", "2026-05-04 09:00 retry", "2026-05-05 09:00 retry",
            "2026-05-07 09:00 retry", "2026-05-10 09:00 retry", "2026-05-11 09:00 end",
        ],
        new Story("processing_error", "2026-05-02T08:00").All());

    [Fact]
    public void A_machine_that_fails_on_the_way_uses_up_no_rung()
    {
        var story = new Story("insufficient_funds", "2026-05-02T08:00") { Code = "issuer_not_available" };
        story.Step();
        Assert.Equal(("2026-05-05 13:00 retry", 0, 0), (story.Next, story.Case.Rung, story.Case.Retries));

        story.Code = "insufficient_funds";
        story.Step();
        Assert.Equal(("2026-05-09 09:00 retry", 1), (story.Next, story.Case.Retries));
    }

    [Fact]
    public void Our_own_fault_is_left_to_people_at_once() =>
        Assert.Equal(["2026-05-02 08:00 end"], new Story("duplicate_transaction", "2026-05-02T08:00").All());

    [Fact]
    public void An_outage_of_ours_shortens_nobodys_grace_and_bunches_nothing()
    {
        // Down for five days when the second retry was due: what follows keeps its distances.
        var story = new Story("insufficient_funds", "2026-05-02T08:00");
        story.Step();
        story.Step(Duration.FromDays(5));
        Assert.Equal("2026-05-14 09:00 write", story.Next);

        Assert.Equal(
            ["2026-05-14 09:00 write", "2026-05-21 09:00 retry", "2026-05-26 09:00 retry", "2026-05-28 09:00 write", "2026-06-01 09:00 retry", "2026-06-06 09:00 park"],
            story.All());
    }

    [Fact]
    public void Tries_by_hand_change_no_date_that_was_promised()
    {
        var (left, tried) = (new Story("insufficient_funds", "2026-05-02T08:00"), new Story("insufficient_funds", "2026-05-02T08:00"));
        for (var i = 0; i < 3; i++) tried.Declined("insufficient_funds", ofTheLadder: false);
        tried.Step();
        tried.Declined("do_not_honor", ofTheLadder: false);
        left.Step();

        Assert.Equal(left.All(), tried.All());
    }

    [Fact]
    public void A_firmer_word_of_the_bank_changes_the_ladder_and_a_softer_one_does_not()
    {
        var story = new Story("insufficient_funds", "2026-05-02T08:00") { Code = "lost_card" };
        story.Step();
        Assert.Equal(("fraud", "2026-05-05 09:00 write"), (story.Case.Ladder, story.Next));

        story.Declined("insufficient_funds", ofTheLadder: false);
        Assert.Equal("fraud", story.Case.Ladder);
    }

    [Fact]
    public void Another_card_begins_its_own_ladder()
    {
        var story = new Story("lost_card", "2026-05-02T08:00");
        story.Step();
        story.Now = Given.At("2026-05-04T10:00");

        story.Declined("insufficient_funds", ofTheLadder: false, other: new(Given.Id()));

        Assert.Equal(("soft", "2026-05-07 09:00 retry"), (story.Case.Ladder, story.Next));
    }

    [Fact]
    public void The_second_card_as_agreed_is_tried_once_before_anybody_is_written_to()
    {
        var story = new Story("lost_card", "2026-05-02T08:00") { HasBackup = true };
        story.Replan();
        Assert.Equal(["2026-05-03 09:00 retry", "2026-05-03 09:00 write", "2026-05-17 09:00 write", "2026-05-27 09:00 park"], story.All());
    }

    [Fact]
    public void No_invoice_is_retried_more_than_eight_times_whatever_the_cards()
    {
        var story = new Story("insufficient_funds", "2026-05-02T08:00") { Tries = DeclineCodes.MostRetries + 1 };
        story.Replan();
        Assert.Equal("2026-05-02 08:00 write", story.Next);
    }

    [Fact]
    public void Without_a_card_the_ladder_asks_and_tries_nothing()
    {
        var story = new Story("insufficient_funds", "2026-05-02T08:00") { HasCard = false };
        story.Replan();
        Assert.DoesNotContain(story.All(), s => s.EndsWith("retry", StringComparison.Ordinal));
    }

    [Fact]
    public void Access_is_never_lost_sooner_than_seven_days_after_the_first_message()
    {
        // The post came late: the first message left on 25 May.
        var story = new Story("lost_card", "2026-05-02T08:00");
        story.Step();
        story.Step();
        story.ToldAt = Given.At("2026-05-25T10:00");
        story.Replan();

        Assert.Equal("2026-06-02 09:00 park", story.Next);
    }

    [Fact]
    public void Nobody_is_parked_whom_no_message_has_reached()
    {
        var story = new Story("lost_card", "2026-05-02T08:00");
        story.Step();
        story.Step();
        (story.ToldAt, story.Now) = (null, Given.At("2026-05-26T09:00"));
        story.Replan();
        Assert.Equal("2026-05-27 09:00 wait", story.Next);

        story.Now = Given.At("2026-06-26T09:00");
        story.Replan();
        Assert.Equal("2026-06-26 09:00 end", story.Next);
    }

    [Fact]
    public void What_is_parked_ends_after_six_months()
    {
        var story = new Story("lost_card", "2026-05-02T08:00");
        story.All();
        Assert.Equal((CaseState.Parked, "2026-11-26 09:00 end"), (story.Case.State, story.Next));

        story.Step();
        Assert.Equal(CaseState.Ended, story.Case.State);
    }

    [Fact]
    public void Who_is_exempt_is_never_written_to_and_keeps_access()
    {
        var story = new Story("insufficient_funds", "2026-05-02T08:00") { Exempt = true };
        var steps = story.All();
        Assert.DoesNotContain(steps, s => s.EndsWith("write", StringComparison.Ordinal) || s.EndsWith("park", StringComparison.Ordinal));
        Assert.Equal(CaseState.Stopped, story.Case.State);
    }

    [Theory]
    [InlineData("Pacific/Kiritimati", "2026-05-02T12:00", "2026-05-06 09:00 retry")]
    [InlineData("Pacific/Niue", "2026-05-02T08:00", "2026-05-04 09:00 retry")]
    [InlineData("Asia/Kathmandu", "2026-05-02T12:00", "2026-05-05 09:00 retry")]
    public void Retries_fall_on_nine_in_the_morning_where_the_customer_lives(string zone, string declined, string expected) =>
        Assert.Equal(expected, new Story("insufficient_funds", declined, zone).Next);

    [Fact]
    public void A_retry_is_never_sooner_than_a_day_after_the_try_before()
    {
        var story = new Story("expired_card", "2026-05-02T08:00");
        story.Step();
        story.Step(Duration.FromHours(14));
        Assert.Equal("2026-05-11 09:00 retry", story.Next);
        Assert.All(Policies.Shipped.Ladders.Values.SelectMany(l => l.Rungs).Where(r => r is { Do: RungDo.Retry, Hours: 0 }), r => Assert.True(r.After >= 1));
    }

    [Fact]
    public void A_policy_that_would_hurt_is_not_used()
    {
        var good = Policies.Shipped;
        DunningPolicy With(string name, params Rung[] rungs) => good with
        {
            Ladders = new Dictionary<string, Ladder>(good.Ladders, StringComparer.Ordinal) { [name] = new(name, rungs) },
        };

        Assert.Contains("hard", Assert.Single(With("fraud", new(RungDo.Retry, 3), new(RungDo.People)).Troubles()), StringComparison.Ordinal);
        Assert.Contains("nobody wrote", Assert.Single(With("soft", new Rung(RungDo.Park, 3)).Troubles()), StringComparison.Ordinal);
        Assert.Contains("must end", Assert.Single(With("soft", new Rung(RungDo.Retry, 3)).Troubles()), StringComparison.Ordinal);
        Assert.Contains("at once", Assert.Single(With("soft", new(RungDo.Retry), new(RungDo.People)).Troubles()), StringComparison.Ordinal);
        Assert.NotEmpty((good with { DaysAfterFirstMessage = 6 }).Troubles());
        Assert.NotEmpty((good with { MostRetries = 9 }).Troubles());
        Assert.NotEmpty((good with { Ladders = new Dictionary<string, Ladder>(StringComparer.Ordinal) }).Troubles());
    }

    [Fact]
    public void A_policy_may_end_on_the_spot_what_it_parks()
    {
        var policy = Policies.Shipped with { EndAfterMonths = 0 };
        Assert.Empty(policy.Troubles());
        var story = new Story("lost_card", "2026-05-02T10:00", policy: policy);
        while (story.Case.State == CaseState.Open) story.Step();

        Assert.Equal("2026-05-26 09:00 end", story.Next);
        Assert.Equal(new LocalDate(2026, 5, 26), story.Case.ParkedOn);
        Assert.NotEmpty((policy with { EndAfterMonths = -1 }).Troubles());
    }

    [Fact]
    public void Whoever_wants_no_quiet_time_says_so_with_four_zeros()
    {
        var policy = Policies.Shipped with
        {
            Quiet = Policies.Shipped.Quiet with { Days = 0, AfterDecline = 0, Least = 0, Most = 0 },
            Ladders = new Dictionary<string, Ladder>(Policies.Shipped.Ladders, StringComparer.Ordinal)
            {
                ["expired"] = new("expired", [new(RungDo.Write, Template: NoticeKind.CardExpiredAsk), new(RungDo.Park, 7)]),
            },
        };
        Assert.Empty(policy.Troubles());
        Assert.NotEmpty((policy with { Quiet = policy.Quiet with { AfterDecline = 1 } }).Troubles());

        var none = QuietTime.Choose("BD", "visa", [new("BD", "visa", 12, true, 60)], policy.Quiet);
        Assert.Equal(0, none.Days);
        Assert.Equal("2026-05-02 10:00 write", new Story("expired_card", "2026-05-02T10:00", policy: policy) { QuietUntil = new(2026, 5, 2) }.Next);
    }
}
