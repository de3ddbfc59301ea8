using Billing.Server.Ledger;
using Billing.Server.Notices;
using Billing.Server.Persistence;
using Billing.Server.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.BillingRun;

/// <summary>
/// The billing run. Its passes, in order; data moves down only. Running it twice changes nothing; killed anywhere, the next
/// run goes on where it was. See docs/billing-run.md.
/// </summary>
internal sealed class BillingRunner(
    BillingDatabase database, BillingClock clock, RunLeases leases, PassLoop loop, TakeInNotices noticesIn,
    ResolveUnknownAttempts resolve, AnnouncePriceMoves announce, FollowBreaks breaks, RenewDueSubscriptions renew,
    FindExpiredCards expired, WatchCards news, CollectOpenInvoices collect, SendRefunds refund, AdvanceDunning dunning,
    LookBackOnSessions lookBack, ReconcileWithGateway reconcile, CloseDay closeDay, CloseBooks closeBooks, WriteNotices notices, DeliverLetters deliver,
    PublishFacts publish, DeliverWebhooks webhooks, ILogger<BillingRunner> log)
{
    /// <summary>Does all that is due now.</summary>
    /// <param name="startedBy">Who asked: <c>schedule</c>, <c>operator</c>, <c>key:name</c>.</param>
    /// <param name="cancellationToken">Stops it after the batch under way.</param>
    /// <param name="begun">Told as soon as it is written down.</param>
    /// <exception cref="Refused"><c>run_in_progress</c>: another run holds the lease.</exception>
    public async Task<RunRecord> RunAsync(string startedBy, CancellationToken cancellationToken, Action<RunRecord>? begun = null)
    {
        var now = clock.GetCurrentInstant();
        var run = new RunRecord
        {
            Id = NewId.At(now), AsOf = now, StartedBy = startedBy, StartedAt = clock.WallNow,
        };
        if (!await leases.TakeAsync(run.Id, cancellationToken))
            throw new Refused("run_in_progress", "Another billing run is under way.");

        await BeginAsync(run, cancellationToken);
        begun?.Invoke(run);
        try
        {
            await PassAsync(run, 1, noticesIn, cancellationToken);
            await PassAsync(run, 2, resolve, cancellationToken);
            await PassAsync(run, 3, announce, cancellationToken);
            await PassAsync(run, 4, breaks, cancellationToken);
            await PassAsync(run, 5, renew, cancellationToken);
            await PassAsync(run, 6, expired, cancellationToken);
            await PassAsync(run, 7, news, cancellationToken);
            await PassAsync(run, 8, collect, cancellationToken);
            await PassAsync(run, 9, refund, cancellationToken);
            await PassAsync(run, 10, dunning, cancellationToken);
            await PassAsync(run, 11, lookBack, cancellationToken);
            await PassAsync(run, 12, reconcile, cancellationToken);
            await CloseAsync(run, 13, cancellationToken);
            await PassAsync(run, 14, notices, cancellationToken);
            await PassAsync(run, 15, deliver, cancellationToken);
            await PassAsync(run, 16, publish, cancellationToken);
            await PassAsync(run, 17, webhooks, cancellationToken);
            await EndAsync(run, RunState.Finished, null);
        }
        catch (OperationCanceledException)
        {
            await EndAsync(run, RunState.Interrupted, "Stopped.");
            throw;
        }
        catch (Exception e)
        {
            await EndAsync(run, RunState.Failed, e.GetBaseException().Message);
            throw;
        }

        return run;
    }

    private async Task PassAsync(RunRecord run, int position, Pass pass, CancellationToken cancellationToken)
    {
        var progress = new RunPass { RunId = run.Id, Position = position, Name = pass.Name };
        await loop.RunAsync(pass, progress, run.AsOf, (p, stop) => ShowAsync(run, p, stop), cancellationToken);
        await WriteAsync(progress);
        if (progress.SetAside > 0)
            log.LogError("Pass {Pass} set {Count} items aside: they are not done and want a person's look", pass.Name, progress.SetAside);
    }

    private async Task CloseAsync(RunRecord run, int position, CancellationToken cancellationToken)
    {
        var progress = new RunPass { RunId = run.Id, Position = position, Name = CloseDay.Name };
        progress.Done = progress.Due = await closeDay.DoAsync(run.Id, cancellationToken) + await closeBooks.DoAsync(run.Id, run.AsOf, cancellationToken);
        await WriteAsync(progress);
    }

    private async Task BeginAsync(RunRecord run, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        // We hold the lease, so whoever is still written down as running is not.
        await db.Runs.Where(r => r.State == RunState.Running).ExecuteUpdateAsync(
            set => set.SetProperty(r => r.State, RunState.Interrupted).SetProperty(r => r.FinishedAt, run.StartedAt), cancellationToken);
        db.Runs.Add(run);
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task EndAsync(RunRecord run, RunState state, string? error)
    {
        await using var db = database.Open();
        (run.State, run.FinishedAt) = (state, clock.WallNow);
        run.Error = error?[..Math.Min(error.Length, RunRecord.LongestError)];
        db.Runs.Update(run);
        await db.SaveChangesAsync(CancellationToken.None);
        await leases.GiveBackAsync(run.Id);
    }

    private async Task ShowAsync(RunRecord run, RunPass progress, CancellationToken cancellationToken)
    {
        if (!await leases.KeepAsync(run.Id, cancellationToken)) return;
        await WriteAsync(progress);
        log.LogInformation(
            "{Pass}: {Done} done, {ToGo} to go, {Rate}/s, {SetAside} set aside", progress.Name, progress.Done,
            Math.Max(0, progress.Due - progress.Done - progress.SetAside), progress.Done * 1000L / Math.Max(1, progress.Milliseconds),
            progress.SetAside);
    }

    private async Task WriteAsync(RunPass progress)
    {
        await using var db = database.Open();
        var known = await db.RunPasses.AnyAsync(p => p.RunId == progress.RunId && p.Position == progress.Position);
        if (known) db.RunPasses.Update(progress);
        else db.RunPasses.Add(progress);
        await db.SaveChangesAsync(CancellationToken.None);
    }
}
