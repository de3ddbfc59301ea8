using Billing.Subscriptions;

namespace Billing.Tests.Subscriptions;

/// <summary>The one answer of the main app.</summary>
public sealed class EntitlementTests
{
    [Fact]
    public void A_failed_payment_alone_never_changes_what_one_may_use()
    {
        var unpaid = new Beach(paid: false);

        Assert.Equal(Of(new Beach(), "2026-04-20") with { PlanId = default }, Of(unpaid, "2026-04-20") with { PlanId = default });
        Assert.Equal(Answer(Access.Full, EntitlementReason.Active, "2026-05-01"), Told(unpaid, "2026-04-20"));
        // The run is late: still full, and only today is certain.
        Assert.Equal(Answer(Access.Full, EntitlementReason.Active, "2026-05-04"), Told(unpaid, "2026-05-03T10:00"));
    }

    [Fact]
    public void What_was_to_end_has_ended_whether_or_not_the_run_has_been_by()
    {
        var beach = new Beach();
        beach.Subscription.CancelAtEnd(Given.At("2026-04-10"));

        Assert.Equal(Answer(Access.Full, EntitlementReason.Ending, "2026-05-01"), Told(beach, "2026-04-30T23:59"));
        Assert.Equal(Answer(Access.None, EntitlementReason.Ended, null), Told(beach, "2026-05-01"));
        beach.Live("2026-05-02");
        Assert.Equal(Answer(Access.None, EntitlementReason.Ended, null), Told(beach, "2026-05-02"));
    }

    [Fact]
    public void On_the_beach_one_may_use_what_the_terms_say()
    {
        var beach = new Beach();
        beach.Go("2026-04-17", back: "2026-06-17");

        Assert.Equal(Answer(Access.ReadOnly, EntitlementReason.OnABreak, "2026-06-17"), Told(beach, "2026-05-01", beach.Break));
        beach.Live("2026-06-10");
        // The run does not come on the 17th; the return was announced, so it is the return all the same.
        Assert.Equal(Answer(Access.Full, EntitlementReason.Active, "2026-07-01"), Told(beach, "2026-06-17", beach.Break));
        beach.Live("2026-06-17");
        Assert.Equal(Answer(Access.Full, EntitlementReason.Active, "2026-07-01"), Told(beach, "2026-06-17", beach.Break));
    }

    [Fact]
    public void Who_was_not_reminded_is_not_back_before_seven_days_after_the_reminder()
    {
        var beach = new Beach();
        beach.Go("2026-04-17", back: "2026-06-17");
        beach.Live("2026-06-05");

        // Our run is down: what is said here is what it will do when it comes, never "full" today and "read only" tomorrow.
        Assert.Equal(Answer(Access.ReadOnly, EntitlementReason.OnABreak, "2026-06-17"), Told(beach, "2026-06-10", beach.Break));
        Assert.Equal(Answer(Access.ReadOnly, EntitlementReason.OnABreak, "2026-06-25"), Told(beach, "2026-06-18", beach.Break));
        beach.WakeUp("2026-06-20");
        Assert.Equal(Answer(Access.ReadOnly, EntitlementReason.OnABreak, "2026-06-27"), Told(beach, "2026-06-20", beach.Break));
        Assert.Equal(Answer(Access.Full, EntitlementReason.Active, "2026-07-11"), Told(beach, "2026-06-27", beach.Break));
    }

    [Fact]
    public void Before_a_planned_break_all_is_as_it_was_until_it_begins()
    {
        var beach = new Beach();
        beach.Go("2026-04-17", back: "2026-07-01", ChangeWhen.PeriodEnd);

        Assert.Equal(Answer(Access.Full, EntitlementReason.Active, "2026-05-01"), Told(beach, "2026-04-30", beach.Break));
        Assert.Equal(Answer(Access.ReadOnly, EntitlementReason.OnABreak, "2026-07-01"), Told(beach, "2026-05-01", beach.Break));
    }

    [Fact]
    public void A_trial_says_so()
    {
        var customer = Given.Customer();
        var trial = Given.Subscription(customer, "2026-01-01", Given.Dollars(49.00m), terms: new(TrialDays: 14));

        var answer = Entitlement.Of(trial, null, Given.At("2026-01-10"));

        Assert.Equal((Access.Full, EntitlementReason.Trial, Given.At("2026-01-15")), (answer.Access, answer.Reason, answer.CertainUntil));
    }

    private static Entitlement Of(Beach beach, string at, Break? away = null) => Entitlement.Of(beach.Subscription, away, Given.At(at));

    private static (Access, EntitlementReason, Instant?) Told(Beach beach, string at, Break? away = null) =>
        Of(beach, at, away) is var answer ? (answer.Access, answer.Reason, answer.CertainUntil) : default;

    private static (Access, EntitlementReason, Instant?) Answer(Access access, EntitlementReason why, string? until) =>
        (access, why, until is null ? null : Given.At(until));
}
