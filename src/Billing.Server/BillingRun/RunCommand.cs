using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.BillingRun;

/// <summary><c>run</c>: an operator starts one billing run and sees its progress on the console.</summary>
internal static class RunCommand
{
    /// <returns>0 when everything due was done, 1 when something was set aside, 2 when the run could not be made.</returns>
    public static async Task<int> RunAsync(WebApplicationBuilder builder, string[] args)
    {
        await using var app = builder.Build();
        await Opening.PrepareAsync(app);
        try
        {
            var run = await app.Services.GetRequiredService<BillingRunner>().RunAsync("operator", CancellationToken.None);
            return await TellAsync(app.Services.GetRequiredService<BillingDatabase>(), run.Id);
        }
        catch (Refused refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return 2;
        }
    }

    private static async Task<int> TellAsync(BillingDatabase database, Guid run)
    {
        await using var db = database.Open();
        var passes = await db.RunPasses.AsNoTracking().Where(p => p.RunId == run).OrderBy(p => p.Position).ToListAsync();
        foreach (var pass in passes)
            Console.WriteLine(FormattableString.Invariant($"{pass.Name}: {pass.Done:N0} done, {pass.SetAside:N0} set aside, {pass.Milliseconds:N0} ms"));
        return passes.Sum(p => p.SetAside) == 0 ? 0 : 1;
    }
}
