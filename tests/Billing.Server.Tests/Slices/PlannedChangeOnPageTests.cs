using Billing.Server.Pages.Language;
using Billing.Server.Pages.Portal;
using Billing.Server.Plans;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Infrastructure;
using Billing.Subscriptions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Billing.Server.Tests.Slices;

/// <summary>What the customer's page says of a change that is planned.</summary>
public sealed class PlannedChangeOnPageTests(PostgresServer postgres)
{
    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task The_page_names_the_plan_that_will_be_billed_beside_its_amount(string database)
    {
        await using var house = await TestHouse.OnAsync(database, postgres, Instant.FromUtc(2026, 4, 1, 10, 0));
        await house.SellProAsync();
        await house.SendAsync(new CreatePlan(new("small", "Small")));
        await house.SendAsync(new SetPrice("small", new(new(1900, "USD"), new("month"))));
        var subscription = await house.SubscribeAsync();
        await house.RunAsync();
        Assert.DoesNotContain("from then on", await ShownAsync(house, subscription.CustomerId, Words.English), StringComparison.Ordinal);

        var quote = await house.SendAsync(new QuoteChange(subscription.Id, new("small")));
        await house.SendAsync(new ConfirmChange(subscription.Id, new(quote.Token)));

        var page = await ReadAsync(house, subscription.CustomerId);
        var item = Assert.Single(page.Subscriptions);
        var charge = Assert.IsType<OutlookEntry.Bills>(item.Next).Charge;
        Assert.Equal(("Pro", "Small", 1900L), (item.Facts.PlanName, charge.Lines[0].Description, charge.Total.Minor));
        var english = await ShownAsync(house, subscription.CustomerId, Words.English);
        Assert.Contains("$19.00", english, StringComparison.Ordinal);
        Assert.Contains("It is for Small, which you have from then on.", english, StringComparison.Ordinal);
        Assert.Contains("<strong>Pro</strong>", english, StringComparison.Ordinal);
        Assert.Contains("Small-\u098f\u09b0", await ShownAsync(house, subscription.CustomerId, Words.Bengali), StringComparison.Ordinal);

        house.Clock.Now = Instant.FromUtc(2026, 5, 1, 10, 0);
        await house.RunAsync();
        Assert.Equal(("Small", 1900L), ((await house.InvoicesAsync())[^1].Lines[0].Description, (await house.InvoicesAsync())[^1].TotalMinor));
    }

    private static async Task<CustomerPage> ReadAsync(TestHouse house, Guid customer) => (await house.ReadAsync(db =>
        CustomerPage.ReadAsync(db, house.Gateway, CustomerId.From(customer), house.Clock.Now, TestHouse.Cancellation)))!;

    /// <summary>The card of the one subscription, as the browser gets it.</summary>
    private static async Task<string> ShownAsync(TestHouse house, Guid customer, Words words)
    {
        var page = await ReadAsync(house, customer);
        var parts = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            [nameof(NextStepCard.Page)] = page, [nameof(NextStepCard.Item)] = page.Subscriptions[0], [nameof(NextStepCard.Words)] = words,
        };
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        return await renderer.Dispatcher.InvokeAsync(async () => System.Net.WebUtility.HtmlDecode(
            (await renderer.RenderComponentAsync<NextStepCard>(ParameterView.FromDictionary(parts))).ToHtmlString()));
    }
}
