using System.Diagnostics;
using NodaTime;

namespace Billing.Simulation;

/// <summary>One world of customers, begun once and lived twice: under the shipped ladder and under the classic one.</summary>
internal sealed class World(int seed, int customers, int months, string folder)
{
    private readonly LocalDate end = Merchant.Opened.PlusMonths(months);

    /// <summary>Lives both.</summary>
    /// <param name="look">Shown each house when its life is over, before it is forgotten.</param>
    public async Task<(Figures Ours, Figures Classic)> LiveAsync(Func<House, Task>? look = null)
    {
        var watch = Stopwatch.StartNew();
        var begun = Path.Combine(folder, "begun");
        IReadOnlyList<Person> people;
        await using (var house = await House.NewAsync(begun, Merchant.RunOn(Merchant.Opened)))
            people = await Merchant.OpenAsync(house, seed, customers, months);
        var opened = watch.Elapsed;

        var ours = await LiveAsync(begun, "ours", people, null, look);
        var first = watch.Elapsed - opened;
        var classic = await LiveAsync(begun, "classic", people, Classic(), look);
        Console.WriteLine(FormattableString.Invariant(
            $"seed {seed}: {customers:N0} customers; opened in {opened.TotalSeconds:N0} s, lived in {first.TotalSeconds:N0} and {(watch.Elapsed - opened - first).TotalSeconds:N0} s"));
        Directory.Delete(folder, recursive: true);
        return (ours, classic);
    }

    private async Task<Figures> LiveAsync(string begun, string name, IReadOnlyList<Person> people, string? policy, Func<House, Task>? look)
    {
        var house = House.CopyOf(begun, Path.Combine(folder, name), Merchant.RunOn(Merchant.Opened.PlusDays(Merchant.DaysOfStarting)));
        Figures figures;
        await using (house)
        {
            await new Life(house, people).LiveAsync(policy, end);
            figures = await Figures.OfAsync(house, customers, end);
            if (look is not null) await look(house);
        }

        house.Forget();
        return figures;
    }

    private static string Classic()
    {
        using var stream = typeof(World).Assembly.GetManifestResourceStream("classic.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
