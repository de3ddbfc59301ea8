using System.Data.Common;
using Billing.Client.Contract;
using Billing.Invoicing;
using Billing.Server.BillingRun;
using Billing.Server.Cards;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Billing.Server.Tests.Faults;

/// <summary>The same run twice, and many at once: the sandbox's book says what was really taken.</summary>
public sealed class TwiceAndAtOnceTests(PostgresServer postgres)
{
    private const int Customers = 40, Lost = 8, Workers = 4;
    private static readonly Instant FirstOfMay = Instant.FromUtc(2026, 5, 1, 9, 0);

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_run_done_twice_bills_once(string database)
    {
        await using var house = await OpenAsync(database, Customers);

        await house.RunAsync();
        Assert.Equal((Customers, Customers), ((await house.InvoicesAsync()).Count, house.Gateway.Ledger.ChargeCalls()));
        await house.RunAsync();

        Assert.Equal((Customers, Customers), ((await house.InvoicesAsync()).Count, house.Gateway.Ledger.ChargeCalls()));
        Assert.All(await house.InvoicesAsync(), i => Assert.Equal(InvoiceStatus.Paid, i.Status));
        Assert.Equal(Customers * Merchant.Price, Assert.Single(house.Gateway.Ledger.Totals()).Minor);
        await house.MustAgreeAsync();
    }

    [Fact]
    public async Task Two_runs_at_once_bill_once()
    {
        await using var house = await OpenAsync(Databases.Postgres, Customers - Lost);
        await house.SubscribeManyAsync(Lost, "sandbox_declines_lost_card");

        // Without the lease: each worker goes through the passes as if it were alone.
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(() => AllPassesAsync(house), TestHouse.Cancellation)));
        await house.RunAsync();

        var invoices = await house.InvoicesAsync();
        Assert.Equal(Customers, invoices.Count);
        Assert.Equal(Customers - Lost, invoices.Count(i => i.Status == InvoiceStatus.Paid));
        Assert.Equal(Customers - Lost, house.Gateway.Ledger.AllCaptures().Count);
        Assert.Equal(Customers, await house.ReadAsync(db => db.PaymentAttempts.CountAsync(TestHouse.Cancellation)));
        await house.MustAgreeAsync();
        await house.NothingIsLeftUnknownAsync();
    }

    [Fact]
    public async Task A_second_run_is_refused_while_the_first_is_alive()
    {
        await using var house = await OpenAsync(Databases.Sqlite, 1);
        var leases = house.Get<RunLeases>();
        Assert.True(await leases.TakeAsync(Guid.NewGuid(), TestHouse.Cancellation));

        Assert.Equal("run_in_progress", (await Assert.ThrowsAsync<Refused>(house.RunAsync)).Code);
        house.Clock.Now += RunLease.Time + Duration.FromSeconds(1);

        Assert.Equal(RunState.Finished, (await house.RunAsync()).State);
    }

    [Fact]
    public async Task A_run_that_was_silent_for_too_long_stops_when_another_took_over()
    {
        await using var house = await OpenAsync(Databases.Sqlite, 1);
        var leases = house.Get<RunLeases>();
        var (silent, other) = (Guid.NewGuid(), Guid.NewGuid());
        await leases.TakeAsync(silent, TestHouse.Cancellation);
        house.Clock.Now += RunLease.Time + Duration.FromSeconds(1);
        Assert.True(await leases.TakeAsync(other, TestHouse.Cancellation));
        house.Clock.Now += Duration.FromSeconds(10);

        await Assert.ThrowsAsync<OperationCanceledException>(() => leases.KeepAsync(silent, TestHouse.Cancellation));
        Assert.True(await leases.KeepAsync(other, TestHouse.Cancellation));
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_run_that_read_before_another_had_finished_does_not_try_a_declined_card_again(string database)
    {
        await using var house = await OpenAsync(database, 0);
        await house.SubscribeManyAsync(1, "sandbox_declines_lost_card");
        await house.Get<RenewDueSubscriptions>().DoAsync(await DueAsync(house, house.Get<RenewDueSubscriptions>()), FirstOfMay, TestHouse.Cancellation);
        var collect = house.Get<CollectOpenInvoices>();
        var seenByBoth = await DueAsync(house, collect);

        await collect.DoAsync(seenByBoth, FirstOfMay, TestHouse.Cancellation);
        await collect.DoAsync(seenByBoth, FirstOfMay, TestHouse.Cancellation);

        Assert.Single(seenByBoth);
        Assert.Equal(1, house.Gateway.Ledger.ChargeCalls());
    }

    [Fact]
    public async Task Days_closed_by_two_runs_at_once_hold_every_movement_once()
    {
        // The first stands still before it commits; what is recorded meanwhile belongs to the second, on the same day.
        var hold = new HeldCommit();
        await using var house = await TestHouse.OnAsync(Databases.Postgres, postgres, FirstOfMay, new() { Interceptors = [hold] });
        await house.SellProAsync();
        await house.SubscribeManyAsync(9);
        var renew = house.Get<RenewDueSubscriptions>();
        var due = await DueAsync(house, renew);
        await RenewAsync(due.Take(2));
        await house.Get<CloseDay>().DoAsync(Guid.NewGuid(), TestHouse.Cancellation);

        await RenewAsync(due.Skip(2).Take(3));
        var arrived = hold.HoldNext();
        var first = house.Get<CloseDay>().DoAsync(Guid.NewGuid(), TestHouse.Cancellation);
        await arrived;
        await RenewAsync(due.Skip(5));
        var second = house.Get<CloseDay>().DoAsync(Guid.NewGuid(), TestHouse.Cancellation);
        hold.Release();

        Assert.Equal((3, 4), (await first, await second));
        await house.MustAgreeAsync();
        Assert.Equal(9, await house.ReadAsync(db => db.MrrDays.SumAsync(d => d.Movements, TestHouse.Cancellation)));

        Task RenewAsync(IEnumerable<Guid> ids) => renew.DoAsync([.. ids], FirstOfMay, TestHouse.Cancellation);
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_card_put_in_while_its_customer_is_being_billed_pays_that_invoice(string database)
    {
        var before = new BeforeTransaction();
        await using var house = await TestHouse.OnAsync(database, postgres, FirstOfMay, new() { Interceptors = [before] });
        await house.SellProAsync();
        var subscription = await house.SubscribeAsync(card: null);

        // The run has read a customer without a card; now the card comes, and finds no invoice to pay yet.
        var renew = house.Get<RenewDueSubscriptions>();
        var due = await DueAsync(house, renew);
        before.DoNext(() => house.SendAsync(new AddCard(subscription.CustomerId, new NewCard("pm_card_visa"))));
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => renew.DoAsync(due, FirstOfMay, TestHouse.Cancellation));
        await house.RunAsync();

        Assert.Equal(InvoiceStatus.Paid, Assert.Single(await house.InvoicesAsync()).Status);
        await house.MustAgreeAsync();
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Numbers_have_no_gaps(string database)
    {
        var commits = new FailingCommit();
        await using var house = await TestHouse.OnAsync(database, postgres, FirstOfMay, new() { Interceptors = [commits] });
        await house.SellProAsync();
        await house.SubscribeManyAsync(Customers);
        var renew = house.Get<RenewDueSubscriptions>();
        var due = await DueAsync(house, renew);

        commits.FailNext();
        await Assert.ThrowsAsync<TimeoutException>(() => renew.DoAsync(due, FirstOfMay, TestHouse.Cancellation));
        Assert.Empty(await house.InvoicesAsync());
        commits.FailNext();
        await house.RunAsync();

        Assert.Equal(
            Enumerable.Range(1, Customers).Select(n => $"INV-{n:D6}"), (await house.InvoicesAsync()).Select(i => i.Number));
        Assert.Empty(await house.ReadAsync(db => db.SetAside.ToListAsync(TestHouse.Cancellation)));
        await house.MustAgreeAsync();
    }

    private static Task<IReadOnlyList<Guid>> DueAsync(TestHouse house, Pass pass) => pass.NextDueAsync(FirstOfMay, TestHouse.Cancellation);

    private static async Task AllPassesAsync(TestHouse house)
    {
        Pass[] passes = [house.Get<ResolveUnknownAttempts>(), house.Get<RenewDueSubscriptions>(), house.Get<CollectOpenInvoices>()];
        foreach (var pass in passes)
        {
            await house.Get<PassLoop>().RunAsync(
                pass, new RunPass(), FirstOfMay, (_, _) => Task.CompletedTask, TestHouse.Cancellation);
        }
    }

    private async Task<TestHouse> OpenAsync(string database, int customers)
    {
        var house = await TestHouse.OnAsync(database, postgres, FirstOfMay);
        await house.SellProAsync();
        await house.SubscribeManyAsync(customers);
        return house;
    }

    /// <summary>The database goes away at the moment a transaction is to be committed.</summary>
    private sealed class FailingCommit : DbTransactionInterceptor
    {
        private int failures;

        public void FailNext() => failures = 1;

        public override ValueTask<InterceptionResult> TransactionCommittingAsync(
            DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
            Interlocked.Exchange(ref failures, 0) == 0 ? new(result) : throw new TimeoutException("The database went away.");
    }

    /// <summary>Holds one transaction just before its commit.</summary>
    private sealed class HeldCommit : DbTransactionInterceptor
    {
        private readonly TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int holding;

        public Task HoldNext()
        {
            holding = 1;
            return arrived.Task;
        }

        public void Release() => released.SetResult();

        public override async ValueTask<InterceptionResult> TransactionCommittingAsync(
            DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
        {
            if (Interlocked.Exchange(ref holding, 0) == 0) return result;
            arrived.SetResult();
            await released.Task.WaitAsync(cancellationToken);
            return result;
        }
    }

    /// <summary>Does something once, before the next transaction begins: between what was read and what is written.</summary>
    private sealed class BeforeTransaction : DbTransactionInterceptor
    {
        private Func<Task>? act;

        public void DoNext(Func<Task> next) => act = next;

        public override async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
            DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result,
            CancellationToken cancellationToken = default)
        {
            if (Interlocked.Exchange(ref act, null) is { } now) await now();
            return result;
        }
    }
}
