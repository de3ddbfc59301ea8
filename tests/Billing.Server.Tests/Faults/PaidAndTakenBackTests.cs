using System.Data.Common;
using Billing.Client.Contract;
using Billing.Customers;
using Billing.Invoicing;
using Billing.Payments;
using Billing.Server.Cards;
using Billing.Server.Http;
using Billing.Server.Invoicing;
using Billing.Server.Payments;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Billing.Server.Tests.Faults;

/// <summary>
/// A person pays an invoice and another takes it back, at the same instant: one of them loses and is told so, and nothing is
/// captured that is not owed. On PostgreSQL alone: SQLite lets one command at a time.
/// </summary>
public sealed class PaidAndTakenBackTests(PostgresServer postgres)
{
    private static readonly Instant FirstOfMay = Instant.FromUtc(2026, 5, 1, 9, 0);

    public static TheoryData<string> Acts => ["void", "credit", "write off"];

    [Theory, MemberData(nameof(Acts))]
    public async Task What_is_being_paid_by_hand_cannot_be_taken_back_by_who_looked_before(string act)
    {
        var reads = new AfterAttemptsAreRead();
        await using var house = await TestHouse.OnPostgresAsync(postgres, FirstOfMay, new() { Interceptors = [reads] });
        var invoice = await IssuedAsync(house);
        var desk = house.Get<PaymentDesk>();
        IReadOnlyList<Begun> begun = [];

        // Whoever takes it back has seen that nobody is paying; then somebody is.
        reads.DoNext(async () => begun = await desk.BeginAsync([invoice], AttemptTrigger.Manual, FirstOfMay, TestHouse.Cancellation));
        var lost = await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => DoAsync(house, act, invoice));
        await desk.AskAndSettleAsync(begun, house.Clock, TestHouse.Cancellation);

        Assert.Equal(Problems.ChangedMeanwhile, Problems.Of(lost)?.Code);
        var paid = Assert.Single(await house.InvoicesAsync());
        Assert.Equal((InvoiceStatus.Paid, Merchant.Price, 0L), (paid.Status, paid.PaidMinor, paid.CreditNotesMinor));
        Assert.Single(house.Gateway.Ledger.CapturesOf(invoice));
        await NothingIsLeftOverAsync(house);
    }

    [Theory, MemberData(nameof(Acts))]
    public async Task What_was_taken_back_since_it_was_read_is_not_paid_by_hand(string act)
    {
        var reads = new AfterAttemptsAreRead();
        await using var house = await TestHouse.OnPostgresAsync(postgres, FirstOfMay, new() { Interceptors = [reads] });
        var invoice = await IssuedAsync(house);

        // Whoever pays has seen what is owed; then it is owed no more.
        reads.DoNext(() => DoAsync(house, act, invoice));
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(
            () => house.Get<PaymentDesk>().BeginAsync([invoice], AttemptTrigger.Manual, FirstOfMay, TestHouse.Cancellation));

        Assert.Empty(await house.ReadAsync(db => db.PaymentAttempts.ToListAsync(TestHouse.Cancellation)));
        Assert.Equal(0, Assert.Single(await house.InvoicesAsync()).PaidMinor);
        await NothingIsLeftOverAsync(house);
    }

    private static async Task NothingIsLeftOverAsync(TestHouse house)
    {
        Assert.Equal(0, await house.ReadAsync(db => db.Customers.SumAsync(c => c.BalanceMinor, TestHouse.Cancellation)));
        Assert.Empty(await house.ReadAsync(db => db.BalanceEntries.Where(e => e.Reason == BalanceReason.Overpayment).ToListAsync(TestHouse.Cancellation)));
        Assert.Empty(await house.ReadAsync(db => db.Alarms.ToListAsync(TestHouse.Cancellation)));
        await house.MustAgreeAsync();
    }

    private static Task DoAsync(TestHouse house, string act, InvoiceId invoice) => act switch
    {
        "void" => house.SendAsync(new VoidInvoice(invoice.Value)),
        "credit" => house.SendAsync(new CreditInvoice(invoice.Value, new NewCreditNote(new Amount(Merchant.Price, "USD"), "Not wanted"))),
        "write off" => house.SendAsync(new WriteOffInvoice(invoice.Value)),
        _ => throw new ArgumentOutOfRangeException(nameof(act), act, "Not one of the acts."),
    };

    private static async Task<InvoiceId> IssuedAsync(TestHouse house)
    {
        var customer = await house.AddCustomerAsync();
        await house.SendAsync(new AddCard(customer.Id, new NewCard("pm_card_visa")));
        var draft = await house.SendAsync(new DraftInvoice(customer.Id, new([new("Setting up", new(Merchant.Price, "USD"))])));
        await house.SendAsync(new IssueInvoice(draft.Id));
        return new(draft.Id);
    }

    /// <summary>Does something once, when attempts have been looked for: whoever looked goes on with what it saw.</summary>
    private sealed class AfterAttemptsAreRead : DbCommandInterceptor
    {
        private Func<Task>? act;

        public void DoNext(Func<Task> next) => act = next;

        public override async ValueTask<DbDataReader> ReaderExecutedAsync(
            DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
        {
            if (command.CommandText.Contains("FROM payment_attempts", StringComparison.Ordinal) && Interlocked.Exchange(ref act, null) is { } now) await now();
            return result;
        }
    }
}
