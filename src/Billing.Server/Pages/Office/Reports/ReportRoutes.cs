using System.Globalization;
using System.Text;
using Billing.Metrics;
using Billing.Server.Http;
using Billing.Server.Ledger;
using Billing.Server.Pages.Office.Acts;
using Billing.Server.Pages.SignIn;
using Billing.Server.Persistence;
using Billing.Server.Reports;
using Billing.Server.Staff;
using CsvHelper;
using MediatR;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Billing.Server.Pages.Office.Reports;

/// <summary>What finance reads.</summary>
internal static class ReportRoutes
{
    public static void MapReportPages(this IEndpointRouteBuilder office)
    {
        var reports = office.MapGroup("").RequireAuthorization(OfficeDoor.Policy(StaffRole.Finance));
        reports.MapGet("/reports", (string? currency, string? done, Desk desk, BillingDbContext db, IMediator send, CancellationToken stop) =>
            ShowAsync(currency, Fields(desk, null), Troubles.None, done, desk, db, send, stop));
        reports.MapPost("/reports/spent", SpentAsync);
        reports.MapGet("/reports/pack", static async Task<IResult> (string? month, MonthlyPack pack, CancellationToken stop) =>
        {
            var which = LedgerMonths.Parse(month ?? "", "month");
            return Results.File(await pack.MakeAsync(which, stop), "application/zip", MonthlyPack.NameOf(which));
        });
        reports.MapGet("/reports.csv", CsvAsync);
        reports.MapGet("/reports/moved", static async Task<IResult> (
            string? currency, string? month, string? kind, int? page, Desk desk, BillingDbContext db, CancellationToken stop) =>
            new RazorComponentResult<MovedList>(new
            {
                Desk = desk,
                Page = await MovedPage.ReadAsync(
                    db, Currency.TryOf(currency ?? "", out var known) ? known : throw Http.NotFound.Of("currency"),
                    LedgerMonths.Parse(month ?? "", "month"), ReadMovements.KindOf(kind) ?? MrrMovementKind.New, page ?? 1, stop),
            }));
    }

    private static async Task<IResult> ShowAsync(
        string? currency, IReadOnlyList<Field> fields, Troubles troubles, string? done, Desk desk, BillingDbContext db, IMediator send,
        CancellationToken cancellationToken) => new RazorComponentResult<ReportsHome>(new
        {
            Desk = desk, Page = await ReportsPage.ReadAsync(db, send, currency, desk, cancellationToken), Fields = troubles.At(fields), Troubles = troubles.General,
            Said = done == "spent" ? desk.T["Entered. The newest of a month counts.", "লেখা হয়েছে। এক মাসের জন্য শেষ লেখাটিই ধরা হয়।"] : null,
        })
        {
            StatusCode = troubles == Troubles.None ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
        };

    private static async Task<IResult> SpentAsync(Desk desk, Door door, HttpContext http, BillingDbContext db, IMediator send, CancellationToken cancellationToken)
    {
        var given = await Filled.ReadAsync(http);
        var fields = Fields(desk, given);
        try
        {
            var currency = Currency.TryOf(given["currency"], out var known) ? known : throw Http.NotFound.Of("currency");
            door.Form = new(NewId.At(desk.Now), null, null);
            await send.Send(new EnterAcquisitionCost(new(given["month"], new(given.Amount("spent", currency), currency.Code))), cancellationToken);
            return new SeeOther($"/office/reports?currency={currency.Code}&done=spent");
        }
        catch (Exception e) when (Troubles.Of(e, fields, desk.T) is { } troubles)
        {
            db.ChangeTracker.Clear();
            return await ShowAsync(given["currency"], fields, troubles, null, desk, db, send, cancellationToken);
        }
    }

    private static IReadOnlyList<Field> Fields(Desk desk, Filled? given) =>
    [
        new("month", desk.T["Month", "মাস"], FieldKind.Text, given?["month"] ?? LedgerMonths.Word(desk.Today.PlusMonths(-1)), Hint: "2026-04"),
        new("spent", desk.T["Spent on winning customers", "গ্রাহক পেতে খরচ"], FieldKind.Amount, given?["spent"] ?? ""),
    ];

    /// <summary>One line a figure and month: the value in its unit, what was counted, what it was divided by, how sure it is.</summary>
    private static async Task<IResult> CsvAsync(string? currency, Desk desk, BillingDbContext db, IMediator send, CancellationToken cancellationToken)
    {
        var page = await ReportsPage.ReadAsync(db, send, currency, desk, cancellationToken);
        await using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = CsvWriter.Create(text, leaveOpen: true))
        {
            csv.WriteRecord(["currency", "month", "figure", "value", "unit", "part", "whole", "maturity", "formula"]);
            foreach (var (month, figure) in page.Months.SelectMany(m => m.Figures().Select(f => (m.Month, f))))
            {
                var definition = FigureDefinition.Of(figure.Name);
                csv.WriteRecord([
                    page.Chosen!.Code, LedgerMonths.Word(month.OnDayOfMonth(1)), Wire.Word(figure.Name), Number(figure.Value), Wire.Word(definition.Unit),
                    Number(figure.Part), Number(figure.Whole), Wire.Word(figure.Maturity), definition.Formula]);
            }
        }

        return Results.File(Encoding.UTF8.GetBytes(text.ToString()), "text/csv; charset=utf-8", $"figures-{page.Chosen?.Code ?? "none"}.csv");
    }

    private static string Number(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";
}
