using Billing.Invoicing;
using Billing.Server.Payments.Gateways.Stripe;
using Billing.Server.Tests.Infrastructure;
using Billing.Server.Tests.Persistence.OnSqlServer;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Gateways.Stripe;

/// <summary>Bursts of 429, 500, lock time-outs and lost answers, through the whole house; by itself, because it measures how fast it is.</summary>
[Collection(LastOfAll.Collection)]
public sealed class StripeStormTests(StripeBook book) : IClassFixture<StripeBook>
{
    private const int Customers = 150, PerSecond = 150;
    private const string ChargeLine = "POST /v1/payment_intents";

    /// <summary>So many requests meet the storm.</summary>
    private const int StormLasts = 260;

    private static readonly Trouble[] Weather =
    [
        Trouble.RateLimited, Trouble.LockTimeout, Trouble.Unavailable, Trouble.None, Trouble.ErrorStoredAfter, Trouble.RateLimited,
        Trouble.DropAfter, Trouble.ErrorStored, Trouble.LockTimeout, Trouble.None, Trouble.DropBefore, Trouble.Conflict,
    ];

    [Fact]
    public async Task In_a_storm_nothing_is_lost_nothing_is_sent_above_the_bucket_and_afterwards_it_is_as_fast_as_before()
    {
        var clock = new MovableClock(Instant.FromUtc(2026, 5, 1, 9, 0));
        await using var stripe = await StripeLoopback.OpenAsync(clock);
        var patience = new StripePatience
        {
            Retries = 4, FirstWait = TimeSpan.FromMilliseconds(50), LongestWait = TimeSpan.FromMilliseconds(400), Rest = TimeSpan.FromMilliseconds(500),
        };
        await using var house = await TestHouse.OnSqliteAsync(
            clock.Now, new Badly { Gateway = _ => new StripeGateway(stripe.Settings(PerSecond, patience), book.Database, new LogBook()) });
        await house.SellProAsync();
        await house.SubscribeManyAsync(Customers);

        var before = await MonthAsync(house, stripe, clock, Instant.FromUtc(2026, 5, 1, 9, 0));
        Assert.Equal(Customers, stripe.Captures.Count);

        var (seen, troubled, remembered) = (0, 0, 0);
        stripe.Disturb = (line, _) =>
        {
            var number = Interlocked.Increment(ref seen);
            var trouble = number <= StormLasts ? Weather[number % Weather.Length] : Trouble.None;
            if (trouble != Trouble.None) Interlocked.Increment(ref troubled);
            // A few errors are remembered for a day: asking about each of those costs every try there is.
            return trouble is not (Trouble.ErrorStored or Trouble.ErrorStoredAfter) || line == ChargeLine && Interlocked.Increment(ref remembered) <= 8
                ? trouble
                : Trouble.Unavailable;
        };
        await MonthAsync(house, stripe, clock, Instant.FromUtc(2026, 6, 1, 9, 0));
        var leftOpen = await OpenAsync(house);
        // What nobody knows is asked about again after minutes, then hours; a key that remembers an error dies within a day.
        for (var looks = 0; looks < 8 && await OpenAsync(house) > 0; looks++)
        {
            clock.Now = house.Clock.Now += Duration.FromHours(8);
            await RunAsync(house, stripe);
        }

        var after = await MonthAsync(house, stripe, clock, Instant.FromUtc(2026, 7, 1, 9, 0));

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{troubled} requests troubled, {leftOpen} invoices open after the first run of the storm; charges a second: {before:0} before, {after:0} after.");
        Assert.True(troubled > 100 && leftOpen > 0, $"No storm: {troubled} requests troubled, {leftOpen} left open.");
        var invoices = await house.InvoicesAsync();
        Assert.Equal(3 * Customers, invoices.Count);
        Assert.All(invoices, i => Assert.Equal(InvoiceStatus.Paid, i.Status));
        Assert.Equal(
            invoices.Select(i => (Invoice: (string?)i.Id.ToString(), i.TotalMinor)).OrderBy(i => i.Invoice, StringComparer.Ordinal),
            stripe.Captures.Select(c => (c.Invoice, c.Amount)).OrderBy(c => c.Invoice, StringComparer.Ordinal));
        await house.NothingIsLeftUnknownAsync();
        Assert.True(after > before * 0.4, $"{after} charges a second after the storm, {before} before.");
        Assert.Empty(stripe.Violations);
    }

    /// <summary>Runs the billing run on a day, and says how many charges a second Stripe saw.</summary>
    private static async Task<double> MonthAsync(TestHouse house, StripeLoopback stripe, MovableClock clock, Instant day)
    {
        clock.Now = house.Clock.Now = day;
        var times = (await RunAsync(house, stripe)).Where(r => r.Line == ChargeLine).Select(r => r.At).Order().ToList();
        return times.Count / (times[^1] - times[0]).TotalSeconds;
    }

    /// <summary>Runs the billing run, sees to it that Stripe never got more than the bucket holds, and tells what it got.</summary>
    private static async Task<List<(TimeSpan At, string Line)>> RunAsync(TestHouse house, StripeLoopback stripe)
    {
        var (start, before) = (stripe.Elapsed, stripe.Requests.Count);
        await house.RunAsync();
        var requests = stripe.Requests.Skip(before).ToList();
        StripePatienceTests.AssertNeverAbove(start, [.. requests.Select(r => r.At)], PerSecond);
        return requests;
    }

    private static Task<int> OpenAsync(TestHouse house) =>
        house.ReadAsync(db => db.Invoices.CountAsync(i => i.Status != InvoiceStatus.Paid, TestHouse.Cancellation));
}
