using System.Text;
using Billing.Client.Contract;
using Billing.Server.Http;
using Billing.Server.Persistence;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Payments.Inbox;

internal static class InboxEndpoints
{
    public static void MapInbox(this IEndpointRouteBuilder v1)
    {
        var inbox = v1.For("/gateway-notices", "Gateway notices", ApiScope.Admin);
        inbox.MapGet("", ([FromQuery] string? state, BillingDbContext db, [AsParameters] PageQuery page, CancellationToken stop) =>
                db.InboxPageAsync(state, page, stop))
            .Named("listGatewayNotices", "Lists what the gateway told, all or in one state, newest first");
        inbox.MapGet("/{id:guid}", async (Guid id, BillingDbContext db, CancellationToken stop) => (await db.NoticeAsync(id, stop)).ToView(withBody: true))
            .Named("getGatewayNotice", "Reads what the gateway told, with its raw body");
        inbox.MapPost("/{id:guid}/replay", (Guid id, IMediator send, CancellationToken stop) => send.Send(new ReplayNotice(id), stop))
            .Named("replayGatewayNotice", "Works through it once more; what it is about is asked for afresh, so nothing is done twice");
    }
}

internal static class InboxViews
{
    public static GatewayNoticeView ToView(this InboxNotice notice, bool withBody) => new(
        notice.Id, notice.Gateway, notice.NoticeId, notice.Type, Wire.Word(notice.About), notice.Reference, notice.CustomerId?.Value,
        Wire.Word(notice.State), notice.Deliveries, notice.Tries, notice.Error, notice.CreatedAt.Iso(), notice.ReceivedAt.Iso(),
        notice.LastReceivedAt.Iso(), notice.NextTryAt?.Iso(), notice.DoneAt?.Iso(), withBody ? Encoding.UTF8.GetString(notice.Body) : null);

    public static async Task<InboxNotice> NoticeAsync(this BillingDbContext db, Guid id, CancellationToken cancellationToken) =>
        await db.Inbox.SingleOrDefaultAsync(n => n.Id == id, cancellationToken) ?? throw NotFound.Of("gateway notice");

    public static Task<Page<GatewayNoticeView>> InboxPageAsync(
        this BillingDbContext db, string? state, PageQuery page, CancellationToken cancellationToken)
    {
        IQueryable<InboxNotice> rows = db.Inbox;
        if (state is not null)
        {
            InboxState[] wanted = [.. Enum.GetValues<InboxState>().Where(s => Wire.Word(s) == state)];
            if (wanted.Length == 0) throw new BadInput(400, "bad_parameter", "A state is waiting, done, unknown or dead.", "state");
            rows = rows.Where(n => wanted.Contains(n.State));
        }

        return rows.ToPageAsync(n => n.Id, id => id, page, n => n.ToView(withBody: false), cancellationToken);
    }
}
