using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Billing.Server.Tests.Browser;

/// <summary>A customer's way in and about, in a real browser with its scripts switched off.</summary>
public sealed class PortalTests(BrowserFixture browser)
{
    [Fact]
    public async Task A_customer_reads_what_happens_next_and_prints_an_invoice()
    {
        await using var house = await PageHouse.OpenAsync();
        await using var context = await browser.NewContextAsync(BrowserFixture.Desktop, javaScript: false, baseAddress: house.Address);
        var page = await SignedInAsync(context, await house.LinkAsync(await house.OliviaAsync()));

        Assert.Equal("/portal", new Uri(page.Url).PathAndQuery);
        Assert.Equal("Hello, Olivia Hart", await page.InnerTextAsync("h1"));
        Assert.Equal("On 24 December 2026 we charge $78.75 to your Visa card ending in 4242.", await page.InnerTextAsync(".next .big"));
        Assert.Contains("$96.00 every month: 8 seats at $12.00 each", await page.InnerTextAsync(".have"), StringComparison.Ordinal);
        await BrowserFixture.SaveScreenshotAsync(page, "portal-desktop-en");

        await page.ClickAsync("summary");
        Assert.Equal(["$96.00", "−$9.60", "−$7.65", "$78.75"], await page.Locator(".next .sum .number").AllInnerTextsAsync());

        await page.ClickAsync("table.invoices a");
        var paper = await page.InnerTextAsync("article");
        Assert.Contains("INV-000001", paper, StringComparison.Ordinal);
        Assert.Contains("24 November 2026 – 23 December 2026", paper, StringComparison.Ordinal);
        Assert.Contains("Paid on 24 November 2026 with your Visa card ending in 4242.", paper, StringComparison.Ordinal);
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.False(await page.Locator("header.top").IsVisibleAsync());
        await BrowserFixture.SaveScreenshotAsync(page, "invoice-print-en");
    }

    [Fact]
    public async Task A_customer_in_Dhaka_reads_Bengali_with_Bengali_digits_on_a_phone()
    {
        await using var house = await PageHouse.OpenAsync();
        await using var context = await browser.NewContextAsync(BrowserFixture.Phone, "bn-BD", javaScript: false, baseAddress: house.Address);
        var page = await SignedInAsync(context, await house.LinkAsync(await house.RahimaAsync()));

        Assert.Equal("bn", await page.GetAttributeAsync("html", "lang"));
        Assert.Equal("২৪ ডিসেম্বর, ২০২৬ তারিখে আপনার Visa কার্ড (শেষে ৪২৪২) থেকে ৳২,৪০০.০০ নেওয়া হবে।", await page.InnerTextAsync(".next .big"));
        await BrowserFixture.SaveScreenshotAsync(page, "portal-phone-bn");

        await page.ClickAsync("table.invoices a");
        Assert.Contains("২৪ নভেম্বর, ২০২৬ – ২৩ ডিসেম্বর, ২০২৬", await page.InnerTextAsync("article"), StringComparison.Ordinal);
        await BrowserFixture.SaveScreenshotAsync(page, "invoice-phone-bn");
    }

    [Fact]
    public async Task Every_step_can_be_taken_with_the_keyboard_alone()
    {
        await using var house = await PageHouse.OpenAsync();
        await using var context = await browser.NewContextAsync(BrowserFixture.Desktop, baseAddress: house.Address);
        var page = await context.NewPageAsync();
        await page.GotoAsync(await house.LinkAsync(await house.OliviaAsync()));

        await FocusedAsync(page, "Open my page");
        await page.Keyboard.PressAsync("Enter");
        await BrowserFixture.ArriveAsync(page, "/portal");
        await FocusedAsync(page, "INV-000001");
        await page.Keyboard.PressAsync("Enter");
        await BrowserFixture.ArriveAsync(page, "/portal/invoices/*");
        await FocusedAsync(page, "Sign out");
        await page.Keyboard.PressAsync("Enter");
        await BrowserFixture.ArriveAsync(page, "/portal/leave");
        Assert.Equal("You are signed out", await page.InnerTextAsync("h1"));

        await page.GotoAsync("/portal");
        Assert.Equal("Please come in again", await page.InnerTextAsync("h1"));
    }

    [Theory]
    [InlineData(320)]
    [InlineData(640)]
    public async Task No_page_has_to_be_pushed_sideways(int width)
    {
        await using var house = await PageHouse.OpenAsync();
        var screen = new ViewportSize { Width = width, Height = 640 };
        await using var context = await browser.NewContextAsync(screen, "bn-BD", baseAddress: house.Address);
        var page = await SignedInAsync(context, await house.LinkAsync(await house.RahimaAsync()));
        await BrowserFixture.SaveScreenshotAsync(page, $"portal-{width}-bn");
        await MustFitAsync(page);

        await page.ClickAsync("table.invoices a");
        await MustFitAsync(page);

        page = await SignedInAsync(context, await house.OfficeLinkAsync());
        await MustFitAsync(page);
    }

    [Fact]
    public async Task What_is_open_is_said_kindly()
    {
        await using var house = await PageHouse.OpenAsync();
        var olivia = await house.OliviaAsync();
        await house.SendAsync(new Cards.AddCard(olivia, new("sandbox_declines_insufficient_funds")));
        house.Clock.Now += Duration.FromDays(31);
        await house.RunAsync();
        await using var context = await browser.NewContextAsync(BrowserFixture.Phone, javaScript: false, baseAddress: house.Address);

        var page = await SignedInAsync(context, await house.LinkAsync(olivia));

        var notice = await page.InnerTextAsync(".notice");
        Assert.Contains("$78.75 is still to pay", notice, StringComparison.Ordinal);
        Assert.Contains("We try your card again on", notice, StringComparison.Ordinal);
        Assert.Contains("Nothing is lost", notice, StringComparison.Ordinal);
        Assert.Equal(1, await house.ReadAsync(db => db.Invoices.CountAsync(i => i.DueMinor > 0, ApiHouse.Cancellation)));
        await BrowserFixture.SaveScreenshotAsync(page, "portal-phone-open-en");
    }

    /// <summary>Follows a link and presses its button.</summary>
    internal static async Task<IPage> SignedInAsync(IBrowserContext context, string link)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(link);
        await page.ClickAsync("main button");
        return page;
    }

    private static async Task FocusedAsync(IPage page, string text)
    {
        for (var presses = 0; presses < 40; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            if ((await page.Locator(":focus").AllInnerTextsAsync()).SingleOrDefault() == text) return;
        }

        Assert.Fail($"No tab leads to “{text}”.");
    }

    private static async Task MustFitAsync(IPage page) => Assert.True(
        await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), $"{page.Url} is too wide.");
}
