namespace Billing.Server.Import;

/// <summary><c>import FILE.csv</c>.</summary>
internal static class ImportCommand
{
    public static Task<int> RunAsync(WebApplicationBuilder builder, string[] args) => Task.FromResult(0);
}
