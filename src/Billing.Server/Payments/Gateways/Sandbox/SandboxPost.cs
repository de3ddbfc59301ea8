using Billing.Server.BillingRun;
using Billing.Server.Payments.Inbox;
using NodaTime;

namespace Billing.Server.Payments.Gateways.Sandbox;

/// <summary>Brings the sandbox's notices to the same door that a real gateway's come to, without the way over the network.</summary>
internal sealed class SandboxPost(IPaymentGateway gateway, NoticeInbox inbox, BillingClock clock, bool isOn)
{
    /// <summary>Delivers what waits. While a demo merchant lives through its past nobody listens, as before a webhook is set up.</summary>
    public async Task DeliverAsync(CancellationToken cancellationToken)
    {
        if (!isOn || gateway is not SandboxGateway { HasNews: true } sandbox) return;
        if (clock.Ahead < Duration.Zero) sandbox.GiveUpNotices();
        else await sandbox.DeliverNoticesAsync(TakeAsync, clock.WallNow, cancellationToken);
    }

    private async Task<bool> TakeAsync(ReadOnlyMemory<byte> body, string signature, CancellationToken cancellationToken)
    {
        await inbox.TakeAsync(body, signature, cancellationToken);
        return true;
    }
}

/// <summary>Goes once a second.</summary>
internal sealed class SandboxPostman(SandboxPost post, ILogger<SandboxPostman> log) : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var rounds = new PeriodicTimer(Round);
        while (await rounds.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await post.DeliverAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // As with a real gateway's: what was not taken is sent again.
                log.LogError(e, "The sandbox's notices could not be delivered");
            }
        }
    }
}
