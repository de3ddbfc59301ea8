using Billing.Invoicing;
using Billing.Payments;
using Billing.Retention;
using Billing.Server.Pages.Language;
using Billing.Server.Tests.Infrastructure;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Billing.Server.Tests.Browser;

/// <summary>What customers come for, made in a real browser in every way there is, and counted in clicks.</summary>
public sealed class JourneyTests(BrowserFixture browser, PortalHouse portal) : IClassFixture<PortalHouse>
{
    private static readonly LocalDate Back = new(2026, 12, 28), PeriodEnd = new(2026, 12, 24);

    public static TheoryData<string, string, string> Ways => Visit.Ways;

    private ApiHouse House => portal.House;

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_break_is_chosen_understood_and_begun_in_three_clicks_and_ended_in_two(string language, string screen, string way)
    {
        var (customer, subscription) = await portal.SubscriberAsync(language);
        await using var visit = await Visit.BeginAsync(browser, House, customer, language, screen, way);
        var words = visit.Words;

        await visit.PressAsync(visit.Link(words.TakeABreak));
        await visit.PressAsync(visit.Link(words.BackOnDay(Back)));
        await visit.SeeAsync(".next .big", words.BackOnDay(Back));
        // 200 for the month away and four days of the next: told before anything is so.
        await visit.SeeAsync(".next", words.BreakCosts(new(language == "bn" ? 22_581 : 226, Currency.Of(language == "bn" ? "BDT" : "USD"))));
        Assert.Equal(0, await BreaksAsync(subscription));
        await visit.PressAsync(visit.Button(words.BreakConfirm(ChangeWhen.Now)));
        await visit.SeeAsync(".done", words.DoneSay(CustomerAct.BreakTaken));
        Assert.Equal(3, visit.Clicks);
        var away = await House.ReadAsync(db => db.Breaks.SingleAsync(b => b.SubscriptionId == new SubscriptionId(subscription), Stop));
        Assert.Equal((BreakState.Away, Back), (away.State, away.ReturnOn));

        visit.Rest();
        await visit.PressAsync(visit.Link(words.YourBreak));
        await visit.PressAsync(visit.Button(words.ComeBackToday));
        await visit.SeeAsync(".done", words.DoneSay(CustomerAct.BreakEnded));
        Assert.Equal(2, visit.Clicks);
        Assert.Equal(Lifecycle.Active, (await SubscriptionAsync(subscription)).Lifecycle);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_plan_is_chosen_quoted_and_changed_in_three_clicks_and_a_planned_change_undone_in_one(
        string language, string screen, string way)
    {
        var (customer, subscription) = await portal.SubscriberAsync(language);
        await using var visit = await Visit.BeginAsync(browser, House, customer, language, screen, way);
        var words = visit.Words;

        await visit.PressAsync(visit.Link(words.ChangePlan));
        await visit.PressAsync(visit.Button(words.ChooseThis("Sloop", Periods.Cadence.Monthly)));
        await visit.SeeAsync(".next .big", "Sloop");
        var shown = await visit.Page.Locator(".next .total .number").InnerTextAsync();
        await visit.PressAsync(visit.Button(words.QuoteConfirm(true)));
        await visit.SeeAsync(".done", words.DoneSay(CustomerAct.PlanChanged));
        Assert.Equal(3, visit.Clicks);
        var invoice = await House.ReadAsync(db => db.Invoices.OrderByDescending(i => i.Id).FirstAsync(i => i.CustomerId == new CustomerId(customer), Stop));
        Assert.Equal((InvoiceKind.Change, shown), (invoice.Kind, visit.Formats.Money(invoice.Total)));

        visit.Rest();
        await visit.PressAsync(visit.Link(words.ChangePlan));
        await visit.PressAsync(visit.Button(words.ChooseThis("Skiff", Periods.Cadence.Monthly)));
        await visit.PressAsync(visit.Button(words.QuoteConfirm(false)));
        await visit.SeeAsync(".done", words.DoneSay(CustomerAct.ChangePlanned));
        Assert.Equal(3, visit.Clicks);
        visit.Rest();
        await visit.PressAsync(visit.Button(words.WithdrawChange));
        await visit.SeeAsync(".done", words.DoneSay(CustomerAct.ChangeWithdrawn));
        Assert.Equal(1, visit.Clicks);
        Assert.Null((await SubscriptionAsync(subscription)).PlannedPlanId);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Leaving_takes_two_clicks_the_offer_stands_beside_it_and_one_click_undoes_it(string language, string screen, string way)
    {
        var (customer, subscription) = await portal.SubscriberAsync(language);
        await using var visit = await Visit.BeginAsync(browser, House, customer, language, screen, way);
        var words = visit.Words;

        await visit.PressAsync(visit.Button(words.Leave));
        visit.Rest();
        await visit.PressAsync(visit.Button(ReasonIn(language)));
        await visit.SeeAsync("#offer", words.OfferTitle);
        await MustWeighTheSameAsync(visit.Page.Locator("section:has(#offer) .button"), visit.Button(words.LeaveThen(PeriodEnd)), visit.Button(words.LeaveToday));
        await visit.PressAsync(visit.Button(words.LeaveThen(PeriodEnd)));
        await visit.SeeAsync(".done", words.DoneSay(CustomerAct.Left));
        Assert.Equal(2, visit.Clicks);
        Assert.Equal(PeriodEnd, (await SubscriptionAsync(subscription)).PlannedEnd);

        visit.Rest();
        await visit.PressAsync(visit.Button(words.StayAfterAll));
        await visit.SeeAsync(".done", words.DoneSay(CustomerAct.LeaveWithdrawn));
        Assert.Equal(1, visit.Clicks);
        Assert.Null((await SubscriptionAsync(subscription)).PlannedEnd);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_declined_card_is_told_of_kindly_replaced_in_three_clicks_and_what_is_open_is_paid_once(
        string language, string screen, string way)
    {
        var (customer, _) = await portal.SubscriberAsync(language, "sandbox_declines_insufficient_funds");
        await using var visit = await Visit.BeginAsync(browser, House, customer, language, screen, way);
        var words = visit.Words;
        var due = (await House.ReadAsync(db => db.Invoices.SingleAsync(i => i.CustomerId == new CustomerId(customer), Stop))).Due;

        await visit.PressAsync(visit.Button(words.PayNow(due)));
        await visit.SeeAsync("h1", words.PaymentTitle(AttemptState.Declined));

        visit.Rest();
        await visit.PressAsync(visit.Link(words.ReplaceCard));
        await visit.PressAsync(visit.Button(words.UseThis(words.CardIs("mastercard", "4444"))));
        await visit.SeeAsync(".done", words.DoneSay(CustomerAct.CardAdded));
        Assert.InRange(visit.Clicks, 1, 3);

        visit.Rest();
        await visit.PressAsync(visit.Button(words.PayNow(due)));
        await visit.SeeAsync(".done", words.DoneSay(CustomerAct.Paid));
        Assert.Equal(1, visit.Clicks);
        await House.RunAsync();
        Assert.Equal(1, await SucceededAsync(customer));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Language_and_zone_are_changed_and_how_easy_it_was_is_told_in_one_click(string language, string screen, string way)
    {
        var (customer, _) = await portal.SubscriberAsync(language);
        await using var visit = await Visit.BeginAsync(browser, House, customer, language, screen, way);
        var other = language == "bn" ? Words.English : Words.Bengali;

        await visit.PressAsync(visit.Button(other.OwnName));
        await visit.SeeAsync(".done", other.DoneSay(CustomerAct.DetailsChanged));
        Assert.Equal(1, visit.Clicks);

        // Enter in the sentence answers nothing: it would be the first number, which is the worst.
        await visit.Page.FillAsync("#words", "Quick");
        await visit.Page.PressAsync("#words", "Enter");
        visit.Rest();
        await visit.PressAsync(visit.Button(other.EaseOf(6)));
        await visit.SeeAsync(".done", other.ThanksForWords);
        Assert.Equal(1, visit.Clicks);
        var said = await House.ReadAsync(db => db.Feedback.SingleAsync(f => f.CustomerId == new CustomerId(customer), Stop));
        Assert.Equal((CustomerAct.DetailsChanged, 6, "Quick"), (said.Act, said.Ease, said.Words));

        await visit.PressAsync(visit.Link(other.DetailsAndData));
        await visit.Page.SelectOptionAsync("#timeZone", "Asia/Tokyo");
        await visit.PressAsync(visit.Button(other.Save));
        await visit.SeeAsync(".done", other.DoneSay(CustomerAct.DetailsChanged));
        Assert.Equal("Asia/Tokyo", (await House.ReadAsync(db => db.Customers.SingleAsync(c => c.Id == new CustomerId(customer), Stop))).TimeZone);
    }

    [Fact]
    public async Task A_break_can_be_planned_prolonged_and_taken_back()
    {
        var (customer, subscription) = await portal.SubscriberAsync();
        await using var visit = await Visit.BeginAsync(browser, House, customer);
        var words = visit.Words;

        await visit.PressAsync(visit.Link(words.TakeABreak));
        await visit.PressAsync(visit.Link(words.BreakAtEnd(PeriodEnd)));
        await visit.PressAsync(visit.Button(words.BreakConfirm(ChangeWhen.PeriodEnd)));
        await visit.SeeAsync(".done", words.DoneSay(CustomerAct.BreakTaken));
        Assert.Equal(3, visit.Clicks);
        var first = (await SubscriptionAsync(subscription)).BreakStartsOn;
        Assert.Equal(PeriodEnd, first);

        await visit.PressAsync(visit.Link(words.YourBreak));
        await visit.Page.FillAsync("#back", "2027-02-15");
        await visit.PressAsync(visit.Button(words.Show));
        await visit.PressAsync(visit.Button(words.BreakExtendConfirm(new(2027, 2, 15))));
        await visit.SeeAsync(".done", words.DoneSay(CustomerAct.BreakExtended));

        visit.Rest();
        await visit.PressAsync(visit.Button(words.WithdrawBreak));
        await visit.SeeAsync(".done", words.DoneSay(CustomerAct.BreakWithdrawn));
        Assert.Equal(1, visit.Clicks);
        Assert.Null((await SubscriptionAsync(subscription)).BreakStartsOn);
    }

    [Fact]
    public async Task An_offered_break_leads_to_the_calendar_and_keeps_the_customer()
    {
        var (customer, subscription) = await portal.SubscriberAsync();
        await using var visit = await Visit.BeginAsync(browser, House, customer);
        var words = visit.Words;

        await visit.PressAsync(visit.Button(words.Leave));
        await visit.PressAsync(visit.Button("I am not using it at the moment"));
        await visit.PressAsync(visit.Link(words.TakeABreak));
        await visit.PressAsync(visit.Button(words.BreakConfirm(ChangeWhen.Now)));
        await visit.SeeAsync(".done", words.DoneSay(CustomerAct.OfferTaken));

        var session = await House.ReadAsync(db => db.CancelSessions.SingleAsync(s => s.SubscriptionId == new SubscriptionId(subscription), Stop));
        Assert.Equal(SessionOutcome.TookOffer, session.Outcome);
        Assert.Equal(1, await BreaksAsync(subscription));
    }

    [Fact]
    public async Task A_smaller_plan_is_taken_instead_of_leaving_or_all_stays_as_it_is()
    {
        var (customer, subscription) = await portal.SubscriberAsync();
        await using var visit = await Visit.BeginAsync(browser, House, customer);
        var words = visit.Words;
        await visit.PressAsync(visit.Button(words.Leave));
        await visit.PressAsync(visit.Button(words.Stay));
        await visit.SeeAsync(".done", words.DoneSay(CustomerAct.Stayed));

        await visit.PressAsync(visit.Button(words.Leave));
        await visit.Page.FillAsync("#text", "It is a quiet year.");
        await visit.PressAsync(visit.Button(ReasonIn("en")));
        await visit.PressAsync(visit.Button("Move to Skiff"));
        await visit.SeeAsync(".done", words.DoneSay(CustomerAct.OfferTaken));

        Assert.NotNull((await SubscriptionAsync(subscription)).PlannedPlanId);
        Assert.Equal(1, await House.ReadAsync(db => db.CancelSessions.CountAsync(s => s.Text == "It is a quiet year.", Stop)));
    }

    [Fact]
    public async Task Who_left_comes_back_after_seeing_what_it_costs()
    {
        var (customer, subscription) = await portal.SubscriberAsync();
        await using var visit = await Visit.BeginAsync(browser, House, customer);
        var words = visit.Words;
        await visit.PressAsync(visit.Button(words.Leave));
        await visit.PressAsync(visit.Button(words.LeaveToday));
        await visit.SeeAsync(".done", words.DoneSay(CustomerAct.Left));

        visit.Rest();
        await visit.PressAsync(visit.Link(words.ComeBack));
        await visit.SeeAsync(".lead", "$24.00 every month");
        Assert.Equal(Lifecycle.Ended, (await SubscriptionAsync(subscription)).Lifecycle);
        await visit.PressAsync(visit.Button(words.ComeBack));
        await visit.SeeAsync(".done", words.DoneSay(CustomerAct.CameBack));
        Assert.Equal((2, Lifecycle.Active), (visit.Clicks, (await SubscriptionAsync(subscription)).Lifecycle));
    }

    private static CancellationToken Stop => ApiHouse.Cancellation;

    private static string ReasonIn(string language) => language == "bn" ? "দাম বেশি মনে হচ্ছে" : "It costs too much";

    private Task<int> BreaksAsync(Guid subscription) =>
        House.ReadAsync(db => db.Breaks.CountAsync(b => b.SubscriptionId == new SubscriptionId(subscription), Stop));

    private Task<Subscription> SubscriptionAsync(Guid id) =>
        House.ReadAsync(db => db.Subscriptions.SingleAsync(s => s.Id == new SubscriptionId(id), Stop));

    private Task<int> SucceededAsync(Guid customer) => House.ReadAsync(
        db => db.PaymentAttempts.CountAsync(a => a.CustomerId == new CustomerId(customer) && a.State == AttemptState.Succeeded, Stop));

    /// <summary>As wide, as high where the text allows it, and in the same colours.</summary>
    private static async Task MustWeighTheSameAsync(params ILocator[] buttons)
    {
        List<string> looks = [];
        foreach (var button in buttons)
        {
            looks.Add(await button.EvaluateAsync<string>("""
                element => { const style = getComputedStyle(element); return [style.backgroundColor, style.color, style.fontSize, style.fontWeight, Math.round(element.offsetWidth)].join() }
                """));
        }

        Assert.Single(looks.Distinct());
    }
}
