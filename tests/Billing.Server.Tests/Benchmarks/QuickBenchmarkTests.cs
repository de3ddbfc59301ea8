using System.Diagnostics;
using Billing.Server.Tests.Infrastructure;

namespace Billing.Server.Tests.Benchmarks;

/// <summary>The benchmark works and compares like with like; how fast it finds us is for people to read, not for a test.</summary>
public sealed class QuickBenchmarkTests
{
    [Theory]
    [InlineData("billing-run", "sqlite", "run and floor left the same")]
    [InlineData("billing-run", "postgres", "run and floor left the same")]
    [InlineData("metrics", "sqlite", "the report and DuckDB said the same")]
    [InlineData("metrics", "postgres", "the report and DuckDB said the same")]
    public async Task Both_sides_of_a_benchmark_come_to_the_same(string benchmarked, string provider, string same)
    {
        if (provider == "postgres" && PostgresProcess.FindPrograms() is null)
            Requirement.Missing("PostgreSQL is not installed: no postgres on the PATH or in /usr/lib/postgresql.");
        var benchmark = Repository.At("tests", "Billing.Benchmarks", "bin", Configuration, "net10.0", "Billing.Benchmarks.dll");
        if (!File.Exists(benchmark)) Requirement.Missing($"The benchmark is not built: dotnet build tests/Billing.Benchmarks -c {Configuration}");

        var start = new ProcessStartInfo("dotnet", [benchmark, benchmarked, "--quick", "--provider", provider])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var cancellationToken = TestContext.Current.CancellationToken;
        var trouble = process.StandardError.ReadToEndAsync(cancellationToken);
        var report = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);

        Assert.True(process.ExitCode == 0, $"{report}\n{await trouble}");
        Assert.Contains(same, report, StringComparison.Ordinal);
        Assert.Contains("ratio", report, StringComparison.Ordinal);
    }

    // …/bin/Release/net10.0/: the tests' own is the benchmark's.
    private static string Configuration => Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd('/'))!);
}
