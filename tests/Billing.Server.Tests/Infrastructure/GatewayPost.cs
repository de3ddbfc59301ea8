using Billing.Server.BillingRun;
using Billing.Server.Payments.Gateways;
using Billing.Server.Payments.Gateways.Sandbox;
using Billing.Server.Payments.Inbox;

namespace Billing.Server.Tests.Infrastructure;

/// <summary>The way from the sandbox to the house, for a test that wants to say when and how often.</summary>
internal static class GatewayPost
{
    /// <summary>Takes in all that the sandbox has to tell, with whatever bad luck its faults hold, and works it through.</summary>
    public static async Task DeliverAsync(this TestHouse house)
    {
        var inbox = house.Get<NoticeInbox>();
        await house.Gateway.DeliverNoticesAsync(
            async (body, signature, stop) =>
            {
                await inbox.TakeAsync(body, signature, stop);
                return true;
            },
            house.Get<BillingClock>().WallNow, TestHouse.Cancellation);
        await house.WorkThroughAsync();
    }

    /// <summary>Takes in one notice so many times.</summary>
    public static async Task TakeAsync(this TestHouse house, SandboxNotice notice, int times = 1)
    {
        var body = System.Text.Encoding.UTF8.GetBytes(notice.ToBody());
        var signature = NoticeSignature.Sign(body, house.Get<BillingClock>().WallNow, house.Gateway.NoticeSecrets[0]);
        for (var i = 0; i < times; i++) await house.Get<NoticeInbox>().TakeAsync(body, signature, TestHouse.Cancellation);
    }

    /// <summary>Works through what has come.</summary>
    public static async Task WorkThroughAsync(this TestHouse house)
    {
        var (pass, now) = (house.Get<TakeInNotices>(), house.Get<BillingClock>().GetCurrentInstant());
        while (await pass.NextDueAsync(now, TestHouse.Cancellation) is { Count: > 0 } ids) await pass.DoAsync(ids, now, TestHouse.Cancellation);
    }
}
