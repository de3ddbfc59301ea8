using Billing.Server.BillingRun;
using Billing.Server.Http;
using Billing.Server.Pages.SignIn;
using Billing.Server.Persistence;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Demo;

/// <summary>Says where to click, once, on the console; and makes this start's key, whose secret nobody keeps.</summary>
internal sealed class DemoWelcome(BillingDatabase database, BillingClock clock, DemoProgress progress, IServer server)
{
    public const string KeyName = "demo";

    public async Task GreetAsync(CancellationToken cancellationToken)
    {
        var secret = Secrets.New("bk_");
        await using var db = database.Open();
        foreach (var former in await db.ApiKeys.Where(k => k.Name == KeyName && k.ExpiresAt == null).ToListAsync(cancellationToken))
            former.ExpireAt(clock.WallNow);
        db.ApiKeys.Add(ApiKey.Create(NewId.At(clock.WallNow), KeyName, secret, ApiScope.Admin, clock.WallNow));
        var text = await TextAsync(db, secret, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);

        progress.IsReady(secret);
        // To whoever started it, and not to a log that is kept.
        await Console.Out.WriteLineAsync(text);
    }

    private async Task<string> TextAsync(BillingDbContext db, string secret, CancellationToken cancellationToken)
    {
        var address = (server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost:5080").TrimEnd('/');
        List<string> lines = ["", "The demo merchant is ready. Each link works once:"];
        foreach (var (key, label) in new[] { (DemoPeople.English, "A customer's page"), (DemoPeople.Bengali, "One in Bengali") })
        {
            if (await db.Customers.Where(c => c.ExternalId == key).Select(c => (CustomerId?)c.Id).SingleOrDefaultAsync(cancellationToken) is { } id)
                lines.Add(Line(label, address + SignInLinks.NewToPortal(db, id, clock.WallNow)));
        }

        lines.Add(Line("The office", address + SignInLinks.NewToOffice(db, "founder", clock.WallNow)));
        lines.Add(Line("The API, to try out", $"{address}/docs"));
        lines.Add(Line("A key for it", secret));
        lines.Add(Line("Fresh links, any time", $"{address}/"));
        return string.Join(Environment.NewLine, [.. lines, ""]);

        static string Line(string label, string what) => $"  {label,-24}{what}";
    }
}
