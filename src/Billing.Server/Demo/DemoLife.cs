using Billing.Server.BillingRun;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Demo;

/// <summary>
/// Brings the demo merchant to life: the clock is set back, then every day on which something happens is lived through, by
/// the same commands and the same billing run as any other day. No row is put in by hand. While the clock is behind the
/// wall's the demo is unfinished, and the next start goes on.
/// </summary>
internal sealed class DemoLife(
    DemoSettings settings, BillingDatabase database, BillingClock clock, BillingRunner runner, DemoActor actor,
    DemoProgress progress)
{
    /// <summary>When the merchant's day begins, in UTC.</summary>
    private static readonly LocalTime Opens = new(6, 0);

    /// <summary>When the post goes once more for whoever sleeps at that hour.</summary>
    private static readonly LocalTime SecondPost = new(17, 0);

    /// <summary>Makes it, goes on making it, or finds it made.</summary>
    /// <returns>Whether there is a demo merchant; none is put beside somebody's own data.</returns>
    public async Task<bool> ComeToLifeAsync(CancellationToken cancellationToken)
    {
        var begun = await BegunAsync(cancellationToken);
        if (begun is { IsUnfinished: true }) await LiveAsync(begun.OpenedOn, cancellationToken);
        return begun is not null;
    }

    /// <summary>Begins in an empty database, or finds what an earlier start began.</summary>
    /// <returns><see langword="null"/> when the database holds somebody's own data.</returns>
    private async Task<Begun?> BegunAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var firstPlan = await db.Plans.OrderBy(p => p.CreatedAt).Select(p => (Instant?)p.CreatedAt).FirstOrDefaultAsync(cancellationToken);
        if (clock.Ahead < Duration.Zero) return new((firstPlan ?? clock.GetCurrentInstant()).InUtc().Date, IsUnfinished: true);
        if (await db.Customers.AnyAsync(c => c.ExternalId == DemoPeople.English, cancellationToken)) return new(firstPlan!.Value.InUtc().Date, false);
        if (firstPlan is not null || clock.Ahead > Duration.Zero || await db.Customers.AnyAsync(cancellationToken)) return null;

        var opened = settings.OpenedOn(clock.WallNow.InUtc().Date);
        await clock.MoveAsync(database, At(opened), cancellationToken);
        return new(opened, IsUnfinished: true);
    }

    private async Task LiveAsync(LocalDate opened, CancellationToken cancellationToken)
    {
        var days = Period.DaysBetween(opened, opened.PlusMonths(settings.Months));
        var done = await actor.DoneAsync(cancellationToken);
        var steps = new Queue<DemoStep>(DemoScript.Of(settings, days).Where(step => !done.Contains(step.Name)));

        // A demo cut short goes on with the day it was cut short on.
        for (var day = Period.DaysBetween(opened, clock.GetCurrentInstant().InUtc().Date); day < days; day = await NextDayAsync(opened, day, steps, cancellationToken))
        {
            progress.Lives(opened.PlusDays(day), day * 100 / days);
            if (At(opened.PlusDays(day)) is var morning && morning > clock.GetCurrentInstant())
                await clock.MoveAsync(database, morning, cancellationToken);
            await DayAsync(day, steps, cancellationToken);
            await PostAsync(opened.PlusDays(day), cancellationToken);
        }

        await clock.MoveAsync(database, clock.WallNow, cancellationToken);
        await DayAsync(days, steps, cancellationToken);
    }

    private async Task DayAsync(int day, Queue<DemoStep> steps, CancellationToken cancellationToken)
    {
        while (steps.TryPeek(out var step) && step.Day <= day)
        {
            await actor.DoAsync(step, cancellationToken);
            steps.Dequeue();
        }

        await RunAsync(cancellationToken);
    }

    /// <summary>The morning's hour is night elsewhere: what waits for a better one goes in the afternoon.</summary>
    private async Task PostAsync(LocalDate day, CancellationToken cancellationToken)
    {
        var evening = (day + SecondPost).InUtc().ToInstant();
        await using var db = database.Open();
        if (evening >= clock.WallNow || !await db.Notices.AnyAsync(n => n.DueAt <= evening, cancellationToken)) return;
        await clock.MoveAsync(database, evening, cancellationToken);
        await RunAsync(cancellationToken);
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await runner.RunAsync("demo", cancellationToken);
                return;
            }
            catch (Refused busy) when (busy.Code == "run_in_progress")
            {
                progress.Waits("Another billing run is under way, or was killed a moment ago: its lease runs out within two minutes.");
                await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
            }
        }
    }

    /// <summary>The next day on which somebody acts or something is due.</summary>
    private async Task<int> NextDayAsync(LocalDate opened, int day, Queue<DemoStep> steps, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var nextStep = steps.TryPeek(out var step) ? step.Day : int.MaxValue;
        var nextDue = await db.NextDueAsync(cancellationToken) is { } soonest ? DayOf(opened, soonest) : int.MaxValue;
        return Math.Max(day + 1, Math.Min(nextStep, nextDue));
    }

    /// <summary>The first day whose morning is not before <paramref name="instant"/>.</summary>
    private static int DayOf(LocalDate opened, Instant instant)
    {
        var local = instant.InUtc().LocalDateTime;
        return Period.DaysBetween(opened, local.Date) + (local.TimeOfDay > Opens ? 1 : 0);
    }

    private static Instant At(LocalDate day) => (day + Opens).InUtc().ToInstant();

    private sealed record Begun(LocalDate OpenedOn, bool IsUnfinished);
}
