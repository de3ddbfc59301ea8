using System.Text;
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
        var text = new StringBuilder().AppendLine().AppendLine("The demo merchant is ready.");
        foreach (var (key, label) in new[] { (DemoPeople.English, "A customer's page"), (DemoPeople.Bengali, "  and one in Bengali") })
        {
            if (await db.Customers.Where(c => c.ExternalId == key).Select(c => (CustomerId?)c.Id).SingleOrDefaultAsync(cancellationToken) is { } id)
                text.AppendLine($"  {label,-22}{address}{SignInLinks.NewToPortal(db, id, clock.WallNow)}");
        }

        text.AppendLine($"  {"The office",-22}{address}{SignInLinks.NewToOffice(db, "founder", clock.WallNow)}");
        text.AppendLine($"  {"The API",-22}{address}/docs");
        text.AppendLine($"  {"A key for it",-22}{secret}");
        return text.AppendLine($"  {"All of this, and fresh links:",-22} {address}/").ToString();
    }
}
