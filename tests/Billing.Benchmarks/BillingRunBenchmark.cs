using System.Diagnostics;
using NodaTime;

namespace Billing.Benchmarks;

/// <summary>The billing run beside its floor, on the same rows, in turns.</summary>
internal sealed class BillingRunBenchmark(Options options)
{
    /// <exception cref="InvalidOperationException">Run and floor did not leave the same rows: the figures mean nothing.</exception>
    public async Task RunAsync()
    {
        Console.WriteLine($"{Environment.ProcessorCount} processors, .NET {Environment.Version}");
        foreach (var name in options.Databases)
        {
            await using var store = await Store.OpenAsync(name);
            await MeasureAsync(store);
        }
    }

    private async Task MeasureAsync(Store store)
    {
        Console.WriteLine($"\n{store.Name}: {await store.DescribeAsync()}");
        await SeedAsync(store, "few", new(options.Due, options.NotDue / 10));
        await SeedAsync(store, "many", new(options.Due, options.NotDue));

        await ExplainAsync(store, "many");

        // Compiled code, opened files: not counted.
        await RenewAsync(store, "few", Portfolio.FirstDay);
        await FloorAsync(store, "few", Portfolio.FirstDay);

        var all = await BesideTheFloorAsync(store, "many", Portfolio.SecondDay);
        await VerifyAsync(store, all);
        var tenth = await BesideTheFloorAsync(store, "many", Portfolio.FirstDay);
        var amongFew = await BesideTheFloorAsync(store, "few", Portfolio.SecondDay);

        Console.WriteLine($"""
              due         {Said(tenth)} with {tenth.Run.Items:N0} due; {Said(all)} with {all.Run.Items:N0} (among {options.NotDue:N0} not due)
              not due     {Said(amongFew)} among {options.NotDue / 10:N0}; {Said(all)} among {options.NotDue:N0} (with {options.Due:N0} due)
              computing   {all.Run.Computing / all.Run.Elapsed:P0} of the time this process computes; the rest it waits for the database
              allocated   {all.Run.AllocatedEach:N0} bytes a subscription
              heap        {Mega(tenth.Run.HeapPeak)} at most with {tenth.Run.Items:N0} due, {Mega(all.Run.HeapPeak)} with {all.Run.Items:N0}
              process     {Mega(tenth.Run.ProcessPeak)} at most with {tenth.Run.Items:N0} due, {Mega(all.Run.ProcessPeak)} with {all.Run.Items:N0}
            """);
        await WholeRunAsync(store);
        await WithCardsAsync(store);
    }

    private static async Task SeedAsync(Store store, string name, Portfolio portfolio)
    {
        var watch = Stopwatch.StartNew();
        await store.CreateAsync(name);
        await using (var house = new House(store, name, Portfolio.SecondDay)) await portfolio.FillAsync(house.Database);
        await store.SettleAsync(name);
        Console.WriteLine(
            $"  seeded      {portfolio.Due:N0} due among {portfolio.NotDue:N0} not due in {watch.Elapsed.TotalSeconds:N1} s");
    }

    private static async Task ExplainAsync(Store store, string name)
    {
        await using var house = new House(store, name, Portfolio.SecondDay);
        var plan = await DueQuery.ExplainAsync(store, name, house.Gateway, Portfolio.SecondDay);
        Console.WriteLine($"  due query   {plan.First(step => step.Contains(" subscriptions ", StringComparison.Ordinal) || step.Contains(" s ", StringComparison.Ordinal))}");
    }

    /// <summary>Run and floor in turns: on a machine that others use too, only their ratio is sound.</summary>
    private async Task<Round> BesideTheFloorAsync(Store store, string database, Instant now)
    {
        List<Round> rounds = [];
        for (var i = 1; i <= options.Rounds; i++)
        {
            var round = new Round(await RenewAsync(store, database, now), await FloorAsync(store, database, now));
            rounds.Add(round);
            Console.WriteLine($"  round {i}     {database}, {round.Run.Items:N0} due: {Said(round)}");
        }

        return rounds.OrderBy(r => r.Ratio).ElementAt(rounds.Count / 2);
    }

    private async Task VerifyAsync(Store store, Round round)
    {
        if (round.Run.Items != options.Due || round.Floor.Items != options.Due)
            throw new InvalidOperationException($"{options.Due} were due, the run did {round.Run.Items}, the floor {round.Floor.Items}.");
        var rows = await Comparison.OfAsync(store, "run", "floor");
        Console.WriteLine($"  verified    run and floor left the same {rows:N0} rows");
        Console.WriteLine($"  median      {Said(round)}");
    }

    private async Task WholeRunAsync(Store store)
    {
        await store.CopyAsync("many", "run");
        await using var house = new House(store, "run", Portfolio.SecondDay);
        var elapsed = await house.RunAsync();
        Console.WriteLine($"  whole run   {options.Due / elapsed.TotalSeconds:N0}/s: resolve, renew, collect (no cards: nothing to do), close the day");
    }

    /// <summary>For information: what collecting adds, with a gateway that answers at once.</summary>
    private async Task WithCardsAsync(Store store)
    {
        var due = Math.Min(options.Due, 10_000);
        await store.CreateAsync("cards");
        await using var house = new House(store, "cards", Portfolio.SecondDay);
        await new Portfolio(due, 0).FillAsync(house.Database, house.Gateway);
        await store.SettleAsync("cards");
        var elapsed = await house.RunAsync();
        Console.WriteLine($"  with cards  {due / elapsed.TotalSeconds:N0}/s: the whole run, {due:N0} due, every invoice collected at the sandbox gateway");
    }

    private static async Task<Measured> RenewAsync(Store store, string database, Instant now)
    {
        await store.CopyAsync(database, "run");
        await using var house = new House(store, "run", now);
        return await house.RenewAsync();
    }

    private static async Task<Measured> FloorAsync(Store store, string database, Instant now)
    {
        await store.CopyAsync(database, "floor");
        return await new Floor(store).RunAsync("floor", now);
    }

    private static string Said(Round round) =>
        $"renew {round.Run.PerSecond:N0}/s, floor {round.Floor.PerSecond:N0}/s, ratio {round.Ratio:N2}";

    private static string Mega(long bytes) => $"{bytes / 1e6:N0} MB";

    /// <summary>One turn each.</summary>
    private sealed record Round(Measured Run, Measured Floor)
    {
        public double Ratio => Run.PerSecond / Floor.PerSecond;
    }
}
