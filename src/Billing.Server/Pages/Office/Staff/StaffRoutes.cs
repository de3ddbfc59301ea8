using Billing.Server.BillingRun;
using Billing.Server.Pages.Office.Acts;
using Billing.Server.Pages.SignIn;
using Billing.Server.Persistence;
using Billing.Server.Staff;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Billing.Server.Pages.Office.Staff;

internal static class StaffRoutes
{
    private const string Home = "/office/staff";

    public static void MapStaffPages(this IEndpointRouteBuilder office)
    {
        var group = office.MapGroup("/staff").RequireAuthorization(OfficeDoor.Policy(StaffRole.Admin));
        group.MapGet("", (string? done, Desk desk, BillingDbContext db, BillingClock clock, HttpContext http, CancellationToken stop) =>
            ShowAsync(desk, db, clock, http, FieldsOf(desk.T, null), Troubles.None, Said(done, desk.T), stop));
        group.MapPost("/invite", InviteAsync);
        group.MapPost("/{id:guid}/role", ChangeRoleAsync);
        group.MapGet("/{id:guid}/leave", async (Guid id, Desk desk, BillingDbContext db, CancellationToken stop) =>
            Leaving(await db.StaffMembers.WhoWorksHereAsync(id, stop), desk.T).Ask(desk));
        group.MapPost("/{id:guid}/leave", TakeAwayAsync);
        group.MapPost("/sessions/{id:guid}/end", async (Guid id, [FromForm] string name, Desk desk, IMediator send, CancellationToken stop) =>
        {
            await send.Send(new EndOfficeSession(id, name), stop);
            return new SeeOther($"{Home}?done=ended");
        });
    }

    private static Confirm Leaving(StaffMember member, Tongue t) => new(
        $"{Home}/{member.Id}/leave", t["Take the office away", "অধিকার তুলে নিন"], $"{member.Name} · {member.Email}",
        [
            t["Every session of theirs ends at once, and no link is mailed to them any more.", "তাঁর সব সেশন সঙ্গে সঙ্গে শেষ হবে, আর কোনো লিংক যাবে না।"],
            t["What they did stays in the history under their name.", "তিনি যা করেছেন তা তাঁর নামে ইতিহাসে থাকবে।"],
            t["Invite the same address again to take them back.", "ফিরিয়ে আনতে একই ঠিকানা আবার আমন্ত্রণ করুন।"],
        ],
        OfficeSection.Staff, (Home, t["Staff", "কর্মী"]));

    private static async Task<IResult> InviteAsync(
        Desk desk, BillingDbContext db, BillingClock clock, IMediator send, HttpContext http, CancellationToken cancellationToken)
    {
        var given = await Filled.ReadAsync(http);
        var fields = FieldsOf(desk.T, given);
        try
        {
            var role = Enum.TryParse<StaffRole>(given["role"], out var wanted) && Enum.IsDefined(wanted) ? wanted : StaffRole.Support;
            await send.Send(new InviteStaff(given["name"], given["email"], role), cancellationToken);
            return new SeeOther($"{Home}?done=invited");
        }
        catch (Exception e) when (Troubles.Of(e, fields, desk.T) is { } troubles)
        {
            return await ShowAsync(desk, db, clock, http, fields, troubles, null, cancellationToken);
        }
    }

    private static Task<IResult> ChangeRoleAsync(
        Guid id, [FromForm] StaffRole role, Desk desk, BillingDbContext db, BillingClock clock, IMediator send, HttpContext http,
        CancellationToken cancellationToken) => ChangeAsync(
            id, "role", (name, stop) => send.Send(new ChangeStaffRole(id, role, name), stop), desk, db, clock, http, cancellationToken);

    private static Task<IResult> TakeAwayAsync(
        Guid id, Desk desk, BillingDbContext db, BillingClock clock, IMediator send, HttpContext http, CancellationToken cancellationToken) =>
        ChangeAsync(id, "left", (name, stop) => send.Send(new TakeStaffAway(id, name), stop), desk, db, clock, http, cancellationToken);

    private static async Task<IResult> ChangeAsync(
        Guid id, string done, Func<string, CancellationToken, Task> change, Desk desk, BillingDbContext db, BillingClock clock, HttpContext http,
        CancellationToken cancellationToken)
    {
        var member = await db.StaffMembers.WhoWorksHereAsync(id, cancellationToken);
        db.ChangeTracker.Clear();
        try
        {
            await change(member.Name, cancellationToken);
            return new SeeOther($"{Home}?done={done}");
        }
        catch (Exception e) when (Troubles.Of(e, [], desk.T) is { } troubles)
        {
            db.ChangeTracker.Clear();
            return await ShowAsync(desk, db, clock, http, FieldsOf(desk.T, null), troubles, null, cancellationToken);
        }
    }

    private static async Task<IResult> ShowAsync(
        Desk desk, BillingDbContext db, BillingClock clock, HttpContext http, IReadOnlyList<Field> fields, Troubles troubles, string? said,
        CancellationToken cancellationToken) => new RazorComponentResult<StaffHome>(new
        {
            Desk = desk, Page = await StaffPage.ReadAsync(db, clock, cancellationToken), Fields = troubles.At(fields), troubles.General,
            Mine = OfficeDoor.SessionOf(http.User), Said = said,
        })
        {
            StatusCode = troubles == Troubles.None ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
        };

    private static IReadOnlyList<Field> FieldsOf(Tongue t, Filled? given) =>
    [
        new("name", t["Name", "নাম"], Value: given?["name"] ?? "", Hint: t["As the history will name them; nobody else ever has it.", "ইতিহাসে এই নামই থাকবে; অন্য কেউ কখনও এটি পাবেন না।"]),
        new("email", t["Mail address", "মেইল ঠিকানা"], FieldKind.Mail, given?["email"] ?? ""),
        new("role", t["Role", "ভূমিকা"], FieldKind.Choice, given?["role"] ?? nameof(StaffRole.Support),
            Choices: [.. Enum.GetValues<StaffRole>().Select(r => new Choice(r.ToString(), RoleNames.Of(r, t)))]),
    ];

    private static string? Said(string? done, Tongue t) => done switch
    {
        "invited" => t["Invited. They can ask for a link now.", "আমন্ত্রণ হয়েছে। এখন তিনি লিংক চাইতে পারেন।"],
        "role" => t["The role is changed, from their next click.", "ভূমিকা বদলেছে, তাঁর পরের ক্লিক থেকেই।"],
        "left" => t["Taken away. Every session of theirs has ended.", "তুলে নেওয়া হয়েছে। তাঁর সব সেশন শেষ।"],
        "ended" => t["The session has ended.", "সেশন শেষ হয়েছে।"],
        _ => null,
    };
}
