using Billing.Customers;
using Billing.Invoicing;
using Billing.Periods;
using Billing.Plans;
using Billing.Server.BillingRun;
using Billing.Server.Persistence;
using Billing.Server.Tests.Infrastructure;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.BillingRun;

/// <summary>A batch is all or nothing, an item that fails is set aside, and the run goes on.</summary>
public sealed class PassLoopTests(PostgresServer postgres)
{
    private static readonly Instant FirstOfMay = Instant.FromUtc(2026, 5, 1, 9, 0);
    private static readonly Currency Usd = Currency.Of("USD");
    private const long Monthly = 1000;

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task An_item_that_fails_is_set_aside_with_its_error_and_the_rest_is_done(string database)
    {
        await using var house = await OpenAsync(database);
        var ids = await SubscribeAsync(house, customers: 40);
        var lost = ids[17];
        await MoveToZoneAsync(house, lost, "Nowhere/Atlantis");

        var run = await house.RunAsync();

        Assert.Equal(RunState.Finished, run.State);
        await MustBeBilledOnceAsync(house, ids.Except([lost]));
        var aside = Assert.Single(await SetAsideAsync(house));
        Assert.Equal(("renew", lost.Value, 1), (aside.Pass, aside.SubjectId, aside.Failures));
        Assert.StartsWith("Refused: ", aside.Error, StringComparison.Ordinal);
        Assert.Equal((FirstOfMay, FirstOfMay + Duration.FromHours(1)), (aside.FirstFailedAt, aside.RetryAt));
        var pass = await house.ReadAsync(db => db.RunPasses.SingleAsync(p => p.RunId == run.Id && p.Name == "renew", Cancellation));
        Assert.Equal((40, 39, 1), (pass.Due, pass.Done, pass.SetAside));
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task An_item_set_aside_rests_until_its_time_and_is_forgotten_when_it_heals(string database)
    {
        await using var house = await OpenAsync(database);
        var ids = await SubscribeAsync(house, customers: 3);
        await MoveToZoneAsync(house, ids[1], "Nowhere/Atlantis");
        await house.RunAsync();

        house.Clock.Now = FirstOfMay + Duration.FromMinutes(59);
        await house.RunAsync();
        Assert.Equal(1, Assert.Single(await SetAsideAsync(house)).Failures);

        house.Clock.Now = FirstOfMay + Duration.FromMinutes(61);
        await house.RunAsync();
        var aside = Assert.Single(await SetAsideAsync(house));
        Assert.Equal((2, house.Clock.Now + Duration.FromHours(2)), (aside.Failures, aside.RetryAt));

        await MoveToZoneAsync(house, ids[1], "UTC");
        house.Clock.Now += Duration.FromHours(2);
        await house.RunAsync();
        Assert.Empty(await SetAsideAsync(house));
        await MustBeBilledOnceAsync(house, ids);
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_batch_that_the_database_refuses_leaves_nothing_behind_and_gives_its_numbers_back(string database)
    {
        await using var house = await OpenAsync(database);
        var ids = await SubscribeAsync(house, customers: 30);
        await house.RunAsync();
        var others = await SubscribeAsync(house, customers: 30, from: 30);
        // A subscription that forgot that it was billed: the unique period of its invoice stops the batch, after numbers were taken.
        await using (var db = house.Database.Open())
        {
            await db.Subscriptions.Where(s => s.Id == ids[7]).ExecuteUpdateAsync(
                set => set.SetProperty(s => s.NextPeriodIndex, 0).SetProperty(s => s.NextBillingAt, FirstOfMay), Cancellation);
        }

        await house.RunAsync();

        Assert.Equal(ids[7].Value, Assert.Single(await SetAsideAsync(house)).SubjectId);
        await MustBeBilledOnceAsync(house, ids.Concat(others));
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_batch_of_nothing_but_bad_items_does_not_stop_the_run(string database)
    {
        await using var house = await OpenAsync(database);
        // More than a batch, and first in the order of the run.
        var bad = await SubscribeAsync(house, customers: 510);
        house.Clock.Now += Duration.FromDays(1);
        var good = await SubscribeAsync(house, customers: 20, from: 510);
        await using (var db = house.Database.Open())
        {
            await db.Customers.Where(c => c.CreatedAt == FirstOfMay)
                .ExecuteUpdateAsync(set => set.SetProperty(c => c.TimeZone, "Nowhere/Atlantis"), Cancellation);
        }

        await house.RunAsync();

        Assert.Equal(bad.Count, (await SetAsideAsync(house)).Count);
        await MustBeBilledOnceAsync(house, good);
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task An_account_of_two_thousand_subscriptions_holds_nobody_up_and_spends_its_credit_once(string database)
    {
        await using var house = await OpenAsync(database);
        var (giant, subscriptions) = await SubscribeGiantAsync(house, plans: 2000, credit: Monthly * 10 + 400);
        var others = await SubscribeAsync(house, customers: 100);

        var run = await house.RunAsync();

        Assert.Equal(RunState.Finished, run.State);
        Assert.Empty(await SetAsideAsync(house));
        await MustBeBilledOnceAsync(house, subscriptions.Concat(others));
        var customer = await house.ReadAsync(db => db.Customers.AsNoTracking().SingleAsync(c => c.Id == giant, Cancellation));
        var entries = await house.ReadAsync(db => db.BalanceEntries.AsNoTracking().Where(e => e.CustomerId == giant)
            .OrderBy(e => e.Sequence).ToListAsync(Cancellation));
        Assert.Equal((0L, 12), (customer.BalanceMinor, customer.BalanceEntries));
        Assert.Equal(Enumerable.Range(1, 12), entries.Select(e => e.Sequence));
        Assert.Equal(0, entries.Sum(e => e.AmountMinor));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Task<TestHouse> OpenAsync(string database) => TestHouse.OnAsync(database, postgres, FirstOfMay);

    /// <summary>Customers with one monthly subscription each, due at once.</summary>
    private static async Task<IReadOnlyList<SubscriptionId>> SubscribeAsync(TestHouse house, int customers, int from = 0)
    {
        var now = house.Clock.Now;
        var (plan, price) = PlanOf($"small-{from}", now);
        await using var db = house.Database.Open();
        db.AddRange(plan, price);
        List<SubscriptionId> ids = [];
        for (var i = from; i < from + customers; i++)
        {
            var customer = CustomerOf($"small-{i}", now);
            var subscription = Subscription.Start(new(NewId.At(now)), customer, plan, price, new(), now);
            db.AddRange(customer, subscription);
            ids.Add(subscription.Id);
        }

        await db.SaveChangesAsync(Cancellation);
        return ids;
    }

    /// <summary>One customer with as many subscriptions as there are plans, and with credit.</summary>
    private static async Task<(CustomerId Giant, IReadOnlyList<SubscriptionId> Subscriptions)> SubscribeGiantAsync(
        TestHouse house, int plans, long credit)
    {
        var now = house.Clock.Now;
        await using var db = house.Database.Open();
        var giant = CustomerOf("giant", now);
        db.AddRange(giant, giant.MoveBalance(new(credit, Usd), BalanceReason.Granted, now));
        List<SubscriptionId> ids = [];
        for (var i = 0; i < plans; i++)
        {
            var (plan, price) = PlanOf($"part-{i}", now);
            var subscription = Subscription.Start(new(NewId.At(now)), giant, plan, price, new(), now);
            db.AddRange(plan, price, subscription);
            ids.Add(subscription.Id);
        }

        await db.SaveChangesAsync(Cancellation);
        return (giant.Id, ids);
    }

    private static (Plan Plan, Price Price) PlanOf(string code, Instant now)
    {
        var plan = Plan.Create(new(NewId.At(now)), code, code, PlanPricing.Flat, 0, now);
        return (plan, plan.SetPrice(new(NewId.At(now)), new(Monthly, Usd), Cadence.Monthly, null, now));
    }

    private static Customer CustomerOf(string name, Instant now) =>
        Customer.Add(new(NewId.At(now)), new(name, name, null, null, "en", "UTC"), Usd, now);

    private static async Task MoveToZoneAsync(TestHouse house, SubscriptionId id, string zone)
    {
        await using var db = house.Database.Open();
        await db.Customers.Where(c => db.Subscriptions.Any(s => s.Id == id && s.CustomerId == c.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.TimeZone, zone), Cancellation);
    }

    private static Task<List<SetAsideItem>> SetAsideAsync(TestHouse house) =>
        house.ReadAsync(db => db.SetAside.AsNoTracking().ToListAsync(Cancellation));

    /// <summary>Each of these has one invoice and moved on one period; nobody else has any; numbers have no gap.</summary>
    private static async Task MustBeBilledOnceAsync(TestHouse house, IEnumerable<SubscriptionId> expected)
    {
        var wanted = expected.ToHashSet();
        var invoices = await house.InvoicesAsync();
        Assert.Equal(wanted.Count, invoices.Count);
        Assert.Equal(wanted, [.. invoices.Select(i => i.SubscriptionId!.Value)]);
        Assert.All(invoices, i => Assert.Equal(Monthly, Assert.Single(i.Lines).AmountMinor));
        Assert.Equal(Enumerable.Range(1, wanted.Count).Select(n => NumberSeries.Format(NumberSeries.Invoices, n)), invoices.Select(i => i.Number));

        var facts = await house.ReadAsync(db => db.History.CountAsync(h => h.Type == nameof(PeriodBilled), Cancellation));
        Assert.Equal(wanted.Count, facts);
    }
}
