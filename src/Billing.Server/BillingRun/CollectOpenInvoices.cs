using Billing.Invoicing;
using Billing.Payments;
using Billing.Server.Payments;
using Billing.Server.Payments.Disputes;
using Billing.Server.Persistence;
using NodaTime;

namespace Billing.Server.BillingRun;

/// <summary>Tries the card of every open invoice whose attempt is due.</summary>
internal sealed class CollectOpenInvoices(BillingDatabase database, PaymentDesk desk, BillingClock clock) : Pass(database)
{
    public override int BatchSize => 200;

    public override string Name => "collect";

    public override async Task DoAsync(IReadOnlyList<Guid> ids, Instant now, CancellationToken cancellationToken)
    {
        var begun = await desk.BeginAsync([.. ids.Select(InvoiceId.From)], AttemptTrigger.Automatic, now, cancellationToken);
        await desk.AskAndSettleAsync(begun, clock, cancellationToken);
    }

    protected override IQueryable<Guid> Due(BillingDbContext db, Instant now) => db.Invoices
        .Where(i => i.NextAttemptAt <= now && i.Status == InvoiceStatus.Open)
        .WithoutHold(db)
        .Where(i => !db.SetAside.Any(s => s.Pass == "collect" && s.SubjectId == (Guid)(object)i.Id && s.RetryAt > now))
        .OrderBy(i => i.NextAttemptAt)
        .Select(i => (Guid)(object)i.Id);
}
