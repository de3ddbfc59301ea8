using Billing.Server.BillingRun;
using NodaTime;

namespace Billing.Server.Payments.Inbox;

/// <summary>Works through what has come as soon as it came. What this misses or cannot do, the billing run's pass does.</summary>
internal sealed class NoticeWorker(NoticeInbox inbox, TakeInNotices pass, IClock clock, ILogger<NoticeWorker> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await inbox.ArrivedAsync(stoppingToken);
            try
            {
                var now = clock.GetCurrentInstant();
                while (await pass.NextDueAsync(now, stoppingToken) is { Count: > 0 } ids) await pass.DoAsync(ids, now, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // The database was away, as a rule: the notices are stored, and the next run takes them up.
                log.LogError(e, "Notices could not be worked through; the next billing run goes on with them");
            }
        }
    }
}
