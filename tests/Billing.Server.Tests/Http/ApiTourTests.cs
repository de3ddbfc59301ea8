using System.Diagnostics;
using System.Text.RegularExpressions;
using Billing.Server.Tests.Infrastructure;

namespace Billing.Server.Tests.Http;

public sealed partial class ApiTourTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 1, 10, 0);

    [Fact]
    public async Task The_tour_in_the_document_works_as_written()
    {
        if (Programs.OnPath("bash") is null || Programs.OnPath("curl") is null) Requirement.Missing("The tour needs bash and curl.");
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var commands = Blocks().Matches(await File.ReadAllTextAsync(Repository.At("docs", "api.md"), ApiHouse.Cancellation)).Select(m => m.Groups["code"].Value);

        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-s"]) 
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["BASE"] = house.Address.ToString().TrimEnd('/');
        start.Environment["KEY"] = house.AdminKey;
        using var bash = Process.Start(start)!;
        await bash.StandardInput.WriteAsync(string.Join('\n', commands));
        bash.StandardInput.Close();
        var (said, complained) = (bash.StandardOutput.ReadToEndAsync(ApiHouse.Cancellation), bash.StandardError.ReadToEndAsync(ApiHouse.Cancellation));
        await bash.WaitForExitAsync(ApiHouse.Cancellation);

        Assert.True(bash.ExitCode == 0, $"{await complained}\n{await said}");
        var customer = await house.Client.FindCustomerAsync("app-1");
        Assert.Equal("Rina K.", customer!.Name);
        Assert.Equal(13, await house.Client.ListInvoicesAsync(customer.Id, "paid").CountAsync(ApiHouse.Cancellation));
    }

    [GeneratedRegex("^```bash\n(?<code>.*?)^```", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline, 1000)]
    private static partial Regex Blocks();
}
