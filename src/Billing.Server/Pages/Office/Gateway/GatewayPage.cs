using Billing.Payments;
using Billing.Server.Http;
using Billing.Server.Pages.Office.Acts;
using Billing.Server.Pages.SignIn;
using Billing.Server.Payments.Inbox;
using Billing.Server.Payments.Reconciliation;
using Billing.Server.Persistence;
using Billing.Server.Staff;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Pages.Office.Gateway;

/// <summary>What the gateway told us, whether its books and ours agree, and what banks ask back.</summary>
public sealed record GatewayPage(
    InboxState? State, IReadOnlyList<InboxNotice> Notices, string? Next, IReadOnlyList<ReconciliationReport> Comparisons,
    IReadOnlyList<Dispute> Disputes, IReadOnlyList<Refund> Refunds)
{
    private const int RowsAPage = 40, Newest = 10;

    internal static async Task<GatewayPage> ReadAsync(BillingDbContext db, string? state, string? cursor, CancellationToken cancellationToken)
    {
        InboxState? wanted = Enum.TryParse<InboxState>(state, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : null;
        IQueryable<InboxNotice> notices = db.Inbox;
        if (wanted is { } only) notices = notices.Where(n => n.State == only);
        var page = await notices.ToPageAsync(n => n.Id, id => id, new(cursor, RowsAPage), n => n, cancellationToken);
        return new(
            wanted, page.Items, page.Next,
            await db.Reconciliations.AsNoTracking().OrderByDescending(r => r.Id).Take(Newest).ToListAsync(cancellationToken),
            await db.Disputes.AsNoTracking().OrderByDescending(d => d.Id).Take(Newest).ToListAsync(cancellationToken),
            await db.Refunds.AsNoTracking().OrderByDescending(r => r.Id).Take(Newest).ToListAsync(cancellationToken));
    }
}

internal static class GatewayRoutes
{
    private const string Home = "/office/gateway";

    public static void MapGatewayPages(this IEndpointRouteBuilder office)
    {
        var group = office.MapGroup("/gateway").RequireAuthorization(OfficeDoor.Policy(StaffRole.Finance));
        group.MapGet("", async (string? state, string? cursor, string? done, Desk desk, BillingDbContext db, CancellationToken stop) =>
            new RazorComponentResult<GatewayHome>(new { Desk = desk, Page = await GatewayPage.ReadAsync(db, state, cursor, stop), Said = Said(done, desk.T) }));
        group.MapGet("/notices/{id:guid}/replay", async (Guid id, Desk desk, BillingDbContext db, CancellationToken stop) =>
            Replaying(await db.NoticeAsync(id, stop), desk).Ask(desk));
        group.MapPost("/notices/{id:guid}/replay", async (Guid id, Desk desk, Door door, IMediator send, CancellationToken stop) =>
        {
            door.Form = new(NewId.At(desk.Now), null, null);
            await send.Send(new ReplayNotice(id), stop);
            return new SeeOther($"{Home}?done=replayed");
        });
        group.MapPost("/compare", async (Desk desk, Door door, IMediator send, CancellationToken stop) =>
        {
            door.Form = new(NewId.At(desk.Now), null, null);
            await send.Send(new ReconcileSoon(), stop);
            return new SeeOther($"{Home}?done=compare");
        });
    }

    private static Confirm Replaying(InboxNotice notice, Desk desk) => new(
        $"{Home}/notices/{notice.Id}/replay", desk.T["Work it through once more", "আবার দেখুন"], $"{notice.Type} · {notice.NoticeId} · {desk.Time(notice.ReceivedAt)}",
        [
            desk.T["The next run takes it up again, and asks the gateway how things stand now.", "পরের রান এটি আবার ধরবে, আর এখন কী অবস্থা তা গেটওয়েকে জিজ্ঞেস করবে।"],
            desk.T["What it did already is not done twice: nobody is charged, and nothing is booked, a second time.", "যা হয়ে গেছে তা দুবার হয় না: দ্বিতীয়বার টাকা নেওয়া বা হিসাবে লেখা হয় না।"],
        ],
        OfficeSection.Gateway, (Home, desk.T["Gateway", "গেটওয়ে"]));

    private static string? Said(string? done, Tongue t) => done switch
    {
        "replayed" => t["It is worked through once more; nothing is done twice.", "আবার দেখা হচ্ছে; কিছুই দুবার করা হয় না।"],
        "compare" => t["The next run compares our books with the gateway's.", "পরের রান আমাদের ও গেটওয়ের হিসাব মেলাবে।"],
        _ => null,
    };
}
