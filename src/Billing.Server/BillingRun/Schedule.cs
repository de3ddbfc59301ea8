using Quartz;

namespace Billing.Server.BillingRun;

/// <summary>When the billing run starts by itself.</summary>
internal static class Schedule
{
    /// <summary>Starts a run every few minutes of the hour, 1 to 59; 0 never. One at a time in this process, and by lease across processes.</summary>
    public static IServiceCollection AddSchedule(this IServiceCollection services, IConfiguration configuration)
    {
        var minutes = configuration.GetValue("Billing:Run:EveryMinutes", 5);
        if (minutes < 1) return services;

        services.AddQuartz(quartz => quartz.ScheduleJob<ScheduledRun>(
            trigger => trigger.WithIdentity("billing-run").WithCronSchedule($"0 0/{Math.Min(minutes, 59)} * * * ?")));
        return services.AddQuartzHostedService(o => o.WaitForJobsToComplete = true);
    }
}

/// <summary>One scheduled start.</summary>
[DisallowConcurrentExecution]
internal sealed class ScheduledRun(BillingRunner runner, ILogger<ScheduledRun> log) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await runner.RunAsync("schedule", cancellationToken);
        }
        catch (Refused busy) when (busy.Code == "run_in_progress")
        {
            log.LogInformation("Another billing run is under way; this one has nothing to do");
        }
    }
}
