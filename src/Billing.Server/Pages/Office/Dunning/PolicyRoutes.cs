using Billing.Dunning;
using Billing.Server.Dunning;
using Billing.Server.Http;
using Billing.Server.Notices;
using Billing.Server.Pages.Office.Acts;
using Billing.Server.Pages.SignIn;
using Billing.Server.Persistence;
using Billing.Server.Staff;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Pages.Office.Dunning;

/// <summary>The versions of the dunning policy, how many open cases follow each, and a draft beside the newest.</summary>
public sealed record PolicyPage(
    IReadOnlyList<PolicyRow> Versions, string Draft, IReadOnlyList<PolicyChange>? Changes, IReadOnlyList<string> Troubles);

/// <summary>A version and who follows it.</summary>
public sealed record PolicyRow(PublishedPolicy Policy, int Cases);

internal static class PolicyRoutes
{
    private const string Home = "/office/dunning/policies";

    public static void MapDunningPages(this IEndpointRouteBuilder office)
    {
        office.MapGet("/dunning", async (string? state, string? page, Desk desk, BillingDbContext db, NoticeSettings settings, CancellationToken stop) =>
            {
                var wanted = Enum.TryParse<CaseState>(state, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : CaseState.Open;
                var number = int.TryParse(page, System.Globalization.CultureInfo.InvariantCulture, out var asked) ? asked : 1;
                return new RazorComponentResult<DunningHome>(new
                {
                    Desk = desk, Board = await DunningBoard.ReadAsync(db, wanted, settings.Policy.Budget, number, desk.Now, stop),
                });
            })
            .RequireAuthorization(OfficeDoor.Policy(StaffRole.Support));
        var policies = office.MapGroup("/dunning/policies").RequireAuthorization(OfficeDoor.Policy(StaffRole.Finance));
        policies.MapGet("", (Desk desk, BillingDbContext db, DunningPolicies known, CancellationToken stop) => ShowAsync(desk, db, known, null, null, stop));
        policies.MapPost("", TakeAsync);
    }

    private static async Task<IResult> TakeAsync(
        Desk desk, BillingDbContext db, DunningPolicies policies, Door door, IMediator send, HttpContext http, CancellationToken cancellationToken)
    {
        var given = await Filled.ReadAsync(http);
        try
        {
            if (given["step"] == "do" && given.Id("once") is { } once)
            {
                door.Form = new(once, null, given.Optional("why"));
                if (!await db.HouseActs.AnyAsync(a => a.Id == once, cancellationToken)) await send.Send(new PublishPolicy(new(given["policy"])), cancellationToken);
                return new SeeOther(Home);
            }

            var newest = await policies.CurrentAsync(cancellationToken);
            var (draft, troubles) = DunningFile.Read(given["policy"], newest.Version + 1);
            return draft is null || troubles.Count > 0
                ? await ShowAsync(desk, db, policies, given["policy"], null, cancellationToken, [.. troubles])
                : await ShowAsync(desk, db, policies, given["policy"], PolicyChange.Between(newest, draft, desk.T), cancellationToken);
        }
        catch (Exception e) when (Troubles.Of(e, [], desk.T) is { } refused)
        {
            db.ChangeTracker.Clear();
            return await ShowAsync(desk, db, policies, given["policy"], null, cancellationToken, refused.General);
        }
    }

    private static async Task<IResult> ShowAsync(
        Desk desk, BillingDbContext db, DunningPolicies policies, string? draft, IReadOnlyList<PolicyChange>? changes, CancellationToken cancellationToken,
        IReadOnlyList<string>? troubles = null)
    {
        // The first version is written down when it is first asked for.
        await policies.CurrentAsync(cancellationToken);
        var versions = await db.DunningPolicies.AsNoTracking().OrderByDescending(p => p.Number).ToListAsync(cancellationToken);
        var followed = await db.DunningCases.Where(c => c.State == CaseState.Open).GroupBy(c => c.PolicyVersion)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        return new RazorComponentResult<PolicyHome>(new
        {
            Desk = desk, Once = NewId.At(desk.Now),
            Page = new PolicyPage(
                [.. versions.Select(p => new PolicyRow(p, followed.GetValueOrDefault(p.Number)))], draft ?? versions[0].Data, changes, troubles ?? []),
        })
        {
            StatusCode = troubles is { Count: > 0 } ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }
}
