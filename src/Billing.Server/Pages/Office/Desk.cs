using System.Security.Claims;
using Billing.Periods;
using Billing.Server.BillingRun;
using Billing.Server.Customers;
using Billing.Server.Http;
using Billing.Server.Pages.Language;
using Billing.Server.Pages.SignIn;
using Billing.Server.Staff;
using NodaTime;

namespace Billing.Server.Pages.Office;

/// <summary>Who is at the desk: with which role, in which language, on which day.</summary>
public sealed record Desk(string Name, StaffRole Role, Tongue T, DateTimeZone Zone, Instant Now)
{
    public Words Words => T.Words;
    public Formats F => T.F;
    public LocalDate Today => Now.InZone(Zone).Date;

    public bool May(StaffRole wanted) => Role.Allows(wanted);

    /// <summary>1 Dec 2026, in the merchant's zone.</summary>
    public string Day(Instant at) => F.ShortDate(at.InZone(Zone).Date);

    /// <summary>1 Dec 2026 14:05, in the merchant's zone.</summary>
    public string Time(Instant at) => $"{Day(at)} {Clock(at)}";

    /// <summary>14:05, in the merchant's zone.</summary>
    public string Clock(Instant at) => at.InZone(Zone) is var there ? F.Digits($"{there.Hour:00}:{there.Minute:00}") : "";

    /// <summary>From whoever is signed in. Whatever they change is done in their name.</summary>
    public static ValueTask<Desk?> BindAsync(HttpContext http)
    {
        var (user, services) = (http.User, http.RequestServices);
        var words = user.FindFirstValue(OfficeDoor.LanguageClaim) is { } chosen ? Words.Of(chosen) : Words.For(http);
        var door = services.GetRequiredService<Door>();
        door.Actor = Actors.Staff(user.Identity!.Name!);
        return ValueTask.FromResult<Desk?>(new(
            user.Identity.Name!, Enum.Parse<StaffRole>(user.FindFirstValue(ClaimTypes.Role)!), words == Words.Bengali ? Tongue.Bengali : Tongue.English,
            CustomerZone.Of(services.GetRequiredService<IConfiguration>()["Billing:Merchant:TimeZone"] ?? "UTC"),
            services.GetRequiredService<BillingClock>().GetCurrentInstant()));
    }
}
