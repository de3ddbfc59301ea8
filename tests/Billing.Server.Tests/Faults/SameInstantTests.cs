using Billing.Client.Contract;
using Billing.Server.Http;
using Billing.Server.Persistence;
using Billing.Server.Plans;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Infrastructure;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;
using NodaTime.Text;

namespace Billing.Server.Tests.Faults;

/// <summary>
/// Pause, return, cancel and the billing run at the same instant, launched in each of their 24 orders and behind a barrier, on
/// subscriptions for which something is due at that moment. Whoever loses is told so and presses again; when all are done the
/// customer stands where the same acts would have led one after the other, and nobody was charged twice.
/// </summary>
public sealed class SameInstantTests(PostgresServer postgres)
{
    /// <summary>The run is launched first, second, third or last; six customers a day do the other three in six orders.</summary>
    private const int RunPositions = 4, Patience = 20;

    private static readonly Instant FirstOfApril = Instant.FromUtc(2026, 4, 1, 9, 0);
    private static readonly Duration Day = Duration.FromDays(1);
    private static readonly int[][] SixOrders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

    /// <summary>
    /// Where it ends, one after the other: by what is due at the instant. Lifecycle, whether an end is planned, and its breaks.
    /// </summary>
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        // Billed and then cancelled, perhaps after a pause and a return; cancelled before it was billed; left from the beach.
        ["a renewal"] = ["active ending", "active ending, returned", "ended", "ended, lost"],
        // Back, and cancelled, or away once more before that; or left from the beach, the first time or the second.
        ["a return"] = ["active ending, returned", "active ending, returned, returned", "ended, lost", "ended, returned, lost"],
        // Cancelled before it began, while away, or after coming back on the same day, when the next period is not billed.
        ["a planned break"] = ["ended, withdrawn", "ended, lost", "ended, returned"],
        // Whether by its plan or by a cancel now.
        ["a planned end"] = ["ended"],
    };

    /// <summary>
    /// Where only an act between two passes of the run leads: gone and back before the renewals, and so billed before it is cancelled; or
    /// gone and back between the bill and its collection, so that nothing was paid for that could wait, and the next bill is cancelled.
    /// </summary>
    private static readonly Dictionary<string, string[]> BetweenPasses = new(StringComparer.Ordinal)
    {
        ["a renewal"] = ["ended, returned"],
        ["a planned break"] = ["active ending, returned"],
    };

    private static readonly string[] Answers =
    [
        "done", "renewal_due", "on_a_break", "not_on_a_break", "break_planned", "cancel_planned", "cancel_already_planned",
        "subscription_ended", "payment_in_progress",
    ];

    [Theory]
    [InlineData("a renewal"), InlineData("a return"), InlineData("a planned break"), InlineData("a planned end")]
    public Task Whoever_is_first_nobody_is_charged_twice(string due) => RaceAsync(Databases.Postgres, due, days: RunPositions + 2);

    [Theory]
    [InlineData("a renewal"), InlineData("a return"), InlineData("a planned break"), InlineData("a planned end")]
    public Task On_one_file_too(string due) => RaceAsync(Databases.Sqlite, due, days: 2);

    [Theory]
    [InlineData("a renewal"), InlineData("a return"), InlineData("a planned break"), InlineData("a planned end")]
    public async Task One_after_the_other_the_orders_lead_to_the_allowed_outcomes(string due)
    {
        await using var house = await OpenAsync(Databases.Sqlite);
        var byDay = await PrepareAsync(house, due, RunPositions);
        HashSet<string> outcomes = new(StringComparer.Ordinal);
        for (var day = 0; day < RunPositions; day++)
        {
            house.Clock.Now = Race(day);
            foreach (var act in Launches(house, due, byDay[day], day)) Assert.Contains(await PressAsync(act), Answers);
            await house.RunAsync();
            foreach (var subscription in byDay[day]) outcomes.Add(await OutcomeAsync(house, subscription));
        }

        Assert.Equal(Allowed[due].Order(StringComparer.Ordinal), outcomes.Order(StringComparer.Ordinal));
        await LiveOnAsync(house);
    }

    private async Task RaceAsync(string database, string due, int days)
    {
        await using var house = await OpenAsync(database);
        var byDay = await PrepareAsync(house, due, days);
        for (var day = 0; day < days; day++)
        {
            house.Clock.Now = Race(day);
            var launches = Launches(house, due, byDay[day], day);
            // The first days are launched in order, one right after the other; on the others all wait until all are there.
            using var barrier = new Barrier(day < RunPositions && days > RunPositions ? 1 : launches.Count);
            var answers = await Task.WhenAll(launches.Select(act => Task.Factory.StartNew(
                () =>
                {
                    if (barrier.ParticipantCount > 1) barrier.SignalAndWait(TestHouse.Cancellation);
                    return PressAsync(act);
                },
                TestHouse.Cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));

            Assert.All(answers, answer => Assert.Contains(answer, Answers));
            await house.RunAsync();
            foreach (var subscription in byDay[day])
            {
                Assert.Contains(await OutcomeAsync(house, subscription), Allowed[due].Concat(BetweenPasses.GetValueOrDefault(due, [])));
                await NothingTwiceAsync(house, subscription);
            }
        }

        await house.MustAgreeAsync();
        await LiveOnAsync(house);
    }

    private static Instant Race(int day) => FirstOfApril + Day * (30 + day);

    /// <summary>Each customer's three acts in an order of their own, and among them, at the day's position, the run.</summary>
    private static List<Func<Task>> Launches(TestHouse house, string due, IReadOnlyList<Guid> subscriptions, int day)
    {
        List<Func<Task>> launches = [];
        for (var position = 0; position < RunPositions; position++)
        {
            var runAt = day % RunPositions;
            if (position == runAt) launches.Add(house.RunAsync);
            else launches.AddRange(subscriptions.Select((s, i) => Acts(house, due, s)[SixOrders[i][position - (position > runAt ? 1 : 0)]]));
        }

        return launches;
    }

    private static Func<Task>[] Acts(TestHouse house, string due, Guid subscription) =>
    [
        () => house.SendAsync(new TakeBreak(subscription, new NewBreak(On(house.Clock.Now, 31)))),
        () => house.SendAsync(new ReturnFromBreak(subscription)),
        () => house.SendAsync(new CancelSubscription(subscription, new Cancellation(due == "a planned end" ? "now" : "period_end"))),
    ];

    /// <summary>
    /// Does it; who lost against somebody faster presses again. Whatever the edge does not know is a crash; and a
    /// deadlock, though the edge knows it, is two of ours that take their rows in different orders.
    /// </summary>
    private static async Task<string> PressAsync(Func<Task> act)
    {
        for (var again = 0; ; again++)
        {
            try
            {
                await act();
                return "done";
            }
            catch (Refused refused)
            {
                return refused.Code;
            }
            catch (Exception e) when (again < Patience && !Deadlock.Is(e) && Problems.Of(e) is { Code: Problems.ChangedMeanwhile or "already_exists" })
            {
                // Nothing was done; the page says so and the customer presses again.
            }
        }
    }

    /// <summary>Six customers a day, for whom something is due thirty days after the day they began.</summary>
    private static async Task<List<List<Guid>>> PrepareAsync(TestHouse house, string due, int days)
    {
        List<List<Guid>> byDay = [];
        for (var day = 0; day < days; day++)
        {
            house.Clock.Now = FirstOfApril + Day * day;
            byDay.Add([]);
            foreach (var _ in SixOrders) byDay[^1].Add((await house.SubscribeAsync()).Id);
            await house.RunAsync();
        }

        for (var day = 0; day < days; day++)
        {
            house.Clock.Now = FirstOfApril + Day * (days + day);
            foreach (var subscription in byDay[day]) await WishAsync(house, due, subscription, 30 - days);
        }

        for (var day = 0; day < days && due == "a return"; day++)
        {
            // The day on which the return is announced.
            house.Clock.Now = FirstOfApril + Day * (23 + day);
            await house.RunAsync();
        }

        return byDay;
    }

    private static async Task WishAsync(TestHouse house, string due, Guid subscription, int daysToGo)
    {
        if (due == "a return") await house.SendAsync(new TakeBreak(subscription, new NewBreak(On(house.Clock.Now, daysToGo))));
        if (due == "a planned break") await house.SendAsync(new TakeBreak(subscription, new NewBreak(On(house.Clock.Now, 60), "period_end")));
        if (due == "a planned end") await house.SendAsync(new CancelSubscription(subscription, new Cancellation("period_end")));
    }

    private static string On(Instant now, int days) => LocalDatePattern.Iso.Format(now.InUtc().Date.PlusDays(days));

    private static async Task<string> OutcomeAsync(TestHouse house, Guid id)
    {
        var subscription = await house.ReadAsync(db => db.Subscriptions.SingleAsync(s => s.Id == new SubscriptionId(id), TestHouse.Cancellation));
        var breaks = await house.ReadAsync(db => db.Breaks
            .Where(b => b.SubscriptionId == new SubscriptionId(id)).OrderBy(b => b.Number).ToListAsync(TestHouse.Cancellation));

        // What is live is never forgotten, and the break says what the subscription says.
        var live = breaks.SingleOrDefault(b => b.IsLive);
        Assert.Equal(subscription.Lifecycle == Lifecycle.Ended, subscription.NextBillingAt is null && live?.NextStepAt is null);
        Assert.Equal(live is { State: BreakState.Away }, subscription.Lifecycle == Lifecycle.Paused);
        Assert.Equal(live is { State: BreakState.Planned } planned ? planned.StartsOn : null, subscription.BreakStartsOn);
        return string.Join(
            ", ", [Wire.Word(subscription.Lifecycle) + (subscription.CancelAtPeriodEnd ? " ending" : ""), .. breaks.Select(b => Wire.Word(b.State))]);
    }

    private static async Task NothingTwiceAsync(TestHouse house, Guid id)
    {
        var invoices = (await house.InvoicesAsync()).Where(i => i.SubscriptionId == new SubscriptionId(id)).ToList();
        Assert.All(
            invoices.GroupBy(i => (i.Kind, i.PeriodStart)),
            same => Assert.True(same.Sum(i => house.Gateway.Ledger.CapturesOf(i.Id).Count) <= 1, $"{same.Key} was charged twice."));
    }

    /// <summary>A second run finds nothing to do; then months pass, and the books agree all the way.</summary>
    private static async Task LiveOnAsync(TestHouse house)
    {
        var before = await house.ReadAsync(db => db.History.CountAsync(TestHouse.Cancellation));
        await house.RunAsync();
        Assert.Equal(before, await house.ReadAsync(db => db.History.CountAsync(TestHouse.Cancellation)));

        for (var month = 0; month < 3; month++)
        {
            house.Clock.Now += Day * 25;
            await house.RunAsync();
        }

        Assert.Empty(await house.ReadAsync(db => db.SetAside.ToListAsync(TestHouse.Cancellation)));
        await house.MustAgreeAsync();
        await house.NothingIsLeftUnknownAsync();
    }

    private async Task<TestHouse> OpenAsync(string database)
    {
        var house = await TestHouse.OnAsync(database, postgres, FirstOfApril);
        await house.SellProAsync();
        await house.SendAsync(new AllowBreaks(Merchant.Pro, new BreakTermsView(new Amount(500, "USD"), 7, 180, PerYear: 12)));
        return house;
    }
}
