using Billing.Periods;
using Billing.Server.Customers;
using Billing.Server.Http;
using Billing.Server.Payments.Inbox;
using Billing.Server.Payments.Reconciliation;
using Billing.Server.Persistence;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Pages.Office;

/// <summary>What the office shows of the gateway: notices that want a person, and the latest comparisons.</summary>
public sealed record GatewayNews(IReadOnlyList<InboxNotice> Dead, IReadOnlyList<ReconciliationReport> Comparisons, DateTimeZone Zone)
{
    private const int MostNotices = 100, MostComparisons = 14;
    private const string Home = "/gateway";

    internal static void Map(RouteGroupBuilder office)
    {
        office.MapGet(Home, async (BillingDbContext db, IConfiguration configuration, CancellationToken stop) =>
        {
            var zone = CustomerZone.Of(configuration["Billing:Merchant:TimeZone"] ?? "UTC");
            return new RazorComponentResult<GatewayPage>(new { News = await ReadAsync(db, zone, stop) });
        });
        office.MapPost($"{Home}/replay", ReplayAsync);
    }

    internal static async Task<GatewayNews> ReadAsync(BillingDbContext db, DateTimeZone zone, CancellationToken cancellationToken)
    {
        var dead = await db.Inbox.AsNoTracking().Where(n => n.State == InboxState.Dead || n.State == InboxState.Unknown)
            .OrderByDescending(n => n.Id).Take(MostNotices).ToListAsync(cancellationToken);
        var comparisons = await db.Reconciliations.AsNoTracking().Where(r => r.StartedAt != null)
            .OrderByDescending(r => r.DueAt).Take(MostComparisons).ToListAsync(cancellationToken);
        return new(dead, comparisons, zone);
    }

    private static async Task<IResult> ReplayAsync(
        [FromForm] Guid id, HttpContext http, IMediator mediator, Door door, CancellationToken cancellationToken)
    {
        door.Actor = Actors.Staff(http.User.Identity!.Name!);
        try
        {
            await mediator.Send(new ReplayNotice(id), cancellationToken);
        }
        catch (Refused gone) when (gone.Code == Http.NotFound.Code)
        {
            // Nothing of the kind any more: the page shows what there is.
        }

        return new SeeOther($"/office{Home}#dead");
    }
}
