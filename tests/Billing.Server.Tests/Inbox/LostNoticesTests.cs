using Billing.Client.Contract;
using Billing.Payments;
using Billing.Server.BillingRun;
using Billing.Server.Payments;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Inbox;

/// <summary>A tenth of what the gateway told never came: the daily comparison makes up for it.</summary>
public sealed class LostNoticesTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 3, 1, 9, 0);

    private static readonly string[] Cards =
    [
        "pm_card_visa", "pm_card_visa", "pm_card_authenticationRequired", "sandbox_timeout_captured", "pm_card_pendingRefund", "pm_card_refundFail",
        "pm_card_visa", "pm_card_authenticationRequired", "pm_card_chargeCustomerFail", "pm_card_visa",
    ];

    [Fact]
    public async Task After_one_comparison_the_books_are_the_gateways_though_a_tenth_of_the_notices_was_lost()
    {
        await using var house = await TestHouse.OnSqliteAsync(
            Start, new() { Comparing = new(Duration.FromHours(24), Duration.FromHours(72)) });
        await house.SellProAsync();
        for (var i = 0; i < 120; i++) await house.SubscribeAsync(Cards[i % Cards.Length]);
        await house.RunAsync();
        house.Clock.Now = Instant.FromUtc(2026, 4, 1, 9, 0);
        await house.RunAsync();
        await MuchHappensAsync(house);

        house.Gateway.Faults.Notices.Lose(percent: 10, seed: 4);
        house.Gateway.Faults.Notices.Repeat(2);
        house.Gateway.Faults.Notices.Disorder(seed: 4);
        await house.DeliverAsync();
        Assert.NotEmpty(await DifferencesAsync(house));

        house.Clock.Now += Duration.FromHours(24);
        await CompareAsync(house);

        Assert.Empty(await DifferencesAsync(house));
        var report = (await house.ReadAsync(db => db.Reconciliations.AsNoTracking().Where(r => r.FinishedAt != null)
            .OrderBy(r => r.DueAt).ToListAsync(TestHouse.Cancellation)))[^1];
        Assert.InRange(report.Healed, 1, int.MaxValue);
        Assert.Equal(0, report.Differing);
        Assert.Empty(await house.ReadAsync(db => db.Inbox.Where(n => n.State != Payments.Inbox.InboxState.Done).ToListAsync(TestHouse.Cancellation)));
    }

    /// <summary>Confirmations, refunds that arrive and that return, disputes opened, won and lost; the house hears of it by notices alone.</summary>
    private static async Task MuchHappensAsync(TestHouse house)
    {
        var attempts = await house.ReadAsync(db => db.PaymentAttempts.AsNoTracking().OrderBy(a => a.Id).ToListAsync(TestHouse.Cancellation));
        foreach (var asked in attempts.Where(a => a.State == AttemptState.ActionRequired)) house.Gateway.Answer(asked.GatewayReference!, yes: true);

        var paid = attempts.Where(a => a.State == AttemptState.Succeeded).ToList();
        foreach (var payment in paid.Where((_, i) => i % 3 == 0))
            await house.SendAsync(new RefundPayment(payment.Id.Value, new("A kindness", new Amount(900, "USD"))));
        foreach (var (i, payment) in paid.Index().Where(p => p.Index % 4 == 1))
        {
            var dispute = house.Gateway.OpenDispute(payment.GatewayReference!);
            if (i % 8 == 1) house.Gateway.DecideDispute(dispute, i % 16 == 1 ? DisputeState.Lost : DisputeState.Won);
        }

        Assert.InRange(paid.Count, 100, 400);
        Assert.InRange(house.Gateway.Ledger.AllRefunds().Count, 35, 200);
        Assert.InRange(house.Gateway.Ledger.AllDisputes().Count, 25, 200);
        house.Clock.Now += Duration.FromHours(2);
    }

    /// <summary>The comparison alone, without the run's other passes that would find out some of it too.</summary>
    private static async Task CompareAsync(TestHouse house)
    {
        var (pass, now) = (house.Get<ReconcileWithGateway>(), house.Clock.Now);
        var due = Assert.Single(await pass.NextDueAsync(now, TestHouse.Cancellation));
        await pass.DoAsync([due], now, TestHouse.Cancellation);
        Assert.Empty(await pass.NextDueAsync(now, TestHouse.Cancellation));
    }

    private static async Task<List<string>> DifferencesAsync(TestHouse house)
    {
        await using var db = house.Database.Open();
        var attempts = await db.PaymentAttempts.AsNoTracking().ToDictionaryAsync(a => a.Id, TestHouse.Cancellation);
        var refunds = await db.Refunds.AsNoTracking().ToDictionaryAsync(r => r.Id, TestHouse.Cancellation);
        var disputes = await db.Disputes.AsNoTracking().ToDictionaryAsync(d => d.Reference, TestHouse.Cancellation);

        List<string> differences = [];
        await foreach (var payment in house.Gateway.PaymentsSinceAsync(Instant.MinValue, TestHouse.Cancellation))
        {
            var ours = attempts[payment.AttemptId!.Value];
            var same = payment.Outcome is ChargeOutcome.Succeeded ? ours.IsCaptured : ours.State is AttemptState.Declined or AttemptState.Failed;
            if (!same || ours.Amount != payment.Amount) differences.Add($"{payment} and {ours.State}");
        }

        await foreach (var refund in house.Gateway.RefundsSinceAsync(Instant.MinValue, TestHouse.Cancellation))
        {
            if ($"{refunds[refund.RefundId!.Value].State}" != refund.Outcome.GetType().Name) differences.Add($"{refund} and {refunds[refund.RefundId!.Value].State}");
        }

        await foreach (var dispute in house.Gateway.DisputesSinceAsync(Instant.MinValue, TestHouse.Cancellation))
        {
            if (disputes.GetValueOrDefault(dispute.Reference) is not { } ours || (ours.State, ours.Amount) != (dispute.State, dispute.Amount))
                differences.Add($"{dispute} and {disputes.GetValueOrDefault(dispute.Reference)?.State}");
        }

        return differences;
    }
}
