using Billing.Client.Contract;
using Billing.Invoicing;
using Billing.Payments;
using Billing.Server.Alarms;
using Billing.Server.Customers;
using Billing.Server.Invoicing;
using Billing.Server.Payments;
using Billing.Server.Payments.Disputes;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Tests.Inbox;

/// <summary>What a dispute does to a customer's billing, and what it leaves in the books.</summary>
public sealed class DisputeTests(PostgresServer postgres)
{
    private static readonly Instant Start = Instant.FromUtc(2026, 3, 1, 9, 0);

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task While_a_dispute_is_open_nothing_is_collected_and_nothing_sent_back(string database)
    {
        await using var house = await TestHouse.OnAsync(database, postgres, Start);
        var payment = await PaidAsync(house, "pm_card_visa");
        var waiting = await house.SendAsync(new RefundPayment(payment.Id.Value, new("A kindness", new Amount(100, "USD"))));
        Assert.Equal("succeeded", waiting.State);

        var reference = house.Gateway.OpenDispute(payment.GatewayReference!);
        await house.DeliverAsync();
        Assert.Equal("payment_disputed", (await Assert.ThrowsAsync<Refused>(
            () => house.SendAsync(new RefundPayment(payment.Id.Value, new("Another", new Amount(100, "USD")))))).Code);
        Assert.DoesNotContain("collects", await OutlookAsync(house, payment.CustomerId));

        // April is billed, and waits.
        house.Clock.Now = Instant.FromUtc(2026, 4, 1, 9, 0);
        await house.RunAsync();
        await house.RunAsync();
        Assert.Equal(InvoiceStatus.Open, (await house.InvoicesAsync())[^1].Status);
        Assert.Single(await house.ReadAsync(db => db.PaymentAttempts.ToListAsync(TestHouse.Cancellation)));

        // The bank decides for us: the next run collects what waited.
        house.Gateway.DecideDispute(reference, DisputeState.Won);
        await house.DeliverAsync();
        await house.RunAsync();
        Assert.Equal(InvoiceStatus.Paid, (await house.InvoicesAsync())[^1].Status);
        Assert.Equal(["DisputeOpened", "DisputeWon"], await FactsAsync(house, "Dispute"));
        Assert.Empty(await OpenAlarmsAsync(house));
        await LedgerBooks.MustAgreeAsync(house.Database);
    }

    [Theory]
    [MemberData(nameof(Databases.All), MemberType = typeof(Databases))]
    public async Task A_lost_dispute_takes_the_revenue_back_and_collection_rests_until_a_person_says_otherwise(string database)
    {
        await using var house = await TestHouse.OnAsync(database, postgres, Start);
        var payment = await PaidAsync(house, "sandbox_disputed_lost");
        house.Clock.Now += Duration.FromDays(8);
        await house.DeliverAsync();

        var invoice = Assert.Single(await house.InvoicesAsync());
        Assert.Equal((InvoiceStatus.Paid, 4_900, 4_900, 0), (invoice.Status, invoice.PaidMinor, invoice.CreditNotesMinor, invoice.DueMinor));
        var note = await house.ReadAsync(db => db.CreditNotes.AsNoTracking().SingleAsync(TestHouse.Cancellation));
        Assert.Equal(("CN-000001", 4_900, 0), (note.Number, note.AmountMinor, note.ToBalanceMinor));
        Assert.Equal(["DisputeLost", "DisputeOpened"], await FactsAsync(house, "Dispute"));
        Assert.Equal([AlarmKind.Dispute], await OpenAlarmsAsync(house));

        house.Clock.Now = Instant.FromUtc(2026, 4, 1, 9, 0);
        await house.RunAsync();
        Assert.Single(await house.ReadAsync(db => db.PaymentAttempts.ToListAsync(TestHouse.Cancellation)));

        var dispute = Assert.Single((await house.ReadAsync(db => db.DisputePageAsync(payment.CustomerId.Value, new(), TestHouse.Cancellation))).Items);
        Assert.False((await house.SendAsync(new ReleaseDispute(dispute.Id))).Holds);
        Assert.False((await house.SendAsync(new ReleaseDispute(dispute.Id))).Holds);
        await house.RunAsync();
        Assert.Equal(2, await house.ReadAsync(db => db.PaymentAttempts.CountAsync(TestHouse.Cancellation)));
        Assert.Equal(["DisputeLost", "DisputeOpened", "DisputeReleased"], await FactsAsync(house, "Dispute"));
        Assert.Empty(await OpenAlarmsAsync(house));
        await LedgerBooks.MustAgreeAsync(house.Database);
    }

    [Fact]
    public async Task A_lost_dispute_of_a_partly_refunded_invoice_takes_back_what_was_left()
    {
        await using var house = await TestHouse.OnSqliteAsync(Start);
        var payment = await PaidAsync(house, "pm_card_visa");
        await house.SendAsync(new RefundPayment(payment.Id.Value, new("A kindness", new Amount(1_000, "USD"))));
        await LoseAsync(house, payment);

        var invoice = Assert.Single(await house.InvoicesAsync());
        Assert.Equal((4_900, 4_900), (invoice.PaidMinor, invoice.CreditNotesMinor));
        var after = await house.ReadAsync(db => db.PaymentAttempts.AsNoTracking().SingleAsync(TestHouse.Cancellation));
        Assert.Equal((1_000, 3_900, 0), (after.RefundedMinor, after.LostMinor, after.Refundable.Minor));
        Assert.Equal(0, await BalanceAsync(house));
        await LedgerBooks.MustAgreeAsync(house.Database);
    }

    [Fact]
    public async Task Credit_that_came_of_a_disputed_payment_is_taken_back_as_far_as_it_is_there()
    {
        await using var house = await TestHouse.OnSqliteAsync(Start);
        var payment = await PaidAsync(house, "pm_card_visa");
        await house.SendAsync(new CreditInvoice(payment.InvoiceId.Value, new(new(1_000, "USD"), "A kindness")));
        Assert.Equal(1_000, await BalanceAsync(house));

        await LoseAsync(house, payment);

        Assert.Equal(0, await BalanceAsync(house));
        Assert.Equal(4_900, Assert.Single(await house.InvoicesAsync()).CreditNotesMinor);
        await house.BalancesAreToldAsync();
        await LedgerBooks.MustAgreeAsync(house.Database);
    }

    /// <summary>The refund was asked for and not sent yet when the bank took everything: it is called back first.</summary>
    [Fact]
    public async Task A_refund_that_waited_is_called_back_when_the_bank_takes_the_payment()
    {
        await using var house = await TestHouse.OnSqliteAsync(Start);
        var payment = await PaidAsync(house, "pm_card_visa");
        await house.SendAsync(new CreditInvoice(payment.InvoiceId.Value, new(new(1_000, "USD"), "A kindness")));
        await AskForRefundAsync(house, payment.Id, 1_000);
        var reference = house.Gateway.OpenDispute(payment.GatewayReference!);
        await house.DeliverAsync();
        await house.RunAsync();
        Assert.Empty(house.Gateway.Ledger.AllRefunds());

        house.Gateway.DecideDispute(reference, DisputeState.Lost);
        await house.DeliverAsync();

        Assert.Equal(RefundState.Failed, await house.ReadAsync(db => db.Refunds.Select(r => r.State).SingleAsync(TestHouse.Cancellation)));
        Assert.Equal(0, await BalanceAsync(house));
        await house.BalancesAreToldAsync();
        await LedgerBooks.MustAgreeAsync(house.Database);
    }

    [Fact]
    public async Task A_dispute_of_a_payment_we_have_not_heard_of_yet_is_not_lost()
    {
        await using var house = await TestHouse.OnSqliteAsync(Start);
        await house.SellProAsync();
        await house.SubscribeAsync("sandbox_timeout_captured");
        await house.RunAsync();
        Assert.Equal(AttemptState.Unknown, await house.ReadAsync(db => db.PaymentAttempts.Select(a => a.State).SingleAsync(TestHouse.Cancellation)));
        house.Gateway.OpenDispute(house.Gateway.Notices()[^1].Reference);

        await house.TakeAsync(house.Gateway.Notices()[^1]);
        await house.WorkThroughAsync();

        Assert.Equal(AttemptState.Succeeded, await house.ReadAsync(db => db.PaymentAttempts.Select(a => a.State).SingleAsync(TestHouse.Cancellation)));
        Assert.Equal(DisputeState.Open, await house.ReadAsync(db => db.Disputes.Select(d => d.State).SingleAsync(TestHouse.Cancellation)));
    }

    /// <summary>Won, said the bank; whatever is told later, that stays, and a person looks.</summary>
    [Fact]
    public async Task A_decided_dispute_stays_decided()
    {
        await using var house = await TestHouse.OnSqliteAsync(Start);
        var payment = await PaidAsync(house, "pm_card_visa");
        var reference = house.Gateway.OpenDispute(payment.GatewayReference!);
        house.Gateway.DecideDispute(reference, DisputeState.Won);
        await house.DeliverAsync();
        var seen = (await house.Gateway.FindDisputeAsync(reference, TestHouse.Cancellation))!;

        foreach (var state in new[] { DisputeState.Lost, DisputeState.Open, DisputeState.Lost })
            await house.Get<FollowDisputes>().FollowAsync(seen with { State = state }, house.Clock.Now, TestHouse.Cancellation);

        Assert.Equal(DisputeState.Won, await house.ReadAsync(db => db.Disputes.Select(d => d.State).SingleAsync(TestHouse.Cancellation)));
        Assert.Equal(0, Assert.Single(await house.InvoicesAsync()).CreditNotesMinor);
        Assert.Contains(AlarmKind.BooksDiffer, await OpenAlarmsAsync(house));
    }

    private static async Task<PaymentAttempt> PaidAsync(TestHouse house, string card)
    {
        await house.SellProAsync();
        await house.SubscribeAsync(card);
        await house.RunAsync();
        return await house.ReadAsync(db => db.PaymentAttempts.AsNoTracking().SingleAsync(a => a.State == AttemptState.Succeeded, TestHouse.Cancellation));
    }

    private static async Task LoseAsync(TestHouse house, PaymentAttempt payment)
    {
        house.Gateway.DecideDispute(house.Gateway.OpenDispute(payment.GatewayReference!), DisputeState.Lost);
        await house.DeliverAsync();
    }

    /// <summary>Written down and not sent, as when the process is stopped right then.</summary>
    private static async Task AskForRefundAsync(TestHouse house, PaymentAttemptId id, long minor)
    {
        await using var db = house.Database.Open();
        var payment = await db.PaymentAttempts.SingleAsync(a => a.Id == id, TestHouse.Cancellation);
        var customer = await db.Customers.SingleAsync(c => c.Id == payment.CustomerId, TestHouse.Cancellation);
        db.Keep(
            Refund.Ask(new(Guid.NewGuid()), payment, customer, new(minor, payment.Currency), (RefundCause.Asked, "A kindness"), null, house.Clock.Now),
            "test", house.Clock.Now);
        await db.SaveChangesAsync(TestHouse.Cancellation);
    }

    private static async Task<List<string>> OutlookAsync(TestHouse house, CustomerId customer) => [.. (await house.ReadAsync(
        db => db.OutlookAsync(customer.Value, house.Gateway, house.Clock.Now, TestHouse.Cancellation))).Entries.Select(e => e.Kind)];

    private static Task<long> BalanceAsync(TestHouse house) => house.ReadAsync(db => db.Customers.Select(c => c.BalanceMinor).SingleAsync(TestHouse.Cancellation));

    private static Task<List<string>> FactsAsync(TestHouse house, string about) => house.ReadAsync(
        db => db.History.Where(h => h.Type.StartsWith(about)).Select(h => h.Type).OrderBy(t => t).ToListAsync(TestHouse.Cancellation));

    private static Task<List<AlarmKind>> OpenAlarmsAsync(TestHouse house) => house.ReadAsync(
        db => db.Alarms.Where(a => a.ClosedAt == null).Select(a => a.Kind).OrderBy(k => k).ToListAsync(TestHouse.Cancellation));
}
