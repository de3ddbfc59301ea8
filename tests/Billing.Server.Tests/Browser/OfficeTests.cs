using System.Globalization;
using Billing.Metrics;
using Billing.Server.BillingRun;
using Billing.Server.Pages.Office;
using Billing.Server.Persistence;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Billing.Server.Tests.Browser;

/// <summary>The office as finance sees it.</summary>
public sealed class OfficeTests(BrowserFixture browser)
{
    [Fact]
    public async Task The_movements_of_every_month_add_up_to_its_closing_and_the_chart_draws_them()
    {
        await using var house = await PageHouse.OpenAsync();
        await house.OliviaAsync();
        house.Clock.Now += Duration.FromDays(40);
        await house.RunAsync();
        var leaving = await house.OliviaAsync();
        var subscription = await house.ReadAsync(db => db.Subscriptions.SingleAsync(s => s.CustomerId == new CustomerId(leaving), ApiHouse.Cancellation));
        house.Clock.Now += Duration.FromDays(40);
        await house.SendAsync(new CancelSubscription(subscription.Id.Value, new("now")));
        await house.RunAsync();

        await using var context = await browser.NewContextAsync(BrowserFixture.Desktop, javaScript: false, baseAddress: house.Address);
        var page = await PortalTests.SignedInAsync(context, await house.OfficeLinkAsync());

        var months = await MonthsAsync(page);
        Assert.Equal(["2026-11", "2026-12", "2027-01", "2027-02"], months.Select(m => m.Month).Order(StringComparer.Ordinal));
        Assert.All(months, m => Assert.Equal(m.Figures[^1], m.Figures[..^1].Sum()));
        Assert.All(months.Zip(months.Skip(1)), pair => Assert.Equal(pair.First.Figures[0], pair.Second.Figures[^1]));
        Assert.Equal(8_640, months[0].Figures[^1]);
        Assert.Equal(-8_640, months.Single(m => m.Month == "2027-02").Figures.Min());
        Assert.Equal(
            await house.ReadAsync(db => db.Subscriptions.SumAsync(s => s.MrrMinor, ApiHouse.Cancellation)), months[0].Figures[^1]);

        Assert.Equal(3, await page.Locator(".chart rect").CountAsync());
        Assert.Equal(4, await page.Locator(".chart circle").CountAsync());
        Assert.Contains("Feb 2027, Churn by choice: −USD\u00A086.40", await page.Locator(".chart rect.voluntarychurn title").TextContentAsync());
        Assert.True(await page.Locator("main details").CountAsync() >= 4);
        await BrowserFixture.SaveScreenshotAsync(page, "office-desktop");
    }

    [Fact]
    public void No_kind_of_movement_is_left_out_of_the_months() =>
        Assert.Equal(Enum.GetValues<MrrMovementKind>().Order(), MrrMonth.Kinds.Order());

    [Fact]
    public async Task An_item_that_was_set_aside_is_shown_and_can_be_retried()
    {
        await using var house = await PageHouse.OpenAsync();
        var subject = Guid.CreateVersion7();
        await using (var db = house.Get<BillingDatabase>().Open())
        {
            var item = new SetAsideItem { Pass = "renew", SubjectId = subject, FirstFailedAt = PageHouse.Now };
            item.Fail(new InvalidOperationException("This price is gone."), PageHouse.Now);
            db.SetAside.Add(item);
            await db.SaveChangesAsync(ApiHouse.Cancellation);
        }

        await using var context = await browser.NewContextAsync(BrowserFixture.Phone, javaScript: false, baseAddress: house.Address, colours: ColorScheme.Dark);
        var page = await PortalTests.SignedInAsync(context, await house.OfficeLinkAsync());
        Assert.Contains("1 item set aside by the run", await page.InnerTextAsync(".wanted"), StringComparison.Ordinal);
        await page.ClickAsync(".wanted a");
        Assert.Contains("This price is gone.", await page.InnerTextAsync(".items"), StringComparison.Ordinal);
        await BrowserFixture.SaveScreenshotAsync(page, "office-phone-dark");

        await page.ClickAsync(".items button");

        Assert.Equal("/office/runs", new Uri(page.Url).AbsolutePath);
        Assert.Equal(PageHouse.Now, await house.ReadAsync(db => db.SetAside.Where(a => a.SubjectId == subject).Select(a => a.RetryAt).SingleAsync(ApiHouse.Cancellation)));
    }

    [Fact]
    public async Task An_office_without_any_data_says_so()
    {
        await using var house = await PageHouse.OpenAsync();
        await using var context = await browser.NewContextAsync(BrowserFixture.Desktop, javaScript: false, baseAddress: house.Address);

        var page = await PortalTests.SignedInAsync(context, await house.OfficeLinkAsync());

        Assert.Contains("Nothing has been billed yet", await page.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.Contains("Everything is paid.", await page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    /// <summary>Each row of the table, newest first: opening, the movements, closing, in minor units.</summary>
    private static async Task<List<(string Month, long[] Figures)>> MonthsAsync(IPage page)
    {
        List<(string, long[])> months = [];
        foreach (var row in await page.Locator("table.mrr tbody tr").AllAsync())
        {
            List<long> figures = [];
            foreach (var cell in await row.Locator("td").AllAsync())
                figures.Add(long.Parse((await cell.GetAttributeAsync("data-minor"))!, CultureInfo.InvariantCulture));
            months.Add(((await row.GetAttributeAsync("data-month"))!, [.. figures]));
        }

        return months;
    }
}
