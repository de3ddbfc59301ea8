using Billing.Client.Contract;
using Billing.Invoicing;
using Billing.Server.Customers;
using Billing.Server.Plans;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Infrastructure;

namespace Billing.Server.Tests.Faults;

/// <summary>A run is killed at its first call, next month at its second, and so on until one lives to its end.</summary>
public sealed class KilledAnywhereTests(PostgresServer postgres, ITestOutputHelper output)
{
    /// <summary>Longer than the lease of a dead run, and than the patience with its charges.</summary>
    private static readonly Duration UntilTheNextRun = Duration.FromMinutes(3);

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_run_killed_anywhere_bills_once(string database)
    {
        var death = new SuddenDeath();
        await using var house = await OpenAsync(database, death);
        await house.RunAsync();

        for (var (point, month) = (1, house.Clock.Now.InUtc().Date); ; point++)
        {
            month = month.PlusMonths(1);
            house.Clock.Now = month.AtMidnight().PlusHours(6).InUtc().ToInstant();
            death.StrikeAt(point);
            var killed = await Record.ExceptionAsync(house.RunAsync);
            death.Restart();
            await house.MustAgreeAsync();

            house.Clock.Now += UntilTheNextRun;
            if (killed is not null) await house.RunAsync();
            await MustBeDoneAsync(house, month, point);

            if (killed is not null) continue;
            output.WriteLine($"{database}: killed at each of {point - 1} points");
            Assert.InRange(point - 1, 50, 500);
            return;
        }
    }

    private static async Task MustBeDoneAsync(TestHouse house, LocalDate month, int point)
    {
        await house.MustAgreeAsync();
        await house.NothingIsLeftUnknownAsync();
        var invoices = (await house.InvoicesAsync()).Where(i => i.PeriodStart == month).ToList();
        Assert.True(invoices.Count == 5, $"Killed at point {point}: {invoices.Count} of 5 invoices for {month}.");
        Assert.All(invoices, i => Assert.True(i.Status == InvoiceStatus.Paid, $"Killed at point {point}: {i.Number} is {i.Status}."));
    }

    private async Task<TestHouse> OpenAsync(string database, SuddenDeath death)
    {
        var house = await TestHouse.OnAsync(database, postgres, Instant.FromUtc(2026, 1, 1, 6, 0), new()
        {
            Interceptors = [death],
            Gateway = sandbox => new MortalGateway(sandbox, death),
        });
        await house.SellProAsync();
        await house.SubscribeManyAsync(3);
        await house.SendAsync(new CreateDiscount(new NewDiscount("welcome", "Welcome", PercentBasisPoints: 1_000, Periods: 120)));
        var discounted = await house.SubscribeAsync();
        await house.SendAsync(new GiveDiscount(discounted.Id, new DiscountGift("welcome")));
        // Credit for many months, so that every run spends some of it.
        var credited = await house.SubscribeAsync();
        await house.SendAsync(new GrantCredit(credited.CustomerId, new NewCredit(new Amount(1_000_000, "USD"))));
        return house;
    }
}
