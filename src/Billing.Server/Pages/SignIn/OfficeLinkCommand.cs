using Billing.Server.BillingRun;
using Billing.Server.Persistence;

namespace Billing.Server.Pages.SignIn;

/// <summary><c>office-link --name NAME</c>: prints a link that lets one of the staff into the office, once.</summary>
internal static class OfficeLinkCommand
{
    private const int LongestName = 60;

    /// <returns>0 with the link on the console, 2 when the name is missing.</returns>
    public static async Task<int> RunAsync(WebApplicationBuilder builder, string[] args)
    {
        if (args is not [_, "--name", { Length: > 0 and <= LongestName } name])
        {
            await Console.Error.WriteLineAsync("Say who it is for, as the history will name them: office-link --name NAME");
            return 2;
        }

        await using var app = builder.Build();
        await Opening.PrepareAsync(app);
        await using var db = app.Services.GetRequiredService<BillingDatabase>().Open();
        var path = SignInLinks.NewToOffice(db, name, app.Services.GetRequiredService<BillingClock>().WallNow);
        await db.SaveChangesAsync();

        var address = app.Configuration["Billing:PublicUrl"] ?? "http://localhost:5080";
        Console.WriteLine($"{address.TrimEnd('/')}{path}");
        return 0;
    }
}
