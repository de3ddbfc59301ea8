using Billing.Server.Alarms;
using Billing.Server.Payments.Gateways;
using Billing.Server.Payments.Inbox;
using Billing.Server.Tests.Faults;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Inbox;

/// <summary>A notice that cannot be worked through is tried again, and is a person's in the end.</summary>
public sealed class StubbornNoticeTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 3, 1, 9, 0);

    [Fact]
    public async Task It_is_tried_twelve_times_over_more_than_a_day_and_then_again_when_a_person_says_so()
    {
        Deaf? deaf = null;
        await using var house = await TestHouse.OnSqliteAsync(Start, new() { Gateway = sandbox => deaf = new(sandbox) });
        await house.SellProAsync();
        await house.SubscribeAsync();
        await house.RunAsync();
        deaf!.IsSilent = true;
        await house.DeliverAsync();

        List<Duration> waits = [];
        while (await PaymentNoticeAsync(house) is { State: InboxState.Waiting } waiting)
        {
            waits.Add(waiting.NextTryAt!.Value - house.Clock.Now);
            house.Clock.Now = waiting.NextTryAt!.Value;
            await house.RunAsync();
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360], waits.Select(w => (int)w.TotalMinutes));
        var dead = await PaymentNoticeAsync(house);
        Assert.Equal((InboxState.Dead, InboxNotice.MostTries, (Instant?)null), (dead.State, dead.Tries, dead.NextTryAt));
        Assert.Contains("does not answer", dead.Error, StringComparison.Ordinal);
        Assert.Equal([AlarmKind.NoticeFailed], await OpenAlarmsAsync(house));

        deaf.IsSilent = false;
        Assert.Equal("waiting", (await house.SendAsync(new ReplayNotice(dead.Id))).State);
        await house.RunAsync();
        Assert.Equal(InboxState.Done, (await PaymentNoticeAsync(house)).State);
        Assert.Empty(await OpenAlarmsAsync(house));
    }

    private static Task<InboxNotice> PaymentNoticeAsync(TestHouse house) => house.ReadAsync(
        db => db.Inbox.AsNoTracking().SingleAsync(n => n.About == NoticeSubject.Payment, TestHouse.Cancellation));

    private static Task<List<AlarmKind>> OpenAlarmsAsync(TestHouse house) => house.ReadAsync(
        db => db.Alarms.Where(a => a.ClosedAt == null).Select(a => a.Kind).ToListAsync(TestHouse.Cancellation));

    /// <summary>A gateway that tells and, while it is silent, does not answer.</summary>
    private sealed class Deaf(IPaymentGateway behind) : GatewayBehind
    {
        public bool IsSilent { get; set; }

        protected override IPaymentGateway Behind { get; } = behind;

        public override Task<GatewayPayment?> ReadPaymentAsync(string reference, CancellationToken cancellationToken) => IsSilent
            ? throw new GatewaySilent("The gateway does not answer.")
            : base.ReadPaymentAsync(reference, cancellationToken);
    }
}
