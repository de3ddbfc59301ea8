using System.Security.Claims;
using Billing.Server.BillingRun;
using Billing.Server.Http;
using Billing.Server.Persistence;
using Billing.Server.Staff;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Pages.SignIn;

/// <summary>
/// The staff's sessions: a row each, asked for with every page, so that a session that was ended, a role that was changed and
/// a person who left count from the next click.
/// </summary>
internal static class OfficeDoor
{
    /// <summary>What the signed-in person's claims are called.</summary>
    public const string SessionClaim = "session", LanguageClaim = "language";

    /// <summary>The policy that asks for a role, or more.</summary>
    public static string Policy(StaffRole role) => $"{Sessions.Office}:{role}";

    public static AuthorizationBuilder AddOfficePolicies(this AuthorizationBuilder builder)
    {
        builder.AddPolicy(Sessions.Office, p => p.AddAuthenticationSchemes(Sessions.Office).RequireAuthenticatedUser());
        foreach (var role in Enum.GetValues<StaffRole>())
        {
            builder.AddPolicy(Policy(role), p => p.AddAuthenticationSchemes(Sessions.Office)
                .RequireRole(StaffRoles.Holding(role).Select(r => r.ToString())));
        }

        return builder;
    }

    /// <summary>Signs in whoever the link was made for, and writes the session down.</summary>
    public static async Task BeginAsync(
        HttpContext http, BillingDbContext db, SignInLink link, Instant wallNow, CancellationToken cancellationToken)
    {
        var session = OfficeSession.Begin(Guid.NewGuid(), link.StaffId, link.Name, http.Request.Headers.UserAgent.ToString(), wallNow);
        db.OfficeSessions.Add(session);
        await db.SaveChangesAsync(cancellationToken);
        var identity = new ClaimsIdentity([new(SessionClaim, session.Id.ToString())], Sessions.Office);
        await http.SignInAsync(Sessions.Office, new ClaimsPrincipal(identity));
    }

    /// <summary>Ends the session for good: a copy of its cookie opens nothing any more.</summary>
    public static Task EndAsync(ClaimsPrincipal user, BillingDbContext db, Instant wallNow, CancellationToken cancellationToken)
    {
        var id = SessionOf(user);
        return db.OfficeSessions.Where(s => s.Id == id && s.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.EndedAt, wallNow), cancellationToken);
    }

    /// <summary>The session of somebody signed in.</summary>
    public static Guid SessionOf(ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(SessionClaim), out var id) ? id : Guid.Empty;

    public static void Watch(CookieAuthenticationOptions options)
    {
        options.Events.OnValidatePrincipal = ValidateAsync;
        options.Events.OnRedirectToAccessDenied = context =>
        {
            PageHeaders.Write(context.HttpContext);
            return Messages.NotYourTask(context.HttpContext).ExecuteAsync(context.HttpContext);
        };
    }

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        var db = http.RequestServices.GetRequiredService<BillingDbContext>();
        var now = http.RequestServices.GetRequiredService<BillingClock>().WallNow;
        var id = SessionOf(context.Principal!);
        var (begun, seen) = (now - OfficeSession.Longest, now - OfficeSession.Idle);
        var found = await (
            from session in db.OfficeSessions.AsNoTracking()
            where session.Id == id && session.EndedAt == null && session.BegunAt > begun && session.SeenAt > seen
            join person in db.StaffMembers.AsNoTracking() on session.StaffId equals (Guid?)person.Id into people
            from member in people.DefaultIfEmpty()
            select new { Session = session, Member = member }).SingleOrDefaultAsync(http.RequestAborted);
        if (found is null || found is { Session.StaffId: not null, Member: null or { LeftAt: not null } })
        {
            context.RejectPrincipal();
            return;
        }

        if (found.Session.SeenAt < now - OfficeSession.Seldom)
        {
            await db.OfficeSessions.Where(s => s.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(s => s.SeenAt, now), http.RequestAborted);
        }

        // Whoever made a link on the machine itself owns the database, and so may do everything.
        var role = found.Member?.Role ?? StaffRole.Admin;
        List<Claim> claims =
        [
            new(SessionClaim, id.ToString()), new(ClaimTypes.Name, found.Session.Name), new(ClaimTypes.Role, role.ToString()),
        ];
        if (found.Session.Language is { } language) claims.Add(new(LanguageClaim, language));
        context.ReplacePrincipal(new(new ClaimsIdentity(claims, Sessions.Office)));
    }
}
