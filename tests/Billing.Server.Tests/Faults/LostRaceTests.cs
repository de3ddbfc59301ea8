using System.Data.Common;
using Billing.Client.Contract;
using Billing.Payments;
using Billing.Server.BillingRun;
using Billing.Server.Http;
using Billing.Server.Payments;
using Billing.Server.Persistence;
using Billing.Server.Plans;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Infrastructure;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Billing.Server.Tests.Faults;

/// <summary>The moments that <see cref="SameInstantTests"/> meets by luck, made on purpose.</summary>
public sealed class LostRaceTests(PostgresServer postgres)
{
    private static readonly Instant FirstOfApril = Instant.FromUtc(2026, 4, 1, 9, 0);

    [Fact]
    public async Task Who_comes_back_between_two_reads_of_a_cancel_can_cancel_all_the_same()
    {
        var reads = new BeforeBreaksAreRead();
        await using var house = await AwayAsync(new() { Interceptors = [reads] });
        var subscription = (await SubscriptionAsync(house)).Id.Value;
        var cancel = new CancelSubscription(subscription, new Cancellation("period_end"));

        // The cancel has read a subscription that is away; then the customer is back, on another page.
        reads.DoNext(() => house.SendAsync(new ReturnFromBreak(subscription)));
        var lost = await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => house.SendAsync(cancel));

        Assert.Equal(Problems.ChangedMeanwhile, Problems.Of(lost)?.Code);
        await house.SendAsync(cancel);
        Assert.True((await SubscriptionAsync(house)).CancelAtPeriodEnd);
    }

    [Fact]
    public async Task The_run_and_a_command_take_their_rows_in_the_same_order()
    {
        await using var house = await AwayAsync(null);
        house.Clock.Now += Duration.FromDays(23);
        var breaks = house.Get<FollowBreaks>();
        var due = await breaks.NextDueAsync(house.Clock.Now, TestHouse.Cancellation);

        // A command holds the break, as it does before it writes the subscription; the run comes to wait for it.
        await using var db = house.Database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(TestHouse.Cancellation);
        await db.Database.ExecuteSqlAsync($"UPDATE breaks SET reason = 'x'", TestHouse.Cancellation);
        var run = Task.Run(() => breaks.DoAsync(due, house.Clock.Now, TestHouse.Cancellation), TestHouse.Cancellation);
        while (!run.IsCompleted && await db.Database.SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM pg_locks WHERE NOT granted")
            .SingleAsync(TestHouse.Cancellation) == 0)
        {
            await Task.Yield();
        }

        // Were the run to hold the subscription by now, the two would wait for each other.
        await db.Database.ExecuteSqlAsync($"UPDATE subscriptions SET quantity = quantity", TestHouse.Cancellation);
        await transaction.CommitAsync(TestHouse.Cancellation);
        await run;

        Assert.Single(due);
        Assert.NotNull((await house.ReadAsync(d => d.Breaks.SingleAsync(TestHouse.Cancellation))).AnnouncedOn);
    }

    [Fact]
    public async Task Days_that_are_being_paid_for_at_the_moment_of_going_wait_as_paid_days()
    {
        await using var house = await TestHouse.OnPostgresAsync(postgres, FirstOfApril);
        await house.SellProAsync();
        await house.SendAsync(new AllowBreaks(Merchant.Pro, new BreakTermsView(new Amount(500, "USD"), 7, 180)));
        var subscription = await house.SubscribeAsync();
        var renew = house.Get<RenewDueSubscriptions>();
        await renew.DoAsync(await renew.NextDueAsync(FirstOfApril, TestHouse.Cancellation), FirstOfApril, TestHouse.Cancellation);
        var invoice = Assert.Single(await house.InvoicesAsync());
        var desk = house.Get<PaymentDesk>();
        var begun = await desk.BeginAsync([invoice.Id], AttemptTrigger.Automatic, FirstOfApril, TestHouse.Cancellation);

        // The gateway has been asked and has not answered yet: whatever was taken must not be for days that are gone.
        var away = await house.SendAsync(new TakeBreak(subscription.Id, new NewBreak("2026-05-01")));
        await desk.AskAndSettleAsync(begun, house.Clock, TestHouse.Cancellation);

        Assert.Equal(30, away.BankedDays);
        Assert.Equal((Merchant.Price, 0), ((await house.InvoicesAsync())[0].PaidMinor, (await house.InvoicesAsync())[0].CreditNotesMinor));
        await house.MustAgreeAsync();
    }

    [Fact]
    public async Task Who_waited_for_one_that_waited_too_is_told_to_try_again()
    {
        await using var house = await TestHouse.OnPostgresAsync(postgres, FirstOfApril);
        var (first, second) = ((await house.AddCustomerAsync()).Id, (await house.AddCustomerAsync()).Id);
        await using var one = house.Database.Open();
        await using var other = house.Database.Open();
        await using var ones = await one.Database.BeginTransactionAsync(TestHouse.Cancellation);
        await using var others = await other.Database.BeginTransactionAsync(TestHouse.Cancellation);
        await SpendAsync(one, first);
        await SpendAsync(other, second);

        Task[] both = [SpendAndCommitAsync(one, second), SpendAndCommitAsync(other, first)];
        var lost = await Assert.ThrowsAnyAsync<Exception>(() => Task.WhenAll(both));

        Assert.Equal((409, Problems.ChangedMeanwhile), (Problems.Of(lost)?.Status, Problems.Of(lost)?.Code));
        Assert.IsNotType<DbUpdateConcurrencyException>(lost);

        static async Task SpendAndCommitAsync(BillingDbContext db, Guid id)
        {
            await SpendAsync(db, id);
            await db.Database.CommitTransactionAsync(TestHouse.Cancellation);
        }

        static async Task SpendAsync(BillingDbContext db, Guid id)
        {
            var customer = await db.Customers.SingleAsync(c => c.Id == new CustomerId(id), TestHouse.Cancellation);
            customer.MoveBalance(new(1, customer.Currency), Billing.Customers.BalanceReason.Granted, FirstOfApril);
            await db.SaveChangesAsync(TestHouse.Cancellation);
        }
    }

    /// <summary>A customer who is away from the first of April, for thirty days.</summary>
    private async Task<TestHouse> AwayAsync(Badly? badly)
    {
        var house = await TestHouse.OnPostgresAsync(postgres, FirstOfApril, badly);
        await house.SellProAsync();
        await house.SendAsync(new AllowBreaks(Merchant.Pro, new BreakTermsView(new Amount(500, "USD"), 7, 180)));
        var subscription = await house.SubscribeAsync();
        await house.RunAsync();
        await house.SendAsync(new TakeBreak(subscription.Id, new NewBreak("2026-05-01")));
        return house;
    }

    private static Task<Subscription> SubscriptionAsync(TestHouse house) =>
        house.ReadAsync(db => db.Subscriptions.SingleAsync(TestHouse.Cancellation));

    /// <summary>Does something once, before the breaks are read: between that and what was read before.</summary>
    private sealed class BeforeBreaksAreRead : DbCommandInterceptor
    {
        private Func<Task>? act;

        public void DoNext(Func<Task> next) => act = next;

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (command.CommandText.Contains("FROM breaks", StringComparison.Ordinal) && Interlocked.Exchange(ref act, null) is { } now) await now();
            return result;
        }
    }
}
