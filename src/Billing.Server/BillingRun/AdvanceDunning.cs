using Billing.Dunning;
using Billing.Notices;
using Billing.Payments;
using Billing.Server.Customers;
using Billing.Server.Dunning;
using Billing.Server.Payments.Disputes;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.BillingRun;

/// <summary>
/// Does the next step of every case that is due, decided anew at that moment: writes, parks, waits, leaves it to people. Tries of
/// cards are the collect pass's, which came before; one that could not be made is climbed over here.
/// </summary>
internal sealed class AdvanceDunning(BillingDatabase database, DunningPolicies policies, ParkingDesk parking) : Pass(database)
{
    private static readonly Duration Soon = Duration.FromHours(1);

    public override int BatchSize => 100;

    public override string Name => "dunning";

    public override async Task DoAsync(IReadOnlyList<Guid> ids, Instant now, CancellationToken cancellationToken)
    {
        await using var db = Database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var wanted = ids.Select(DunningCaseId.From).ToList();
        var due = await db.DunningCases.Where(c => wanted.Contains(c.Id) && c.NextAt <= now)
            .Join(db.Customers, c => c.CustomerId, c => c.Id, (it, customer) => new { it, customer }).ToListAsync(cancellationToken);
        foreach (var row in due.OrderBy(r => r.it.NextAt))
            await StepAsync(db, await db.FileOfAsync(row.it, row.customer, policies, cancellationToken), now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    // A payment under way decides by itself: nothing is done to its customer meanwhile.
    protected override IQueryable<Guid> Due(BillingDbContext db, Instant now) => db.DunningCases
        .Where(c => c.NextAt <= now)
        .WithoutHold(db)
        .Where(c => !db.PaymentAttempts.Any(a => a.CustomerId == c.CustomerId && (a.State == AttemptState.Started || a.State == AttemptState.Unknown)))
        .Where(c => !db.SetAside.Any(a => a.Pass == "dunning" && a.SubjectId == (Guid)(object)c.Id && a.RetryAt > now))
        .OrderBy(c => c.NextAt).ThenBy(c => c.Id)
        .Select(c => (Guid)(object)c.Id);

    private async Task StepAsync(BillingDbContext db, CaseFile file, Instant now, CancellationToken cancellationToken)
    {
        var (it, today) = (file.Case, file.Customer.Today(now));
        if (it.IsOpen && file.Open.Count == 0)
        {
            await db.CloseIfSettledAsync(it.CustomerId, Actors.Run, now, cancellationToken);
            return;
        }

        var act = Billing.Dunning.Dunning.Next(file.FactsAt(now));
        if (act.At <= now) await DoAsync(db, file, act, today, now, cancellationToken);
        if (it.IsLive) Replan(db, file, now);
    }

    private async Task DoAsync(BillingDbContext db, CaseFile file, DunningAct act, LocalDate today, Instant now, CancellationToken cancellationToken)
    {
        var it = file.Case;
        switch (act.Step)
        {
            case DunningStep.Retry when file.Open.Any(i => i.NextAttemptAt <= now):
                break;
            case DunningStep.Retry:
                it.RetryNotMade(today, now);
                break;
            case DunningStep.Write when it.IsSilenced:
                it.KeepSilent(now);
                break;
            case DunningStep.Write:
                Write(db, file, act, today, now);
                break;
            case DunningStep.Park:
                await parking.ParkAsync(db, file, today, now, cancellationToken);
                break;
            case DunningStep.End when it.State == CaseState.Parked:
                await ParkingDesk.EndAsync(db, file, today, now, cancellationToken);
                break;
            case DunningStep.End:
                await db.CloseCaseAsync(it.CustomerId, CaseState.Stopped, act.Why, Actors.Run, now, cancellationToken);
                foreach (var invoice in file.Open) invoice.PlanAttempt(null);
                break;
            case DunningStep.Wait:
                break;
        }
    }

    private static void Write(BillingDbContext db, CaseFile file, DunningAct act, LocalDate today, Instant now)
    {
        var template = act.Template!.Value;
        db.Record(file.Case.Wrote(template, today, now), Actors.Run, now);
        db.Plan(Notice.Plan(NewId.At(now), file.Customer.Id, template, file.Case.Id.Value, file.Case.Contacts, act.Channel, now, now));
        if (template == NoticeKind.CardExpiredAsk) file.Watch?.Ask(today);
    }

    /// <summary>What is next; when that is a try the gateway could not take, again in an hour.</summary>
    private static void Replan(BillingDbContext db, CaseFile file, Instant now)
    {
        var act = Billing.Dunning.Dunning.Next(file.FactsAt(now));
        if (act is { Step: DunningStep.Retry } && act.At <= now && file.Open.Any(i => i.NextAttemptAt <= now))
            file.Case.PutOff(now + Soon, "The gateway could not be asked; again soon.");
        else db.Replan(file, Actors.Run, now);
    }
}
