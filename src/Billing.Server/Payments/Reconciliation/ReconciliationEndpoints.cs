using Billing.Client.Contract;
using Billing.Server.Http;
using Billing.Server.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Payments.Reconciliation;

internal static class ReconciliationEndpoints
{
    public static void MapReconciliations(this IEndpointRouteBuilder v1)
    {
        v1.For("/reconciliations", "Reports", ApiScope.Reports)
            .MapGet("", (BillingDbContext db, [AsParameters] PageQuery page, CancellationToken stop) =>
                db.Reconciliations.ToPageAsync(r => r.Id, id => id, page, ToView, stop))
            .Named("listReconciliations", "Lists comparisons of our books with the gateway's, newest first");
        v1.For("/reconciliations", "Reports", ApiScope.Admin)
            .MapPost("", (IMediator send, CancellationToken stop) => send.Send(new ReconcileSoon(), stop))
            .Named("reconcileSoon", "Has the next billing run compare, whenever it was planned");
    }

    internal static ReconciliationView ToView(this ReconciliationReport report) => new(
        report.Id, report.FinishedAt is not null ? "finished" : report.StartedAt is not null ? "running" : "planned", report.DueAt.Iso(),
        report.Since.Iso(), report.StartedAt?.Iso(), report.FinishedAt?.Iso(), report.Payments, report.Refunds, report.Disputes, report.Cards,
        report.Healed, report.Differing);
}

/// <summary>Has the next billing run compare our books with the gateway's.</summary>
internal sealed record ReconcileSoon : ICommand<ReconciliationView>;

internal sealed class ReconcileSoonHandler(BillingDbContext db, ReconciliationPlan plan, Door door) : IRequestHandler<ReconcileSoon, ReconciliationView>
{
    public async Task<ReconciliationView> Handle(ReconcileSoon request, CancellationToken cancellationToken)
    {
        var report = await db.Reconciliations.SingleOrDefaultAsync(r => r.FinishedAt == null, cancellationToken);
        if (report is null) db.Reconciliations.Add(report = ReconciliationReport.Plan(NewId.At(door.Now), door.Now, door.Now - plan.Overlap));

        report.Hasten(door.Now);
        return report.ToView();
    }
}
