using System.Net;
using System.Text.RegularExpressions;
using Billing.Client.Contract;
using Billing.Invoicing;
using Billing.Payments;
using Billing.Retention;
using Billing.Server.Cards;
using Billing.Server.Pages.Language;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Infrastructure;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Browser;

/// <summary>A stale tab, a double click, going back, two tabs, no connection: a clear page each time, and never a second charge.</summary>
public sealed partial class TroubleTests(BrowserFixture browser, PortalHouse portal) : IClassFixture<PortalHouse>
{
    private static readonly Words Words = Words.English;

    private ApiHouse House => portal.House;

    [Fact]
    public async Task A_stale_quote_ends_on_a_page_with_a_fresh_one_and_then_is_confirmed()
    {
        var (customer, _) = await portal.SubscriberAsync();
        await using var visit = await Visit.BeginAsync(browser, House, customer);
        await visit.PressAsync(visit.Link(Words.ChangePlan));
        await visit.PressAsync(visit.Button(Words.ChooseThis("Sloop", Periods.Cadence.Monthly)));
        await House.SendAsync(new Customers.GrantCredit(customer, new(new(100, "USD"))));

        await visit.PressAsync(visit.Button(Words.QuoteConfirm(true)));

        await visit.SeeAsync("[role=alert]", Words.QuoteRenewed);
        Assert.Equal(1, await InvoicesAsync(customer));
        await visit.PressAsync(visit.Button(Words.QuoteConfirm(true)));
        await visit.SeeAsync(".done", Words.DoneSay(CustomerAct.PlanChanged));
        Assert.Equal(2, await InvoicesAsync(customer));
    }

    [Fact]
    public async Task Of_two_tabs_with_one_quote_the_second_is_told_and_charges_nothing()
    {
        var (customer, _) = await portal.SubscriberAsync();
        await using var visit = await Visit.BeginAsync(browser, House, customer);
        var other = await visit.Page.Context.NewPageAsync();
        await visit.PressAsync(visit.Link(Words.ChangePlan));
        await visit.PressAsync(visit.Button(Words.ChooseThis("Sloop", Periods.Cadence.Monthly)));
        await visit.SeeAsync(".next .big", "Sloop");
        await other.GotoAsync(visit.Page.Url);
        await visit.PressAsync(visit.Button(Words.QuoteConfirm(true)));
        await visit.SeeAsync(".done", Words.DoneSay(CustomerAct.PlanChanged));

        await other.ClickAsync(".next button");

        await other.Locator("[role=alert]").Filter(new() { HasText = Words.QuoteGone }).WaitForAsync();
        Assert.Equal(2, await InvoicesAsync(customer));
    }

    [Fact]
    public async Task Of_two_tabs_with_a_break_the_second_is_told_that_nothing_was_done_twice()
    {
        var (customer, subscription) = await portal.SubscriberAsync();
        await using var visit = await Visit.BeginAsync(browser, House, customer);
        await visit.PressAsync(visit.Link(Words.TakeABreak));
        await visit.SeeAsync("#means", Words.WhatThisMeans);
        var other = await visit.Page.Context.NewPageAsync();
        await other.GotoAsync(visit.Page.Url);
        await visit.PressAsync(visit.Button(Words.BreakConfirm(ChangeWhen.Now)));
        await visit.SeeAsync(".done", Words.DoneSay(CustomerAct.BreakTaken));

        await other.ClickAsync(".next button");

        await other.Locator("h1").Filter(new() { HasText = Words.TroubleTitle }).WaitForAsync();
        Assert.Equal(1, await House.ReadAsync(db => db.Breaks.CountAsync(b => b.SubscriptionId == new SubscriptionId(subscription), Stop)));
    }

    [Fact]
    public async Task A_double_click_pays_once()
    {
        var (customer, _) = await DebtorAsync();
        await using var visit = await Visit.BeginAsync(browser, House, customer, way: "script");

        await visit.Page.Locator(".notice button").DblClickAsync();

        await visit.SeeAsync(".done", Words.DoneSay(CustomerAct.Paid));
        Assert.Equal(1, await PaymentsAsync(customer));
    }

    [Fact]
    public async Task The_same_form_sent_eight_times_at_once_pays_once_and_every_answer_is_clear()
    {
        var (customer, invoice) = await DebtorAsync();
        using var visitor = SignInTests.Visitor(House);
        var home = await (await SignInTests.EnterAsync(visitor, await House.LinkAsync(customer))).Content.ReadAsStringAsync(Stop);
        var form = home[home.IndexOf($"/portal/invoices/{invoice}/pay", StringComparison.Ordinal)..];
        var fields = Field().Matches(form[..form.IndexOf("</form>", StringComparison.Ordinal)])
            .Select(m => KeyValuePair.Create(m.Groups["name"].Value, m.Groups["value"].Value)).ToList();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            using var content = new FormUrlEncodedContent(fields);
            using var answer = await visitor.PostAsync($"/portal/invoices/{invoice}/pay", content, Stop);
            return (answer.StatusCode, Text: await answer.Content.ReadAsStringAsync(Stop));
        }));

        Assert.All(answers, a => Assert.True(a.StatusCode is HttpStatusCode.OK or HttpStatusCode.Conflict, $"{a.StatusCode}"));
        Assert.All(answers.Where(a => a.StatusCode == HttpStatusCode.Conflict), a => Assert.Contains(Words.TroubleTitle, a.Text, StringComparison.Ordinal));
        Assert.Equal(1, await PaymentsAsync(customer));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("script")]
    public async Task Going_back_after_paying_and_pressing_again_charges_nothing(string way)
    {
        var (customer, _) = await DebtorAsync();
        await using var visit = await Visit.BeginAsync(browser, House, customer, way: way);
        await visit.Page.ClickAsync(".notice button");
        await visit.SeeAsync(".done", Words.DoneSay(CustomerAct.Paid));

        await visit.Page.GoBackAsync();
        await visit.Page.Locator("h1").WaitForAsync();
        var again = visit.Page.Locator(".notice button");
        if (await again.CountAsync() > 0)
        {
            await again.ClickAsync();
            await visit.SeeAsync("h1", Words.TroubleTitle);
        }

        Assert.Equal(1, await PaymentsAsync(customer));
    }

    [Fact]
    public async Task Without_a_connection_nothing_is_sent_and_the_page_says_so()
    {
        var (customer, _) = await DebtorAsync();
        await using var visit = await Visit.BeginAsync(browser, House, customer, way: "script");
        await visit.Page.Context.SetOfflineAsync(true);
        await visit.Page.ClickAsync(".notice button");
        await visit.SeeAsync("#offline", Words.Offline);
        Assert.Equal(0, await PaymentsAsync(customer));

        await visit.Page.Context.SetOfflineAsync(false);
        await visit.Page.ClickAsync(".notice button");
        await visit.SeeAsync(".done", Words.DoneSay(CustomerAct.Paid));
        Assert.Equal(1, await PaymentsAsync(customer));
    }

    [Fact]
    public async Task An_answer_that_is_lost_on_its_way_costs_nothing_a_second_time()
    {
        var (customer, _) = await DebtorAsync();
        await using var visit = await Visit.BeginAsync(browser, House, customer);
        var stale = await visit.Page.Context.NewPageAsync();
        await stale.GotoAsync("/portal");
        // It arrives and is done; the answer does not come back.
        await visit.Page.RouteAsync("**/pay", async route =>
        {
            await route.FetchAsync(new() { MaxRedirects = 0 });
            await route.AbortAsync();
        });
        await visit.Page.Locator(".notice button").ClickAsync();
        Assert.Equal(1, await PaymentsWhenAnyAsync(customer));

        await stale.ClickAsync(".notice button");
        await stale.Locator("h1").Filter(new() { HasText = Words.TroubleTitle }).WaitForAsync();
        Assert.Equal(1, await PaymentsAsync(customer));
    }

    [Fact]
    public async Task A_session_that_ended_meanwhile_is_said_and_nothing_is_done()
    {
        var (customer, _) = await DebtorAsync();
        await using var visit = await Visit.BeginAsync(browser, House, customer);
        await visit.Page.Context.ClearCookiesAsync();
        await visit.Page.ClickAsync(".notice button");

        await visit.SeeAsync("h1", Words.SignedOutTitle);
        Assert.Equal(0, await PaymentsAsync(customer));
    }

    [Fact]
    public async Task What_belongs_to_somebody_else_is_not_there_whatever_is_done_to_it()
    {
        var (olivia, _) = await portal.SubscriberAsync();
        var (rahima, hers) = await portal.SubscriberAsync("bn");
        var invoice = await House.ReadAsync(db => db.Invoices.Where(i => i.CustomerId == new CustomerId(rahima)).Select(i => i.Id).SingleAsync(Stop));
        var card = await House.ReadAsync(db => db.Cards.Where(c => c.CustomerId == new CustomerId(rahima)).Select(c => c.Id).SingleAsync(Stop));
        var payment = await House.ReadAsync(db => db.PaymentAttempts.Where(a => a.CustomerId == new CustomerId(rahima)).Select(a => a.Id).SingleAsync(Stop));
        var session = (await House.SendAsync(new Billing.Server.Retention.StartCancelSession(hers, new()))).Id;
        var seen = await House.ReadAsync(db => db.Customers.Where(c => c.Id == new CustomerId(olivia)).Select(c => c.Version).SingleAsync(Stop));
        using var visitor = SignInTests.Visitor(House);
        var home = await (await SignInTests.EnterAsync(visitor, await House.LinkAsync(olivia))).Content.ReadAsStringAsync(Stop);
        var token = KeyValuePair.Create("__RequestVerificationToken", Token().Match(home).Groups["value"].Value);

        foreach (var path in new[]
        {
            $"subscriptions/{hers}/break", $"subscriptions/{hers}/change", $"subscriptions/{hers}/come-back", $"leaving/{session}",
            $"payments/{payment}", $"credit-notes/{Guid.Empty}", $"invoices/{invoice}", $"cards/{card}/second",
        })
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"/portal/{path}", Stop)).StatusCode);

        foreach (var path in new[]
        {
            $"subscriptions/{hers}/break", $"subscriptions/{hers}/break/extend", $"subscriptions/{hers}/break/return", $"subscriptions/{hers}/break/withdraw",
            $"subscriptions/{hers}/change", $"subscriptions/{hers}/change/withdraw", $"subscriptions/{hers}/come-back", $"subscriptions/{hers}/leave",
            $"subscriptions/{hers}/stay", $"leaving/{session}/reason", $"leaving/{session}/outcome", $"invoices/{invoice}/pay", $"cards/{card}/use",
            $"cards/{card}/second",
        })
        {
            using var form = new FormUrlEncodedContent([token, new("seen", $"{seen}"), new("outcome", "now"), new("reason", "other"), new("back", "2026-12-30")]);
            Assert.True((await visitor.PostAsync($"/portal/{path}", form, Stop)).StatusCode is HttpStatusCode.NotFound, path);
        }

        Assert.Null((await House.ReadAsync(db => db.CancelSessions.SingleAsync(s => s.Id == new CancelSessionId(session), Stop))).Outcome);
    }

    [Fact]
    public async Task What_cannot_be_is_said_in_both_languages_in_a_sentence_of_its_own()
    {
        var (customer, subscription) = await portal.SubscriberAsync("bn");
        await House.SendAsync(new TakeBreak(subscription, new("2026-12-24")));
        using var visitor = SignInTests.Visitor(House);
        await SignInTests.EnterAsync(visitor, await House.LinkAsync(customer));
        var page = WebUtility.HtmlDecode(await visitor.GetStringAsync($"/portal/subscriptions/{subscription}/change?to=sloop~month~1", Stop));

        Assert.Contains(Words.Bengali.Trouble("on_a_break"), page, StringComparison.Ordinal);
        Assert.NotEqual(Words.Trouble("on_a_break"), Words.Trouble("nobody_thought_of_this"));
    }

    private static CancellationToken Stop => ApiHouse.Cancellation;

    /// <summary>Somebody whose card was declined and who has another one now.</summary>
    private async Task<(Guid Customer, Guid Invoice)> DebtorAsync()
    {
        var (customer, _) = await portal.SubscriberAsync(card: "sandbox_declines_insufficient_funds");
        await House.SendAsync(new AddCard(customer, new NewCard("pm_card_visa")));
        return (customer, await House.ReadAsync(db => db.Invoices.Where(i => i.CustomerId == new CustomerId(customer)).Select(i => i.Id.Value).SingleAsync(Stop)));
    }

    private Task<int> InvoicesAsync(Guid customer) =>
        House.ReadAsync(db => db.Invoices.CountAsync(i => i.CustomerId == new CustomerId(customer) && i.Status != InvoiceStatus.Void, Stop));

    private Task<int> PaymentsAsync(Guid customer) => House.ReadAsync(
        db => db.PaymentAttempts.CountAsync(a => a.CustomerId == new CustomerId(customer) && a.State == AttemptState.Succeeded, Stop));

    private async Task<int> PaymentsWhenAnyAsync(Guid customer)
    {
        while (await PaymentsAsync(customer) == 0) await Task.Yield();
        return await PaymentsAsync(customer);
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Field();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Token();
}
