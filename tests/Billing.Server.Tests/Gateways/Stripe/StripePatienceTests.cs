using Billing.Payments;
using Billing.Server.Payments.Gateways;
using Billing.Server.Payments.Gateways.Stripe;

namespace Billing.Server.Tests.Gateways.Stripe;

/// <summary>Below the account's rate, people first, back at different times, and a rest for a Stripe that is down.</summary>
public sealed class StripePatienceTests(StripeBook book) : StripeTests(book)
{
    private const int PerSecond = 100;

    [Fact]
    public async Task No_more_is_sent_in_any_time_than_the_bucket_holds()
    {
        var request = await RequestAsync();
        var before = Loopback.Requests.Count;

        await Task.WhenAll(Enumerable.Range(0, 120).Select(_ => ReadAsync(request)));

        var times = Loopback.Requests.Skip(before).Select(r => r.At).ToList();
        Assert.Equal(120, times.Count);
        AssertNeverAbove(times, PerSecond);
        // The run's share, and not much less of it.
        Assert.InRange((times[^1] - times[0]).TotalSeconds, 1.3, 3.0);
    }

    [Fact]
    public async Task Somebody_who_waits_is_served_before_the_runs_line()
    {
        var request = await RequestAsync();
        var run = Enumerable.Range(0, 160).Select(_ => ReadAsync(request)).ToList();

        await Gateway.ChargeAsync(request with { SomebodyWaits = true }, Cancellation);

        Assert.True(run.Count(t => t.IsCompleted) < 40, "A person stood in line behind the run.");
        await Task.WhenAll(run);
    }

    [Fact]
    public void A_wait_is_drawn_from_nothing_to_the_longest_of_its_try()
    {
        var patience = new StripePatience { FirstWait = TimeSpan.FromMilliseconds(100), LongestWait = TimeSpan.FromMilliseconds(700) };
        foreach (var (tries, longest) in new[] { (0, 100), (1, 200), (2, 400), (3, 700), (9, 700), (60, 700) })
        {
            var waits = Enumerable.Range(0, 2_000).Select(_ => StripeCalls.ByLot(patience, tries).TotalMilliseconds / longest).ToList();

            Assert.All(waits, wait => Assert.InRange(wait, 0, 1));
            // Every tenth of the time gets its share of the tries.
            Assert.All(Enumerable.Range(0, 10), tenth => Assert.InRange(waits.Count(w => (int)(w * 9.9999) == tenth), 120, 280));
        }
    }

    [Fact]
    public async Task Those_who_failed_together_do_not_come_back_together()
    {
        var request = await RequestAsync();
        using var gateway = new StripeGateway(
            Loopback.Settings(patience: new() { FirstWait = TimeSpan.FromSeconds(1), Retries = 1, FewestWatched = 1_000 }), Database, Log);
        var tries = new System.Collections.Concurrent.ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        Loopback.Disturb = (line, key) =>
            line == "POST /v1/payment_intents" && tries.AddOrUpdate(key!, 1, (_, n) => n + 1) == 1 ? Trouble.RateLimited : Trouble.None;
        var before = Loopback.Requests.Count;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(
            _ => gateway.ChargeAsync(request with { AttemptId = new(Guid.NewGuid()) }, Cancellation)));

        Assert.All(outcomes, o => Assert.IsType<ChargeOutcome.Succeeded>(o));
        var second = Loopback.Requests.Skip(before).Select(r => r.At).Order().Skip(40).ToList();
        var busiest = second.Max(at => second.Count(other => other >= at && other < at + TimeSpan.FromMilliseconds(100)));
        Assert.InRange(busiest, 1, 16);
    }

    [Fact]
    public async Task A_wait_that_Stripe_asks_for_is_kept()
    {
        var request = await RequestAsync();
        var first = true;
        Loopback.Disturb = (_, _) => first && !(first = false) ? Trouble.RateLimitedForASecond : Trouble.None;
        var before = Loopback.Requests.Count;

        await Gateway.ChargeAsync(request, Cancellation);

        var times = Loopback.Requests.Skip(before).Select(r => r.At).ToList();
        Assert.InRange((times[1] - times[0]).TotalSeconds, 0.99, 5);
    }

    [Fact]
    public async Task A_Stripe_that_is_down_is_left_alone_for_a_while_and_then_asked_again()
    {
        var request = await RequestAsync();
        using var gateway = new StripeGateway(
            Loopback.Settings(patience: new() { Retries = 1, FirstWait = TimeSpan.FromMilliseconds(1), FewestWatched = 10, Rest = TimeSpan.FromSeconds(1) }),
            Database, Log);
        Loopback.Disturb = (_, _) => Trouble.Unavailable;
        for (var i = 0; i < 8; i++) Assert.IsType<ChargeOutcome.Unknown>(await gateway.ChargeAsync(request, Cancellation));
        var asked = Requests("POST /v1/payment_intents");

        for (var i = 0; i < 20; i++)
        {
            var outcome = Assert.IsType<ChargeOutcome.Unknown>(await gateway.ChargeAsync(request, Cancellation));
            Assert.Contains("nothing was sent", outcome.Reason, StringComparison.Ordinal);
        }

        Assert.Equal(10, asked);
        Assert.Equal(asked, Requests("POST /v1/payment_intents"));

        Loopback.Disturb = static (_, _) => Trouble.None;
        ChargeOutcome later;
        do
        {
            later = await gateway.ChargeAsync(request, Cancellation);
        }
        while (later is ChargeOutcome.Unknown);
        Assert.IsType<ChargeOutcome.Succeeded>(later);
        Assert.Single(Loopback.Captures);
    }

    internal override StripeSettings Settings() => Loopback.Settings(PerSecond);

    /// <summary>In no stretch of time are there more than the rate allows, with what a bucket may have saved up.</summary>
    internal static void AssertNeverAbove(IReadOnlyList<TimeSpan> arrivals, int perSecond)
    {
        var times = arrivals.Order().ToList();
        // A tenth of a second's tokens may be saved up; arrivals are shifted by what the way takes, hence another two tenths.
        foreach (var window in new[] { 0.5, 1.0, 2.0 })
        {
            var allowed = perSecond * (window + 0.3);
            for (int first = 0, last = 0; last < times.Count; last++)
            {
                while (times[last] - times[first] > TimeSpan.FromSeconds(window)) first++;
                Assert.True(last - first + 1 <= allowed, $"{last - first + 1} requests in {window} s at {perSecond} a second.");
            }
        }
    }

    private Task<ChargeOutcome?> ReadAsync(ChargeRequest request) =>
        Gateway.FindAsync(request.AttemptId, request.CustomerId, "pi_none", Cancellation);
}
