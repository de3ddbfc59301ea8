using Billing.Server.Payments;
using Billing.Server.Persistence;
using NodaTime;

namespace Billing.Server.BillingRun;

/// <summary>Asks the gateway about every attempt whose outcome nobody knows: after a time-out, a lost connection, a kill.</summary>
internal sealed class ResolveUnknownAttempts(BillingDatabase database, PaymentDesk desk) : Pass(database)
{
    public override int BatchSize => 100;

    public override string Name => "resolve";

    public override Task DoAsync(IReadOnlyList<Guid> ids, Instant now, CancellationToken cancellationToken) =>
        desk.ResolveAsync([.. ids.Select(PaymentAttemptId.From)], now, cancellationToken);

    protected override IQueryable<Guid> Due(BillingDbContext db, Instant now) => db.PaymentAttempts
        .Where(a => a.AskAgainAt <= now)
        .Where(a => !db.SetAside.Any(s => s.Pass == "resolve" && s.SubjectId == (Guid)(object)a.Id && s.RetryAt > now))
        .OrderBy(a => a.AskAgainAt)
        .Select(a => (Guid)(object)a.Id);
}
