using Billing.Retention;
using Billing.Server.Http;
using Billing.Server.Pages.Office.Acts;
using Billing.Server.Pages.SignIn;
using Billing.Server.Persistence;
using Billing.Server.Plans;
using Billing.Server.Staff;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Pages.Office.Plans;

/// <summary>Plans: read by everybody in the office, changed by finance.</summary>
internal static class PlanRoutes
{
    private const string Home = "/office/plans";

    public static void MapPlanPages(this IEndpointRouteBuilder office)
    {
        var read = office.MapGroup("/plans").RequireAuthorization(OfficeDoor.Policy(StaffRole.Support));
        read.MapGet("", (Desk desk, BillingDbContext db, CancellationToken stop) => ListAsync(desk, db, NewPlanFields(desk.T, null), Troubles.None, stop));
        read.MapGet("/leaving", (Desk desk, LeavingPolicy policy) => new RazorComponentResult<LeavingPolicyHome>(new { Desk = desk, Policy = policy }));
        read.MapGet("/{code}", async (string code, string? done, Desk desk, BillingDbContext db, CancellationToken stop) =>
            new RazorComponentResult<PlanHome>(new { Desk = desk, File = await PlanFile.ReadAsync(db, code, stop), Said = Said(done, desk.T) }));

        var write = office.MapGroup("/plans").RequireAuthorization(OfficeDoor.Policy(StaffRole.Finance));
        write.MapPost("", MakeAsync);
        foreach (var act in PlanActs.All)
        {
            write.MapGet($"/{{code}}/{act.Code}", async (string code, Desk desk, BillingDbContext db, CancellationToken stop) =>
            {
                var file = await PlanFile.ReadAsync(db, code, stop);
                return Form(act, file, desk, act.Fields(desk.T, file, desk.Today), Troubles.None);
            });
            write.MapPost($"/{{code}}/{act.Code}", (string code, Desk desk, BillingDbContext db, Door door, IMediator send, HttpContext http, CancellationToken stop) =>
                TakeAsync(act, code, desk, db, door, send, http, stop));
        }

        write.MapGet("/{code}/moves/{id:guid}/withdraw", async (string code, Guid id, Desk desk, BillingDbContext db, CancellationToken stop) =>
        {
            var file = await PlanFile.ReadAsync(db, code, stop);
            return file.Moves.FirstOrDefault(m => m.Id.Value == id && m.WithdrawnAt is null) is { } move
                ? PlanActs.TakingBack(file.Plan, move, desk.T).Ask(desk)
                : throw Http.NotFound.Of("price move");
        });
        write.MapPost("/{code}/moves/{id:guid}/withdraw", async (string code, Guid id, Desk desk, IMediator send, CancellationToken stop) =>
        {
            try
            {
                await send.Send(new WithdrawPriceMove(code, id), stop);
            }
            catch (Refused late) when (late.Code is "price_move_withdrawn" or "price_move_begun")
            {
                // Somebody was faster, or the first period began: the page shows which.
            }

            return new SeeOther($"{Home}/{code}#moves");
        });
    }

    private static async Task<IResult> TakeAsync(
        PlanAct act, string code, Desk desk, BillingDbContext db, Door door, IMediator send, HttpContext http, CancellationToken cancellationToken)
    {
        var file = await PlanFile.ReadAsync(db, code, cancellationToken);
        var given = await Filled.ReadAsync(http);
        var fields = act.Fields(desk.T, file, desk.Today).Select(f => f with { Value = given[f.Name] }).ToList();
        try
        {
            if (given["step"] == "again") return Form(act, file, desk, fields, Troubles.None);
            var order = act.Order(file, given);
            if (given["step"] == "do" && given.Id("once") is { } once)
            {
                door.Form = new(once, null, null);
                if (!await db.HouseActs.AnyAsync(a => a.Id == once, cancellationToken)) await order(send, cancellationToken);
                return new SeeOther($"{Home}/{code}?done={act.Code}");
            }

            await RehearseAsync(order, db, send, cancellationToken);
            return new RazorComponentResult<PlanForm>(new
            {
                Desk = desk, File = file, Path = PathOf(file, act), Title = act.Title(desk.T), Meaning = act.Meaning(desk.T), Fields = fields,
                Effects = act.Effects(desk.T, file, given), Compared = act.Compared(file, given), Once = NewId.At(desk.Now),
            });
        }
        catch (Exception e) when (Troubles.Of(e, fields, desk.T) is { } troubles)
        {
            return Form(act, file, desk, fields, troubles);
        }
    }

    /// <summary>Done and taken back, to hear now what would be refused then.</summary>
    private static async Task RehearseAsync(Order order, BillingDbContext db, IMediator send, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await order(send, cancellationToken);
        await transaction.RollbackAsync(cancellationToken);
        db.ChangeTracker.Clear();
    }

    private static RazorComponentResult<PlanForm> Form(PlanAct act, PlanFile file, Desk desk, IReadOnlyList<Field> fields, Troubles troubles) => new(new
    {
        Desk = desk, File = file, Path = PathOf(file, act), Title = act.Title(desk.T), Meaning = act.Meaning(desk.T), Fields = troubles.At(fields), troubles.General,
    })
    {
        StatusCode = troubles == Troubles.None ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
    };

    private static string PathOf(PlanFile file, PlanAct act) => $"{Home}/{file.Plan.Code}/{act.Code}";

    private static async Task<IResult> MakeAsync(Desk desk, BillingDbContext db, IMediator send, HttpContext http, CancellationToken cancellationToken)
    {
        var given = await Filled.ReadAsync(http);
        var fields = NewPlanFields(desk.T, given);
        try
        {
            var made = await send.Send(new CreatePlan(new(given["code"], given["name"], given["pricing"], given.Number("trialDays"))), cancellationToken);
            return new SeeOther($"{Home}/{made.Code}");
        }
        catch (Exception e) when (Troubles.Of(e, fields, desk.T) is { } troubles)
        {
            db.ChangeTracker.Clear();
            return await ListAsync(desk, db, fields, troubles, cancellationToken);
        }
    }

    private static async Task<IResult> ListAsync(
        Desk desk, BillingDbContext db, IReadOnlyList<Field> fields, Troubles troubles, CancellationToken cancellationToken) =>
        new RazorComponentResult<PlansList>(new { Desk = desk, Page = await PlansPage.ReadAsync(db, cancellationToken), Fields = troubles.At(fields), troubles.General })
        {
            StatusCode = troubles == Troubles.None ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
        };

    private static IReadOnlyList<Field> NewPlanFields(Tongue t, Filled? given) =>
    [
        new("code", t["Code", "কোড"], Value: given?["code"] ?? "", Hint: t["Small letters and digits; programs use it.", "ছোট হাতের অক্ষর ও অঙ্ক; প্রোগ্রাম এটি ব্যবহার করে।"]),
        new("name", t["Name", "নাম"], Value: given?["name"] ?? "", Hint: t["As customers read it.", "গ্রাহকেরা যা পড়েন।"]),
        new("pricing", t["Priced", "দাম"], FieldKind.Choice, given?["pricing"] ?? "flat", Choices: [new("flat", t["as one", "এক দামে"]), new("per_seat", t["per seat", "আসন প্রতি"])]),
        new("trialDays", t["Trial days", "বিনামূল্যের দিন"], FieldKind.Number, given?["trialDays"] ?? "0"),
    ];

    private static string? Said(string? done, Tongue t) => PlanActs.All.FirstOrDefault(a => a.Code == done) is { } act
        ? t[$"Done: {act.Title(t)}.", $"হয়ে গেছে: {act.Title(t)}।"]
        : null;
}
