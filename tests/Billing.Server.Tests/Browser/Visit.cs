using Billing.Server.Pages.Language;
using Billing.Server.Tests.Infrastructure;
using Microsoft.Playwright;

namespace Billing.Server.Tests.Browser;

/// <summary>A customer on the own page: in a language, on a screen, with a script or without, or by keyboard alone. Counts clicks.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private const int MostTabs = 150;
    private readonly IBrowserContext own;
    private readonly bool keyboard;

    private Visit(IBrowserContext context, IPage page, Words words, bool keyboard) =>
        (own, Page, Words, this.keyboard) = (context, page, words, keyboard);

    /// <summary>Language, screen and way: every journey is made in both languages, on a phone and a desk, with and without a script, and by keyboard.</summary>
    public static TheoryData<string, string, string> Ways => new()
    {
        { "en", "phone", "script" }, { "bn", "desk", "keyboard" }, { "bn", "phone", "plain" }, { "en", "desk", "plain" },
    };

    public IPage Page { get; }

    public Words Words { get; }

    public Formats Formats => Words.Formats;

    /// <summary>Clicks, or presses of Enter.</summary>
    public int Clicks { get; private set; }

    public static async Task<Visit> BeginAsync(
        BrowserFixture browser, ApiHouse house, Guid customer, string language = "en", string screen = "desk", string way = "plain",
        ColorScheme colours = ColorScheme.Light)
    {
        var context = await browser.NewContextAsync(
            screen switch { "phone" => BrowserFixture.Phone, "narrow" => BrowserFixture.Narrow, _ => BrowserFixture.Desktop },
            language == "bn" ? "bn-BD" : "en-GB", way != "plain", colours, house.Address);
        var page = await PortalTests.SignedInAsync(context, await house.LinkAsync(customer));
        var visit = new Visit(context, page, language == "bn" ? Words.Bengali : Words.English, way == "keyboard");
        await page.Locator("table.invoices, .next").First.WaitForAsync();
        return visit;
    }

    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>Follows a link or presses a button, as this customer does.</summary>
    public async Task PressAsync(ILocator what)
    {
        Clicks++;
        if (!keyboard)
        {
            await what.ClickAsync();
            return;
        }

        await what.WaitForAsync();
        for (var tabs = 0; tabs < MostTabs; tabs++)
        {
            await Page.Keyboard.PressAsync("Tab");
            if (!await what.EvaluateAsync<bool>("element => element === document.activeElement")) continue;
            Assert.NotEqual("none", await what.EvaluateAsync<string>("element => getComputedStyle(element).outlineStyle"));
            await Page.Keyboard.PressAsync("Enter");
            return;
        }

        Assert.Fail($"No tab leads to {what}.");
    }

    /// <summary>Waits until the page says so.</summary>
    public Task SeeAsync(string where, string text) => Page.Locator(where).Filter(new() { HasText = text }).First.WaitForAsync();

    /// <summary>Counts anew.</summary>
    public void Rest() => Clicks = 0;

    public ValueTask DisposeAsync() => own.DisposeAsync();
}
