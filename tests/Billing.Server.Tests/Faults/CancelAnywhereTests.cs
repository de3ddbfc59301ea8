using System.Data.Common;
using Billing.Client.Contract;
using Billing.Customers;
using Billing.Invoicing;
using Billing.Payments;
using Billing.Server.Cards;
using Billing.Server.Payments.Gateways;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Billing.Server.Tests.Faults;

/// <summary>A customer leaves while the run is about to try the card again: at its first step, next time at its second, and so on.</summary>
public sealed class CancelAnywhereTests(PostgresServer postgres, ITestOutputHelper output)
{
    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Nothing_is_captured_after_a_leave_that_is_no_longer_owed(string database)
    {
        var moment = new Moment();
        await using var house = await TestHouse.OnAsync(database, postgres, Instant.FromUtc(2026, 4, 1, 6, 0), new()
        {
            Interceptors = [moment],
            Gateway = sandbox => new WatchedGateway(sandbox, moment),
        });
        await house.SellProAsync();

        var (left, refused) = (0, 0);
        for (var step = 1; ; step++)
        {
            var subscription = await DeclinedAsync(house);
            Leave? leave = null;
            moment.At(step, async () => leave = await LeaveAsync(house, subscription));
            await house.RunAsync();
            if (!moment.Came) break;

            if (leave is null) refused++;
            else left++;
            leave ??= await LeaveAsync(house, subscription) ?? throw new InvalidOperationException("Not even afterwards.");
            await MustHoldAsync(house, subscription, leave, step);
        }

        output.WriteLine($"{database}: left at {left} moments, told to wait at {refused}");
        Assert.InRange(left, 20, 500);
        Assert.InRange(refused, 2, left);
        Assert.Empty(await house.ReadAsync(db => db.BalanceEntries.Where(e => e.Reason == BalanceReason.Overpayment).ToListAsync(TestHouse.Cancellation)));
        await house.MustAgreeAsync();
    }

    /// <summary>Billed three days ago and declined; a new card is there, and its first try is due.</summary>
    private static async Task<SubscriptionView> DeclinedAsync(TestHouse house)
    {
        var subscription = await house.SubscribeAsync("pm_card_chargeCustomerFail");
        await house.RunAsync();
        house.Clock.Now += Duration.FromDays(3);
        await house.SendAsync(new AddCard(subscription.CustomerId, new("pm_card_visa")));
        return subscription;
    }

    private static async Task MustHoldAsync(TestHouse house, SubscriptionView subscription, Leave leave, int step)
    {
        for (var day = 0; day < 4; day++)
        {
            house.Clock.Now += Duration.FromDays(4);
            await house.RunAsync();
        }

        var invoice = Assert.Single(await InvoicesAsync(house, subscription));
        var captured = house.Gateway.Ledger.CapturesOf(invoice.Id).Sum(c => c.Amount.Minor);
        Assert.True(captured - leave.Captured == leave.Owed, $"Step {step}: {captured - leave.Captured} captured after the leave, {leave.Owed} owed.");
        Assert.Equal((InvoiceStatus.Paid, null), (invoice.Status, invoice.NextAttemptAt));
        // Three of 28 to 31 days were used.
        var balance = await house.ReadAsync(db => db.Customers.Where(c => c.Id == invoice.CustomerId).Select(c => c.BalanceMinor).SingleAsync(TestHouse.Cancellation));
        Assert.InRange(captured - balance, 474, 525);
    }

    /// <returns>What was captured and what was owed when the leave was committed; <see langword="null"/> when it was told to wait.</returns>
    private static async Task<Leave?> LeaveAsync(TestHouse house, SubscriptionView subscription)
    {
        try
        {
            await house.SendAsync(new CancelSubscription(subscription.Id, new("now")));
        }
        catch (Exception e) when (e is Refused { Code: "payment_in_progress" } or DbUpdateConcurrencyException)
        {
            return null;
        }

        var invoice = Assert.Single(await InvoicesAsync(house, subscription));
        return new(house.Gateway.Ledger.CapturesOf(invoice.Id).Sum(c => c.Amount.Minor), invoice.DueMinor);
    }

    private static async Task<List<Invoice>> InvoicesAsync(TestHouse house, SubscriptionView subscription) =>
        [.. (await house.InvoicesAsync()).Where(i => i.SubscriptionId == new SubscriptionId(subscription.Id))];

    private sealed record Leave(long Captured, long Owed);

    /// <summary>Counts the run's steps outside a transaction of its own, and lets something else happen at one of them.</summary>
    private sealed class Moment : DbCommandInterceptor, IDbTransactionInterceptor
    {
        private readonly AsyncLocal<bool> itself = new();
        private Func<Task> what = () => Task.CompletedTask;
        private int steps, when = int.MaxValue;

        public bool Came => steps >= when;

        public void At(int step, Func<Task> act) => (steps, when, what) = (0, step, act);

        public async Task ReachAsync()
        {
            if (itself.Value || Interlocked.Increment(ref steps) != when) return;
            itself.Value = true;
            await what();
        }

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (command.Transaction is null) await ReachAsync();
            return result;
        }

        public async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
            DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result,
            CancellationToken cancellationToken = default)
        {
            await ReachAsync();
            return result;
        }

        public async Task TransactionCommittedAsync(
            DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) => await ReachAsync();
    }

    private sealed class WatchedGateway(IPaymentGateway gateway, Moment moment) : GatewayBehind
    {
        protected override IPaymentGateway Behind => gateway;

        public override async Task<ChargeOutcome> ChargeAsync(ChargeRequest request, CancellationToken cancellationToken)
        {
            await moment.ReachAsync();
            var outcome = await gateway.ChargeAsync(request, cancellationToken);
            await moment.ReachAsync();
            return outcome;
        }
    }
}
