using Billing.Server.Payments;
using Billing.Server.Payments.Disputes;
using Billing.Server.Persistence;
using NodaTime;

namespace Billing.Server.BillingRun;

/// <summary>Sends refunds that were asked for, and asks the gateway about those whose outcome nobody knows yet.</summary>
internal sealed class SendRefunds(BillingDatabase database, RefundDesk desk) : Pass(database)
{
    public override int BatchSize => 50;

    public override string Name => "refund";

    public override Task DoAsync(IReadOnlyList<Guid> ids, Instant now, CancellationToken cancellationToken) =>
        desk.SendAsync([.. ids.Select(RefundId.From)], now, cancellationToken);

    protected override IQueryable<Guid> Due(BillingDbContext db, Instant now) => db.Refunds
        .Where(r => r.AskAgainAt <= now)
        .WithoutHold(db)
        .Where(r => !db.SetAside.Any(s => s.Pass == "refund" && s.SubjectId == (Guid)(object)r.Id && s.RetryAt > now))
        .OrderBy(r => r.AskAgainAt)
        .Select(r => (Guid)(object)r.Id);
}
