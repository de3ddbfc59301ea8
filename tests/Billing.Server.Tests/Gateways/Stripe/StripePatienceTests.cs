using System.Globalization;
using System.Text.RegularExpressions;
using Billing.Payments;
using Billing.Server.Payments.Gateways;
using Billing.Server.Payments.Gateways.Stripe;

namespace Billing.Server.Tests.Gateways.Stripe;

/// <summary>Below the account's rate, people first, back at different times, and a rest for a Stripe that is down.</summary>
public sealed partial class StripePatienceTests(StripeBook book) : StripeTests(book)
{
    private const int PerSecond = 100;

    [Fact]
    public async Task No_more_is_sent_in_any_time_than_the_bucket_holds()
    {
        var request = await RequestAsync();
        var (start, before) = (Loopback.Elapsed, Loopback.Requests.Count);

        var people = Enumerable.Range(0, 60).Select(_ => Gateway.ChargeAsync(
            request with { AttemptId = new(Guid.NewGuid()), SomebodyWaits = true }, Cancellation)).ToList();
        await Task.WhenAll(Enumerable.Range(0, 90).Select(_ => ReadAsync(request)));
        await Task.WhenAll(people);

        Assert.Equal(150, Loopback.Requests.Count - before);
        AssertNeverAbove(start, [.. Loopback.Requests.Skip(before).Select(r => r.At)], PerSecond);
    }

    [Fact]
    public async Task The_run_gets_eight_tenths_and_no_more()
    {
        var request = await RequestAsync();
        var (start, before) = (Loopback.Elapsed, Loopback.Requests.Count);

        await Task.WhenAll(Enumerable.Range(0, 120).Select(_ => ReadAsync(request)));

        AssertNeverAbove(start, [.. Loopback.Requests.Skip(before).Select(r => r.At)], PerSecond * 8 / 10);
    }

    [Fact]
    public async Task Somebody_who_waits_is_served_before_the_runs_line()
    {
        var request = await RequestAsync();
        var run = Enumerable.Range(0, 160).Select(_ => ReadAsync(request)).ToList();

        await Gateway.ChargeAsync(request with { SomebodyWaits = true }, Cancellation);

        Assert.True(run.Count(t => t.IsCompleted) < 120, "A person stood in line behind the run.");
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

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(
            _ => gateway.ChargeAsync(request with { AttemptId = new(Guid.NewGuid()) }, Cancellation)));

        Assert.All(outcomes, o => Assert.IsType<ChargeOutcome.Succeeded>(o));
        var waits = Log.Lines.Select(line => Wait().Match(line)).Where(m => m.Success)
            .Select(m => int.Parse(m.Groups["ms"].Value, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(40, waits.Count);
        Assert.True(waits.Select(ms => ms / 100).Distinct().Count() >= 6, $"They come back after {string.Join(", ", waits)} ms.");
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
        Assert.InRange((times[1] - times[0]).TotalSeconds, 0.99, 60);
    }

    [Fact]
    public async Task A_Stripe_that_is_down_is_left_alone_for_a_while_and_then_asked_again()
    {
        var (request, clock) = (await RequestAsync(), new StoppedClock());
        using var gateway = new StripeGateway(
            Loopback.Settings(patience: new() { Retries = 1, FirstWait = TimeSpan.FromMilliseconds(1), FewestWatched = 10, Clock = clock }), Database, Log);
        Loopback.Disturb = (_, _) => Trouble.Unavailable;
        for (var i = 0; i < 8; i++) Assert.IsType<ChargeOutcome.Unknown>(await gateway.ChargeAsync(request, Cancellation));
        var asked = Requests("POST /v1/payment_intents");

        for (var i = 0; i < 5; i++)
        {
            var outcome = Assert.IsType<ChargeOutcome.Unknown>(await gateway.ChargeAsync(request, Cancellation));
            Assert.Contains("nothing was sent", outcome.Reason, StringComparison.Ordinal);
        }

        Assert.Equal(10, asked);
        Assert.Equal(asked, Requests("POST /v1/payment_intents"));

        Loopback.Disturb = static (_, _) => Trouble.None;
        clock.Passed = new StripePatience().Rest - TimeSpan.FromMilliseconds(1);
        Assert.IsType<ChargeOutcome.Unknown>(await gateway.ChargeAsync(request, Cancellation));
        clock.Passed = new StripePatience().Rest;
        Assert.IsType<ChargeOutcome.Succeeded>(await gateway.ChargeAsync(request, Cancellation));
        Assert.Single(Loopback.Captures);
    }

    internal override StripeSettings Settings() => Loopback.Settings(PerSecond);

    /// <summary>
    /// At no moment since the start has more arrived than the rate allows in that time, with the tenth of a second that a bucket may
    /// have saved up and the next tenth, which it hands out at once. What arrives late, on a busy machine, is never too much by that.
    /// </summary>
    internal static void AssertNeverAbove(TimeSpan start, IReadOnlyList<TimeSpan> arrivals, int perSecond)
    {
        foreach (var (sent, at) in arrivals.Order().Index())
        {
            var allowed = perSecond * ((at - start).TotalSeconds + 0.2) + 1;
            Assert.True(sent + 1 <= allowed, $"{sent + 1} requests within {(at - start).TotalSeconds:0.000} s at {perSecond} a second.");
        }
    }

    /// <summary>Shows a time that passes only when it is told to; what waits, waits really.</summary>
    private sealed class StoppedClock : TimeProvider
    {
        private readonly DateTimeOffset start = new(2026, 5, 1, 10, 0, 0, TimeSpan.Zero);

        public TimeSpan Passed { get; set; }

        public override DateTimeOffset GetUtcNow() => start + Passed;

        public override long GetTimestamp() => (long)(Passed.TotalSeconds * TimestampFrequency);
    }

    [GeneratedRegex("follows in (?<ms>[0-9]+) ms", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Wait();

    private Task<ChargeOutcome?> ReadAsync(ChargeRequest request) =>
        Gateway.FindAsync(request.AttemptId, request.CustomerId, "pi_none", Cancellation);
}
