using Billing.Client.Contract;
using Billing.Server.BillingRun;
using Billing.Server.Http;
using Billing.Server.Notices;
using Billing.Server.Pages.Office.Acts;
using Billing.Server.Pages.SignIn;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using Billing.Server.Staff;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Pages.Office.Settings;

/// <summary>Keys for programs, and how the house is set up, without its secrets.</summary>
internal static class SettingsRoutes
{
    private const string Home = "/office/settings";
    private const int Overlap = 24;

    public static void MapSettingsPages(this IEndpointRouteBuilder office)
    {
        var group = office.MapGroup("/settings").RequireAuthorization(OfficeDoor.Policy(StaffRole.Admin));
        group.MapGet("", (string? done, Desk desk, HttpContext http, CancellationToken stop) =>
            ShowAsync(desk, http, FieldsOf(desk.T, null), Troubles.None, null, done == "ended" ? desk.T["The key has ended.", "চাবি বন্ধ হয়েছে।"] : null, stop));
        group.MapPost("/keys", MakeAsync);
        group.MapGet("/keys/{id:guid}/rotate", async (Guid id, Desk desk, BillingDbContext db, CancellationToken stop) =>
            KeyConfirms.Replacing(await KeyAsync(db, id, stop), Overlap, desk.T).Ask(desk));
        group.MapGet("/keys/{id:guid}/revoke", async (Guid id, Desk desk, BillingDbContext db, CancellationToken stop) =>
            KeyConfirms.Ending(await KeyAsync(db, id, stop), desk.T).Ask(desk));
        group.MapPost("/keys/{id:guid}/rotate", async (Guid id, Desk desk, IMediator send, HttpContext http, CancellationToken stop) =>
        {
            var made = await send.Send(new RotateApiKey(id, new(Overlap)), stop);
            return await ShowAsync(desk, http, FieldsOf(desk.T, null), Troubles.None, made.Secret, null, stop);
        });
        group.MapPost("/keys/{id:guid}/revoke", async (Guid id, Desk desk, IMediator send, CancellationToken stop) =>
        {
            await send.Send(new RevokeApiKey(id), stop);
            return new SeeOther($"{Home}?done=ended");
        });
    }

    private static async Task<ApiKey> KeyAsync(BillingDbContext db, Guid id, CancellationToken cancellationToken) =>
        await db.ApiKeys.AsNoTracking().SingleOrDefaultAsync(k => k.Id == id, cancellationToken) ?? throw Http.NotFound.Of("key");

    private static async Task<IResult> MakeAsync(Desk desk, IMediator send, HttpContext http, CancellationToken cancellationToken)
    {
        var given = await Filled.ReadAsync(http);
        var fields = FieldsOf(desk.T, given);
        try
        {
            var made = await send.Send(new CreateApiKey(new(given["name"], [given["scopes"]])), cancellationToken);
            return await ShowAsync(desk, http, FieldsOf(desk.T, null), Troubles.None, made.Secret, null, cancellationToken);
        }
        catch (Exception e) when (Troubles.Of(e, fields, desk.T) is { } troubles)
        {
            return await ShowAsync(desk, http, fields, troubles, null, null, cancellationToken);
        }
    }

    private static async Task<IResult> ShowAsync(
        Desk desk, HttpContext http, IReadOnlyList<Field> fields, Troubles troubles, string? secret, string? said, CancellationToken cancellationToken)
    {
        var services = http.RequestServices;
        var (db, now) = (services.GetRequiredService<BillingDbContext>(), services.GetRequiredService<BillingClock>().WallNow);
        var keys = await db.ApiKeys.AsNoTracking().Where(k => k.ExpiresAt == null || k.ExpiresAt > now).OrderBy(k => k.Name).ToListAsync(cancellationToken);
        return new RazorComponentResult<SettingsHome>(new
        {
            Desk = desk, Keys = (IReadOnlyList<ApiKeyView>)[.. keys.Select(k => k.ToView())], Settings = Of(services, desk.T), Fields = troubles.At(fields),
            Secret = secret, Said = said,
        })
        {
            StatusCode = troubles == Troubles.None ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
        };
    }

    /// <summary>Named one by one: what is not named here is not shown, so that no secret ever is.</summary>
    private static IReadOnlyList<(string Name, string? Value)> Of(IServiceProvider services, Tongue t)
    {
        var (settings, merchant) = (services.GetRequiredService<IConfiguration>(), services.GetRequiredService<Merchant>());
        return
        [
            (t["Merchant", "প্রতিষ্ঠান"], merchant.Name), (t["Address on invoices", "বিলে ঠিকানা"], merchant.Address),
            (t["Where customers write to", "গ্রাহকেরা যেখানে লেখেন"], merchant.Contact),
            (t["Time zone of the office", "অফিসের সময় অঞ্চল"], settings["Billing:Merchant:TimeZone"] ?? "UTC"),
            (t["Public address", "ওয়েব ঠিকানা"], settings["Billing:PublicUrl"]),
            (t["Database", "ডেটাবেজ"], services.GetRequiredService<BillingDatabase>().Provider.ToString()),
            (t["Gateway", "গেটওয়ে"], services.GetRequiredService<IPaymentGateway>().GetType().Name.Replace("Gateway", "", StringComparison.Ordinal)),
            (t["A run every", "রান চলে"], settings["Billing:Run:EveryMinutes"] is "0" ? t["never by itself", "নিজে থেকে না"] : t[$"{settings["Billing:Run:EveryMinutes"] ?? "5"} minutes", $"{t.F.Digits(settings["Billing:Run:EveryMinutes"] ?? "5")} মিনিট পরপর"]),
            (t["Mail goes out by", "মেইল যায়"], services.GetRequiredService<IPost>().IsThere ? settings["Billing:Smtp:Host"] : null),
            (t["The clock is ahead by", "ঘড়ি এগিয়ে"], $"{t.F.Number((long)services.GetRequiredService<BillingClock>().Ahead.TotalSeconds)} s"),
        ];
    }

    private static IReadOnlyList<Field> FieldsOf(Tongue t, Filled? given) =>
    [
        new("name", t["Who it is for", "কার জন্য"], Value: given?["name"] ?? ""),
        new("scopes", t["What it may do", "কী করতে পারবে"], FieldKind.Choice, given?["scopes"] ?? "read", Choices:
        [
            new("read", t["read", "পড়া"]), new("write", t["read and change", "পড়া ও বদলানো"]), new("portal", t["make links to customers' pages", "গ্রাহকের পাতার লিংক বানানো"]),
            new("reports", t["read reports", "প্রতিবেদন পড়া"]), new("admin", t["everything", "সবকিছু"]),
        ]),
    ];
}
