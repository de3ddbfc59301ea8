using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.BillingRun;

/// <summary>
/// Lets one process run at a time. Correctness does not rest on it: two runs at once would meet version checks and unique
/// constraints; the lease only spares them the work. A killed owner's lease runs out by itself.
/// </summary>
internal sealed class RunLeases(BillingDatabase database, BillingClock clock)
{
    /// <summary>How often a running owner says that it is alive.</summary>
    private static readonly Duration Beat = Duration.FromSeconds(2);

    private Instant lastBeat;

    /// <summary>Takes the lease unless somebody alive holds it.</summary>
    public async Task<bool> TakeAsync(Guid owner, CancellationToken cancellationToken)
    {
        var now = clock.WallNow;
        await using var db = database.Open();
        var taken = await db.RunLeases
            .Where(l => l.Name == RunLease.BillingRun && (l.Owner == null || l.Until < now))
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.Owner, owner).SetProperty(l => l.Until, now + RunLease.Time), cancellationToken);
        lastBeat = now;
        return taken == 1;
    }

    /// <summary>Holds on to it; at most once a beat.</summary>
    /// <returns>Whether this was a beat, and so the time to show progress too.</returns>
    /// <exception cref="OperationCanceledException">The lease was lost: we were silent too long and another took over.</exception>
    public async Task<bool> KeepAsync(Guid owner, CancellationToken cancellationToken)
    {
        var now = clock.WallNow;
        if (now - lastBeat < Beat) return false;

        await using var db = database.Open();
        var kept = await db.RunLeases.Where(l => l.Name == RunLease.BillingRun && l.Owner == owner)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.Until, now + RunLease.Time), cancellationToken);
        if (kept == 0) throw new OperationCanceledException("The run's lease was taken over by another process.");
        lastBeat = now;
        return true;
    }

    /// <summary>Gives it back at the end.</summary>
    public async Task GiveBackAsync(Guid owner)
    {
        await using var db = database.Open();
        await db.RunLeases.Where(l => l.Name == RunLease.BillingRun && l.Owner == owner)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.Owner, (Guid?)null).SetProperty(l => l.Until, (Instant?)null));
    }
}
