using System.Net;
using Billing.Server.BillingRun;
using Billing.Server.Demo;
using Billing.Server.Http;
using Billing.Server.Persistence;
using Billing.Server.Tests.Browser;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.FileProviders;

namespace Billing.Server.Tests.Demo;

/// <summary>What whoever starts the program for the first time sees.</summary>
public sealed class DemoPageTests(BrowserFixture browser)
{
    [Fact]
    public async Task The_front_page_leads_to_a_customer_the_office_and_a_key_that_works()
    {
        await using var house = await LivingAsync();
        await using var context = await browser.NewContextAsync(BrowserFixture.Desktop, javaScript: false, baseAddress: house.Address);
        var page = await context.NewPageAsync();

        await page.GotoAsync("/");
        await BrowserFixture.SaveScreenshotAsync(page, "demo-front");
        var key = await page.InnerTextAsync("code.key");
        await page.ClickAsync(".doors li:nth-child(2) button");
        await page.ClickAsync("main button");
        Assert.Contains("রহিমা খাতুন", await page.InnerTextAsync("h1"), StringComparison.Ordinal);

        await page.GotoAsync("/");
        await page.ClickAsync(".doors li:nth-child(3) button");
        await page.ClickAsync("main button");
        Assert.Equal("Overview", await page.InnerTextAsync("h1"));

        using var caller = house.HttpWith(key);
        Assert.Equal(HttpStatusCode.OK, (await caller.GetAsync("/v1/customers", ApiHouse.Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Each_start_makes_a_key_and_ends_the_one_before()
    {
        await using var house = await LivingAsync();
        var former = house.Get<DemoProgress>().Key;

        await house.RestartAsync();
        await CameToLifeAsync(house);

        using var caller = house.HttpWith(former);
        Assert.Equal(HttpStatusCode.Unauthorized, (await caller.GetAsync("/v1/customers", ApiHouse.Cancellation)).StatusCode);
        Assert.NotEqual(former, house.Get<DemoProgress>().Key);
        Assert.Equal(2, await house.ReadAsync(db => db.Customers.CountAsync(ApiHouse.Cancellation)));
    }

    [Fact]
    public async Task Nobody_who_comes_by_another_name_sees_the_key_or_the_doors()
    {
        await using var house = await LivingAsync();
        using var visitor = SignInTests.Visitor(house);
        visitor.DefaultRequestHeaders.Host = "billing.example.com";

        var page = await visitor.GetStringAsync("/", ApiHouse.Cancellation);

        Assert.DoesNotContain(house.Get<DemoProgress>().Key!, page, StringComparison.Ordinal);
        Assert.DoesNotContain("/demo/", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Billing:Demo", "true", false)]
    [InlineData("Billing:Demo:Enabled", "true", false)]
    [InlineData("Billing:Other", "true", true)]
    [InlineData("Billing:AllowSandbox", "true", false)]
    public async Task Outside_Development_neither_the_demo_nor_its_key_is_let_near(string name, string value, bool hasKey)
    {
        await using var house = await TestHouse.OnSqliteAsync(PageHouse.Now);
        if (hasKey || name == "Billing:AllowSandbox") await AddDemoKeyAsync(house);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(name, value)]).Build();

        Task Opening() => DemoMerchant.RefuseForRealCustomersAsync(
            new Production(), configuration, house.Database, house.Get<BillingClock>(), TestHouse.Cancellation);

        if (name == "Billing:AllowSandbox") await Opening();
        else await Assert.ThrowsAsync<InvalidOperationException>(Opening);
    }

    private static async Task AddDemoKeyAsync(TestHouse house)
    {
        await using var db = house.Database.Open();
        db.ApiKeys.Add(ApiKey.Create(NewId.At(PageHouse.Now), DemoWelcome.KeyName, Secrets.New("bk_"), ApiScope.Admin, PageHouse.Now));
        await db.SaveChangesAsync(TestHouse.Cancellation);
    }

    private static async Task<ApiHouse> LivingAsync()
    {
        var house = await ApiHouse.OnSqliteAsync(
            PageHouse.Now, ("Billing:Demo", "true"), ("Billing:Demo:Customers", "2"), ("Billing:Demo:Months", "1"));
        await CameToLifeAsync(house);
        return house;
    }

    private static Task CameToLifeAsync(ApiHouse house) =>
        house.Get<IEnumerable<IHostedService>>().OfType<DemoService>().Single().ExecuteTask!;

    private sealed class Production : IWebHostEnvironment
    {
        public string EnvironmentName { get; set; } = Environments.Production;
        public string ApplicationName { get; set; } = "Billing.Server";
        public string WebRootPath { get; set; } = "";
        public IFileProvider WebRootFileProvider { get; set; } = new NullFileProvider();
        public string ContentRootPath { get; set; } = "";
        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
