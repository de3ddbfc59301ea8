using Billing.Server.Tests.Browser;
using Billing.Server.Tests.Infrastructure;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(BrowserFixture))]

namespace Billing.Server.Tests.Browser;

/// <summary>One Chromium for all tests of this assembly, started by the first that asks; a context for each.</summary>
/// <example>
/// <code>
/// await using var context = await browser.NewContextAsync(BrowserFixture.Phone, "bn-BD", javaScript: false);
/// var page = await context.NewPageAsync();
/// await BrowserFixture.SaveScreenshotAsync(page, "portal-phone-bn");
/// </code>
/// </example>
public sealed class BrowserFixture : IAsyncDisposable
{
    private static readonly string[] Arguments =
    [
        // The sandbox needs rights that root in a container lacks, and these pages are our own.
        "--no-sandbox",
        "--disable-gpu",
        // A test machine may be closed to the outside: the browser is to call nobody of its own accord.
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    private const float Patience = 180_000;

    private readonly Lazy<string?> _program =
        new(() => Programs.OnPath("chromium", "chromium-browser", "google-chrome"));

    private readonly Lazy<Task<(IPlaywright Playwright, IBrowser Browser)>> _started;

    public BrowserFixture() => _started = new(() => StartAsync(_program.Value!));

    /// <summary>The narrowest screen that every page must fit.</summary>
    public static ViewportSize Narrow => new() { Width = 320, Height = 640 };

    public static ViewportSize Phone => new() { Width = 390, Height = 844 };

    public static ViewportSize Desktop => new() { Width = 1280, Height = 900 };

    /// <summary>A browser profile of its own: no cookie or page of another test is in it.</summary>
    /// <param name="screen">One of the sizes above.</param>
    /// <param name="locale">What the browser asks servers for, and formats with: <c>bn-BD</c>.</param>
    /// <param name="javaScript">Off, a page has to do with what the server wrote.</param>
    /// <param name="colours">What the customer's device prefers.</param>
    /// <param name="baseAddress">What relative addresses are relative to.</param>
    public async Task<IBrowserContext> NewContextAsync(
        ViewportSize screen,
        string locale = "en-GB",
        bool javaScript = true,
        ColorScheme colours = ColorScheme.Light,
        Uri? baseAddress = null)
    {
        if (_program.Value is null) Requirement.Missing("Chromium is not installed: no chromium on the PATH.");

        var (_, browser) = await _started.Value;
        var context = await browser.NewContextAsync(new()
        {
            ViewportSize = screen,
            Locale = locale,
            JavaScriptEnabled = javaScript,
            ColorScheme = colours,
            BaseURL = baseAddress?.ToString(),
        });
        // A busy machine is slow, and no page is wrong for it; a page that never comes still fails.
        context.SetDefaultTimeout(Patience);
        context.SetDefaultNavigationTimeout(Patience);
        return context;
    }

    /// <summary>Keeps what the page looks like as <c>artifacts/screenshots/{name}.png</c>.</summary>
    /// <returns>The file's path.</returns>
    public static async Task<string> SaveScreenshotAsync(IPage page, string name)
    {
        ArgumentNullException.ThrowIfNull(page);
        var path = Repository.At("artifacts", "screenshots", $"{name}.png");
        await page.ScreenshotAsync(new() { Path = path, FullPage = true });
        return path;
    }

    /// <summary>Waits until the page at this path has loaded; a path that ends with <c>*</c> stands for all that begin so.</summary>
    /// <remarks>
    /// The browser is asked for its state. Waiting for the event of a navigation misses one that happens between the look
    /// at the address and the wait, as it did on a busy machine.
    /// </remarks>
    public static Task ArriveAsync(IPage page, string path) => page.WaitForFunctionAsync(
        """
        wanted => document.readyState === 'complete' && (wanted.endsWith('*')
            ? location.pathname.startsWith(wanted.slice(0, -1)) : location.pathname === wanted)
        """,
        path);

    public async ValueTask DisposeAsync()
    {
        if (!_started.IsValueCreated || !_started.Value.IsCompletedSuccessfully) return;

        var (playwright, browser) = await _started.Value;
        await browser.DisposeAsync();
        playwright.Dispose();
    }

    private static async Task<(IPlaywright Playwright, IBrowser Browser)> StartAsync(string program)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = program,
            Headless = true,
            Args = Arguments,
        });
        return (playwright, browser);
    }
}
