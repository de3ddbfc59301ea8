using System.Collections.Concurrent;

namespace Billing.Server.BillingRun;

/// <summary>Runs that somebody started over the API: they go on after the answer, and stop after their batch when the server does.</summary>
internal sealed class BackgroundRuns(BillingRunner runner, IHostApplicationLifetime lifetime, ILogger<BackgroundRuns> log) : IHostedService
{
    private readonly ConcurrentDictionary<Task, bool> running = new();

    /// <summary>Starts a run and returns as soon as it is written down.</summary>
    /// <exception cref="Refused"><c>run_in_progress</c>.</exception>
    public async Task<RunRecord> StartAsync(string startedBy)
    {
        var begun = new TaskCompletionSource<RunRecord>(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = Task.Run(() => runner.RunAsync(startedBy, lifetime.ApplicationStopping, begun.SetResult));
        running[run] = true;
        _ = run.ContinueWith(Ended, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return await await Task.WhenAny(begun.Task, run);
    }

    Task IHostedService.StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    async Task IHostedService.StopAsync(CancellationToken cancellationToken) =>
        await Task.WhenAll(running.Keys).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private void Ended(Task run)
    {
        running.TryRemove(run, out _);
        if (run.Exception?.GetBaseException() is { } error and not Refused) log.LogError(error, "A run started over the API failed");
    }
}
