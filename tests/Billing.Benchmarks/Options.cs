using System.Globalization;

namespace Billing.Benchmarks;

/// <summary>What is measured.</summary>
/// <param name="What">The billing run or the report.</param>
/// <param name="Databases">On which databases.</param>
/// <param name="Due">Subscriptions that are due.</param>
/// <param name="NotDue">Subscriptions that are not, among which the due ones are found.</param>
/// <param name="Subscriptions">Subscriptions the report is about.</param>
/// <param name="Rounds">How often the two sides take turns; the median counts.</param>
internal sealed record Options(Benchmark What, IReadOnlyList<string> Databases, int Due, int NotDue, int Subscriptions, int Rounds)
{
    public const string Usage =
        "billing-run [--provider sqlite|postgres|both] [--due 100000] [--not-due 1000000] [--rounds 3] [--quick]\n" +
        "metrics [--provider sqlite|postgres|both] [--subscriptions 1000000] [--rounds 3] [--quick]";

    /// <returns>The options, or <see langword="null"/> when the words make no sense.</returns>
    public static Options? Parse(string[] args)
    {
        if (args is not ["billing-run" or "metrics", ..]) return null;
        var options = new Options(
            args[0] == "metrics" ? Benchmark.Metrics : Benchmark.BillingRun, ["postgres", "sqlite"], 100_000, 1_000_000, 1_000_000, 3);
        for (var i = 1; i < args.Length; i++)
        {
            var next = i + 1 < args.Length ? args[i + 1] : "";
            if (args[i] == "--quick") options = options with { Due = 2_000, NotDue = 8_000, Subscriptions = 20_000, Rounds = 1 };
            else if (args[i++] == "--provider" && DatabasesOf(next) is { } databases) options = options with { Databases = databases };
            else if (args[i - 1] == "--due" && Number(next, 10) is { } due) options = options with { Due = due };
            else if (args[i - 1] == "--not-due" && Number(next, 0) is { } notDue) options = options with { NotDue = notDue };
            else if (args[i - 1] == "--subscriptions" && Number(next, 1_000) is { } subscriptions) options = options with { Subscriptions = subscriptions };
            else if (args[i - 1] == "--rounds" && Number(next, 1) is { } rounds) options = options with { Rounds = rounds };
            else return null;
        }

        return options;
    }

    private static string[]? DatabasesOf(string name) => name switch
    {
        "both" => ["postgres", "sqlite"],
        "postgres" or "sqlite" => [name],
        _ => null,
    };

    private static int? Number(string text, int least) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least ? number : null;
}

/// <summary>What can be measured.</summary>
internal enum Benchmark
{
    BillingRun,
    Metrics,
}
