using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.BillingRun;

/// <summary>
/// The house's one clock: microseconds, as every database keeps them, and moved ahead when the sandbox says so. Read once
/// at the door of a request or run, then passed on.
/// </summary>
public sealed class BillingClock : IClock
{
    private readonly IClock wall;
    private long aheadTicks;

    public BillingClock(IClock? wall = null) => this.wall = wall ?? SystemClock.Instance;

    /// <summary>How far the sandbox has moved it ahead of the wall; below zero while a demo merchant lives through its past.</summary>
    public Duration Ahead
    {
        get => Duration.FromTicks(Interlocked.Read(ref aheadTicks));
        private set => Interlocked.Exchange(ref aheadTicks, value.BclCompatibleTicks);
    }

    /// <summary>The wall's time, for leases and link lifetimes.</summary>
    public Instant WallNow => ToMicroseconds(wall.GetCurrentInstant());

    /// <inheritdoc/>
    public Instant GetCurrentInstant() => ToMicroseconds(wall.GetCurrentInstant() + Ahead);

    /// <summary>Takes up where the sandbox left the clock.</summary>
    public async Task LoadAsync(BillingDatabase database, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var stored = await db.SandboxClocks.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (stored is not null) Ahead = Duration.FromSeconds(stored.AheadSeconds);
    }

    /// <summary>Moves the sandbox's clock so that it is <paramref name="to"/> now, and remembers it.</summary>
    public async Task MoveAsync(BillingDatabase database, Instant to, CancellationToken cancellationToken)
    {
        // Whole seconds, rounded up: what is due at that moment is due when we are there.
        var ahead = Duration.FromSeconds((long)Math.Ceiling((to - wall.GetCurrentInstant()).TotalSeconds));
        await using var db = database.Open();
        if (await db.SandboxClocks.SingleOrDefaultAsync(cancellationToken) is { } stored)
            stored.AheadSeconds = (long)ahead.TotalSeconds;
        else
            db.SandboxClocks.Add(new SandboxClock { AheadSeconds = (long)ahead.TotalSeconds });
        await db.SaveChangesAsync(cancellationToken);
        Ahead = ahead;
    }

    private static Instant ToMicroseconds(Instant instant) =>
        Instant.FromUnixTimeTicks(instant.ToUnixTimeTicks() / 10 * 10);
}

/// <summary>How far the sandbox's clock is ahead of the wall's; one row at most.</summary>
public sealed class SandboxClock
{
    public int Id { get; set; } = 1;
    public long AheadSeconds { get; set; }
}
