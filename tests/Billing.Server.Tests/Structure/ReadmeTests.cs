using System.Diagnostics;
using System.Text.RegularExpressions;
using Billing.Server.Tests.Demo;
using Billing.Server.Tests.Infrastructure;

namespace Billing.Server.Tests.Structure;

/// <summary>What README tells a newcomer to type is typed here.</summary>
public sealed partial class ReadmeTests
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    [Fact]
    public void There_are_two_commands_and_the_second_is_the_one_that_runs_this() =>
        Assert.Equal(["dotnet run --project src/Billing.Server", "bash tests/run.sh"], Commands());

    /// <summary>With what is built already, on a port of its own, with data of its own, and the whole demo as a newcomer meets it.</summary>
    [Fact]
    public async Task The_first_command_brings_the_demo_merchant_to_life()
    {
        var data = Directory.CreateTempSubdirectory("billing-readme-");
        var start = new ProcessStartInfo("bash", ["-c", $"exec {Commands()[0]} -c {Configuration} --no-build -- --urls http://127.0.0.1:0"])
        {
            UseShellExecute = false,
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["Billing__Database__ConnectionString"] = $"Data Source={data.FullName}/billing.db";
        start.Environment["Billing__Sandbox__ConnectionString"] = $"Data Source={data.FullName}/sandbox.db";
        start.Environment["Billing__KeysFolder"] = Path.Combine(data.FullName, "keys");
        using var server = Process.Start(start)!;
        try
        {
            server.ErrorDataReceived += (_, _) => { };
            server.BeginErrorReadLine();
            var link = await CustomersLinkAsync(server, TestContext.Current.CancellationToken);

            using var http = new HttpClient();
            var page = await http.GetStringAsync(new Uri(link), TestContext.Current.CancellationToken);
            Assert.Contains("<h1>", page, StringComparison.Ordinal);
            Assert.False(server.HasExited);
            DemoDatabase.Keep(data.FullName);
        }
        finally
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync(CancellationToken.None);
            if (DemoDatabase.Folder != data.FullName) data.Delete(recursive: true);
        }
    }

    private static async Task<string> CustomersLinkAsync(Process server, CancellationToken cancellationToken)
    {
        List<string> lines = [];
        while (await server.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            lines.Add(line);
            if (Link().Match(line) is { Success: true } found) return found.Groups["link"].Value;
        }

        throw new InvalidOperationException($"The server ended before the demo merchant was ready:\n{string.Join('\n', lines)}");
    }

    private static List<string> Commands() => [.. Block().Matches(File.ReadAllText(Repository.At("README.md")))
        .Select(block => block.Groups["command"].Value.Trim())];

    [GeneratedRegex("```bash\n(?<command>[^`]+)```", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Block();

    [GeneratedRegex("A customer's page +(?<link>http://[^ ]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();
}
