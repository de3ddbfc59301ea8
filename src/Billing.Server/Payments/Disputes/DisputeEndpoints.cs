using Billing.Client.Contract;
using Billing.Payments;
using Billing.Server.Http;
using Billing.Server.Persistence;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Payments.Disputes;

internal static class DisputeEndpoints
{
    public static void MapDisputes(this IEndpointRouteBuilder v1)
    {
        var read = v1.For("/disputes", "Payments", ApiScope.Read);
        read.MapGet("", ([FromQuery] Guid? customerId, BillingDbContext db, [AsParameters] PageQuery page, CancellationToken stop) =>
                db.DisputePageAsync(customerId, page, stop))
            .Named("listDisputes", "Lists payments that banks ask back, all or one customer's, newest first");
        read.MapGet("/{id:guid}", (Guid id, BillingDbContext db, CancellationToken stop) => db.DisputeViewAsync(id, stop))
            .Named("getDispute", "Reads a dispute");
        v1.For("/disputes", "Payments", ApiScope.Write)
            .MapPost("/{id:guid}/release", (Guid id, IMediator send, CancellationToken stop) => send.Send(new ReleaseDispute(id), stop))
            .Named("releaseDispute", "Says that the customer's billing goes on after a lost dispute");
    }
}

internal static class DisputeViews
{
    public static DisputeView ToView(this Dispute dispute) => new(
        dispute.Id.Value, dispute.Version, dispute.CustomerId.Value, dispute.InvoiceId.Value, dispute.AttemptId.Value, dispute.Amount.ToAmount(),
        Wire.Word(dispute.State), dispute.Reason, dispute.Holds, dispute.Reference, dispute.OpenedAt.Iso(), dispute.DecidedAt?.Iso());

    public static async Task<DisputeView> DisputeViewAsync(this BillingDbContext db, Guid id, CancellationToken cancellationToken) =>
        (await db.Disputes.AsNoTracking().SingleOrDefaultAsync(d => d.Id == new DisputeId(id), cancellationToken) ?? throw NotFound.Of("dispute")).ToView();

    public static Task<Page<DisputeView>> DisputePageAsync(
        this BillingDbContext db, Guid? customer, PageQuery page, CancellationToken cancellationToken)
    {
        IQueryable<Dispute> rows = db.Disputes;
        if (customer is { } id) rows = rows.Where(d => d.CustomerId == new CustomerId(id));
        return rows.ToPageAsync(d => d.Id, DisputeId.From, page, ToView, cancellationToken);
    }
}
