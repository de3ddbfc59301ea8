using Billing.Notices;
using Billing.Server.Http;
using Billing.Server.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Notices;

/// <summary>Has a message that nobody would take looked at again by the next run, which decides anew whether it is to be said.</summary>
internal sealed record ResendNotice(Guid Id) : ICommand<NoticeState>;

internal sealed class ResendNoticeHandler(BillingDbContext db, Door door) : IRequestHandler<ResendNotice, NoticeState>
{
    public async Task<NoticeState> Handle(ResendNotice request, CancellationToken cancellationToken)
    {
        var notice = await db.NoticeToCustomerAsync(request.Id, cancellationToken);

        notice.LookAgain(door.Now);

        return notice.State;
    }
}

internal static class NoticeQueries
{
    /// <summary>A message to a customer, or the refusal that there is none.</summary>
    public static async Task<Notice> NoticeToCustomerAsync(this BillingDbContext db, Guid id, CancellationToken cancellationToken) =>
        await db.Notices.SingleOrDefaultAsync(n => n.Id == id, cancellationToken) ?? throw NotFound.Of("message");
}
