#pragma warning disable xUnit1051
using Billing.Client.Contract;
using Billing.Plans;
using Billing.Periods;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Billing.Cards;
namespace Billing.Server.Tests.Scenarios;
public sealed class SmokeTests(PostgresServer postgres)
{
    [Theory, InlineData(true), InlineData(false)]
    public async Task Smoke(bool pg)
    {
        var now = Instant.FromUtc(2026, 1, 31, 9, 0);
        await using var house = pg ? await TestHouse.OnPostgresAsync(postgres, now) : await TestHouse.OnSqliteAsync(now);
        await using (var db = house.Database.Open())
        {
            var plan = Plan.Create(new(Guid.CreateVersion7()), "pro", "Pro", PlanPricing.Flat, 0, now);
            db.Plans.Add(plan);
            db.Prices.Add(plan.SetPrice(new(Guid.CreateVersion7()), new(4900, Currency.Of("USD")), Cadence.Monthly, null, now));
            await db.SaveChangesAsync();
        }
        var customer = await house.AddCustomerAsync();
        var card = await house.Gateway.AttachCardAsync(new(customer.Id), "pm_card_visa", default);
        await using (var db = house.Database.Open())
        {
            var c = Card.Keep(new(Guid.CreateVersion7()), new(customer.Id), card.Token, card.Fingerprint, card.Brand, card.LastFour, card.ExpiryMonth, card.ExpiryYear, now);
            db.Cards.Add(c);
            (await db.Customers.SingleAsync(x => x.Id == new CustomerId(customer.Id))).UseCard(c.Id, now);
            await db.SaveChangesAsync();
        }
        await house.SendAsync(new StartSubscription(customer.Id, new NewSubscription("pro", new CadenceView("month"))));
        await house.RunAsync();
        house.Clock.Now = Instant.FromUtc(2026, 6, 30, 9, 0);
        await house.RunAsync();
        await house.RunAsync();
        foreach (var i in await house.InvoicesAsync()) TestContext.Current.TestOutputHelper!.WriteLine($"{i.Number} {i.PeriodStart} {i.Total} {i.Status} {i.PaidMinor}");
        foreach (var d in await house.ReadAsync(db => db.MrrDays.ToListAsync())) TestContext.Current.TestOutputHelper!.WriteLine($"{d.On} {d.Kind} {d.AmountMinor}");
        foreach (var d in await house.ReadAsync(db => db.RunPasses.ToListAsync())) TestContext.Current.TestOutputHelper!.WriteLine($"{d.Name} {d.Due} {d.Done} {d.SetAside}");
        foreach (var d in await house.ReadAsync(db => db.SetAside.ToListAsync())) TestContext.Current.TestOutputHelper!.WriteLine($"{d.Pass} {d.Error}");
        foreach (var d in await house.ReadAsync(db => db.History.ToListAsync())) TestContext.Current.TestOutputHelper!.WriteLine($"{d.On} {d.Type} {d.Data}");
    }
}
