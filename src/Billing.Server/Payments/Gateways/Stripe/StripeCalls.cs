using System.Threading.RateLimiting;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Billing.Server.Payments.Gateways.Stripe;

/// <summary>How often and how long a call is tried.</summary>
internal sealed record StripePatience
{
    /// <summary>How often it is tried again.</summary>
    public int Retries { get; init; } = 4;

    /// <summary>The first wait is at most this long, the next at most twice as long, and so on.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>No wait of our own choice is longer.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>How long one try may take; a bank may need twenty seconds.</summary>
    public TimeSpan OneTry { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>How long it may take altogether, waits for a turn included; below what the house waits for a charge.</summary>
    public TimeSpan Altogether { get; init; } = TimeSpan.FromSeconds(55);

    /// <summary>For how long nobody asks after half of the calls of <see cref="Watched"/> failed.</summary>
    public TimeSpan Rest { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Over what time failures are counted.</summary>
    public TimeSpan Watched { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>So many calls have to be seen before anybody is given a rest.</summary>
    public int FewestWatched { get; init; } = 20;

    /// <summary>The clock of all of this; the system's by default.</summary>
    public TimeProvider? Clock { get; init; }
}

/// <summary>
/// Each try takes a token from a bucket below the account's rate, and what fails for the moment is tried again after a wait
/// that is longer each time and drawn by lot, so that many who failed together do not come back together. When nothing
/// works, nothing is asked for a while.
/// </summary>
internal sealed class StripeCalls : IDisposable
{
    /// <summary>Of ten tokens the run gets eight: the rest is for people who wait.</summary>
    private const int TokensOfRun = 8, TokensOfAll = 10;

    private const int TicksPerSecond = 10, LongestQueue = 100_000;

    private static readonly ResiliencePropertyKey<string> Path = new("path");

    private readonly StripePatience patience;
    private readonly TokenBucketRateLimiter everybody, run;
    private readonly ResiliencePipeline<StripeReply> pipeline;

    public StripeCalls(StripeSettings settings, ILogger log)
    {
        patience = settings.Patience;
        everybody = Bucket(settings.RequestsPerSecond, 1, 1);
        run = Bucket(settings.RequestsPerSecond, TokensOfRun, TokensOfAll);
        pipeline = new ResiliencePipelineBuilder<StripeReply> { TimeProvider = patience.Clock }
            .AddTimeout(patience.Altogether)
            .AddRetry(new RetryStrategyOptions<StripeReply>
            {
                MaxRetryAttempts = patience.Retries,
                ShouldHandle = outcome => ValueTask.FromResult(outcome.Outcome switch
                {
                    { Exception: { } e } => IsLost(e),
                    { Result: { } reply } => reply.MayBeTriedAgain,
                    _ => false,
                }),
                DelayGenerator = next => ValueTask.FromResult<TimeSpan?>(
                    (next.Outcome.Result?.RetryAfter ?? TimeSpan.Zero) + ByLot(patience, next.AttemptNumber)),
                OnRetry = retry =>
                {
                    log.LogWarning(
                        "Stripe {Path}: {Trouble}; try {Try} follows in {Wait} ms", retry.Context.Properties.GetValue(Path, ""),
                        retry.Outcome.Result?.ToString() ?? retry.Outcome.Exception?.GetType().Name, retry.AttemptNumber + 2,
                        (long)retry.RetryDelay.TotalMilliseconds);
                    return default;
                },
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<StripeReply>
            {
                FailureRatio = 0.5,
                MinimumThroughput = patience.FewestWatched,
                SamplingDuration = patience.Watched,
                BreakDuration = patience.Rest,
                // A full bucket is no illness: 429 is answered by waiting.
                ShouldHandle = outcome => ValueTask.FromResult(outcome.Outcome switch
                {
                    { Exception: { } e } => IsLost(e),
                    { Result: { } reply } => reply.Status >= 500,
                    _ => false,
                }),
                OnOpened = _ =>
                {
                    log.LogError("Stripe fails too often: it is left alone for {Seconds} seconds", patience.Rest.TotalSeconds);
                    return default;
                },
            })
            .Build();
    }

    /// <summary>Calls until there is an answer.</summary>
    /// <exception cref="GatewaySilent">There was none.</exception>
    public async Task<StripeReply> UntilAnsweredAsync(
        string path, Func<CancellationToken, Task<StripeReply>> call, bool somebodyWaits, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(Path, path);
        try
        {
            var reply = await pipeline.ExecuteAsync(
                async (c, send) => await OnceAsync(send, somebodyWaits, c.CancellationToken), context, call);
            return reply.Answers ? reply : throw new GatewaySilent($"Stripe did not do it for now: {reply}.");
        }
        catch (BrokenCircuitException e)
        {
            throw new GatewaySilent("Stripe failed too often and is left alone for a moment; nothing was sent.", e);
        }
        catch (Exception e) when (IsLost(e) || e is TimeoutRejectedException)
        {
            throw new GatewaySilent($"Stripe did not answer ({e.GetType().Name}).", e);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    public void Dispose()
    {
        everybody.Dispose();
        run.Dispose();
    }

    /// <summary>Full jitter: anything from nothing to the longest wait of this try.</summary>
    internal static TimeSpan ByLot(StripePatience patience, int earlierTries)
    {
        var most = TimeSpan.FromTicks(Math.Min(patience.FirstWait.Ticks << Math.Min(earlierTries, 16), patience.LongestWait.Ticks));
#pragma warning disable CA5394 // Spreading tries over time needs no secret.
        return TimeSpan.FromTicks(Random.Shared.NextInt64(most.Ticks + 1));
#pragma warning restore CA5394
    }

    private async Task<StripeReply> OnceAsync(Func<CancellationToken, Task<StripeReply>> call, bool somebodyWaits, CancellationToken cancellationToken)
    {
        // The run first waits for its own share, so that it never stands in line before a person with more than that.
        if (!somebodyWaits) await TakeAsync(run, cancellationToken);
        await TakeAsync(everybody, cancellationToken);

        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(patience.OneTry);
        try
        {
            return await call(time.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("One try took too long.", e);
        }
    }

    private static async Task TakeAsync(TokenBucketRateLimiter bucket, CancellationToken cancellationToken)
    {
        using var lease = await bucket.AcquireAsync(1, cancellationToken);
        if (!lease.IsAcquired) throw new GatewaySilent("Too many calls stand in line before Stripe; nothing was sent.");
    }

    private static bool IsLost(Exception e) => e is HttpRequestException or IOException or TimeoutException;

    private static TokenBucketRateLimiter Bucket(int perSecond, int share, int of)
    {
        // A tenth of a second's tokens at a time: what is saved up while nobody calls is no more than that.
        var tokens = Math.Max(1, perSecond * share / of / TicksPerSecond);
        return new(new TokenBucketRateLimiterOptions
        {
            TokenLimit = tokens,
            TokensPerPeriod = tokens,
            ReplenishmentPeriod = TimeSpan.FromTicks(TimeSpan.TicksPerSecond * tokens * of / (perSecond * share)),
            QueueLimit = LongestQueue,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
    }
}
