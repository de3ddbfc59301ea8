using Billing.Server.Plans;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Browser;

/// <summary>What a customer reads of a price that is going to move.</summary>
public sealed class PriceMovePageTests(BrowserFixture browser)
{
    [Fact]
    public async Task The_page_says_once_and_kindly_what_it_will_cost_and_that_one_may_leave()
    {
        await using var house = await PageHouse.OpenAsync();
        var olivia = await house.OliviaAsync();
        await MoveAsync(house, 1_400, "USD");
        await using var context = await browser.NewContextAsync(BrowserFixture.Desktop, javaScript: false, baseAddress: house.Address);

        var page = await PortalTests.SignedInAsync(context, await house.LinkAsync(olivia));

        Assert.Equal(
            "From 24 December 2026 it costs $112.00 every month instead of $96.00. If that is not for you, you can leave before then and nothing more is charged.",
            await page.InnerTextAsync(".next .move"));
        // 112.00 less ten percent and 7.65 of credit: word and deed are one.
        Assert.Equal("On 24 December 2026 we charge $93.15 to your Visa card ending in 4242.", await page.InnerTextAsync(".next .big"));
        await BrowserFixture.SaveScreenshotAsync(page, "portal-price-move-en");

        var subscription = await house.ReadAsync(db => db.Subscriptions.Where(s => s.CustomerId == new CustomerId(olivia)).Select(s => s.Id).SingleAsync(ApiHouse.Cancellation));
        await house.SendAsync(new CancelSubscription(subscription.Value, new("period_end")));
        await page.ReloadAsync();
        Assert.Equal(0, await page.Locator(".next .move").CountAsync());
    }

    [Fact]
    public async Task The_page_says_it_in_Bengali_and_calls_a_lower_price_good_news()
    {
        await using var house = await PageHouse.OpenAsync();
        var rahima = await house.RahimaAsync();
        await MoveAsync(house, 150_000, "BDT");
        await using var context = await browser.NewContextAsync(BrowserFixture.Phone, "bn-BD", javaScript: false, baseAddress: house.Address);

        var page = await PortalTests.SignedInAsync(context, await house.LinkAsync(rahima));
        // Half past nine in the evening in Dhaka: the letter goes out in the morning, and the thirty days count from there.
        Assert.Equal(
            "২৪ জানুয়ারী, ২০২৭ থেকে প্রতি মাসে ৳২,৪০০.০০-এর বদলে দাম হবে ৳৩,০০০.০০। আপনার জন্য ঠিক না হলে তার আগেই ছেড়ে যেতে পারেন; আর কোনো টাকা কাটা হবে না।",
            await page.InnerTextAsync(".next .move"));
        await BrowserFixture.SaveScreenshotAsync(page, "portal-price-move-bn");

        var olivia = await house.OliviaAsync();
        await MoveAsync(house, 1_000, "USD");
        page = await PortalTests.SignedInAsync(context, await house.LinkAsync(olivia));
        Assert.Equal(
            "Good news: from 24 December 2026 it costs $80.00 every month instead of $96.00. There is nothing you have to do.",
            await page.InnerTextAsync(".next .move"));
    }

    private static async Task MoveAsync(ApiHouse house, long amount, string currency)
    {
        await house.SendAsync(new SetPrice("crew", new(new(amount, currency), new("month"))));
        await house.SendAsync(new SchedulePriceMove("crew", new(currency, new("month"), "2026-12-24")));
        await house.RunAsync();
    }
}
