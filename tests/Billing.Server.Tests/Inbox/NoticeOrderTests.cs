using System.Diagnostics;
using System.Text.RegularExpressions;
using Billing.Invoicing;
using Billing.Payments;
using Billing.Server.Payments.Gateways.Sandbox;
using Billing.Server.Payments.Inbox;
using Billing.Server.Tests.Infrastructure;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Inbox;

/// <summary>Notices come late, twice and in any order, and end in the same books.</summary>
public sealed partial class NoticeOrderTests(ITestOutputHelper output)
{
    private static readonly Instant Start = Instant.FromUtc(2026, 3, 1, 9, 0);

    private const int Lanes = 4;

    /// <summary>Four lanes side by side, each with a house and a story of its own; what they end in is compared across all of them.</summary>
    [Fact]
    public async Task All_720_orders_of_six_notices_end_in_the_same_books_and_more_deliveries_change_nothing()
    {
        var watch = Stopwatch.StartNew();
        var lanes = await Task.WhenAll(Orders(6).Chunk(720 / Lanes).Select(orders => Task.Run(() => EndOfAllAsync(orders))));

        Assert.Equal((720, 720 * 6 * 10), (lanes.Sum(l => l.Orders), lanes.Sum(l => l.Deliveries)));
        Assert.Single(lanes.Select(l => l.Books).Distinct(StringComparer.Ordinal));
        output.WriteLine($"720 orders, {lanes.Sum(l => l.Deliveries)} deliveries in {watch.Elapsed.TotalSeconds:F0} s");
    }

    private static async Task<(int Orders, int Deliveries, string Books)> EndOfAllAsync(int[][] orders)
    {
        await using var house = await TestHouse.OnSqliteAsync(Start);
        await house.SellProAsync();
        var story = await SixNotices.BeginAsync(house);
        for (var step = 0; step < SixNotices.Types.Length; step++) story.Happens(house.Gateway, step);
        house.Clock.Now += SandboxRefund.Takes;
        var notices = story.Told(house.Gateway);
        Assert.Equal(SixNotices.Types, notices.Select(n => n.Type));
        using var prepared = Copy(house);
        var known = BooksAsText.IdsIn(await house.BooksAsTextAsync());

        List<string>? expected = null;
        int[] more = [1, 8];
        var deliveries = 0;
        foreach (var order in orders)
        {
            Restore(prepared, house);
            foreach (var i in order) await HearAsync(house, notices[i]);
            deliveries += order.Length;
            var books = await house.BooksAsTextAsync(known);
            Assert.Equal(expected ??= books, books);

            // Once more, and eight times more: of each there were 2 and 10 deliveries then.
            foreach (var times in more)
            {
                foreach (var i in order) await house.TakeAsync(notices[i], times);
                await house.WorkThroughAsync();
                deliveries += order.Length * times;
                Assert.Equal(expected, await house.BooksAsTextAsync(known));
            }

            Assert.All(await house.ReadAsync(db => db.Inbox.ToListAsync(TestHouse.Cancellation)), n => Assert.Equal((10, InboxState.Done), (n.Deliveries, n.State)));
        }

        // After forty days they come once more, and a person has each worked through again.
        house.Clock.Now += Duration.FromDays(40);
        foreach (var notice in notices) await HearAsync(house, notice);
        foreach (var id in await house.ReadAsync(db => db.Inbox.Select(n => n.Id).ToListAsync(TestHouse.Cancellation)))
        {
            await house.SendAsync(new ReplayNotice(id));
            await house.WorkThroughAsync();
        }

        Assert.Equal(expected, await house.BooksAsTextAsync(known));
        await ItAddsUpAsync(house, story);
        return (orders.Length, deliveries, string.Join('\n', await OfAsync(house, story)));
    }

    /// <summary>
    /// Each of these lives the same six things while the notices of those that happened come in between, some twice, some
    /// long after: told of a state that is past, the house looks at the one that is.
    /// </summary>
    [Fact]
    public async Task Notices_that_come_while_more_is_happening_end_in_the_same_books()
    {
        await using var house = await TestHouse.OnSqliteAsync(Start);
        await house.SellProAsync();
        var luck = new Random(20261130);
        List<(SixNotices Story, Queue<int> Acts)> all = [];
        for (var i = 0; i < 40; i++) all.Add((await SixNotices.BeginAsync(house), new([1, 4, 5])));
        // The last of them too has had whatever the run writes to who has to confirm.
        await house.RunAsync();
        var heard = all.ToDictionary(a => a.Story, _ => new HashSet<int>());
        house.Clock.Now += SandboxRefund.Takes;

        while (all.Exists(a => a.Acts.Count > 0 || heard[a.Story].Count < 6))
        {
            var (story, acts) = all[luck.Next(all.Count)];
            if (acts.Count > 0 && luck.Next(2) == 0) story.Happens(house.Gateway, acts.Dequeue());
            if (luck.Next(3) == 0) continue;
            var told = story.Told(house.Gateway);
            var notice = told[luck.Next(told.Count)];
            await HearAsync(house, notice, luck.Next(1, 3));
            heard[story].Add(Array.IndexOf(SixNotices.Types, notice.Type));
        }

        foreach (var (story, _) in all) await ItAddsUpAsync(house, story);
        var states = new List<string>();
        foreach (var (story, _) in all) states.Add(string.Join('\n', await OfAsync(house, story)));
        Assert.All(states, state => Assert.Equal(states[0].Split('\n'), state.Split('\n')));
    }

    /// <summary>The first thing that was told, and it came last: confirmed and lost meanwhile.</summary>
    [Fact]
    public async Task An_old_notice_alone_brings_what_is_true_now()
    {
        await using var house = await TestHouse.OnSqliteAsync(Start);
        await house.SellProAsync();
        var story = await SixNotices.BeginAsync(house);
        for (var step = 0; step < SixNotices.Types.Length; step++) story.Happens(house.Gateway, step);
        house.Clock.Now += SandboxRefund.Takes;
        var told = story.Told(house.Gateway);

        foreach (var type in new[] { "payment.action_required", "refund.created", "dispute.opened" }) await HearAsync(house, told.Single(n => n.Type == type));

        await ItAddsUpAsync(house, story);
    }

    private static async Task ItAddsUpAsync(TestHouse house, SixNotices story)
    {
        var attempts = await house.ReadAsync(db => db.PaymentAttempts.AsNoTracking().Where(a => a.CustomerId == story.Customer)
            .OrderBy(a => a.AmountMinor).ToListAsync(TestHouse.Cancellation));
        Assert.Equal(
            [(AttemptState.Succeeded, 4_900, 1_000, 3_900), (AttemptState.Succeeded, 9_000, 0, 0)],
            attempts.Select(a => (a.State, a.AmountMinor, a.RefundedMinor, a.LostMinor)));
        var invoices = await house.ReadAsync(db => db.Invoices.AsNoTracking().Where(i => i.CustomerId == story.Customer)
            .OrderBy(i => i.TotalMinor).ToListAsync(TestHouse.Cancellation));
        Assert.Equal([(InvoiceStatus.Paid, 4_900), (InvoiceStatus.Paid, 0)], invoices.Select(i => (i.Status, i.CreditNotesMinor)));
        var dispute = await house.ReadAsync(db => db.Disputes.AsNoTracking().SingleAsync(d => d.CustomerId == story.Customer, TestHouse.Cancellation));
        Assert.Equal((DisputeState.Lost, 3_900, true), (dispute.State, dispute.AmountMinor, dispute.Holds));
        Assert.Equal(
            RefundState.Succeeded,
            await house.ReadAsync(db => db.Refunds.Where(r => r.CustomerId == story.Customer).Select(r => r.State).SingleAsync(TestHouse.Cancellation)));
        Assert.Equal(
            0, await house.ReadAsync(db => db.Customers.Where(c => c.Id == story.Customer).Select(c => c.BalanceMinor).SingleAsync(TestHouse.Cancellation)));
    }

    /// <summary>What the books say of one of them, without what names only this one.</summary>
    private static async Task<List<string>> OfAsync(TestHouse house, SixNotices story)
    {
        var mine = (await house.BooksAsTextAsync()).Where(line => line.Contains(story.Customer.ToString(), StringComparison.OrdinalIgnoreCase));
        return [.. mine.Select(line => Names().Replace(line, "x")).Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<int[]> Orders(int count) => count == 0 ? [[]] : Orders(count - 1).SelectMany(
        order => Enumerable.Range(0, count).Select(at => (int[])[.. order[..at], count - 1, .. order[at..]]));

    private static SqliteConnection Copy(TestHouse house)
    {
        var copy = new SqliteConnection("Data Source=:memory:");
        copy.Open();
        using var from = new SqliteConnection(house.Database.ConnectionString);
        from.Open();
        from.BackupDatabase(copy);
        return copy;
    }

    private static void Restore(SqliteConnection copy, TestHouse house)
    {
        using var to = new SqliteConnection(house.Database.ConnectionString);
        to.Open();
        copy.BackupDatabase(to);
    }

    [GeneratedRegex("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|sbx_[a-z]+_[0-9a-f]+|(INV|CN)-[0-9]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Names();

    private static async Task HearAsync(TestHouse house, SandboxNotice notice, int times = 1)
    {
        await house.TakeAsync(notice, times);
        await house.WorkThroughAsync();
    }
}
