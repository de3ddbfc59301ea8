using System.Collections.Concurrent;
using System.Globalization;

namespace Billing.Simulation;

/// <summary>Two ladders in the same worlds, on the real engine, under a moved clock.</summary>
internal static class Simulate
{
    private static async Task<int> Main(string[] args)
    {
        // Figures are printed for people of every country the same way.
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        if (Options.Parse(args) is not { } options)
        {
            await Console.Error.WriteLineAsync(Options.Usage);
            return 2;
        }

        Console.WriteLine(await WorldsAsync(options));
        return 0;
    }

    /// <summary>Lives all worlds. The page is rewritten after each, and says how many there are so far: a long run can be cut short.</summary>
    private static async Task<string> WorldsAsync(Options options)
    {
        var (table, one) = ("", new SemaphoreSlim(1));
        var folder = Directory.CreateDirectory(Path.Combine(options.Folder, $"billing-simulation-{Guid.NewGuid():N}")).FullName;
        var worlds = new ConcurrentDictionary<int, (Figures Ours, Figures Classic)>();
        try
        {
            await Parallel.ForEachAsync(
                Enumerable.Range(1, options.Seeds), new ParallelOptions { MaxDegreeOfParallelism = options.AtOnce },
                async (seed, stop) =>
                {
                    var world = new World(seed, options.Customers / options.Seeds, options.Months, Path.Combine(folder, $"{seed}"));
                    worlds[seed] = await world.LiveAsync();
                    await one.WaitAsync(stop);
                    table = Table.Of([.. worlds.OrderBy(w => w.Key).Select(w => w.Value)], options);
                    if (options.Page is { } page) await Table.WriteAsync(table, page);
                    one.Release();
                });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
            one.Dispose();
        }

        return table;
    }
}
