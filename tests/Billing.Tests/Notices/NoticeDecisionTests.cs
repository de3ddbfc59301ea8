using Billing.Customers;
using Billing.History;
using Billing.Notices;
using Billing.Periods;
using Billing.Subscriptions;

namespace Billing.Tests.Notices;

/// <summary>What becomes of a notice, by what has happened since it was planned.</summary>
public sealed class NoticeDecisionTests
{
    private static readonly Instant Noon = Given.At("2026-06-03T12:00");

    [Fact]
    public void A_notice_is_sent_only_if_it_is_still_true()
    {
        var (customer, subscription) = Pro();
        var planned = subscription.CancelAtEnd(Noon)[^1];

        Assert.Equal(
            new NoticeContent.CancelPlanned("Pro", new(2026, 6, 30)), Assert.IsType<NoticeDecision.Say>(Decide(NoticeKind.CancelPlanned, customer, subscription, planned)).Content);

        // An hour later the customer changes their mind, before the mail went out.
        var stays = subscription.KeepGoing(Noon);
        Assert.IsType<NoticeDecision.Drop>(Decide(NoticeKind.CancelPlanned, customer, subscription, planned));
        Assert.IsType<NoticeDecision.Say>(Decide(NoticeKind.CancelWithdrawn, customer, subscription, stays));
    }

    [Fact]
    public void What_asks_for_money_is_withdrawn_once_its_case_is_closed_or_nothing_is_open()
    {
        var customer = Somebody("a@example.com");
        var open = Given.Invoice(customer, Given.Dollars(49));
        NoticeDecision Asked(bool caseIsOpen, params Billing.Invoicing.Invoice[] invoices) => NoticeDecision.Of(
            new(Notice.Plan(Guid.NewGuid(), customer.Id, NoticeKind.PaymentFailed, Guid.NewGuid(), 1, NoticeChannel.Mail, Noon, Noon), customer, Noon)
            {
                CaseIsOpen = caseIsOpen,
                Open = invoices,
            },
            byMail: true, NoticePolicy.Default);

        Assert.IsType<NoticeDecision.Say>(Asked(caseIsOpen: true, open));
        // Closed with something open, as when the customer chose a day; and paid while the case is not closed yet.
        Assert.Equal("The case is closed.", Assert.IsType<NoticeDecision.Drop>(Asked(caseIsOpen: false, open)).Why);
        Assert.Equal("Nothing is open any more.", Assert.IsType<NoticeDecision.Drop>(Asked(caseIsOpen: true)).Why);
    }

    [Fact]
    public void What_comes_too_late_to_be_of_use_is_not_said()
    {
        var (customer, subscription) = Pro();
        var planned = subscription.CancelAtEnd(Noon)[^1];

        NoticeDecision After(int days) => Decide(NoticeKind.CancelPlanned, customer, subscription, planned, later: Duration.FromDays(days));
        Assert.IsType<NoticeDecision.Say>(After(14));
        Assert.Equal("It comes too late to be of use.", Assert.IsType<NoticeDecision.Drop>(After(15)).Why);
    }

    [Fact]
    public void Without_an_address_nobody_is_written_to_and_the_main_app_may_still_speak()
    {
        var (customer, subscription) = Pro(email: null);
        var planned = subscription.CancelAtEnd(Noon)[^1];

        Assert.IsType<NoticeDecision.Drop>(Decide(NoticeKind.CancelPlanned, customer, subscription, planned));
        Assert.IsType<NoticeDecision.Say>(Decide(NoticeKind.CancelPlanned, customer, subscription, planned, byMail: false));
    }

    [Fact]
    public void Courtesies_can_be_switched_off_and_what_must_be_said_cannot()
    {
        var none = NoticePreferences.All(default, Noon);
        var changed = none.Wish(receipts: false, courtesies: false, new(2026, 6, 3), Noon);

        Assert.Equal((false, false), (changed.Receipts, changed.Courtesies));
        NoticeKind[] off = [.. Enum.GetValues<NoticeKind>().Where(kind => !none.Want(kind))];
        Assert.Equal([NoticeKind.Receipt, NoticeKind.BreakBegun, NoticeKind.BreakEnded, NoticeKind.CameBack, NoticeKind.PaidThanks], off);
        none.Wish(receipts: true, courtesies: false, new(2026, 6, 3), Noon);
        Assert.True(none.Want(NoticeKind.Receipt) && !none.Want(NoticeKind.BreakBegun));
    }

    [Fact]
    public void A_trials_end_is_said_three_days_before_with_the_amount_and_only_if_something_is_charged()
    {
        var customer = Somebody("a@example.com");
        var plan = Given.Plan(trialDays: 14);
        var subscription = Subscription.Start(new(Guid.NewGuid()), customer, plan, plan.Price(Given.Dollars(49)), new(), Given.At("2026-06-01"));
        SubscriptionStarted started = new(customer.Id, subscription.StartedOn, subscription.Id, plan.Id, subscription.TrialEndsOn);
        Assert.Equal((NoticeKind.TrialEnding, new LocalDate(2026, 6, 12)), FactNotices.Of(started));

        NoticeDecision On(string moment) => Decide(NoticeKind.TrialEnding, customer, subscription, started, Given.At(moment) - Noon, plannedAt: Given.At("2026-06-01"));
        Assert.Equal(Given.At("2026-06-12"), Assert.IsType<NoticeDecision.Wait>(On("2026-06-11T12:00")).Until);
        var said = Assert.IsType<NoticeContent.TrialEnding>(Assert.IsType<NoticeDecision.Say>(On("2026-06-12T12:00")).Content);
        Assert.Equal((new LocalDate(2026, 6, 15), Given.Dollars(49)), (said.On, said.Due));

        subscription.CancelAtEnd(Given.At("2026-06-12"));
        Assert.IsType<NoticeDecision.Drop>(On("2026-06-12T12:00"));
    }

    [Fact]
    public void A_year_is_said_30_days_before_it_begins_again()
    {
        var customer = Somebody("a@example.com");
        var subscription = Given.Subscription(customer, "2026-05-01", Given.Dollars(490), Cadence.Yearly);
        var billed = subscription.Bill(customer);
        Assert.Equal((NoticeKind.RenewalAhead, new LocalDate(2027, 4, 1)), FactNotices.Of(billed.Fact));

        NoticeDecision On(string moment) => Decide(NoticeKind.RenewalAhead, customer, subscription, billed.Fact, Given.At(moment) - Noon, plannedAt: Given.At("2026-05-01"));
        Assert.Equal(Given.At("2027-04-01"), Assert.IsType<NoticeDecision.Wait>(On("2027-03-31T12:00")).Until);
        var said = Assert.IsType<NoticeContent.RenewalAhead>(Assert.IsType<NoticeDecision.Say>(On("2027-04-01T12:00")).Content);
        Assert.Equal((new LocalDate(2027, 5, 1), new LocalDate(2028, 5, 1), Given.Dollars(490)), (said.On, said.To, said.Due));
    }

    [Fact]
    public void Who_pays_by_the_month_is_not_told_of_every_renewal()
    {
        var (customer, subscription) = Pro();
        Assert.Null(FactNotices.Of(subscription.Bill(customer).Fact));
    }

    private static Customer Somebody(string? email) =>
        Customer.Add(new(Guid.NewGuid()), new(null, null, email, null, "en", "UTC"), Currency.Of("USD"), Given.At("2026-01-01"));

    private static (Customer Customer, Subscription Subscription) Pro(string? email = "a@example.com")
    {
        var customer = Somebody(email);
        var subscription = Given.Subscription(customer, "2026-06-01", Given.Dollars(49));
        subscription.Bill(customer);
        return (customer, subscription);
    }

    private static NoticeDecision Decide(
        NoticeKind kind, Customer customer, Subscription subscription, Fact fact, Duration later = default, bool byMail = true, Instant? plannedAt = null)
    {
        var now = Noon + later;
        var notice = Notice.Plan(Guid.NewGuid(), customer.Id, kind, Guid.NewGuid(), 0, NoticeChannel.Mail, plannedAt ?? Noon, plannedAt ?? Noon);
        var outlook = Outlook.Of(new(customer, [new(subscription, "Pro", "Pro", [])], [], null, Given.Minimum, now));
        return NoticeDecision.Of(
            new(notice, customer, now) { Fact = fact, Subscription = subscription, Plan = "Pro", Ahead = outlook }, byMail, NoticePolicy.Default);
    }
}
