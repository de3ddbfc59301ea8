namespace Billing.Server.BillingRun;

/// <summary><c>run</c>: an operator starts one billing run and sees its progress on the console.</summary>
internal static class RunCommand
{
    /// <returns>0 when everything due was done, 1 when something was set aside, 2 when the run could not be made.</returns>
    public static async Task<int> RunAsync(WebApplicationBuilder builder, string[] args)
    {
        await using var app = builder.Build();
        await Opening.PrepareAsync(app);
        var run = await app.Services.GetRequiredService<BillingRunner>().RunAsync("operator", CancellationToken.None);
        return run.State == RunState.Finished ? 0 : 2;
    }
}
