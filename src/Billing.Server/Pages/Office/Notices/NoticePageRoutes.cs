using Billing.Server.Http;
using Billing.Server.Notices;
using Billing.Server.Pages.Office.Acts;
using Billing.Server.Pages.SignIn;
using Billing.Server.Persistence;
using Billing.Server.Staff;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Billing.Server.Pages.Office.Notices;

internal static class NoticePageRoutes
{
    private const string Home = "/office/notices";

    public static void MapNoticePages(this IEndpointRouteBuilder office)
    {
        var group = office.MapGroup("/notices").RequireAuthorization(OfficeDoor.Policy(StaffRole.Support));
        group.MapGet("", async (string? state, string? cursor, Desk desk, BillingDbContext db, CancellationToken stop) =>
            new RazorComponentResult<NoticesList>(new { Desk = desk, Page = await NoticesPage.ReadAsync(db, state, cursor, stop) }));
        group.MapGet("/{id:guid}", async (
                Guid id, string? done, Desk desk, BillingDbContext db, NoticeReading reading, NoticeRendering rendering, NoticeSettings settings,
                CancellationToken stop) =>
            new RazorComponentResult<NoticeHome>(new
            {
                Desk = desk, File = await NoticeFile.ReadAsync(db, reading, rendering, settings, id, desk.Now, stop),
                Said = done is null ? null : desk.T["The next run looks at it again.", "পরের রান এটি আবার দেখবে।"],
            }));
        group.MapGet("/{id:guid}/again", async (Guid id, Desk desk, BillingDbContext db, CancellationToken stop) =>
            Again(await db.NoticeToCustomerAsync(id, stop), desk.T).Ask(desk));
        group.MapPost("/{id:guid}/again", async (Guid id, Desk desk, Door door, IMediator send, CancellationToken stop) =>
        {
            try
            {
                door.Form = new(NewId.At(desk.Now), null, null);
                await send.Send(new ResendNotice(id), stop);
            }
            catch (Refused done) when (done.Code == "notice_not_given_up")
            {
                // Somebody was faster: just what was asked for.
            }

            return new SeeOther($"{Home}/{id}?done=again");
        });
    }

    private static Confirm Again(Billing.Notices.Notice notice, Tongue t) => new(
        $"{Home}/{notice.Id}/again", t["Try it again", "আবার চেষ্টা করুন"], NoticeNames.Of(notice.Kind, t),
        [
            t["The next run looks at it again, and writes it anew as things stand then.", "পরের রান এটি আবার দেখবে, আর তখন যেমন অবস্থা সেভাবে নতুন করে লিখবে।"],
            t["It is sent only if it is still true, wanted, and a good moment; otherwise it waits, or is dropped.", "তখনও সত্য, চাওয়া ও সময়মতো হলে তবেই যাবে; নইলে অপেক্ষা করবে বা বাদ যাবে।"],
        ],
        OfficeSection.Notices, ($"{Home}/{notice.Id}", NoticeNames.Of(notice.Kind, t)));
}
