namespace Billing.Server.Demo;

/// <summary>Makes the demo merchant while the server answers already, then says where to click.</summary>
internal sealed class DemoService(DemoLife life, DemoWelcome welcome, DemoProgress progress, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (await life.ComeToLifeAsync(stoppingToken))
        {
            await OpenAsync(stoppingToken);
            await welcome.GreetAsync(stoppingToken);
        }
        else
        {
            progress.IsNotWanted();
        }
    }

    /// <summary>Before the server listens nobody can be told where.</summary>
    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(open.SetResult);
        await open.Task.WaitAsync(cancellationToken);
    }
}
