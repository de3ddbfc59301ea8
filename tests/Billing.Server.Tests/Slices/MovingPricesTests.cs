using System.Data.Common;
using Billing.Client;
using Billing.Client.Contract;
using Billing.Server.Http;
using Billing.Server.Plans;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Faults;
using Billing.Server.Tests.Infrastructure;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Billing.Server.Tests.Slices;

/// <summary>Price moves through the house: whoever is concerned is told once, moves once, or is told that it is off.</summary>
public sealed class MovingPricesTests(PostgresServer postgres)
{
    private const long Old = Merchant.Price, New = 5_900;
    private static readonly Instant Start = Instant.FromUtc(2026, 3, 1, 10, 0);
    private static readonly CadenceView Monthly = new("month");

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task Everybody_concerned_is_told_once_and_moves_with_the_next_period(string database)
    {
        await using var house = await OpenAsync(database, customers: 3);
        var trial = await StartAsync(house, new(Merchant.Pro, Monthly, TrialDays: 14));
        var agreed = await StartAsync(house, new(Merchant.Pro, Monthly, NegotiatedUnitAmount: new(4_000, "USD")));
        var gone = await house.SubscribeAsync();
        await house.SendAsync(new CancelSubscription(gone.Id, new("now")));
        await house.SetPriceAsync(49_000, "year");
        var yearly = await StartAsync(house, new(Merchant.Pro, new("year")));
        await MoveAsync(house);
        var late = await house.SubscribeAsync();

        await house.RunAsync();
        await house.RunAsync();

        Assert.Equal((4, 0), (await FactsAsync(house, nameof(PriceMoveAnnounced)), await house.ReadAsync(db => db.SetAside.CountAsync(TestHouse.Cancellation))));
        Assert.Equal(new AnnouncedMoveView(new(New, "USD"), "2026-04-01", "2026-04-15"), await AnnouncedAsync(house, trial));
        foreach (var other in new[] { agreed, gone, yearly, late }) Assert.Null(await AnnouncedAsync(house, other));
        var move = Assert.Single(await ListAsync(house));
        Assert.Equal((4, null), (move.Announced, move.BegunAt));

        house.Clock.Now = Instant.FromUtc(2026, 4, 20, 10, 0);
        await house.RunAsync();

        Assert.Equal(4, await FactsAsync(house, nameof(PriceMoved)));
        Assert.Equal([New, New, New, New], (await SubscriptionsAsync(house)).Where(s => s.MrrMinor == New && s.CreatedAt == Start && s.Id.Value != late.Id).Select(s => s.UnitAmountMinor));
        Assert.All(await SubscriptionsAsync(house), s => Assert.Null(s.MovesToPriceId));
        Assert.Equal(Old, (await house.InvoicesAsync()).Single(i => i.SubscriptionId!.Value.Value == trial.Id && i.PeriodStart == new LocalDate(2026, 3, 15)).TotalMinor);
        Assert.Equal((4, "2026-04-20T10:00:00Z"), Assert.Single(await ListAsync(house)) is var begun ? (begun.Announced, begun.BegunAt) : default);
        Assert.Equal("price_move_begun", (await Assert.ThrowsAsync<Refused>(() => WithdrawAsync(house, move))).Code);
        await house.MustAgreeAsync();
    }

    [Fact]
    public async Task Who_is_about_to_have_another_cadence_is_told_only_when_keeping_this_one()
    {
        await using var house = await OpenAsync(Databases.Sqlite, customers: 1);
        await house.SetPriceAsync(49_000, "year");
        var subscription = Assert.Single(await SubscriptionsAsync(house)).Id.Value;
        var yearly = await house.SendAsync(new QuoteChange(subscription, new(Cadence: new("year"), When: "period_end")));
        await house.SendAsync(new ConfirmChange(subscription, new(yearly.Token)));
        await MoveAsync(house);

        await house.RunAsync();
        Assert.Equal((0, 0), (await FactsAsync(house, nameof(PriceMoveAnnounced)), await house.ReadAsync(db => db.SetAside.CountAsync(TestHouse.Cancellation))));

        await house.SendAsync(new WithdrawChange(subscription));
        await house.RunAsync();
        Assert.Equal(1, await FactsAsync(house, nameof(PriceMoveAnnounced)));

        // Told already and then planned: it stands until the other cadence begins, and the page no longer promises it.
        yearly = await house.SendAsync(new QuoteChange(subscription, new(Cadence: new("year"), When: "period_end")));
        var planned = await house.SendAsync(new ConfirmChange(subscription, new(yearly.Token)));
        Assert.Equal(new(new(New, "USD"), "2026-04-01", null), planned.PriceMove);
        house.Clock.Now = Instant.FromUtc(2026, 4, 1, 10, 0);
        await house.RunAsync();
        Assert.Equal((49_000, null), ((await house.InvoicesAsync())[^1].TotalMinor, Assert.Single(await SubscriptionsAsync(house)).MovesToPriceId));
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_move_is_taken_back_from_everybody_who_was_told_and_may_be_planned_again(string database)
    {
        await using var house = await OpenAsync(database, customers: 3);
        var first = await MoveAsync(house);
        Assert.Equal("price_move_exists", (await Assert.ThrowsAsync<Refused>(() => ScheduleAsync(house, "2026-04-01"))).Code);
        await house.RunAsync();

        Assert.NotNull((await WithdrawAsync(house, first)).WithdrawnAt);
        await house.RunAsync();

        Assert.Equal(3, await FactsAsync(house, nameof(PriceMoveWithdrawn)));
        Assert.All(await SubscriptionsAsync(house), s => Assert.Equal((null, null, null), (s.MovesToPriceId, s.MovesToUnitAmountMinor, s.MovesOn)));
        Assert.Equal("price_move_withdrawn", (await Assert.ThrowsAsync<Refused>(() => WithdrawAsync(house, first))).Code);

        await ScheduleAsync(house, "2026-05-01");
        house.Clock.Now = Instant.FromUtc(2026, 4, 1, 10, 0);
        await house.RunAsync();
        Assert.Equal(6, await FactsAsync(house, nameof(PriceMoveAnnounced)));
        Assert.All((await house.InvoicesAsync()).Where(i => i.PeriodStart == new LocalDate(2026, 4, 1)), i => Assert.Equal(Old, i.TotalMinor));
        house.Clock.Now = Instant.FromUtc(2026, 5, 1, 10, 0);
        await house.RunAsync();
        Assert.All((await house.InvoicesAsync()).Where(i => i.PeriodStart == new LocalDate(2026, 5, 1)), i => Assert.Equal(New, i.TotalMinor));
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_batch_that_fails_tells_everybody_else_exactly_once_and_the_last_one_when_it_heals(string database)
    {
        await using var house = await OpenAsync(database, customers: 12);
        await MoveAsync(house);
        var lost = (await SubscriptionsAsync(house))[5].Id;
        await LiveInAsync(house, lost, "Nowhere/Atlantis");

        await house.RunAsync();
        await house.RunAsync();

        Assert.Equal(11, await FactsAsync(house, nameof(PriceMoveAnnounced)));
        Assert.Equal([lost], (await SubscriptionsAsync(house)).Where(s => s.MovesOn is null).Select(s => s.Id));
        var aside = Assert.Single(await house.ReadAsync(db => db.SetAside.ToListAsync(TestHouse.Cancellation)));
        Assert.Equal(("announce price moves", lost.Value), (aside.Pass, aside.SubjectId));

        await LiveInAsync(house, lost, "UTC");
        house.Clock.Now += Duration.FromHours(2);
        await house.RunAsync();
        Assert.Equal(12, await FactsAsync(house, nameof(PriceMoveAnnounced)));
        Assert.Equal(12, Assert.Single(await ListAsync(house)).Announced);
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_run_killed_anywhere_tells_everybody_once(string database)
    {
        var death = new SuddenDeath();
        await using var house = await OpenAsync(database, customers: 3, new() { Interceptors = [death] });
        var move = await MoveAsync(house);

        for (var point = 1; ; point++)
        {
            death.StrikeAt(point);
            var killed = await Record.ExceptionAsync(house.RunAsync);
            death.Restart();
            house.Clock.Now += Duration.FromMinutes(3);
            if (killed is not null) await house.RunAsync();

            Assert.Equal(3 * point, await FactsAsync(house, nameof(PriceMoveAnnounced)));
            Assert.Equal(3, (await ListAsync(house))[0].Announced);
            Assert.All(await SubscriptionsAsync(house), s => Assert.Equal(move.PriceId, s.MovesToPriceId!.Value.Value));
            if (killed is null)
            {
                Assert.InRange(point, 20, 200);
                return;
            }

            // Off again, so that the next round has somebody to tell.
            await WithdrawAsync(house, move);
            move = await ScheduleAsync(house, "2026-05-01");
        }
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_move_taken_back_after_the_run_read_it_is_told_to_nobody(string database)
    {
        var meanwhile = new Meanwhile();
        await using var house = await OpenAsync(database, customers: 3, new() { Interceptors = [meanwhile] });
        var move = await MoveAsync(house);

        // The run has read who is to be told and is about to write it down.
        meanwhile.AtTheNextTransaction = () => WithdrawAsync(house, move);
        await house.RunAsync();

        Assert.Null(meanwhile.AtTheNextTransaction);
        Assert.Equal((0, 0), (await FactsAsync(house, nameof(PriceMoveAnnounced)), await house.ReadAsync(db => db.SetAside.CountAsync(TestHouse.Cancellation))));
        Assert.All(await SubscriptionsAsync(house), s => Assert.Null(s.MovesToPriceId));
    }

    [Theory, MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_move_taken_back_just_before_the_first_period_is_billed_is_billed_to_nobody(string database)
    {
        var meanwhile = new Meanwhile();
        await using var house = await OpenAsync(database, customers: 3, new() { Interceptors = [meanwhile] });
        var move = await MoveAsync(house);
        await house.RunAsync();
        house.Clock.Now = Instant.FromUtc(2026, 4, 1, 10, 0);

        meanwhile.AtTheNextTransaction = () => WithdrawAsync(house, move);
        await house.RunAsync();

        Assert.Null(meanwhile.AtTheNextTransaction);
        Assert.Equal((0, 3), (await FactsAsync(house, nameof(PriceMoved)), await FactsAsync(house, nameof(PriceMoveWithdrawn))));
        Assert.All((await house.InvoicesAsync()).Where(i => i.PeriodStart == new LocalDate(2026, 4, 1)), i => Assert.Equal(Old, i.TotalMinor));
        Assert.Null((await ListAsync(house))[0].BegunAt);
        await house.MustAgreeAsync();
    }

    [Fact]
    public async Task A_move_whose_first_period_is_billed_while_it_is_taken_back_stands()
    {
        var meanwhile = new Meanwhile();
        await using var house = await OpenAsync(Databases.Postgres, customers: 3, new() { Interceptors = [meanwhile] });
        var move = await MoveAsync(house);
        await house.RunAsync();
        house.Clock.Now = Instant.FromUtc(2026, 4, 1, 10, 0);

        // The withdrawal has read that nobody pays the new price yet, and is about to write.
        meanwhile.AtTheNextUpdate = house.RunAsync;
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => WithdrawAsync(house, move));

        Assert.Equal((3, 0), (await FactsAsync(house, nameof(PriceMoved)), await FactsAsync(house, nameof(PriceMoveWithdrawn))));
        Assert.Null((await ListAsync(house))[0].WithdrawnAt);
    }

    [Fact]
    public async Task A_price_move_is_planned_listed_read_and_withdrawn_over_HTTP()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Start);
        await house.Client.CreatePlanAsync(new("pro", "Pro"));
        await house.Client.CreatePlanAsync(new("other", "Other"));
        await house.Client.SetPriceAsync("pro", new(new(Old, "USD"), Monthly));
        var customer = await house.Client.AddCustomerAsync(new("USD", "UTC"));
        var subscription = await house.Client.StartSubscriptionAsync(customer.Id, new("pro", Monthly));
        await RefusedAsync(422, "no_older_price", "cadence", "2026-04-01");
        await house.Client.SetPriceAsync("pro", new(new(New, "USD"), Monthly));
        await RefusedAsync(422, "notice_too_short", "from", "2026-03-30");

        var move = await house.Client.SchedulePriceMoveAsync("pro", new("USD", Monthly, "2026-03-31"));
        await RefusedAsync(409, "price_move_exists", null, "2026-04-01");
        await house.RunAsync();

        Assert.Equal(new(new(New, "USD"), "2026-03-31", "2026-04-01"), (await house.Client.GetSubscriptionAsync(subscription.Id)).PriceMove);
        Assert.Equal((move.Id, 1), Assert.Single(await house.Client.ListPriceMovesAsync("pro").ToListAsync(ApiHouse.Cancellation)) is var listed
            ? (listed.Id, listed.Announced) : default);
        Assert.Equal("not_found", (await Assert.ThrowsAsync<BillingProblem>(() => house.Client.WithdrawPriceMoveAsync("other", move.Id))).Code);
        Assert.NotNull((await house.Client.WithdrawPriceMoveAsync("pro", move.Id)).WithdrawnAt);
        Assert.Null((await house.Client.GetSubscriptionAsync(subscription.Id)).PriceMove);

        async Task RefusedAsync(int status, string code, string? field, string from)
        {
            var problem = await Assert.ThrowsAsync<BillingProblem>(() => house.Client.SchedulePriceMoveAsync("pro", new("USD", Monthly, from)));
            Assert.Equal((status, code, field), (problem.Status, problem.Code, problem.Errors.SingleOrDefault()?.Field));
        }
    }

    private async Task<TestHouse> OpenAsync(string database, int customers, Badly? badly = null)
    {
        var house = await TestHouse.OnAsync(database, postgres, Start, badly);
        await house.SellProAsync();
        await house.SubscribeManyAsync(customers, card: null);
        await house.RunAsync();
        return house;
    }

    /// <summary>A new price, and the move to it on 1 April.</summary>
    private static async Task<PriceMoveView> MoveAsync(TestHouse house)
    {
        await house.SetPriceAsync(New, "month");
        return await ScheduleAsync(house, "2026-04-01");
    }

    private static Task<PriceMoveView> ScheduleAsync(TestHouse house, string from) =>
        house.SendAsync(new SchedulePriceMove(Merchant.Pro, new("USD", Monthly, from)));

    private static Task<PriceMoveView> WithdrawAsync(TestHouse house, PriceMoveView move) =>
        house.SendAsync(new WithdrawPriceMove(Merchant.Pro, move.Id));

    private static async Task<SubscriptionView> StartAsync(TestHouse house, NewSubscription terms) =>
        await house.SendAsync(new StartSubscription((await house.AddCustomerAsync()).Id, terms));

    private static Task<int> FactsAsync(TestHouse house, string type) =>
        house.ReadAsync(db => db.History.CountAsync(h => h.Type == type, TestHouse.Cancellation));

    private static Task<List<Subscription>> SubscriptionsAsync(TestHouse house) =>
        house.ReadAsync(db => db.Subscriptions.AsNoTracking().OrderBy(s => s.Id).ToListAsync(TestHouse.Cancellation));

    private static async Task<IReadOnlyList<PriceMoveView>> ListAsync(TestHouse house) =>
        (await house.ReadAsync(db => db.PriceMovePageAsync(Merchant.Pro, new PageQuery(), TestHouse.Cancellation))).Items;

    private static async Task<AnnouncedMoveView?> AnnouncedAsync(TestHouse house, SubscriptionView subscription) =>
        (await house.ReadAsync(db => db.SubscriptionViewAsync(subscription.Id, TestHouse.Cancellation))).PriceMove;

    private static async Task LiveInAsync(TestHouse house, SubscriptionId id, string zone)
    {
        await using var db = house.Database.Open();
        await db.Subscriptions.Where(s => s.Id == id).ExecuteUpdateAsync(set => set.SetProperty(s => s.TimeZone, zone), TestHouse.Cancellation);
    }

    /// <summary>Does something just before the next transaction begins, or the next row of the moves is written.</summary>
    private sealed class Meanwhile : DbCommandInterceptor, IDbTransactionInterceptor
    {
        public Func<Task>? AtTheNextTransaction { get; set; }

        public Func<Task>? AtTheNextUpdate { get; set; }

        public async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
            DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result,
            CancellationToken cancellationToken = default)
        {
            var act = AtTheNextTransaction;
            AtTheNextTransaction = null;
            if (act is not null) await act();
            return result;
        }

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            if (!command.CommandText.StartsWith("UPDATE price_moves", StringComparison.Ordinal)) return result;
            var act = AtTheNextUpdate;
            AtTheNextUpdate = null;
            if (act is not null) await act();
            return result;
        }
    }
}
