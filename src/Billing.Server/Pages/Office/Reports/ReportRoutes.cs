using System.Globalization;
using System.Text;
using Billing.Metrics;
using Billing.Server.Http;
using Billing.Server.Ledger;
using Billing.Server.Pages.SignIn;
using Billing.Server.Persistence;
using Billing.Server.Reports;
using Billing.Server.Staff;
using CsvHelper;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Billing.Server.Pages.Office.Reports;

/// <summary>What finance reads.</summary>
internal static class ReportRoutes
{
    public static void MapReportPages(this IEndpointRouteBuilder office)
    {
        var reports = office.MapGroup("").RequireAuthorization(OfficeDoor.Policy(StaffRole.Finance));
        reports.MapGet("/reports", static async Task<IResult> (string? currency, Desk desk, BillingDbContext db, CancellationToken stop) =>
            new RazorComponentResult<ReportsHome>(new { Desk = desk, Page = await ReportsPage.ReadAsync(db, currency, desk, stop) }));
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

    /// <summary>One line a figure and month: the value in its unit, what was counted, what it was divided by, how sure it is.</summary>
    private static async Task<IResult> CsvAsync(string? currency, Desk desk, BillingDbContext db, CancellationToken cancellationToken)
    {
        var page = await ReportsPage.ReadAsync(db, currency, desk, cancellationToken);
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
