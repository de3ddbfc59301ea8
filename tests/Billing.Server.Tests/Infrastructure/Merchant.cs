using Billing.Client.Contract;
using Billing.Server.Cards;
using Billing.Server.Plans;
using Billing.Server.Subscriptions;

namespace Billing.Server.Tests.Infrastructure;

/// <summary>What tests sell and to whom, through the same commands as the API.</summary>
internal static class Merchant
{
    /// <summary>The code of the one plan.</summary>
    public const string Pro = "pro";

    /// <summary>USD 49.00 a month.</summary>
    public const long Price = 4_900;

    /// <summary>Sells the plan at a price in each of these currencies and cadences.</summary>
    public static async Task SellProAsync(this TestHouse house, int trialDays = 0)
    {
        await house.SendAsync(new CreatePlan(new NewPlan(Pro, "Pro", TrialDays: trialDays)));
        await house.SetPriceAsync(Price, "month");
    }

    public static Task<PriceView> SetPriceAsync(this TestHouse house, long amount, string unit, int count = 1, string currency = "USD") =>
        house.SendAsync(new SetPrice(Pro, new NewPrice(new Amount(amount, currency), new CadenceView(unit, count))));

    /// <summary>A customer with a card who subscribes to Pro today.</summary>
    public static async Task<SubscriptionView> SubscribeAsync(this TestHouse house, string? card = "pm_card_visa", string zone = "UTC")
    {
        var customer = await house.AddCustomerAsync(zone: zone);
        if (card is not null) await house.SendAsync(new AddCard(customer.Id, new NewCard(card)));
        return await house.SendAsync(new StartSubscription(customer.Id, new NewSubscription(Pro, new CadenceView("month"))));
    }

    /// <summary>So many customers at once.</summary>
    public static async Task SubscribeManyAsync(this TestHouse house, int customers, string? card = "pm_card_visa")
    {
        for (var i = 0; i < customers; i++) await house.SubscribeAsync(card);
    }
}
