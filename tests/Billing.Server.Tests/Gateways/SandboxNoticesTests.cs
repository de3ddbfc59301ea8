using Billing.Payments;
using Billing.Server.Payments.Gateways;
using Billing.Server.Payments.Gateways.Sandbox;

namespace Billing.Server.Tests.Gateways;

/// <summary>The sandbox tells of everything that happens at it, and loses, repeats and mixes up what it tells on demand.</summary>
public sealed class SandboxNoticesTests : IDisposable
{
    private readonly SandboxTestBench bench = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Everything_that_happens_is_told_once_in_its_order()
    {
        var pending = await bench.KeepAsync("pm_card_pendingRefund");
        var payment = await PayAsync(pending);
        await bench.Sandbox.RefundAsync(new(new(Guid.NewGuid()), payment.Request.AttemptId, payment.Reference, new(900, payment.Request.Amount.Currency)), Cancellation);
        bench.Clock.Now += SandboxRefund.Takes;
        var dispute = bench.Sandbox.OpenDispute(payment.Reference);
        bench.Sandbox.DecideDispute(dispute, DisputeState.Lost);
        bench.Sandbox.DecideDispute(dispute, DisputeState.Won);
        await bench.ChargeAsync(await bench.KeepAsync("sandbox_declines_insufficient_funds"));
        await bench.ChargeAsync(await bench.KeepAsync("pm_card_authenticationRequired"));
        await bench.KeepAsync("sandbox_replaced_by_network");
        bench.On(2027, 3, 6);

        Assert.Equal(
            [
                "card.attached", "payment.succeeded", "refund.created", "dispute.opened", "dispute.lost", "card.attached", "payment.declined",
                "card.attached", "payment.action_required", "card.attached", "refund.changed", "card.updated_by_network",
            ],
            bench.Sandbox.Notices().Select(n => n.Type));
        Assert.Equal(bench.Sandbox.Notices(), bench.Sandbox.Notices());
        Assert.Equal((DisputeState.Lost, 4_000), (await FoundAsync(dispute), (await bench.Sandbox.FindDisputeAsync(dispute, Cancellation))!.Amount.Minor));
    }

    [Fact]
    public async Task A_disputed_card_is_decided_after_a_week()
    {
        await bench.ChargeAsync(await bench.KeepAsync("sandbox_disputed_won"));
        await bench.ChargeAsync(await bench.KeepAsync("sandbox_disputed_lost"));
        bench.Clock.Now += SandboxGateway.DisputesTake;

        Assert.Equal(
            ["dispute.opened", "dispute.opened", "dispute.won", "dispute.lost"],
            bench.Sandbox.Notices().Where(n => n.About == NoticeSubject.Dispute).Select(n => n.Type));
    }

    [Fact]
    public async Task What_is_accepted_is_sent_no_more_and_what_is_not_is_sent_again_for_three_days()
    {
        await PayAsync(await bench.KeepAsync("pm_card_visa"));

        Assert.Equal(["card.attached", "payment.succeeded"], await SentAsync(accepts: false));
        Assert.Equal(["card.attached", "payment.succeeded"], await SentAsync());
        Assert.Empty(await SentAsync());

        await PayAsync(await bench.KeepAsync("pm_card_visa"));
        bench.Clock.Now += SandboxGateway.NoticesWait + Duration.FromSeconds(1);
        Assert.Empty(await SentAsync());
    }

    [Fact]
    public async Task Notices_are_lost_repeated_and_mixed_up_on_demand()
    {
        var card = await bench.KeepAsync("pm_card_visa");
        for (var i = 0; i < 100; i++) await PayAsync(card);
        bench.Sandbox.Faults.Notices.Repeat(2);
        bench.Sandbox.Faults.Notices.Disorder(seed: 7);
        bench.Sandbox.Faults.Notices.Lose(percent: 10, seed: 7);
        List<string> ids = [];

        await bench.Sandbox.DeliverNoticesAsync(Take(ids), bench.Clock.Now, Cancellation);

        var told = bench.Sandbox.Notices().Select(n => n.Id).ToList();
        Assert.InRange(ids.Distinct(StringComparer.Ordinal).Count(), 80, 98);
        Assert.All(ids.CountBy(id => id), id => Assert.Equal(2, id.Value));
        Assert.NotEqual(told.Where(ids.Contains), ids.Distinct(StringComparer.Ordinal));
        Assert.Empty(await SentAsync());
    }

    private NoticeSink Take(List<string> ids) => (body, signature, _) =>
    {
        ids.Add(bench.Sandbox.ReadNotice(body, signature, bench.Clock.Now).Id);
        return Task.FromResult(true);
    };

    private async Task<List<string>> SentAsync(bool accepts = true)
    {
        List<string> types = [];
        await bench.Sandbox.DeliverNoticesAsync(
            (body, signature, _) =>
            {
                types.Add(bench.Sandbox.ReadNotice(body, signature, bench.Clock.Now).Type);
                return Task.FromResult(accepts);
            },
            bench.Clock.Now, Cancellation);
        return types;
    }

    private async Task<(ChargeRequest Request, string Reference)> PayAsync(AttachedCard card)
    {
        var request = bench.Request(card);
        return (request, (await bench.Sandbox.ChargeAsync(request, Cancellation)).GatewayReference!);
    }

    private async Task<DisputeState> FoundAsync(string dispute) => (await bench.Sandbox.FindDisputeAsync(dispute, Cancellation))!.State;
}
