using Billing.Server.BillingRun;
using Billing.Server.Demo;
using Billing.Server.Tests.Faults;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Demo;

/// <summary>A small demo merchant, lived through by the engine.</summary>
public sealed class DemoLifeTests(ITestOutputHelper output)
{
    private const int Customers = 20;

    private static readonly Instant Today = Instant.FromUtc(2026, 11, 24, 15, 30);

    private static readonly DemoSettings Small = new(Customers, Months: 3);

    [Fact]
    public async Task A_demo_merchant_lives_through_its_months_and_its_books_agree()
    {
        await using var house = await TestHouse.OnSqliteAsync(Today);

        Assert.True(await LifeIn(house).ComeToLifeAsync(TestHouse.Cancellation));

        await house.MustAgreeAsync();
        var clock = house.Get<BillingClock>();
        Assert.Equal((Duration.Zero, Today), (clock.Ahead, clock.GetCurrentInstant()));
        Assert.Equal(Customers, await house.ReadAsync(db => db.Customers.CountAsync(TestHouse.Cancellation)));
        Assert.True(await house.ReadAsync(db => db.MrrDays.CountAsync(TestHouse.Cancellation)) > 10);
        Assert.Equal(0, await house.ReadAsync(db => db.SetAside.CountAsync(TestHouse.Cancellation)));
        Assert.Equal(
            new LocalDate(2026, 8, 24),
            (await house.ReadAsync(db => db.Customers.MinAsync(c => c.CreatedAt, TestHouse.Cancellation))).InUtc().Date);
    }

    [Fact]
    public async Task A_second_start_finds_the_demo_and_adds_nothing()
    {
        await using var house = await TestHouse.OnSqliteAsync(Today);
        await LifeIn(house).ComeToLifeAsync(TestHouse.Cancellation);
        var before = await RowsAsync(house);

        Assert.True(await LifeIn(house).ComeToLifeAsync(TestHouse.Cancellation));

        Assert.Equal(before, await RowsAsync(house));
    }

    [Fact]
    public async Task A_demo_killed_again_and_again_ends_as_if_it_had_lived_in_one_go()
    {
        await using var whole = await TestHouse.OnSqliteAsync(Today);
        await LifeIn(whole).ComeToLifeAsync(TestHouse.Cancellation);

        var death = new SuddenDeath();
        await using var house = await TestHouse.OnSqliteAsync(Today, new()
        {
            Interceptors = [death],
            Gateway = sandbox => new MortalGateway(sandbox, death),
        });
        var killed = 0;
        foreach (var call in new[] { 2, 5, 40, 150, 400, 700, 1_100, 1_600, int.MaxValue })
        {
            death.StrikeAt(call);
            if (await Record.ExceptionAsync(() => LifeIn(house).ComeToLifeAsync(TestHouse.Cancellation)) is not null) killed++;
            death.Restart();

            // A new process, once the dead one's lease has run out.
            house.Clock.Now += RunLease.Time + Duration.FromSeconds(1);
            await house.Get<BillingClock>().LoadAsync(house.Database, TestHouse.Cancellation);
        }

        output.WriteLine($"killed {killed} times");
        Assert.InRange(killed, 6, 8);
        await house.MustAgreeAsync();
        Assert.Equal(await InvoicedAsync(whole), await InvoicedAsync(house));
    }

    [Fact]
    public async Task Nothing_is_put_beside_somebodys_own_data()
    {
        await using var house = await TestHouse.OnSqliteAsync(Today);
        await house.AddCustomerAsync(name: "Real");

        Assert.False(await LifeIn(house).ComeToLifeAsync(TestHouse.Cancellation));

        Assert.Equal(1, await house.ReadAsync(db => db.Customers.CountAsync(TestHouse.Cancellation)));
        Assert.Equal(Duration.Zero, house.Get<BillingClock>().Ahead);
    }

    [Fact]
    public void The_same_people_are_drawn_every_time() => Assert.Equivalent(
        DemoPeople.Draw(300, 548), DemoPeople.Draw(300, 548), strict: true);

    private static DemoLife LifeIn(TestHouse house) => new(
        Small, house.Database, house.Get<BillingClock>(), house.Get<BillingRunner>(),
        new(house.Get<IServiceScopeFactory>(), house.Database), new());

    private static Task<(int, int, int, int, int)> RowsAsync(TestHouse house) => house.ReadAsync(async db => (
        await db.Customers.CountAsync(TestHouse.Cancellation), await db.Invoices.CountAsync(TestHouse.Cancellation),
        await db.History.CountAsync(TestHouse.Cancellation), await db.Runs.CountAsync(TestHouse.Cancellation),
        await db.PaymentAttempts.CountAsync(TestHouse.Cancellation)));

    /// <summary>Who was invoiced for which period over how much.</summary>
    private static Task<List<string>> InvoicedAsync(TestHouse house) => house.ReadAsync(db => db.Invoices
        .Join(db.Customers, i => i.CustomerId, c => c.Id, (i, c) => new { c.ExternalId, i.PeriodStart, i.TotalMinor, i.PaidMinor })
        .OrderBy(i => i.ExternalId).ThenBy(i => i.PeriodStart)
        .Select(i => $"{i.ExternalId} {i.PeriodStart} {i.TotalMinor} {i.PaidMinor}")
        .ToListAsync(TestHouse.Cancellation));
}
