using System.Text.RegularExpressions;
using Billing.Dunning;
using Billing.Invoicing;
using Billing.Retention;
using Billing.Server.Cards;
using Billing.Server.Pages.Language;
using Billing.Server.Pages.Portal.Cards;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Infrastructure;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Browser;

/// <summary>Somebody whose payment did not go through, on the own page: every way out, and none of them a dead end.</summary>
public sealed partial class OpenPaymentTests(BrowserFixture browser, PortalHouse portal) : IClassFixture<PortalHouse>
{
    private const string NoMoney = "sandbox_declines_insufficient_funds", Lost = "sandbox_declines_lost_card",
        Revoked = "sandbox_declines_revocation_of_authorization";

    private static readonly LocalDate Payday = new(2026, 12, 4);

    public static TheoryData<string, string, string> Ways => Visit.Ways;

    private ApiHouse House => portal.House;

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_day_to_pay_is_chosen_in_three_clicks_and_taken_back_in_one(string language, string screen, string way)
    {
        var (customer, _) = await portal.SubscriberAsync(language, NoMoney);
        await using var visit = await Visit.BeginAsync(browser, House, customer, language, screen, way);
        var words = visit.Words;

        await visit.PressAsync(visit.Link(words.ChooseDayToPay));
        await visit.PressAsync(visit.Link(words.PayOnDay(Payday)));
        await visit.SeeAsync(".next .big", words.PayOnDay(Payday));
        Assert.Null((await CaseAsync(customer)).PromisedOn);
        await visit.PressAsync(visit.Button(words.DayConfirm));
        await visit.SeeAsync(".done", words.DoneSay(CustomerAct.DayChosen));
        Assert.Equal(3, visit.Clicks);
        var chosen = await CaseAsync(customer);
        Assert.Equal((Payday, DunningStep.Retry, 9), (chosen.PromisedOn, chosen.NextStep, HourOf(chosen.NextAt!.Value, language)));
        await visit.SeeAsync(".ways", words.DayIsChosen(Payday));
        await visit.SeeAsync(".ways", words.OtherCardWaits(Payday));

        visit.Rest();
        await visit.PressAsync(visit.Button(words.TakeDayBack));
        await visit.SeeAsync(".done", words.DoneSay(CustomerAct.DayWithdrawn));
        Assert.Equal(1, visit.Clicks);
        Assert.Equal((null, 0), ((await CaseAsync(customer)).PromisedOn, (await CaseAsync(customer)).Promises));
    }

    [Fact]
    public async Task A_second_day_may_be_chosen_and_a_third_is_refused_in_plain_words()
    {
        var (customer, _) = await portal.SubscriberAsync(card: NoMoney);
        await using var visit = await Visit.BeginAsync(browser, House, customer);
        var words = visit.Words;
        await visit.PressAsync(visit.Link(words.ChooseDayToPay));
        await visit.PressAsync(visit.Button(words.DayConfirm));
        await visit.SeeAsync(".done", words.DoneSay(CustomerAct.DayChosen));

        var stale = await visit.Page.Context.NewPageAsync();
        await stale.GotoAsync("/portal/day?day=2026-12-05");
        await visit.PressAsync(visit.Link(words.ChooseOtherDay));
        await visit.SeeAsync(".next", words.DayIsTheLast);
        await visit.Page.FillAsync("#typed", "2026-12-03");
        await visit.PressAsync(visit.Button(words.Show));
        await visit.PressAsync(visit.Button(words.DayConfirm));
        await visit.SeeAsync(".ways", words.DayIsChosen(new(2026, 12, 3)));
        Assert.Equal(0, await visit.Link(words.ChooseOtherDay).CountAsync());

        await stale.ClickAsync(".next button");
        await stale.Locator("h1").Filter(new() { HasText = words.TroubleTitle }).WaitForAsync();
        await stale.GotoAsync("/portal/day");
        await stale.Locator(".notice").Filter(new() { HasText = words.Trouble("promises_used_up") }).WaitForAsync();
        Assert.Equal((new(2026, 12, 3), 2), ((await CaseAsync(customer)).PromisedOn, (await CaseAsync(customer)).Promises));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_second_card_steps_in_only_after_the_customer_read_what_it_means_and_agreed(string language, string screen, string way)
    {
        var (customer, _) = await portal.SubscriberAsync(language, billed: false);
        var second = await House.ReadAsync(db => db.Cards.Where(c => c.CustomerId == new CustomerId(customer)).SingleAsync(Stop));
        await House.SendAsync(new AddCard(customer, new(Lost)));
        await House.RunAsync();
        Assert.False((await CaseAsync(customer)).IsOnBackup);
        await using var visit = await Visit.BeginAsync(browser, House, customer, language, screen, way);
        var words = visit.Words;

        await visit.PressAsync(visit.Link(words.AgreeSecond));
        await visit.SeeAsync("h1", words.SecondCardTitle);
        Assert.Null((await CustomerAsync(customer)).BackupCardId);
        await visit.PressAsync(visit.Button(words.SecondCardAgree));
        await visit.SeeAsync(".done", words.DoneSay(CustomerAct.BackupAgreed));
        Assert.Equal(2, visit.Clicks);
        Assert.Equal((second.Id, SecondCardRoutes.AgreedBy), ((await CustomerAsync(customer)).BackupCardId, (await CustomerAsync(customer)).BackupAgreedBy));
        Assert.True((await CaseAsync(customer)).IsOnBackup);

        await visit.PressAsync(visit.Link(words.ReplaceCard).First);
        visit.Rest();
        await visit.PressAsync(visit.Button(words.WithdrawSecond));
        await visit.SeeAsync(".done", words.DoneSay(CustomerAct.BackupWithdrawn));
        Assert.Equal(1, visit.Clicks);
        Assert.Null((await CustomerAsync(customer)).BackupCardId);
    }

    [Fact]
    public async Task Consent_withdrawn_at_the_bank_is_read_as_a_wish_to_leave_and_is_not_charged()
    {
        var (customer, subscription) = await portal.SubscriberAsync(card: Revoked);
        await using var visit = await Visit.BeginAsync(browser, House, customer);
        var words = visit.Words;

        await visit.SeeAsync(".ways h2", words.PerhapsLeave);
        await visit.SeeAsync(".notice", words.WeHaveStopped);
        Assert.DoesNotContain("we charge", await visit.Page.InnerTextAsync(".next .big"), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, await visit.Page.Locator("form[action$='/pay']").CountAsync());
        Assert.Equal(0, await visit.Link(words.ChooseDayToPay).CountAsync());
        foreach (var link in new[] { words.TakeABreak, words.SmallerPlan }) await visit.Link(link).WaitForAsync();
        await visit.PressAsync(visit.Button(words.Leave));
        await visit.PressAsync(visit.Button(words.LeaveToday));
        await visit.SeeAsync(".done", words.DoneSay(CustomerAct.Left));
        Assert.Equal((2, Lifecycle.Ended), (visit.Clicks, await House.ReadAsync(
            db => db.Subscriptions.Where(s => s.Id == new SubscriptionId(subscription)).Select(s => s.Lifecycle).SingleAsync(Stop))));
    }

    [Fact]
    public async Task The_link_of_a_message_lets_in_once_and_leads_to_every_way_out()
    {
        var (customer, _) = await portal.SubscriberAsync(card: Lost);
        await House.RunAsync();
        var letter = await House.ReadAsync(db => db.Letters.Where(l => l.CustomerId == new CustomerId(customer)).OrderByDescending(l => l.Id)
            .Select(l => l.Text).FirstAsync(Stop));
        var link = Link().Match(letter).Value;
        await using var context = await browser.NewContextAsync(BrowserFixture.Phone, javaScript: false);
        var page = await PortalTests.SignedInAsync(context, link);

        await page.Locator(".ways").WaitForAsync();
        // This card is lost for good: paying with it is not offered, another one is.
        Assert.Equal(0, await page.Locator("form[action$='/pay']").CountAsync());
        var ways = await page.InnerTextAsync(".ways");
        Assert.All(
            [Words.English.ChooseDayToPay, Words.English.ReplaceCard, Words.English.TakeABreak, Words.English.SmallerPlan, Words.English.Leave],
            way => Assert.Contains(way, ways, StringComparison.Ordinal));
        await page.ClickAsync("a[href='/portal/day']");
        await page.ClickAsync(".next button");
        await page.Locator(".done").WaitForAsync();
        Assert.NotNull((await CaseAsync(customer)).PromisedOn);

        await page.GotoAsync(link);
        Assert.Equal(Words.English.LinkUsedTitle, await page.InnerTextAsync("h1"));
    }

    [Fact]
    public async Task What_is_open_is_paid_all_at_once_and_only_once()
    {
        var (customer, _) = await portal.SubscriberAsync(card: NoMoney);
        await House.SendAsync(new StartSubscription(customer, new("skiff", new("month"))));
        await House.RunAsync();
        await House.SendAsync(new AddCard(customer, new("pm_card_visa")));
        await using var visit = await Visit.BeginAsync(browser, House, customer);
        var stale = await visit.Page.Context.NewPageAsync();
        await stale.GotoAsync("/portal");

        await visit.PressAsync(visit.Button(visit.Words.PayAll(new(3_300, Currency.Of("USD")))));
        await visit.SeeAsync(".done", visit.Words.DoneSay(CustomerAct.Paid));
        Assert.Equal(1, visit.Clicks);
        await stale.ClickAsync("form[action='/portal/pay'] button");
        await stale.Locator("h1").Filter(new() { HasText = visit.Words.TroubleTitle }).WaitForAsync();

        Assert.Equal(2, await House.ReadAsync(db => db.Invoices.CountAsync(
            i => i.CustomerId == new CustomerId(customer) && i.Status == InvoiceStatus.Paid, Stop)));
        Assert.Equal(2, await House.ReadAsync(db => db.PaymentAttempts.CountAsync(
            a => a.CustomerId == new CustomerId(customer) && a.State == Billing.Payments.AttemptState.Succeeded, Stop)));
    }

    [Fact]
    public async Task Who_was_parked_reads_that_nothing_is_lost_and_comes_back_with_one_click()
    {
        await using var house = await PageHouse.OpenAsync();
        var olivia = await house.OliviaAsync();
        await house.SendAsync(new AddCard(olivia, new(Lost)));
        // Every few days a run: what was due meanwhile is caught up, and each step keeps its distance from the one before.
        for (var run = 0; run < 20 && !await house.ReadAsync(db => db.Subscriptions.AnyAsync(s => s.Lifecycle == Lifecycle.Parked, Stop)); run++)
        {
            house.Clock.Now += Duration.FromDays(5);
            await house.RunAsync();
        }

        await using var visit = await Visit.BeginAsync(browser, house, olivia);
        await visit.SeeAsync(".next .big", visit.Words.Rests);
        Assert.Equal(0, await visit.Page.Locator(".ways").CountAsync());
        await BrowserFixture.SaveScreenshotAsync(visit.Page, "portal-resting-en");
        await visit.PressAsync(visit.Link(visit.Words.ComeBack));
        await visit.PressAsync(visit.Button(visit.Words.ComeBack));
        await visit.SeeAsync(".done", visit.Words.DoneSay(CustomerAct.CameBack));
        Assert.Equal(Lifecycle.Active, await house.ReadAsync(db => db.Subscriptions.Select(s => s.Lifecycle).SingleAsync(Stop)));
    }

    private static CancellationToken Stop => ApiHouse.Cancellation;

    private static int HourOf(Instant at, string language) =>
        at.InZone(DateTimeZoneProviders.Tzdb[language == "bn" ? "Asia/Dhaka" : "Europe/London"]).Hour;

    private Task<DunningCase> CaseAsync(Guid customer) =>
        House.ReadAsync(db => db.DunningCases.SingleAsync(c => c.CustomerId == new CustomerId(customer), Stop));

    private Task<Billing.Customers.Customer> CustomerAsync(Guid id) =>
        House.ReadAsync(db => db.Customers.SingleAsync(c => c.Id == new CustomerId(id), Stop));

    [GeneratedRegex(@"http://\S+pl_\S+", RegexOptions.None, 1_000)]
    private static partial Regex Link();
}
