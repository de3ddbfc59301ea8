using Billing.Server.Alarms;
using Billing.Server.Http;
using Billing.Server.Pages.SignIn;
using Billing.Server.Persistence;
using Billing.Server.Staff;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Pages.Office.Alarms;

/// <summary>What a person is asked to look at.</summary>
public sealed record AlarmsPage(bool Closed, IReadOnlyList<AlarmRow> Rows, string? Next)
{
    private const int RowsAPage = 40;

    internal static async Task<AlarmsPage> ReadAsync(BillingDbContext db, bool closed, string? cursor, CancellationToken cancellationToken)
    {
        var page = await db.Alarms.Where(a => (a.ClosedAt != null) == closed).ToPageAsync(a => a.Id, id => id, new(cursor, RowsAPage), a => a, cancellationToken);
        var customers = page.Items.Select(a => a.CustomerId).OfType<CustomerId>().Distinct().ToList();
        var names = await db.Customers.Where(c => customers.Contains(c.Id)).Select(c => new { c.Id, Name = c.Name ?? c.Email })
            .ToDictionaryAsync(c => c.Id, c => c.Name, cancellationToken);
        return new(closed, [.. page.Items.Select(a => new AlarmRow(a, a.CustomerId is { } id ? names[id] : null))], page.Next);
    }
}

/// <summary>An alarm, and the name of the customer it is about.</summary>
public sealed record AlarmRow(Alarm Alarm, string? Customer);

internal static class AlarmRoutes
{
    public static void MapAlarmPages(this IEndpointRouteBuilder office)
    {
        var group = office.MapGroup("/alarms");
        group.MapGet("", async (string? closed, string? cursor, string? done, Desk desk, BillingDbContext db, CancellationToken stop) =>
                new RazorComponentResult<AlarmsHome>(new
                {
                    Desk = desk, Page = await AlarmsPage.ReadAsync(db, closed == "yes", cursor, stop),
                    Said = done is null ? null : desk.T["Seen to. Thank you.", "দেখা হয়েছে। ধন্যবাদ।"],
                }))
            .RequireAuthorization(OfficeDoor.Policy(StaffRole.Support));
        group.MapPost("/{id:guid}/close", async (Guid id, Desk desk, Door door, IMediator send, CancellationToken stop) =>
            {
                door.Form = new(NewId.At(desk.Now), null, null);
                await send.Send(new CloseAlarm(id), stop);
                return new SeeOther("/office/alarms?done=yes");
            })
            .RequireAuthorization(OfficeDoor.Policy(StaffRole.Finance));
    }
}
