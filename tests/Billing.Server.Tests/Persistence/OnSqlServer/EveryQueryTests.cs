using Billing.Server.BillingRun;
using Billing.Server.Persistence;
using Billing.Server.Tests.Infrastructure;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(Billing.Server.Tests.Persistence.OnSqlServer.LastOfAll))]

namespace Billing.Server.Tests.Persistence.OnSqlServer;

/// <summary>
/// After all other tests: SQL Server could run every query they ran, and they ran every query there is. See
/// <see cref="QueryWatch"/> for how both are known.
/// </summary>
[Collection(LastOfAll.Collection)]
public sealed class EveryQueryTests
{
    private static readonly string[] Filters =
        ["-class", "-method", "-namespace", "-trait", "-class-", "-method-", "-namespace-", "-trait-", "-filter", "-id"];

    [Fact]
    public void Whatever_any_test_asked_any_database_is_T_SQL_too()
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"{QueryWatch.Seen.Count} statements.");
        Assert.Empty(QueryWatch.Failures);
    }

    /// <remarks>
    /// Fails with the file and line of a query that nobody has run. Write the test that its use case lacks: one line that
    /// sends it through <see cref="TestHouse.SendAsync"/> is enough for this one, and too little for a use case.
    /// </remarks>
    [Fact]
    public void Every_place_in_the_house_that_sends_a_query_was_reached_by_some_test()
    {
        if (Environment.GetCommandLineArgs().Any(a => Filters.Contains(a, StringComparer.OrdinalIgnoreCase)))
            Assert.Skip("Only a run of all tests reaches every query.");

        using var house = new QuerySites(typeof(BillingDatabase).Assembly.Location);
        var lines = QueryWatch.Sites.Keys.Select(s => (s.Token, house.LineAt(s.Token, s.Offset))).ToHashSet();
        var methods = QueryWatch.Sites.Keys.Select(s => house.MethodOf(s.Token)).ToHashSet(StringComparer.Ordinal);
        var sites = house.All().ToList();

        // Where the compiler has optimized a method that is called often, its lines are not told apart any more; one that sends from one
        // place alone has sent from there.
        var alone = sites.Where(s => s.Sends).GroupBy(s => s.Method, StringComparer.Ordinal).Where(g => g.Select(s => s.Line).Distinct().Count() == 1)
            .Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
        var missing = sites.Where(s => s.Sends && !alone.Contains(s.Method) ? !lines.Contains((s.Token, s.Line)) : !methods.Contains(s.Method))
            .Select(s => $"{s.Method} ({s.Line})");
        TestContext.Current.TestOutputHelper?.WriteLine($"{sites.Count} places.");
        var unreached = missing.Distinct().ToList();
        if (unreached.Count > 0) Assert.Fail($"No test reaches:\n{string.Join('\n', unreached)}");
    }

    [Fact]
    public async Task What_is_due_in_each_pass_is_found_on_SQL_Server_too()
    {
        await using var house = await TestHouse.OnSqliteAsync(Instant.FromUtc(2026, 1, 1, 0, 0));
        var passes = typeof(Pass).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Pass))).ToList();

        foreach (var pass in passes.Select(house.GetPass))
        {
            Assert.Equal(0, await pass.CountDueAsync(house.Clock.Now, TestHouse.Cancellation));
            Assert.Empty(await pass.NextDueAsync(house.Clock.Now, TestHouse.Cancellation));
        }

        Assert.NotEmpty(passes);
    }

    [Fact]
    public void No_SQL_is_written_by_hand_but_in_the_bulk_writers()
    {
        using var house = new QuerySites(typeof(BillingDatabase).Assembly.Location);

        Assert.Empty(house.All().Where(s => s.WritesSql).Select(s => $"{s.Method} ({s.Line}) {s.Calls}"));
    }
}

/// <summary>Runs one collection after all others: not beside any, and last of those that are not.</summary>
[CollectionDefinition(Collection, DisableParallelization = true)]
public sealed class LastOfAll : ITestCollectionOrderer
{
    public const string Collection = "last of all";

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(c => c.TestCollectionDisplayName == Collection)];
}
