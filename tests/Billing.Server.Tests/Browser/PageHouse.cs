using Billing.Client.Contract;
using Billing.Server.BillingRun;
using Billing.Server.Cards;
using Billing.Server.Customers;
using Billing.Server.Http;
using Billing.Server.Pages.SignIn;
using Billing.Server.Persistence;
using Billing.Server.Plans;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Infrastructure;
using MediatR;

namespace Billing.Server.Tests.Browser;

/// <summary>A server with a few customers to look at: it is 24 November 2026, half past three in the afternoon, UTC.</summary>
internal static class PageHouse
{
    public static readonly Instant Now = Instant.FromUtc(2026, 11, 24, 15, 30);

    public static async Task<ApiHouse> OpenAsync(params (string Name, string Value)[] changed) =>
        await FurnishAsync(await ApiHouse.OnSqliteAsync(Now, changed));

    /// <summary>Puts a plan, its prices and a discount into an empty house.</summary>
    public static async Task<ApiHouse> FurnishAsync(ApiHouse house)
    {
        await house.SellCrewAsync();
        return house;
    }

    /// <summary>Sells Crew by the seat, in dollars and taka.</summary>
    public static async Task SellCrewAsync(this ApiHouse house)
    {
        await house.SendAsync(new CreatePlan(new NewPlan("crew", "Crew", "per_seat")));
        await house.SendAsync(new SetPrice("crew", new(new(1_200, "USD"), new("month"))));
        await house.SendAsync(new SetPrice("crew", new(new(120_000, "BDT"), new("month"))));
        await house.SendAsync(new CreateDiscount(new("founders", "Founders' thanks", PercentBasisPoints: 1_000)));
    }

    /// <summary>Eight seats in New York at ten percent off, with a card, billed once, and USD 7.65 of credit since.</summary>
    public static async Task<Guid> OliviaAsync(this ApiHouse house)
    {
        var id = await house.SubscriberAsync(new("USD", "America/New_York", Name: "Olivia Hart", Email: "olivia@example.com"), 8, "founders");
        await house.SendAsync(new GrantCredit(id, new(new(765, "USD"))));
        return id;
    }

    /// <summary>Two seats in Dhaka, with a card, billed once; reads Bengali.</summary>
    public static Task<Guid> RahimaAsync(this ApiHouse house) =>
        house.SubscriberAsync(new("BDT", "Asia/Dhaka", Name: "রহিমা খাতুন", Locale: "bn"), 2, null);

    /// <summary>A customer with nothing.</summary>
    public static async Task<Guid> SomebodyAsync(this ApiHouse house) => (await house.SendAsync(new AddCustomer(new("USD", "UTC")))).Id;

    /// <summary>A link to a customer's page, as a path.</summary>
    public static Task<string> LinkAsync(this ApiHouse house, Guid customer) =>
        house.SavedAsync(db => SignInLinks.NewToPortal(db, new(customer), house.Get<BillingClock>().WallNow));

    /// <summary>A link to the office, as a path.</summary>
    public static Task<string> OfficeLinkAsync(this ApiHouse house) =>
        house.SavedAsync(db => SignInLinks.NewToOffice(db, "mina", house.Get<BillingClock>().WallNow));

    /// <summary>Somebody who has come in to the office, with the cookie and without a browser.</summary>
    public static async Task<HttpClient> InOfficeAsync(this ApiHouse house)
    {
        var http = new HttpClient(new HttpClientHandler { UseCookies = true }) { BaseAddress = house.Address };
        var link = await house.OfficeLinkAsync();
        var form = await http.GetStringAsync(link, ApiHouse.Cancellation);
        Dictionary<string, string> fields = [];
        foreach (var name in new[] { "__RequestVerificationToken", "token" })
        {
            var at = form.IndexOf("value=\"", form.IndexOf($"name=\"{name}\"", StringComparison.Ordinal), StringComparison.Ordinal) + 7;
            fields[name] = System.Net.WebUtility.HtmlDecode(form[at..form.IndexOf('"', at)]);
        }

        using var content = new FormUrlEncodedContent(fields);
        using var entered = await http.PostAsync("/office/enter", content, ApiHouse.Cancellation);
        entered.EnsureSuccessStatusCode();
        return http;
    }

    public static async Task<TAnswer> SendAsync<TAnswer>(this ApiHouse house, IRequest<TAnswer> request)
    {
        await using var scope = house.Get<IServiceScopeFactory>().CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Door>().Actor = "test";
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, ApiHouse.Cancellation);
    }

    private static async Task<Guid> SubscriberAsync(this ApiHouse house, NewCustomer customer, int seats, string? discount)
    {
        var id = (await house.SendAsync(new AddCustomer(customer))).Id;
        await house.SendAsync(new AddCard(id, new("pm_card_visa")));
        await house.SendAsync(new StartSubscription(id, new("crew", new("month"), seats, Discounts: discount is null ? null : [discount])));
        await house.RunAsync();
        return id;
    }

    private static async Task<string> SavedAsync(this ApiHouse house, Func<BillingDbContext, string> make)
    {
        await using var db = house.Get<BillingDatabase>().Open();
        var made = make(db);
        await db.SaveChangesAsync(ApiHouse.Cancellation);
        return made;
    }
}
