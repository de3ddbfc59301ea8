using Billing.Client.Contract;
using Billing.Server.Http;
using Billing.Server.Ledger;
using Billing.Server.Persistence;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using NodaTime;

namespace Billing.Server.Reports;

internal static class ReportEndpoints
{
    public static void MapReports(this IEndpointRouteBuilder v1)
    {
        var reports = v1.For("/reports", "Reports", ApiScope.Reports);
        reports.MapGet("/mrr", ([FromQuery] DateOnly from, [FromQuery] DateOnly to, [FromQuery] string? by, IMediator send, CancellationToken stop) =>
                send.Send(new ReadMrr(LocalDate.FromDateOnly(from), LocalDate.FromDateOnly(to), By(by)), stop))
            .Named("readMrr", "MRR and its movements by day, week (from Monday) or month; opening + movements = closing");
        reports.MapGet("/recovery", ([FromQuery] DateOnly from, [FromQuery] DateOnly to, IMediator send, CancellationToken stop) =>
                send.Send(new ReadRecovery(LocalDate.FromDateOnly(from), LocalDate.FromDateOnly(to)), stop))
            .Named("readRecovery", "What became of failed payments, by the month they failed in, by count and amount");
        reports.MapGet("/retention", ([FromQuery] DateOnly from, [FromQuery] DateOnly to, IMediator send, CancellationToken stop) =>
                send.Send(new ReadRetention(LocalDate.FromDateOnly(from), LocalDate.FromDateOnly(to)), stop))
            .Named("readRetention", "What became of those who looked at leaving, of offers and breaks after 30 and 90 days, and how hard customers found it");
        reports.MapGet("/metrics", ([FromQuery] string from, [FromQuery] string to, [FromQuery] DateTimeOffset? knownAt, IMediator send, CancellationToken stop) =>
                send.Send(new ReadMetrics(LedgerMonths.Parse(from, "from"), LedgerMonths.Parse(to, "to"), Known(knownAt)), stop))
            .Named("readMetrics", "Retention, churn, cohorts and survival by month, each figure with its definition; as known now or at an earlier instant");
        reports.MapGet("/movements", (
                [FromQuery] string currency, [FromQuery] string month, [FromQuery] string? kind, BillingDbContext db, [AsParameters] PageQuery page, CancellationToken stop) =>
                db.MovedPageAsync(new(CurrencyOf(currency), LedgerMonths.Parse(month, "month"), ReadMovements.KindOf(kind)), page, stop))
            .Named("listMovements", "The subscriptions that moved in a month: the rows behind a figure");
        reports.MapGet("/mrr-by-plan", (BillingDbContext db, CancellationToken stop) => db.MrrByPlanAsync(stop))
            .Named("readMrrByPlan", "What the live subscriptions are worth, by plan, as of now");
        reports.MapGet("/pack", async ([FromQuery] string month, MonthlyPack pack, CancellationToken stop) =>
            {
                var which = LedgerMonths.Parse(month, "month");
                return Results.File(await pack.MakeAsync(which, stop), "application/zip", MonthlyPack.NameOf(which));
            })
            .Named("readMonthlyPack", "All of a month in one ZIP: a workbook, its tables and the rows behind them as CSV");
        v1.For("/reports/acquisition-costs", "Reports", ApiScope.Admin)
            .MapPost("/", (NewAcquisitionCost cost, IMediator send, CancellationToken stop) => send.Send(new EnterAcquisitionCost(cost), stop))
            .Named("enterAcquisitionCost", "What was spent in a month on winning customers; entered again, the newest counts");
    }

    private static Instant? Known(DateTimeOffset? at) => at is { } known ? Instant.FromDateTimeOffset(known) : null;

    private static Currency CurrencyOf(string code) => Currency.TryOf(code, out var currency)
        ? currency : throw new BadInput(400, "bad_parameter", "That is not the code of a currency in use (ISO 4217).", "currency");

    private static MrrBy By(string? word) => word switch
    {
        null or "month" => MrrBy.Month,
        "week" => MrrBy.Week,
        "day" => MrrBy.Day,
        _ => throw new BadInput(400, "bad_parameter", "A report is by day, week or month.", "by"),
    };
}
