using Billing.Client.Contract;
using Billing.Retention;
using Billing.Server.Invoicing;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Billing.Server.Tests.Browser;

/// <summary>
/// Every page a customer can meet: nothing that keeps anybody out by the rules of axe-core, nothing to push sideways at 320
/// pixels, and a picture. In English on a desk in the light, in Bengali on a phone in the dark.
/// </summary>
public sealed class PageTests(BrowserFixture browser, PortalHouse portal) : IClassFixture<PortalHouse>
{
    /// <summary>Set to 1, this test renews the pictures in docs.</summary>
    private const string Rewrite = "BILLING_REWRITE_PICTURES";

    private const string Rules = "{ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }";

    private static readonly Lazy<string> Axe = new(() =>
    {
        var path = Repository.At("tests", "node_modules", "axe-core", "axe.min.js");
        if (!File.Exists(path)) Requirement.Missing("axe-core is not there: npm ci --prefix tests --ignore-scripts");
        return File.ReadAllText(path);
    });

    private ApiHouse House => portal.House;

    private static CancellationToken Stop => ApiHouse.Cancellation;

    [Theory]
    [InlineData("en", "desk", ColorScheme.Light)]
    [InlineData("bn", "phone", ColorScheme.Dark)]
    public async Task Every_page_lets_everybody_in_fits_a_narrow_screen_and_has_its_picture(string language, string screen, ColorScheme colours)
    {
        var (customer, subscription) = await portal.SubscriberAsync(language);
        await using var visit = await Visit.BeginAsync(browser, House, customer, language, screen, "script", colours);
        var (words, page) = (visit.Words, visit.Page);
        var at = $"/portal/subscriptions/{subscription}";
        async Task LookAsync(string name, string? path = null)
        {
            if (path is not null) await page.GotoAsync(path);
            await MustBeFineAsync(page, $"{name}-{language}", screen);
        }

        await LookAsync("portal");
        await LookAsync("break", $"{at}/break");
        await LookAsync("change", $"{at}/change?to=sloop~month~1");
        await LookAsync("cards", "/portal/cards");
        await LookAsync("details", "/portal/details");

        var invoice = await House.ReadAsync(db => db.Invoices.Where(i => i.CustomerId == new CustomerId(customer)).Select(i => i.Id.Value).SingleAsync(Stop));
        await House.SendAsync(new CreditInvoice(invoice, new NewCreditNote(new(300, language == "bn" ? "BDT" : "USD"), "A kindness")));
        await LookAsync("invoice", $"/portal/invoices/{invoice}");
        await page.ClickAsync("a[href^='/portal/credit-notes/']");
        await visit.SeeAsync("h1", words.CreditNoteTitle);
        await LookAsync("credit-note");

        await page.GotoAsync("/portal");
        await page.ClickAsync($"form[action='{at}/leave'] button");
        await visit.SeeAsync("h1", words.Leave);
        await LookAsync("leaving");
        await page.ClickAsync("button[value=too_expensive]");
        await visit.SeeAsync("#offer", words.OfferTitle);
        await LookAsync("leaving-offer");
        await page.ClickAsync("input[value=stay] + button");
        await visit.SeeAsync(".done", words.DoneSay(CustomerAct.Stayed));
        await LookAsync("done");

        await House.SendAsync(new TakeBreak(subscription, new("2027-01-24")));
        await LookAsync("portal-away", "/portal");
        await LookAsync("break-away", $"{at}/break");
        await House.SendAsync(new CancelSubscription(subscription, new("now")));
        await LookAsync("portal-ended", "/portal");
        await LookAsync("come-back", $"{at}/come-back");
        await LookAsync("not-there", "/portal/nowhere");
        await LookAsync("trouble", $"{at}/break?back=2027-01-24");
    }

    [Theory]
    [InlineData("en", "phone", ColorScheme.Dark)]
    [InlineData("bn", "desk", ColorScheme.Light)]
    public async Task So_does_every_page_about_money_that_is_open_and_every_page_before_one_is_let_in(
        string language, string screen, ColorScheme colours)
    {
        var (customer, _) = await portal.SubscriberAsync(language, "sandbox_declines_insufficient_funds");
        await using var visit = await Visit.BeginAsync(browser, House, customer, language, screen, "script", colours);
        var (words, page) = (visit.Words, visit.Page);

        await MustBeFineAsync(page, $"portal-open-{language}", screen);
        await page.ClickAsync(".notice button");
        await visit.SeeAsync("h1", words.PaymentTitle(Billing.Payments.AttemptState.Declined));
        await MustBeFineAsync(page, $"payment-{language}", screen);
        await page.GotoAsync("/portal/cards");
        await MustBeFineAsync(page, $"cards-open-{language}", screen);
        await page.GotoAsync("/portal/day?day=2026-12-04");
        await MustBeFineAsync(page, $"day-{language}", screen);
        await page.ClickAsync(".next button");
        await visit.SeeAsync(".done", words.DoneSay(CustomerAct.DayChosen));
        await page.GotoAsync("/portal");
        await MustBeFineAsync(page, $"portal-promised-{language}", screen);
        await House.SendAsync(new Billing.Server.Dunning.ChooseDayToPay(customer, new("2026-12-05")));
        await page.GotoAsync("/portal/day");
        await MustBeFineAsync(page, $"day-used-up-{language}", screen);
        var old = await House.ReadAsync(db => db.Cards.Where(c => c.CustomerId == new CustomerId(customer)).Select(c => c.Id).SingleAsync(Stop));
        await House.SendAsync(new Billing.Server.Cards.AddCard(customer, new("pm_card_visa")));
        await page.GotoAsync($"/portal/cards/{old}/second");
        await MustBeFineAsync(page, $"second-card-{language}", screen);
        var (revoked, _) = await portal.SubscriberAsync(language, "sandbox_declines_revocation_of_authorization");
        await using (var leaver = await Visit.BeginAsync(browser, House, revoked, language, screen, "script", colours))
            await MustBeFineAsync(leaver.Page, $"portal-consent-{language}", screen);

        await page.Context.ClearCookiesAsync();
        await page.GotoAsync("/portal");
        await MustBeFineAsync(page, $"signed-out-{language}", screen);
        await page.GotoAsync(await House.LinkAsync(customer));
        await MustBeFineAsync(page, $"sign-in-{language}", screen);
        await page.GotoAsync("/leave");
        await MustBeFineAsync(page, $"leave-{language}", screen);
    }

    [Fact]
    public async Task With_a_script_a_choice_is_shown_without_loading_the_page_again_and_nothing_jumps()
    {
        var (customer, subscription) = await portal.SubscriberAsync();
        await using var visit = await Visit.BeginAsync(browser, House, customer, way: "script", screen: "phone");
        var page = visit.Page;
        await page.GotoAsync($"/portal/subscriptions/{subscription}/break");
        await page.EvaluateAsync("window.sameDocument = true; window.scrollTo(0, 260)");
        var before = await page.EvaluateAsync<int>("window.scrollY");

        await visit.PressAsync(visit.Link(visit.Words.BackOnDay(new(2026, 12, 28))));
        await visit.SeeAsync(".next .big", visit.Words.BackOnDay(new(2026, 12, 28)));
        Assert.True(await page.EvaluateAsync<bool>("window.sameDocument === true"));
        Assert.Equal(before, await page.EvaluateAsync<int>("window.scrollY"));
        Assert.Equal(visit.Words.BackOnDay(new(2026, 12, 28)), await page.Locator(":focus").GetAttributeAsync("aria-label"));
        await visit.PressAsync(visit.Link(visit.Words.LaterMonth));
        await visit.SeeAsync(".months", visit.Formats.MonthAndYear(new(2027, 1)));
        Assert.Equal(6, await page.Locator(".calendar tbody tr").CountAsync());

        await page.GotoAsync($"/portal/subscriptions/{subscription}/change");
        await page.EvaluateAsync("window.sameDocument = true");
        await page.FillAsync("#seats", "5");
        await visit.SeeAsync(".next .big", "Crew × 5");
        Assert.True(await page.EvaluateAsync<bool>("window.sameDocument === true"));
    }

    /// <summary>Nothing keeps anybody out, nothing is to be pushed sideways, and there is a picture.</summary>
    internal static async Task MustBeFineAsync(IPage page, string name, string screen)
    {
        var picture = await BrowserFixture.SaveScreenshotAsync(page, $"{name}-{screen}");
        if (Environment.GetEnvironmentVariable(Rewrite) == "1" && IsShown($"{name}-{screen}"))
            File.Copy(picture, Repository.At("docs", "pictures", $"{name}-{screen}.png"), overwrite: true);

        var violations = await page.EvaluateAsync<string[]>($$"""
            async () => { {{Axe.Value}};
                const result = await axe.run({{Rules}});
                return result.violations.map(v => `${v.id}: ${v.nodes.map(n => n.target + ' ' + n.failureSummary).join('; ')}`) }
            """);
        Assert.True(violations.Length == 0, $"{name} on a {screen}: {string.Join('\n', violations)}");

        var size = page.ViewportSize!;
        await page.SetViewportSizeAsync(BrowserFixture.Narrow.Width, BrowserFixture.Narrow.Height);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), $"{name} is too wide for a narrow screen.");
        await page.SetViewportSizeAsync(size.Width, size.Height);
    }

    /// <summary>Whether docs/pages.md or docs/office.md shows it.</summary>
    private static bool IsShown(string name) => new[] { "pages.md", "office.md" }.Any(
        page => File.ReadAllText(Repository.At("docs", page)).Contains($"pictures/{name}.png", StringComparison.Ordinal));
}
