using System.Diagnostics;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.BillingRun;

/// <summary>
/// Runs one pass to its end: batch by batch while something is due; a batch that fails is done item by item; an item that
/// fails is set aside with its error, and the run goes on. The only place that catches what it does not know.
/// </summary>
internal sealed class PassLoop(BillingDatabase database, ILogger<PassLoop> log)
{
    /// <summary>Called after every batch; throws when the run must stop.</summary>
    public delegate Task Progressed(RunPass progress, CancellationToken cancellationToken);

    public async Task RunAsync(Pass pass, RunPass progress, Instant now, Progressed progressed, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        progress.Due = await pass.CountDueAsync(now, cancellationToken);

        while (await pass.NextDueAsync(now, cancellationToken) is { Count: > 0 } ids)
        {
            var done = await DoBatchAsync(pass, ids, now, cancellationToken);
            progress.Done += done;
            progress.SetAside += ids.Count - done;
            progress.Milliseconds = watch.ElapsedMilliseconds;
            await progressed(progress, cancellationToken);
        }

        await ForgetHealedAsync(pass, now, cancellationToken);
        progress.Milliseconds = watch.ElapsedMilliseconds;
        await progressed(progress, cancellationToken);
    }

    /// <returns>How many were done.</returns>
    private async Task<int> DoBatchAsync(Pass pass, IReadOnlyList<Guid> ids, Instant now, CancellationToken cancellationToken)
    {
        try
        {
            await pass.DoAsync(ids, now, cancellationToken);
            return ids.Count;
        }
        catch (ItemsFailed e)
        {
            foreach (var (id, error) in e.Errors) await SetAsideAsync(pass, id, error, now, cancellationToken);
            return ids.Count - e.Errors.Count;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            log.LogWarning(e, "A batch of {Count} of pass {Pass} failed; its items are done one by one", ids.Count, pass.Name);
        }

        var done = 0;
        foreach (var id in ids)
        {
            try
            {
                await pass.DoAsync([id], now, cancellationToken);
                done++;
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                await SetAsideAsync(pass, id, e, now, cancellationToken);
            }
        }

        return done;
    }

    private async Task SetAsideAsync(Pass pass, Guid id, Exception error, Instant now, CancellationToken cancellationToken)
    {
        log.LogError(error, "{Pass} {Subject} is set aside", pass.Name, id);
        await using var db = database.Open();
        var item = await db.SetAside.SingleOrDefaultAsync(a => a.Pass == pass.Name && a.SubjectId == id, cancellationToken);
        if (item is null)
        {
            item = new SetAsideItem { Pass = pass.Name, SubjectId = id, FirstFailedAt = now };
            db.SetAside.Add(item);
        }

        item.Fail(error, now);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>
    /// At the end of a pass whatever was to be tried again by now was either done, or is no longer due; what failed again
    /// waits for a later time.
    /// </summary>
    private async Task ForgetHealedAsync(Pass pass, Instant now, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        await db.SetAside.Where(a => a.Pass == pass.Name && a.RetryAt <= now).ExecuteDeleteAsync(cancellationToken);
    }
}
