using Billing.Client.Contract;
using Billing.Server.Http;
using Billing.Server.Payments.Gateways;
using Billing.Server.Payments.Gateways.Sandbox;
using Billing.Server.Persistence;
using NodaTime;
using NodaTime.Text;

namespace Billing.Server.BillingRun;

/// <summary>
/// Moves the sandbox's clock ahead, a day at a time and past days on which nothing is due, and lets the billing run do at
/// each stop what it would have done then: a year of a customer's life in seconds.
/// </summary>
internal sealed class SandboxTravel(
    BillingDatabase database, BillingClock clock, BillingRunner runner, IPaymentGateway gateway, SandboxPost post,
    IHostApplicationLifetime lifetime) : IDisposable
{
    /// <summary>The most days one call moves it.</summary>
    public const int MostDays = 400;

    private static readonly Duration Day = Duration.FromHours(24);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly SemaphoreSlim one = new(1);

    public ClockView Read() => gateway is SandboxGateway
        ? new(clock.GetCurrentInstant().Iso(), (long)clock.Ahead.TotalSeconds)
        : throw NotFound.Of("clock: only the sandbox's can be moved");

    /// <summary>Goes there. A caller who hangs up does not stop it; a server that stops does, after the run under way.</summary>
    /// <exception cref="Refused"><c>clock_never_goes_back</c>, <c>too_far</c>, <c>one_of_two</c>.</exception>
    public async Task<ClockView> AdvanceAsync(ClockAdvance advance, string actor)
    {
        _ = Read();
        var stop = lifetime.ApplicationStopping;
        await one.WaitAsync(stop);
        try
        {
            var to = Target(advance, clock.GetCurrentInstant());
            // What is due before we leave is done today, not tomorrow.
            await RunAsync(actor, stop);
            var runs = 1;
            for (var now = clock.GetCurrentInstant(); now < to; now = clock.GetCurrentInstant(), runs++)
            {
                await clock.MoveAsync(database, await NextStopAsync(now, to, stop), stop);
                await RunAsync(actor, stop);
            }

            return Read() with { Runs = runs };
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private static Instant Target(ClockAdvance advance, Instant now)
    {
        var (to, field) = (advance.To, advance.Days) switch
        {
            (null, { } days) => (days is >= 1 and <= MostDays ? now + Duration.FromDays(days) : throw TooFar("days"), "days"),
            ({ } text, null) => (InstantPattern.ExtendedIso.Parse(text) is { Success: true } parsed ? parsed.Value
                : throw new Refused("bad_instant", "An instant is written 2027-01-31T00:00:00Z.", "to"), "to"),
            _ => throw new Refused("one_of_two", "Say to or days, one of the two.", "to"),
        };
        if (to <= now) throw new Refused("clock_never_goes_back", $"It is {now.Iso()} already.", field);
        return to - now <= Duration.FromDays(MostDays) ? to : throw TooFar(field);

        static Refused TooFar(string field) => new("too_far", $"The clock moves at least a moment and at most {MostDays} days at a time.", field);
    }

    // A day later, so that nothing waits longer than a day of its own; later still when nothing is due that soon.
    private async Task<Instant> NextStopAsync(Instant now, Instant to, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var due = await db.NextDueAsync(cancellationToken) ?? to;
        // A notice waits for the customer's morning; a stop at the same hour every day might never meet one.
        var said = await db.SoonestNoticeAsync(now, cancellationToken) ?? to;
        return Instant.Min(to, Instant.Min(said, Instant.Max(now + Day, due)));
    }

    private async Task RunAsync(string actor, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await post.DeliverAsync(cancellationToken);
                await runner.RunAsync(actor, cancellationToken);
                return;
            }
            catch (Refused busy) when (busy.Code == "run_in_progress")
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }
}
