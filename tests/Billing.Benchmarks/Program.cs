using System.Globalization;
using Billing.Benchmarks;

// Figures are printed for people of every country the same way.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

if (Options.Parse(args) is not { } options)
{
    Console.Error.WriteLine(Options.Usage);
    return 2;
}

await (options.What == Benchmark.Metrics ? new MetricsBenchmark(options).RunAsync() : new BillingRunBenchmark(options).RunAsync());
return 0;
