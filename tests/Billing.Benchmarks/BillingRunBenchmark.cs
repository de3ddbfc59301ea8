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

        // Compiled code, opened files: not counted.
        await RenewAsync(store, "few", Portfolio.FirstDay);
        await FloorAsync(store, "few", Portfolio.FirstDay);

        var all = await BesideTheFloorAsync(store);
        var tenth = await MedianAsync(() => RenewAsync(store, "many", Portfolio.FirstDay));
        var amongFew = await MedianAsync(() => RenewAsync(store, "few", Portfolio.SecondDay));

        Console.WriteLine($"""
              computing   {all.Computing / all.Elapsed:P0} of the time this process computes; the rest it waits for the database
              allocated   {all.AllocatedEach:N0} bytes a subscription
              heap        {Mega(tenth.HeapPeak)} at most with {tenth.Items:N0} due, {Mega(all.HeapPeak)} with {all.Items:N0}
              process     {Mega(tenth.ProcessPeak)} at most with {tenth.Items:N0} due, {Mega(all.ProcessPeak)} with {all.Items:N0}
              rate        {tenth.PerSecond:N0}/s with {tenth.Items:N0} due, {all.PerSecond:N0}/s with {all.Items:N0} due (among {options.NotDue:N0} not due)
              rate        {amongFew.PerSecond:N0}/s among {options.NotDue / 10:N0} not due, {all.PerSecond:N0}/s among {options.NotDue:N0} not due
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

    private async Task<Measured> BesideTheFloorAsync(Store store)
    {
        List<(Measured Run, Measured Floor)> rounds = [];
        for (var round = 1; round <= options.Rounds; round++)
        {
            var run = await RenewAsync(store, "many", Portfolio.SecondDay);
            var floor = await FloorAsync(store, "many", Portfolio.SecondDay);
            rounds.Add((run, floor));
            Console.WriteLine(
                $"  round {round}     renew {run.PerSecond:N0}/s, floor {floor.PerSecond:N0}/s, ratio {run.PerSecond / floor.PerSecond:N2}");
            if (round == 1) await VerifyAsync(store, run, floor);
        }

        var ratio = Median(rounds.Select(r => r.Run.PerSecond / r.Floor.PerSecond));
        Console.WriteLine(
            $"  median      renew {Median(rounds.Select(r => r.Run.PerSecond)):N0}/s, floor {Median(rounds.Select(r => r.Floor.PerSecond)):N0}/s, ratio {ratio:N2}");
        return Middle(rounds.Select(r => r.Run));
    }

    private async Task VerifyAsync(Store store, Measured run, Measured floor)
    {
        if (run.Items != options.Due || floor.Items != options.Due)
            throw new InvalidOperationException($"{options.Due} were due, the run did {run.Items}, the floor {floor.Items}.");
        var rows = await Comparison.OfAsync(store, "run", "floor");
        Console.WriteLine($"  verified    run and floor left the same {rows:N0} rows");
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

    private async Task<Measured> MedianAsync(Func<Task<Measured>> measure)
    {
        List<Measured> rounds = [];
        for (var round = 0; round < options.Rounds; round++) rounds.Add(await measure());
        return Middle(rounds);
    }

    private static Measured Middle(IEnumerable<Measured> rounds)
    {
        var sorted = rounds.OrderBy(r => r.PerSecond).ToList();
        return sorted[sorted.Count / 2];
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private static string Mega(long bytes) => $"{bytes / 1e6:N0} MB";
}
