using System.Net;
using System.Text.RegularExpressions;
using Billing.Client.Contract;
using Billing.Retention;
using Billing.Server.Notices;
using Billing.Server.Pages;
using Billing.Server.Retention;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Browser;

/// <summary>The way out that needs no way in: a form, a mail, a button.</summary>
public sealed partial class SignedOutLeaveTests(BrowserFixture browser)
{
    private const string Greta = "Greta@Example.de";

    [Fact]
    public async Task Two_clicks_and_a_mail_are_enough_to_leave_without_signing_in()
    {
        await using var office = new PostOffice();
        await using var house = await OpenAsync(office);
        var subscription = await GretaAsync(house);
        await using var context = await browser.NewContextAsync(BrowserFixture.Phone, javaScript: false, baseAddress: house.Address);
        var page = await context.NewPageAsync();
        var clicks = 0;

        await page.GotoAsync("/leave");
        await page.FillAsync("#email", " greta@example.DE ");
        await BrowserFixture.SaveScreenshotAsync(page, "leave-phone-en");
        await ClickAsync("main button");
        Assert.Equal("Thank you, please look at your mail", await page.InnerTextAsync("h1"));
        await house.RunAsync();
        var mail = Assert.Single(office.Taken, m => m.TextBody!.Contains("/leave", StringComparison.Ordinal));
        Assert.Equal(Greta, mail.To.Mailboxes.Single().Address);

        await page.GotoAsync(LinkIn(mail.TextBody!));
        Assert.Contains("Crew ends: 23 December 2026 is your last day", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        await ClickAsync("main button");
        Assert.Equal("It is cancelled", await page.InnerTextAsync("h1"));
        Assert.Equal(2, clicks);

        await house.RunAsync();
        var confirmation = office.Taken.Single(m => m.TextBody!.Contains("Received:", StringComparison.Ordinal)).TextBody!;
        Assert.Contains("Received: 24 November 2026, 16:30 (Europe/Berlin)", confirmation, StringComparison.Ordinal);
        Assert.Contains("Last day: 23 December 2026", confirmation, StringComparison.Ordinal);
        Assert.True((await house.Client.GetSubscriptionAsync(subscription, ApiHouse.Cancellation)).CancelAtPeriodEnd);
        var evidence = Assert.Single(await SessionsAsync(house));
        Assert.Equal(("signed_out", "left_at_period_end", "2026-12-24"), (evidence.Channel, evidence.Outcome, evidence.EndsOn));
        Assert.Contains("CancelPlanned by customer", await house.ReadAsync(db => db.History.Select(h => h.Type + " by " + h.Actor).ToListAsync(ApiHouse.Cancellation)));

        async Task ClickAsync(string what)
        {
            clicks++;
            await page.ClickAsync(what);
        }
    }

    [Fact]
    public async Task Nobody_learns_who_is_a_customer_and_an_address_gets_one_mail_an_hour()
    {
        await using var house = await OpenAsync();
        await GretaAsync(house);
        await house.OliviaAsync();

        var pages = new List<string>();
        foreach (var address in new[] { "nobody@example.com", "olivia@example.com", Greta, Greta, "GRETA@example.de" })
            pages.Add(Bare(await BodyAsync(await AskAsync(house, ("email", address)))));
        Assert.Single(pages.Distinct(StringComparer.Ordinal));
        Assert.Equal([Greta], (await LettersAsync(house)).Select(l => l.To));

        house.Clock.Now += LeaveLink.Quiet;
        await AskAsync(house, ("email", Greta));
        Assert.Equal(2, (await LettersAsync(house)).Count);
    }

    [Fact]
    public async Task A_leave_link_works_once_within_a_day_and_looking_at_it_does_nothing()
    {
        await using var house = await OpenAsync();
        var subscription = await GretaAsync(house);
        await AskAsync(house, ("email", Greta));
        var link = LinkIn((await LettersAsync(house))[0].Text);
        Assert.Empty(await house.ReadAsync(db => db.LeaveLinks.Where(l => link.Contains(l.TokenHash)).ToListAsync(ApiHouse.Cancellation)));

        using var scanner = SignInTests.Visitor(house);
        for (var look = 0; look < 2; look++) Assert.Equal(HttpStatusCode.OK, (await scanner.GetAsync(link, ApiHouse.Cancellation)).StatusCode);
        Assert.False((await house.Client.GetSubscriptionAsync(subscription, ApiHouse.Cancellation)).CancelAtPeriodEnd);
        Assert.Equal(HttpStatusCode.OK, (await ConfirmAsync(house, link)).StatusCode);
        Assert.Equal(HttpStatusCode.Gone, (await scanner.GetAsync(link, ApiHouse.Cancellation)).StatusCode);

        await house.SendAsync(new WithdrawCancel(subscription));
        house.Clock.Now += LeaveLink.Quiet;
        await AskAsync(house, ("email", Greta));
        var late = LinkIn((await LettersAsync(house))[^1].Text);
        using var slow = SignInTests.Visitor(house);
        var form = await FormAsync(slow, late);
        house.Clock.Now += LeaveLink.Lifetime;
        Assert.Equal(HttpStatusCode.Gone, (await slow.PostAsync("/leave/confirm", form, ApiHouse.Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.Gone, (await slow.GetAsync("/leave/confirm", ApiHouse.Cancellation)).StatusCode);
        Assert.False((await house.Client.GetSubscriptionAsync(subscription, ApiHouse.Cancellation)).CancelAtPeriodEnd);
    }

    [Fact]
    public async Task A_wish_for_good_cause_and_a_later_end_is_kept_and_a_person_looks_at_it()
    {
        await using var house = await OpenAsync();
        var subscription = await GretaAsync(house);
        await AskAsync(house, ("email", Greta), ("kind", "extraordinary"), ("cause", "You moved my data"), ("end", "2027-02-10"), ("number", subscription.ToString()));
        await ConfirmAsync(house, LinkIn((await LettersAsync(house))[0].Text));

        var planned = (await house.Client.GetSubscriptionAsync(subscription, ApiHouse.Cancellation)).Planned!;
        Assert.Equal(("cancel", "2027-02-24"), (planned.What, planned.On));
        Assert.Contains("for good cause: You moved my data", (await LettersAsync(house))[^1].Text, StringComparison.Ordinal);
        Assert.Contains("PersonAskedFor", await house.ReadAsync(db => db.History.Select(h => h.Type).ToListAsync(ApiHouse.Cancellation)));
        Assert.Equal("You moved my data", Assert.Single(await house.Client.ListCancelSessionsAsync(askedForAPerson: true, cancellationToken: ApiHouse.Cancellation).ToListAsync(ApiHouse.Cancellation)).Text);

        // Down until March: the periods before the wished end are billed, and no more.
        house.Clock.Now = Instant.FromUtc(2027, 3, 10, 0, 0);
        await house.RunAsync();
        Assert.Equal("2027-02-24", (await house.Client.GetSubscriptionAsync(subscription, ApiHouse.Cancellation)).EndedOn);
        Assert.Null(await house.ReadAsync(db => db.Subscriptions.Select(s => s.LeavesFrom).SingleAsync(ApiHouse.Cancellation)));
        Assert.Equal(3, await house.Client.ListInvoicesAsync((await SessionsAsync(house))[0].CustomerId, cancellationToken: ApiHouse.Cancellation).CountAsync(ApiHouse.Cancellation));
    }

    [Theory]
    [InlineData("email", "not an address")]
    [InlineData("email", "")]
    [InlineData("kind", "extraordinary")]
    [InlineData("end", "2026-02-30")]
    [InlineData("end", "2028-11-24")]
    public async Task A_form_that_cannot_be_understood_is_shown_again(string field, string value)
    {
        await using var house = await OpenAsync();
        using var answer = await AskAsync(house, ("email", Greta), (field, value));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("look at it once more", await BodyAsync(answer), StringComparison.Ordinal);
        Assert.Empty(await SessionsAsync(house));
    }

    [Fact]
    public async Task The_page_speaks_Bengali_is_sent_like_every_page_and_takes_only_its_own_form()
    {
        await using var house = await OpenAsync();
        using var visitor = SignInTests.Visitor(house);
        visitor.DefaultRequestHeaders.AcceptLanguage.ParseAdd("bn-BD");
        using var page = await visitor.GetAsync("/leave", ApiHouse.Cancellation);
        Assert.Contains("সাবস্ক্রিপশন বাতিল করুন", await BodyAsync(page), StringComparison.Ordinal);
        Assert.Equal([PageHeaders.ContentSecurityPolicy], page.Headers.GetValues("Content-Security-Policy"));
        using var forged = new FormUrlEncodedContent([new("email", Greta)]);
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.PostAsync("/leave", forged, ApiHouse.Cancellation)).StatusCode);
        Assert.Contains("href=\"/leave\"", await visitor.GetStringAsync("/", ApiHouse.Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mailed_link_never_leads_to_where_a_stranger_says_we_are()
    {
        await using var house = await OpenAsync();
        await GretaAsync(house);
        using var visitor = SignInTests.Visitor(house);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/leave") { Content = await FormAsync(visitor, "/leave", ("email", Greta)) };
        request.Headers.Host = "evil.example.com";
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.SendAsync(request, ApiHouse.Cancellation)).StatusCode);
        Assert.Empty(await LettersAsync(house));

        await using var known = await ApiHouse.OnSqliteAsync(PageHouse.Now, ("Billing:PublicUrl", "https://billing.example.com"));
        await SellAsync(known);
        await GretaAsync(known);
        await AskAsync(known, ("email", Greta));
        Assert.Contains("https://billing.example.com/leave/confirm?token=", (await LettersAsync(known))[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_end_that_is_planned_already_stays_and_is_confirmed()
    {
        await using var house = await OpenAsync();
        var subscription = await GretaAsync(house);
        await AskAsync(house, ("email", Greta));
        await house.SendAsync(new CancelSubscription(subscription, new Cancellation("period_end")));
        Assert.Equal(HttpStatusCode.OK, (await ConfirmAsync(house, LinkIn((await LettersAsync(house)).First(l => l.Text.Contains("/leave", StringComparison.Ordinal)).Text))).StatusCode);
        Assert.Equal("2026-12-24", Assert.Single(await SessionsAsync(house)).EndsOn);

        await house.SendAsync(new WithdrawCancel(subscription));
        house.Clock.Now += LeaveLink.Quiet;
        await AskAsync(house, ("email", Greta));
        await house.SendAsync(new CancelSubscription(subscription, new Cancellation("now")));
        Assert.Equal(HttpStatusCode.OK, (await ConfirmAsync(house, LinkIn((await LettersAsync(house))[^1].Text))).StatusCode);
        Assert.Equal(SessionOutcome.LeftAtPeriodEnd, await house.ReadAsync(db => db.CancelSessions.OrderByDescending(s => s.Id).Select(s => s.Outcome!.Value).FirstAsync(ApiHouse.Cancellation)));
    }

    private static async Task<ApiHouse> OpenAsync(PostOffice? office = null)
    {
        var house = office is null ? await ApiHouse.OnSqliteAsync(PageHouse.Now) : await ApiHouse.OnSqliteAsync(
            PageHouse.Now, ("Billing:Smtp:Host", "127.0.0.1"), ("Billing:Smtp:Port", $"{office.Port}"), ("Billing:Smtp:Security", "none"),
            ("Billing:Smtp:From", "billing@example.com"));
        await SellAsync(house);
        return house;
    }

    private static async Task SellAsync(ApiHouse house)
    {
        await house.Client.CreatePlanAsync(new("crew", "Crew", "per_seat"), cancellationToken: ApiHouse.Cancellation);
        await house.Client.SetPriceAsync("crew", new(new(1_200, "USD"), new("month")), cancellationToken: ApiHouse.Cancellation);
        await house.Client.CreateDiscountAsync(new("founders", "Founders' thanks", 1_000), cancellationToken: ApiHouse.Cancellation);
    }

    /// <summary>Lives in Germany, billed today.</summary>
    private static async Task<Guid> GretaAsync(ApiHouse house)
    {
        var customer = await house.Client.AddCustomerAsync(new("USD", "Europe/Berlin", Email: Greta, Country: "DE"), cancellationToken: ApiHouse.Cancellation);
        await house.Client.AddCardAsync(customer.Id, new("pm_card_visa"), cancellationToken: ApiHouse.Cancellation);
        var subscription = await house.Client.StartSubscriptionAsync(customer.Id, new("crew", new("month")), cancellationToken: ApiHouse.Cancellation);
        await house.RunAsync();
        return subscription.Id;
    }

    private static async Task<HttpResponseMessage> AskAsync(ApiHouse house, params (string Name, string Value)[] fields)
    {
        using var visitor = SignInTests.Visitor(house);
        return await visitor.PostAsync("/leave", await FormAsync(visitor, "/leave", fields), ApiHouse.Cancellation);
    }

    private static async Task<HttpResponseMessage> ConfirmAsync(ApiHouse house, string link)
    {
        using var visitor = SignInTests.Visitor(house);
        return await visitor.PostAsync("/leave/confirm", await FormAsync(visitor, link), ApiHouse.Cancellation);
    }

    /// <summary>The form on a page, filled in; a field given twice has its last value.</summary>
    private static async Task<FormUrlEncodedContent> FormAsync(HttpClient visitor, string path, params (string Name, string Value)[] fields)
    {
        var page = await visitor.GetStringAsync(path, ApiHouse.Cancellation);
        var filled = Hidden().Matches(page).ToDictionary(m => m.Groups["name"].Value, m => WebUtility.HtmlDecode(m.Groups["value"].Value), StringComparer.Ordinal);
        foreach (var (name, value) in fields) filled[name] = value;
        return new(filled);
    }

    /// <summary>Those about leaving; notices of other things go by the same post.</summary>
    private static Task<List<Letter>> LettersAsync(ApiHouse house) => house.ReadAsync(
        db => db.Letters.AsNoTracking().Where(l => l.NoticeId == null).OrderBy(l => l.Id).ToListAsync(ApiHouse.Cancellation));

    private static async Task<List<CancelSessionView>> SessionsAsync(ApiHouse house) =>
        await house.Client.ListCancelSessionsAsync(cancellationToken: ApiHouse.Cancellation).ToListAsync(ApiHouse.Cancellation);

    private static Task<string> BodyAsync(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(ApiHouse.Cancellation);

    private static string Bare(string page) => Hidden().Replace(page, "");

    private static string LinkIn(string text) => new Uri(Link().Match(text).Value).PathAndQuery;

    [GeneratedRegex("http[^\\s]+token=[^\\s]+", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Link();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Hidden();
}
