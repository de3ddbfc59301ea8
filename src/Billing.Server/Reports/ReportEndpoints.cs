using Billing.Server.Http;
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
            .Named("readMrr", "MRR and its movements by day or month; opening + movements = closing");
        reports.MapGet("/recovery", ([FromQuery] DateOnly from, [FromQuery] DateOnly to, IMediator send, CancellationToken stop) =>
                send.Send(new ReadRecovery(LocalDate.FromDateOnly(from), LocalDate.FromDateOnly(to)), stop))
            .Named("readRecovery", "What became of failed payments, by the month they failed in, by count and amount");
    }

    private static MrrBy By(string? word) => word switch
    {
        null or "month" => MrrBy.Month,
        "day" => MrrBy.Day,
        _ => throw new BadInput(400, "bad_parameter", "A report is by day or month.", "by"),
    };
}
