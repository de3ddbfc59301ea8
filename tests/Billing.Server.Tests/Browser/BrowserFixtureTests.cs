namespace Billing.Server.Tests.Browser;

public sealed class BrowserFixtureTests(BrowserFixture browser)
{
    private const string Page = """
        data:text/html;charset=utf-8,<html lang="bn"><title>ছুটি</title>
        <h1 style="font-size:3rem">সমুদ্রে ছুটি</h1><p>On the Beach</p>
        <script>document.querySelector('p').textContent = navigator.language</script>
        """;

    [Fact]
    public async Task The_browser_speaks_the_language_it_is_given_and_keeps_a_picture()
    {
        await using var context = await browser.NewContextAsync(BrowserFixture.Phone, "bn-BD");
        var page = await context.NewPageAsync();

        await page.GotoAsync(Page);
        var picture = await BrowserFixture.SaveScreenshotAsync(page, "browser-phone-bn");

        Assert.Equal("ছুটি", await page.TitleAsync());
        Assert.Equal("bn-BD", await page.InnerTextAsync("p"));
        Assert.True(new FileInfo(picture).Length > 1_000);
    }

    [Fact]
    public async Task A_page_without_scripts_stays_as_the_server_wrote_it()
    {
        await using var context = await browser.NewContextAsync(BrowserFixture.Desktop, javaScript: false);
        var page = await context.NewPageAsync();

        await page.GotoAsync(Page);

        Assert.Equal("On the Beach", await page.InnerTextAsync("p"));
    }
}
