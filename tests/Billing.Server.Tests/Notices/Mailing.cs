using Billing.Client.Contract;
using Billing.Server.BillingRun;
using Billing.Server.Cards;
using Billing.Server.Customers;
using Billing.Server.Notices;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Notices;

/// <summary>A house whose notices go to a real mail server on this machine.</summary>
internal static class Mailing
{
    /// <summary>A customer with an address, who subscribes to Pro with this card today.</summary>
    public static async Task<SubscriptionView> SubscribeByMailAsync(
        this TestHouse house, string zone = "UTC", string locale = "en", string card = "pm_card_visa", string email = "olivia@example.com")
    {
        var customer = await house.SendAsync(new AddCustomer(new("USD", zone, Name: "Olivia", Email: email, Country: "US", Locale: locale)));
        await house.SendAsync(new AddCard(customer.Id, new(card)));
        return await house.SendAsync(new StartSubscription(customer.Id, new(Merchant.Pro, new("month"))));
    }

    /// <summary>The run up to its post: everything but the two passes that a mail server is needed for.</summary>
    public static async Task PostAsync(this TestHouse house, PostOffice office, Instant? at = null)
    {
        if (at is { } moment) house.Clock.Now = moment;
        foreach (var pass in house.PostPasses(office))
        {
            while (await pass.NextDueAsync(house.Clock.Now, TestHouse.Cancellation) is { Count: > 0 } ids)
                await pass.DoAsync(ids, house.Clock.Now, TestHouse.Cancellation);
        }
    }

    /// <summary>Does what is due but sends nothing by the house's own post: what is to be told waits for <see cref="PostAsync"/>.</summary>
    public static async Task BillAsync(this TestHouse house)
    {
        foreach (var type in new[] { typeof(FollowBreaks), typeof(RenewDueSubscriptions), typeof(CollectOpenInvoices) })
        {
            var pass = house.GetPass(type);
            while (await pass.NextDueAsync(house.Clock.Now, TestHouse.Cancellation) is { Count: > 0 } ids)
                await pass.DoAsync(ids, house.Clock.Now, TestHouse.Cancellation);
        }
    }

    /// <summary>What became of every notice: <c>"Receipt Sent"</c>, oldest first.</summary>
    public static Task<List<string>> FatesAsync(this TestHouse house) => house.ReadAsync(async db =>
        (await db.Notices.AsNoTracking().ToListAsync(TestHouse.Cancellation)).OrderBy(n => n.PlannedAt).ThenBy(n => n.Id).Select(n => $"{n.Kind} {n.State}").ToList());

    /// <summary>Tells a customer that this card is charged from now on: a notice that is always true.</summary>
    public static Task<int> TellAsync(this TestHouse house, Guid customer) => house.ReadAsync(async db =>
    {
        var found = await db.Customers.SingleAsync(c => c.Id == new CustomerId(customer), TestHouse.Cancellation);
        db.Record(new Billing.Cards.CardAdded(found.Id, found.Today(house.Clock.Now), found.DefaultCardId!.Value, "visa", "4242"), "test", house.Clock.Now);
        return await db.SaveChangesAsync(TestHouse.Cancellation);
    });

    public static Pass[] PostPasses(this TestHouse house, PostOffice office)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Billing:Smtp:Host"] = "127.0.0.1", ["Billing:Smtp:Port"] = $"{office.Port}", ["Billing:Smtp:Security"] = "none",
            ["Billing:Smtp:From"] = "billing@example.com", ["Billing:Merchant:Name"] = "Harbour & Co",
        };
        var post = SmtpPost.From(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), TimeSpan.FromMinutes(20));
        var clock = house.Get<BillingClock>();
        return
        [
            new WriteNotices(house.Database, house.Get<NoticeReading>(), house.Get<NoticeRendering>(), house.Get<NoticeSettings>(), post, clock),
            new DeliverLetters(house.Database, post, clock, house.Get<ILogger<DeliverLetters>>()),
        ];
    }
}
