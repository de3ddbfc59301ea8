using Billing.Dunning;

namespace Billing.Tests.Dunning;

/// <summary>What the customer and support can do with a case.</summary>
public sealed class ActsTests
{
    private static readonly PromiseTerms Terms = Policies.Shipped.Promise;

    [Fact]
    public void A_day_to_pay_is_tried_once_that_morning_and_until_then_nothing_is_asked()
    {
        var story = new Story("lost_card", "2026-05-02T08:00");
        Assert.Equal("2026-05-02 08:00 write", story.Next);

        story.Case.Promise(new(2026, 5, 12), Terms, new(2026, 5, 2));
        story.Replan();

        Assert.Equal("2026-05-12 09:00 retry", story.Next);
    }

    [Fact]
    public void A_promise_that_was_not_kept_lets_the_ladder_go_on_where_it_was()
    {
        var story = new Story("insufficient_funds", "2026-05-02T08:00");
        story.Step();
        Assert.Equal(("2026-05-09 09:00 retry", 1), (story.Next, story.Case.Rung));

        story.Case.Promise(new(2026, 5, 12), Terms, new(2026, 5, 5));
        story.Replan();
        story.Step();

        Assert.Equal((1, 1), (story.Case.PromisesBroken, story.Case.Rung));
        Assert.Equal("2026-05-16 09:00 retry", story.Next);
    }

    [Fact]
    public void A_second_day_may_be_chosen_and_a_third_may_not()
    {
        var story = new Story("insufficient_funds", "2026-05-02T08:00");
        story.Case.Promise(new(2026, 5, 12), Terms, new(2026, 5, 2));
        story.Case.Promise(new(2026, 5, 13), Terms, new(2026, 5, 3));

        Assert.Equal("promises_used_up", Assert.Throws<Refused>(() => story.Case.Promise(new(2026, 5, 14), Terms, new(2026, 5, 4))).Code);
    }

    [Fact]
    public void A_day_taken_back_at_once_was_never_chosen_and_one_taken_back_later_counts()
    {
        var story = new Story("insufficient_funds", "2026-05-02T08:00");
        var before = story.Next;
        story.Case.Promise(new(2026, 5, 12), Terms, new(2026, 5, 2));
        story.Case.WithdrawPromise(new(2026, 5, 2), new(2026, 5, 2), Instant.FromUtc(2026, 5, 2, 18, 0));
        story.Replan();
        Assert.Equal((before, 0), (story.Next, story.Case.Promises));

        story.Case.Promise(new(2026, 5, 12), Terms, new(2026, 5, 2));
        var back = story.Case.WithdrawPromise(new(2026, 5, 2), new(2026, 5, 5), Instant.FromUtc(2026, 5, 5, 8, 0));
        story.Replan();
        Assert.Equal((new(2026, 5, 12), 1, "2026-05-08 09:00 retry"), (back.Day, story.Case.Promises, story.Next));
        Assert.Equal("no_day_chosen", Assert.Throws<Refused>(
            () => story.Case.WithdrawPromise(new(2026, 5, 2), new(2026, 5, 5), Instant.FromUtc(2026, 5, 5, 8, 0))).Code);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(17)]
    public void A_day_to_pay_is_one_of_the_next_fourteen(int day) => Assert.Equal("day_out_of_range", Assert.Throws<Refused>(
        () => new Story("insufficient_funds", "2026-05-02T08:00").Case.Promise(new(2026, 5, day), Terms, new(2026, 5, 2))).Code);

    [Fact]
    public void Extended_grace_is_kept_to_the_day()
    {
        var story = new Story("lost_card", "2026-05-02T08:00");
        story.Step();
        story.Case.Extend(new(2026, 6, 20), "She is in hospital.", new(2026, 5, 3));
        story.Replan();
        Assert.Equal("2026-06-20 09:00 wait", story.Next);

        // The last call is written that morning, and its ten days are counted from there.
        story.Step();
        Assert.Equal((2, "2026-06-30 09:00 park"), (story.Case.Contacts, story.Next));
    }

    [Fact]
    public void Whoever_writes_in_person_silences_the_next_message_and_only_that()
    {
        var story = new Story("lost_card", "2026-05-02T08:00");
        story.Case.WritePersonally("I know him.", new(2026, 5, 2));
        story.Step();
        Assert.Equal((0, "2026-05-16 09:00 write"), (story.Case.Contacts, story.Next));

        story.Step();
        Assert.Equal(1, story.Case.Contacts);
    }

    [Fact]
    public void A_closed_case_takes_nothing_more_and_closes_once()
    {
        var it = new Story("insufficient_funds", "2026-05-02T08:00").Case;
        Assert.NotNull(it.Close(CaseState.Recovered, "Paid.", new(2026, 5, 4), RecoveryRoute.NewCard));
        Assert.Null(it.Close(CaseState.Left, "Left.", new(2026, 5, 5)));

        Assert.Equal("case_closed", Assert.Throws<Refused>(() => it.Promise(new(2026, 5, 12), Terms, new(2026, 5, 5))).Code);
        Assert.Equal("case_closed", Assert.Throws<Refused>(() => it.Extend(new(2026, 5, 12), "why", new(2026, 5, 5))).Code);
        Assert.Equal("case_closed", Assert.Throws<Refused>(() => it.WritePersonally("why", new(2026, 5, 5))).Code);
        Assert.Equal((CaseState.Recovered, null), (it.State, it.NextAt));
    }
}
