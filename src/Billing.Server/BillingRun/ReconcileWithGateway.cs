using Billing.Invoicing;
using Billing.Payments;
using Billing.Server.Alarms;
using Billing.Server.Payments.Disputes;
using Billing.Server.Payments.Gateways;
using Billing.Server.Payments.Inbox;
using Billing.Server.Payments.Reconciliation;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.BillingRun;

/// <summary>
/// Compares our books with the gateway's once a day, by the gateway's lists and by what is open here. What differs is healed
/// the way a notice would have; what cannot be healed safely is shown to a person. Rows stream through and how far it came is
/// kept, so that stopped anywhere it goes on there.
/// </summary>
internal sealed class ReconcileWithGateway(
    BillingDatabase database, IPaymentGateway gateway, FollowGateway follow, FollowPayments payments, FollowRefunds refunds,
    FollowDisputes disputes, FollowCards cards, ReconciliationPlan plan, BillingClock clock,
    ILogger<ReconcileWithGateway> log) : Pass(database)
{
    private const int AtOnce = 100;

    public override int BatchSize => 1;

    public override string Name => "reconcile";

    public override async Task DoAsync(IReadOnlyList<Guid> ids, Instant now, CancellationToken cancellationToken)
    {
        await using var db = Database.Open();
        var report = await db.Reconciliations.SingleAsync(r => r.Id == ids[0], cancellationToken);
        report.Begin(now);
        HashSet<PaymentAttemptId> listed = [];

        while (report.Step != ReconciliationStep.Finished)
        {
            await CompareAsync(db, report, listed, now, cancellationToken);
            report.Turn(now);
            if (report.Step == ReconciliationStep.Finished && plan.Every > Duration.Zero) Plan(db, now, now + plan.Every);
            await db.SaveChangesAsync(cancellationToken);
        }

        log.LogInformation(
            "Compared with {Gateway}: {Payments} payments, {Refunds} refunds, {Disputes} disputes, {Cards} customers' cards; {Healed} healed, {Differing} differ",
            gateway.Name, report.Payments, report.Refunds, report.Disputes, report.Cards, report.Healed, report.Differing);
    }

    protected override async Task<IQueryable<Guid>> DueAsync(BillingDbContext db, Instant now, CancellationToken cancellationToken)
    {
        // A demo merchant that lives through its past has nobody who would look at a comparison.
        if (plan.Every > Duration.Zero && clock.Ahead >= Duration.Zero && !await db.Reconciliations.AnyAsync(r => r.FinishedAt == null, cancellationToken))
        {
            Plan(db, now, now + plan.Every);
            await db.SaveChangesAsync(cancellationToken);
        }

        return db.Reconciliations.Where(r => r.FinishedAt == null && r.DueAt <= now)
            .Where(r => !db.SetAside.Any(a => a.Pass == "reconcile" && a.SubjectId == r.Id && a.RetryAt > now))
            .OrderBy(r => r.DueAt).Select(r => r.Id);
    }

    private void Plan(BillingDbContext db, Instant now, Instant dueAt) =>
        db.Reconciliations.Add(ReconciliationReport.Plan(NewId.At(now), dueAt, now - plan.Overlap));

    private Task CompareAsync(
        BillingDbContext db, ReconciliationReport report, HashSet<PaymentAttemptId> listed, Instant now, CancellationToken stop)
    {
        var since = report.ReadUpTo ?? report.Since;
        return report.Step switch
        {
            ReconciliationStep.Payments => PaymentsAsync(db, report, gateway.PaymentsSinceAsync(since, stop), listed, now, stop),
            ReconciliationStep.MissingPayments => MissingAsync(db, report, listed, now, stop),
            ReconciliationStep.Refunds => ListAsync(
                db, report, gateway.RefundsSinceAsync(report.ReadUpTo ?? report.Since - ReconciliationPlan.RefundsMayReturn, stop), r => r.CreatedAt,
                (r => refunds.FollowAsync(r, now, stop), r => r.Reference), now, stop),
            ReconciliationStep.Disputes => ListAsync(
                db, report, gateway.DisputesSinceAsync(since, stop), d => d.OpenedAt,
                (d => disputes.FollowAsync(d, now, stop), d => d.Reference), now, stop),
            ReconciliationStep.OpenPayments => AskAsync(
                db, report, (after, limit) => OpenPaymentsAsync(db, after, limit, stop), a => a.Id.Value,
                a => OpenPaymentAsync(a, now, stop), now, stop),
            ReconciliationStep.OpenRefunds => AskAsync(
                db, report, (after, limit) => refunds.OpenAsync(after, limit, stop), r => r.Id.Value, r => refunds.AskAsync(r, now, stop), now, stop),
            ReconciliationStep.OpenDisputes => AskAsync(
                db, report, (after, limit) => OpenDisputesAsync(db, after, limit, stop), d => d.Id.Value,
                d => follow.DisputeAsync(d.Reference, now, stop), now, stop),
            ReconciliationStep.Cards => AskAsync(
                db, report, (after, limit) => CustomersAsync(db, after, limit, now, stop), c => c.Value, c => cards.FollowAllAsync(c, now, stop), now, stop),
            ReconciliationStep.Finished => Task.CompletedTask,
        };
    }

    private async Task PaymentsAsync(
        BillingDbContext db, ReconciliationReport report, IAsyncEnumerable<GatewayPayment> rows, HashSet<PaymentAttemptId> listed, Instant now,
        CancellationToken stop)
    {
        await foreach (var page in rows.Chunk(AtOnce).WithCancellation(stop))
        {
            listed.UnionWith(page.Select(p => p.AttemptId).OfType<PaymentAttemptId>());
            var agreed = await payments.AgreedAsync(page, stop);
            foreach (var row in page)
            {
                report.Count(agreed.Contains(row.Reference)
                    ? Followed.Agreed
                    : await SafelyAsync(() => payments.FollowAsync(row, now, stop), row.Reference, now, stop));
            }

            report.Reached(page[^1].CreatedAt);
            await db.SaveChangesAsync(stop);
        }
    }

    /// <summary>
    /// What our books hold as taken and the list did not have is asked for. Stopped and gone on with, the list read before is not
    /// at hand any more: then more is asked for than would be needed, and nothing is overlooked.
    /// </summary>
    private async Task MissingAsync(
        BillingDbContext db, ReconciliationReport report, HashSet<PaymentAttemptId> listed, Instant now, CancellationToken stop)
    {
        while (await payments.CapturedAsync(report.Since, report.AskedUpTo ?? Guid.Empty, AtOnce, stop) is { Count: > 0 } page)
        {
            foreach (var attempt in page.Where(a => !listed.Contains(a.Id)))
                report.Count(await SafelyAsync(() => payments.AskForCapturedAsync(attempt, now, stop), attempt.Id.ToString(), now, stop));
            report.Reached(page[^1].Id.Value);
            await db.SaveChangesAsync(stop);
        }
    }

    private async Task ListAsync<T>(
        BillingDbContext db, ReconciliationReport report, IAsyncEnumerable<T> rows, Func<T, Instant> when,
        (Func<T, Task<Followed>> Follow, Func<T, string> Reference) one, Instant now, CancellationToken stop)
    {
        await foreach (var page in rows.Chunk(AtOnce).WithCancellation(stop))
        {
            foreach (var row in page) report.Count(await SafelyAsync(() => one.Follow(row), one.Reference(row), now, stop));
            report.Reached(when(page[^1]));
            await db.SaveChangesAsync(stop);
        }
    }

    private async Task AskAsync<T>(
        BillingDbContext db, ReconciliationReport report, Func<Guid, int, Task<List<T>>> next, Func<T, Guid> id, Func<T, Task<Followed>> follow,
        Instant now, CancellationToken stop)
    {
        while (await next(report.AskedUpTo ?? Guid.Empty, AtOnce) is { Count: > 0 } page)
        {
            foreach (var row in page) report.Count(await SafelyAsync(() => follow(row), id(row).ToString(), now, stop));
            report.Reached(id(page[^1]));
            await db.SaveChangesAsync(stop);
        }
    }

    /// <summary>A row that cannot be compared is shown to a person and holds nobody up; a gateway that is silent holds up all.</summary>
    private async Task<Followed> SafelyAsync(Func<Task<Followed>> look, string reference, Instant now, CancellationToken stop)
    {
        try
        {
            return await look();
        }
        catch (Exception e) when (e is not GatewaySilent && !stop.IsCancellationRequested)
        {
            log.LogError(e, "{Reference} could not be compared with {Gateway}", reference, gateway.Name);
            await using var db = Database.Open();
            await db.AlarmOnceAsync(
                AlarmKind.BooksDiffer, FollowPayments.Subject(reference), null, $"{reference} could not be compared: {e.GetBaseException().Message}", now, stop);
            await db.SaveChangesAsync(stop);
            return Followed.Differs;
        }
    }

    private async Task<Followed> OpenPaymentAsync(PaymentAttempt attempt, Instant now, CancellationToken stop)
    {
        if (attempt.GatewayReference is { } reference) return await follow.PaymentAsync(reference, now, stop);
        // What the gateway never heard of is the attempt's own life: the run asks for it again, or gives it up.
        return await gateway.FindAsync(attempt.Id, attempt.CustomerId, null, stop) is { } outcome
            ? await payments.FoundAsync(attempt, outcome, now, stop)
            : Followed.Agreed;
    }

    private static Task<List<PaymentAttempt>> OpenPaymentsAsync(BillingDbContext db, Guid after, int limit, CancellationToken stop) =>
        db.PaymentAttempts.AsNoTracking()
            .Where(a => a.State == AttemptState.Started || a.State == AttemptState.Unknown || a.State == AttemptState.ActionRequired)
            .Where(a => a.Id.CompareTo(new PaymentAttemptId(after)) > 0).OrderBy(a => a.Id).Take(limit).ToListAsync(stop);

    private static Task<List<Dispute>> OpenDisputesAsync(BillingDbContext db, Guid after, int limit, CancellationToken stop) =>
        db.Disputes.AsNoTracking().Where(d => d.State == DisputeState.Open && d.Id.CompareTo(new DisputeId(after)) > 0)
            .OrderBy(d => d.Id).Take(limit).ToListAsync(stop);

    /// <summary>Whose cards matter now: who owes something, and whose card expires this month or did.</summary>
    private static Task<List<CustomerId>> CustomersAsync(BillingDbContext db, Guid after, int limit, Instant now, CancellationToken stop)
    {
        var month = now.InUtc().Year * 12 + now.InUtc().Month;
        return (
            from customer in db.Customers
            join card in db.Cards on customer.DefaultCardId equals card.Id
            where card.ExpiryYear * 12 + card.ExpiryMonth <= month
                || db.Invoices.Any(i => i.CustomerId == customer.Id && i.Status == InvoiceStatus.Open)
            where customer.Id.CompareTo(new CustomerId(after)) > 0
            orderby customer.Id
            select customer.Id).Take(limit).ToListAsync(stop);
    }
}
