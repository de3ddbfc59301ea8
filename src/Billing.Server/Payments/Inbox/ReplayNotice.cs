using Billing.Client.Contract;
using Billing.Server.Http;
using Billing.Server.Payments.Gateways;
using Billing.Server.Persistence;
using MediatR;

namespace Billing.Server.Payments.Inbox;

/// <summary>Has a notice worked through once more by the next run, whatever came of it before.</summary>
internal sealed record ReplayNotice(Guid Id) : ICommand<GatewayNoticeView>;

internal sealed class ReplayNoticeHandler(BillingDbContext db, Door door) : IRequestHandler<ReplayNotice, GatewayNoticeView>
{
    public async Task<GatewayNoticeView> Handle(ReplayNotice request, CancellationToken cancellationToken)
    {
        var notice = await db.NoticeAsync(request.Id, cancellationToken);
        if (notice.About == NoticeSubject.Unknown)
            throw new Refused("notice_unknown", "Nobody planned for a notice of this type; there is nothing to work through.");

        notice.Again(door.Now);
        return notice.ToView(withBody: false);
    }
}
