using Billing.Server.Pages;
using Billing.Server.Pages.Language;
using Billing.Server.Tests.Infrastructure;

namespace Billing.Server.Tests.Browser;

/// <summary>The merchant's own colours, logo and the sites that may show customers' pages.</summary>
public sealed class ThemeTests(BrowserFixture browser)
{
    [Theory]
    [InlineData("#7a1f6b", null)]
    [InlineData("#8a3b00", "#ffb37a")]
    public void A_colour_that_can_be_read_is_taken_and_one_for_the_dark_is_found(string light, string? dark)
    {
        var css = ThemeOf(("Colour", light), ("DarkColour", dark)).Css!;

        Assert.Contains($"--sea: {light}", css, StringComparison.Ordinal);
        Assert.Contains(dark ?? "prefers-color-scheme: dark", css, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#f2c14e", null, "contrast")]
    [InlineData("#7a1f6b", "#301028", "contrast")]
    [InlineData("purple", null, "written like")]
    [InlineData(null, "#ffb37a", "needs a Billing:Merchant:Colour")]
    public void A_colour_that_nobody_could_read_keeps_the_server_from_starting(string? light, string? dark, string why)
    {
        var e = Assert.Throws<InvalidOperationException>(() => ThemeOf(("Colour", light), ("DarkColour", dark)));
        Assert.Contains(why, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_logo_that_is_not_there_or_is_no_picture_keeps_it_too()
    {
        Assert.Throws<InvalidOperationException>(() => ThemeOf(("Logo", "/nowhere/logo.svg")));
        Assert.Throws<InvalidOperationException>(() => ThemeOf(("Logo", Repository.At("README.md"))));
    }

    [Fact]
    public async Task A_merchants_colours_and_logo_are_on_every_page()
    {
        await using var house = await ApiHouse.OnSqliteAsync(
            PageHouse.Now, ("Billing:Merchant:Colour", "#7a1f6b"), ("Billing:Merchant:Logo", Repository.At("src", "Billing.Server", "wwwroot", "icon.svg")));
        await using var context = await browser.NewContextAsync(BrowserFixture.Phone, baseAddress: house.Address);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/");

        Assert.Equal("rgb(122, 31, 107)", await page.EvaluateAsync<string>("""
            () => { const probe = document.body.appendChild(document.createElement('a')); probe.href = '#'; return getComputedStyle(probe).color }
            """));
        Assert.True(await page.EvaluateAsync<bool>("document.querySelector('.brand img').naturalWidth > 0"));
    }

    [Fact]
    public async Task Only_the_sites_the_merchant_names_may_show_a_customers_pages_and_nobody_the_office()
    {
        await using var house = await ApiHouse.OnSqliteAsync(PageHouse.Now, ("Billing:Pages:EmbeddedBy", "https://app.example.com https://www.example.com"), ("ForwardedHeaders_Enabled", "true"));
        using var visitor = SignInTests.Visitor(house);
        // As behind a proxy that ends TLS: cookies for another site's frame are sent over an encrypted connection only.
        visitor.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        using var portal = await visitor.GetAsync("/portal", ApiHouse.Cancellation);
        Assert.EndsWith("frame-ancestors https://app.example.com https://www.example.com", Assert.Single(portal.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.False(portal.Headers.Contains("X-Frame-Options"));
        using var office = await visitor.GetAsync("/office", ApiHouse.Cancellation);
        Assert.EndsWith("frame-ancestors 'none'", Assert.Single(office.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal(["DENY"], office.Headers.GetValues("X-Frame-Options"));

        using var enter = await visitor.GetAsync(await house.LinkAsync(await house.SomebodyAsync()), ApiHouse.Cancellation);
        Assert.All(enter.Headers.GetValues("Set-Cookie"), cookie =>
        {
            foreach (var part in new[] { "samesite=none", "secure", "Partitioned" }) Assert.Contains(part, cookie, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Theory]
    [InlineData("app.example.com")]
    [InlineData("http://app.example.com")]
    [InlineData("https://app.example.com/billing")]
    [InlineData("*")]
    public void Who_is_no_origin_cannot_be_named(string text) => Assert.Throws<InvalidOperationException>(() => Embedding.From(
        new ConfigurationBuilder().AddInMemoryCollection([new("Billing:Pages:EmbeddedBy", text)]).Build()));

    [Theory]
    [InlineData("1,200", 1200)]
    [InlineData("১২", 12)]
    [InlineData(" 7 ", 7)]
    [InlineData("seven", null)]
    [InlineData("-3", null)]
    public void Numbers_are_read_as_people_type_them(string typed, int? number) => Assert.Equal(number, Words.Bengali.Formats.Whole(typed));

    private static Theme ThemeOf(params (string Name, string? Value)[] settings) => Theme.From(new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"Billing:Merchant:{s.Name}", s.Value))).Build());
}
