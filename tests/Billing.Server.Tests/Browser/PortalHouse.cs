using Billing.Client.Contract;
using Billing.Server.Cards;
using Billing.Server.Customers;
using Billing.Server.Plans;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Infrastructure;

namespace Billing.Server.Tests.Browser;

/// <summary>
/// One server for all tests of a class, with things to choose from: Skiff and Sloop flat, Crew per seat, each with breaks. Every
/// test brings customers of its own. It is 24 November 2026, half past three in the afternoon, UTC.
/// </summary>
public sealed class PortalHouse : IAsyncLifetime
{
    private static readonly CadenceView Monthly = new("month"), Yearly = new("year");
    private int customers;

    internal ApiHouse House { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        House = await ApiHouse.OnSqliteAsync(PageHouse.Now);
        foreach (var (code, name, pricing, cents) in new[] { ("skiff", "Skiff", "flat", 900), ("crew", "Crew", "per_seat", 1_200), ("sloop", "Sloop", "flat", 2_900) })
        {
            await House.SendAsync(new CreatePlan(new(code, name, pricing)));
            foreach (var (currency, times) in new[] { ("USD", 1), ("BDT", 100) })
            {
                await House.SendAsync(new SetPrice(code, new(new(cents * times, currency), Monthly)));
                await House.SendAsync(new SetPrice(code, new(new(cents * times * 10, currency), Yearly)));
                await House.SendAsync(new AllowBreaks(code, new(new(200 * times, currency), 7, 180, 2, 0, "read_only", "Everything you made")));
            }
        }
    }

    public ValueTask DisposeAsync() => House.DisposeAsync();

    /// <summary>Two seats of Crew, billed today; in dollars and English, or in taka and Bengali.</summary>
    internal async Task<(Guid Customer, Guid Subscription)> SubscriberAsync(
        string language = "en", string card = "pm_card_visa", string plan = "crew", bool billed = true)
    {
        var number = Interlocked.Increment(ref customers);
        var wanted = language == "bn"
            ? new NewCustomer("BDT", "Asia/Dhaka", $"c-{number}", "রহিমা খাতুন", $"rahima{number}@example.com", "BD", "bn")
            : new NewCustomer("USD", "Europe/London", $"c-{number}", "Olivia Hart", $"olivia{number}@example.com", "GB", "en");
        var customer = await House.SendAsync(new AddCustomer(wanted));
        await House.SendAsync(new AddCard(customer.Id, new(card)));
        var subscription = await House.SendAsync(new StartSubscription(customer.Id, new(plan, Monthly, plan == "crew" ? 2 : 1)));
        if (billed) await House.RunAsync();
        return (customer.Id, subscription.Id);
    }
}
