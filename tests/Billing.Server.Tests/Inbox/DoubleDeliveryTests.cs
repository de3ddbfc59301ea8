using Billing.Payments;
using Billing.Server.BillingRun;
using Billing.Server.Customers;
using Billing.Server.Payments.Gateways;
using Billing.Server.Payments.Gateways.Sandbox;
using Billing.Server.Payments.Inbox;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Inbox;

/// <summary>The same notice at two doors in the same moment has one effect.</summary>
public sealed class DoubleDeliveryTests(PostgresServer postgres)
{
    private const int Doors = 3;
    private static readonly Instant Start = Instant.FromUtc(2026, 3, 1, 9, 0);

    /// <summary>
    /// On PostgreSQL, 120 rounds: a payment is confirmed, disputed and lost; each time three take the same notice at once and
    /// work it through at once, without the claim that would keep them apart.
    /// </summary>
    [Fact]
    public async Task A_notice_that_comes_three_times_in_the_same_instant_has_one_effect()
    {
        await using var house = await TestHouse.OnPostgresAsync(postgres, Start);
        await house.SellProAsync();
        await house.SubscribeManyAsync(40, "pm_card_authenticationRequired");
        await house.RunAsync();
        var attempts = await house.ReadAsync(db => db.PaymentAttempts.AsNoTracking().OrderBy(a => a.Id).ToListAsync(TestHouse.Cancellation));
        var told = house.Gateway.Notices().Count;

        foreach (var attempt in attempts)
        {
            house.Gateway.Answer(attempt.GatewayReference!, yes: true);
            await AtOnceAsync(house, house.Gateway.Notices()[told++]);
            var dispute = house.Gateway.OpenDispute(attempt.GatewayReference!);
            await AtOnceAsync(house, house.Gateway.Notices()[told++]);
            house.Gateway.DecideDispute(dispute, DisputeState.Lost);
            await AtOnceAsync(house, house.Gateway.Notices()[told++]);
        }

        var facts = await house.ReadAsync(db => db.History.Where(h => h.Actor == Actors.Gateway).GroupBy(h => h.Type)
            .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, TestHouse.Cancellation));
        Assert.Equal(
            (40, 40, 40, 40),
            (facts[nameof(PaymentSucceeded)], facts[nameof(DisputeOpened)], facts[nameof(DisputeLost)], facts["InvoiceCredited"]));
        Assert.Equal(40, await house.ReadAsync(db => db.CreditNotes.CountAsync(TestHouse.Cancellation)));
        Assert.Equal(120, await house.ReadAsync(db => db.Inbox.CountAsync(n => n.Deliveries == Doors, TestHouse.Cancellation)));
        Assert.Equal(40, await house.ReadAsync(db => db.PaymentAttempts.CountAsync(a => a.LostMinor == a.AmountMinor, TestHouse.Cancellation)));
    }

    private static async Task AtOnceAsync(TestHouse house, SandboxNotice notice)
    {
        var body = System.Text.Encoding.UTF8.GetBytes(notice.ToBody());
        var signature = NoticeSignature.Sign(body, house.Get<BillingClock>().WallNow, house.Gateway.NoticeSecrets[0]);
        using var door = new Barrier(Doors);
        await Task.WhenAll(Enumerable.Range(0, Doors).Select(_ => Task.Factory.StartNew(
            async () =>
            {
                door.SignalAndWait(TestHouse.Cancellation);
                await house.Get<NoticeInbox>().TakeAsync(body, signature, TestHouse.Cancellation);
                var stored = await house.ReadAsync(db => db.Inbox.AsNoTracking().SingleAsync(n => n.NoticeId == notice.Id, TestHouse.Cancellation));
                await house.Get<FollowGateway>().NoticeAsync(stored, house.Clock.Now, TestHouse.Cancellation);
            },
            TestHouse.Cancellation,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap()));
    }
}
