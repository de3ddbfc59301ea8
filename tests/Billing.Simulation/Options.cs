using System.Globalization;

namespace Billing.Simulation;

/// <summary>What is simulated.</summary>
/// <param name="Customers">How many, over all seeds.</param>
/// <param name="Months">How long.</param>
/// <param name="Seeds">In how many worlds, of an equal share of the customers each; from their spread come the intervals.</param>
/// <param name="AtOnce">How many worlds are lived at once.</param>
/// <param name="Folder">Where their databases lie meanwhile.</param>
/// <param name="Page">The page whose table is rewritten.</param>
internal sealed record Options(int Customers, int Months, int Seeds, int AtOnce, string Folder, string? Page)
{
    public const string Usage = "[--customers 20000] [--months 24] [--seeds 10] [--at-once 2] [--folder /tmp] [--page docs/dunning.md]";

    public static Options Default { get; } = new(20_000, 24, 10, Environment.ProcessorCount, Path.GetTempPath(), FindPage());

    /// <returns>The options, or <see langword="null"/> when the words make no sense.</returns>
    public static Options? Parse(string[] args)
    {
        var options = Default;
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            var number = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0;
            switch (args[i])
            {
                case "--customers" when number > 0: options = options with { Customers = number }; break;
                case "--months" when number > 2: options = options with { Months = number }; break;
                case "--seeds" when number > 0: options = options with { Seeds = number }; break;
                case "--at-once" when number > 0: options = options with { AtOnce = number }; break;
                case "--folder" when Directory.Exists(value): options = options with { Folder = value }; break;
                case "--page" when value == "none" || File.Exists(value): options = options with { Page = value == "none" ? null : value }; break;
                default: return null;
            }
        }

        return options.Customers >= options.Seeds ? options : null;
    }

    private static string? FindPage()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Billing.sln"))) return Path.Combine(folder.FullName, "docs", "dunning.md");
        }

        return null;
    }
}
