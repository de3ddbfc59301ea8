using Billing.Server.Tests.Infrastructure;
using Billing.Simulation;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Scenarios;

/// <summary>The simulation of docs/dunning.md, small: that it can be believed; what it finds is for people to read.</summary>
public sealed class SimulationTests
{
    private static readonly Dictionary<string, int> None = [];

    [Fact]
    public async Task Two_ladders_in_one_world_leave_books_that_agree_and_the_kind_one_writes_less()
    {
        var failed = new List<int>();
        var (ours, classic) = await LiveAsync(seed: 7, 60, 4, async house =>
        {
            await Books.MustAgreeAsync(house.Data, house.Gateway.Ledger);
            await using var db = house.Data.Open();
            failed.Add(await db.DunningCases.CountAsync(TestHouse.Cancellation));
        });

        Assert.Equal(2, failed.Count);
        Assert.All(failed, cases => Assert.InRange(cases, 4, 40));
        // A mail at once, to everybody; and silence first, which some need no more than.
        Assert.True(ours.ContactsPerRecovered < classic.ContactsPerRecovered, $"{ours} {classic}");
        Assert.True(ours.Healed > classic.Healed, $"{ours} {classic}");
    }

    [Fact]
    public async Task The_same_seed_tells_the_same_story_again()
    {
        var (ours, classic) = await LiveAsync(seed: 3, 25, 3);
        var (oursAgain, classicAgain) = await LiveAsync(seed: 3, 25, 3);
        Assert.True(ours.Cases > 0, $"{ours}");
        Assert.Equal(Plain(ours), Plain(oursAgain));
        Assert.Equal(Plain(classic), Plain(classicAgain));
    }

    [Fact]
    public void A_persons_fate_hangs_on_the_seed_alone()
    {
        var (one, same, other) = (Fate(1), Fate(1), Fate(2));
        Assert.Equal(one, same);
        Assert.NotEqual(one, other);

        static string Fate(int seed) => string.Join('\n', Enumerable.Range(1, 40).Select(n => new Person(seed, n, Simulation.Merchant.Opened, 24))
            .Select(p => $"{p.FirstCard} {p.StartsOn} {p.Expiry} {string.Join(", ", p.Troubles)}"));
    }

    /// <summary>The world is as its assumptions say: over many people the shares come out.</summary>
    [Fact]
    public void The_simulated_banks_say_no_as_often_as_is_assumed()
    {
        var troubles = Enumerable.Range(1, 20_000).SelectMany(n => new Person(3, n, Simulation.Merchant.Opened, 24).Troubles).ToList();
        var weights = Assumptions.Codes.Sum(c => c.Weight);
        Assert.Equal(Assumptions.FirstTryFails * (100 - Assumptions.Expired) / 100, troubles.Count * 100.0 / (20_000 * 24), 1);
        Assert.All(Assumptions.Codes, c => Assert.Equal(c.Weight / weights, troubles.Count(t => t.Code == c.What) / (double)troubles.Count, 1));
    }

    [Fact]
    public void An_interval_is_students()
    {
        // Five numbers, mean 3, deviation 1.5811: half is 2.776 · 1.5811 / √5.
        Assert.Equal("3.00 ± 1.96", Simulation.Interval.Of([1, 2, 3, 4, 5]).Said());
        Assert.Equal("+3.00", Simulation.Interval.Of([3]).Said(signed: true));
    }

    private static async Task<(Figures Ours, Figures Classic)> LiveAsync(
        int seed, int customers, int months, Func<House, Task>? look = null)
    {
        var folder = Directory.CreateTempSubdirectory("billing-simulation-").FullName;
        return await new World(seed, customers, months, folder).LiveAsync(look);
    }

    private static Figures Plain(Figures figures) => figures with { Ladders = None };
}
