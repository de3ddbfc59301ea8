using Billing.Server.BillingRun;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;

namespace Billing.Server.Import;

/// <summary><c>import FILE.csv</c>: an operator brings customers and subscriptions in. See docs/import.md.</summary>
internal static class ImportCommand
{
    /// <returns>0 when every row is in, 1 when something wants a person's look, 2 when it could not be begun.</returns>
    public static async Task<int> RunAsync(WebApplicationBuilder builder, string[] args)
    {
        try
        {
            var request = ImportRequest.Of(args);
            request = request with { File = Found(request.File), Rejects = request.Rejects is { } r ? InShellFolder(r) : null };
            await using var app = builder.Build();
            await Opening.PrepareAsync(app);

            var report = await Importer(app.Services).RunAsync(request, CancellationToken.None);
            foreach (var line in report.Lines(request.Rejects)) Console.WriteLine(line);
            return report.ExitCode;
        }
        catch (Refused refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return 2;
        }
    }

    private static CsvImport Importer(IServiceProvider services) => new(
        services.GetRequiredService<BillingDatabase>(), services.GetRequiredService<IPaymentGateway>(),
        services.GetRequiredService<BillingClock>(),
        services.GetRequiredService<IConfiguration>().GetValue("Billing:Merchant:TimeZone", "UTC")!, Console.WriteLine);

    private static string Found(string file) =>
        File.Exists(file) ? Path.GetFullPath(file)
        : InShellFolder(file) is var path && File.Exists(path) ? path
        : throw new Refused("no_file", $"There is no file {file}.");

    // `dotnet run --project` works in the project's folder; the person meant the folder of the shell.
    private static string InShellFolder(string file) =>
        Path.GetFullPath(file, Environment.GetEnvironmentVariable("PWD") is { Length: > 0 } folder && Path.IsPathRooted(folder)
            ? folder : Environment.CurrentDirectory);
}
