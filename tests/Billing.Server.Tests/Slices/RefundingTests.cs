using Billing.Client.Contract;
using Billing.Payments;
using Billing.Server.Alarms;
using Billing.Server.Payments;
using Billing.Server.Payments.Gateways;
using Billing.Server.Tests.Faults;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using static Billing.Server.Tests.Slices.SellingTests;

namespace Billing.Server.Tests.Slices;

/// <summary>Money that goes back, over HTTP.</summary>
public sealed class RefundingTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 1, 10, 0);

    [Fact]
    public async Task A_refund_writes_a_credit_note_and_sends_the_money_back()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var (client, customer, payment) = await PaidAsync(house, "pm_card_visa");

        var part = await client.RefundPaymentAsync(payment.Id, new("Two days without service", new(1_000, "USD")));
        Assert.Equal(("succeeded", 1_000, "asked"), (part.State, part.Amount.Value, part.Cause));
        var note = Assert.Single(await client.ListCreditNotesAsync(payment.InvoiceId).ToListAsync(ApiHouse.Cancellation));
        Assert.Equal((part.CreditNoteId, "Two days without service"), (note.Id, note.Reason));
        Assert.Equal(1_000, (await client.GetPaymentAsync(payment.Id)).Refunded.Value);

        // The rest of it, and then nothing is left.
        var rest = await client.RefundPaymentAsync(payment.Id, new("Goodbye"));
        Assert.Equal(2_000, rest.Amount.Value);
        Assert.Equal((422, "refund_exceeds_payment"), await StatusAndCode(client.RefundPaymentAsync(payment.Id, new("Once more"))));
        Assert.Equal((422, "credit_exceeds_invoice"), await StatusAndCode(client.RefundPaymentAsync(payment.Id, new("Once more", new(1, "USD")))));

        Assert.Equal([1_000L, 2_000L], house.Gateway.Ledger.RefundsOf(payment.GatewayReference!).Select(r => r.Amount.Minor));
        Assert.Equal(0, (await client.GetCustomerAsync(customer)).Balance.Value);
        Assert.Equal([rest.Id, part.Id], await client.ListRefundsAsync(customer, payment.Id).Select(r => r.Id).ToListAsync(ApiHouse.Cancellation));
        Assert.Equal(part, await client.GetRefundAsync(part.Id));
        var told = await client.ListHistoryAsync(customer).Select(h => h.Type).Where(t => t.StartsWith("Refund", StringComparison.Ordinal)).ToListAsync(ApiHouse.Cancellation);
        Assert.Equal(["RefundRequested", "RefundRequested", "RefundSucceeded", "RefundSucceeded"], told.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Credit_a_customer_has_can_be_paid_out_to_the_card()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var (client, customer, payment) = await PaidAsync(house, "pm_card_visa");
        await client.GrantCreditAsync(customer, new(new(500, "USD")));

        Assert.Equal((422, "not_enough_credit"), await StatusAndCode(client.RefundPaymentAsync(payment.Id, new("Paid out", new(501, "USD"), FromCredit: true))));
        var refund = await client.RefundPaymentAsync(payment.Id, new("Paid out", new(500, "USD"), FromCredit: true));

        Assert.Equal(("succeeded", null, 0), (refund.State, refund.CreditNoteId, (await client.GetCustomerAsync(customer)).Balance.Value));
        Assert.Empty(await client.ListCreditNotesAsync(payment.InvoiceId).ToListAsync(ApiHouse.Cancellation));
    }

    [Fact]
    public async Task What_does_not_reach_the_card_is_credit_and_a_person_is_told()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var (client, customer, payment) = await PaidAsync(house, "sandbox_refund_refused");

        var refund = await client.RefundPaymentAsync(payment.Id, new("Sorry", new(1_000, "USD")));

        Assert.Equal(("failed", 1_000, 0), (refund.State, (await client.GetCustomerAsync(customer)).Balance.Value, (await client.GetPaymentAsync(payment.Id)).Refunded.Value));
        var alarm = Assert.Single(await client.ListAlarmsAsync().ToListAsync(ApiHouse.Cancellation));
        Assert.Equal(("refund_failed", refund.Id, customer), (alarm.Kind, alarm.SubjectId, alarm.CustomerId));
    }

    [Theory]
    [InlineData("pm_card_pendingRefund", "pending", "succeeded")]
    [InlineData("pm_card_visa", "unknown", "succeeded")]
    public async Task A_refund_that_is_not_there_yet_is_followed_by_the_run(string card, string first, string last)
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var (client, _, payment) = await PaidAsync(house, card);
        if (first == "unknown") house.Gateway.Faults.Refunds.LoseAfter(1);

        var refund = await client.RefundPaymentAsync(payment.Id, new("Sorry", new(1_000, "USD")));
        Assert.Equal(first, refund.State);
        house.Clock.Now += Duration.FromHours(6);
        await house.RunAsync();

        Assert.Equal(last, (await client.GetRefundAsync(refund.Id)).State);
        Assert.Equal(1, house.Gateway.Ledger.RefundCalls(new(refund.Id)));
    }

    [Fact]
    public async Task What_was_asked_for_and_never_sent_is_sent_by_the_run_whenever_that_is()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var (client, _, payment) = await PaidAsync(house, "pm_card_visa");
        house.Gateway.Faults.Refunds.LoseBefore(1);
        var refund = await client.RefundPaymentAsync(payment.Id, new("Sorry", new(1_000, "USD")));
        Assert.Equal("unknown", refund.State);

        // Within the key's life it is sent again; beyond it, what the gateway never heard of is credit.
        house.Clock.Now += Duration.FromHours(2);
        await house.RunAsync();
        Assert.Equal("succeeded", (await client.GetRefundAsync(refund.Id)).State);

        house.Gateway.Faults.Refunds.LoseBefore(1);
        var late = await client.RefundPaymentAsync(payment.Id, new("Sorry again", new(500, "USD")));
        house.Clock.Now += Duration.FromDays(2);
        await house.RunAsync();
        Assert.Equal("failed", (await client.GetRefundAsync(late.Id)).State);
        Assert.Equal(1_000, house.Gateway.Ledger.AllRefunds().Sum(r => r.Amount.Minor));
    }

    [Fact]
    public async Task A_merchant_may_send_paid_days_back_to_the_card()
    {
        var policy = Path.GetTempFileName();
        await File.WriteAllTextAsync(policy, (await File.ReadAllTextAsync(Repository.At("src", "Billing.Server", "Retention", "leaving.json"), ApiHouse.Cancellation))
            .Replace("\"refund\": \"prorated\"", "\"refund\": \"to_card\"", StringComparison.Ordinal), ApiHouse.Cancellation);
        await using var house = await ApiHouse.OnSqliteAsync(Instant.FromUtc(2026, 4, 1, 10, 0), ("Billing:Leaving:File", policy));
        var customer = await SoldAsync(house, "pm_card_visa");
        var subscription = await house.Client.StartSubscriptionAsync(customer, new("pro", new("month")));
        await house.RunAsync();
        house.Clock.Now = Instant.FromUtc(2026, 4, 17, 10, 0);

        var session = await house.Client.StartCancelSessionAsync(subscription.Id, new());
        Assert.Contains("goes back to the card", session.WaysToLeave!.Single(way => way.Leave == "now").Words, StringComparison.Ordinal);
        await house.Client.CancelSubscriptionAsync(subscription.Id, new("now"));
        Assert.Equal("requested", Assert.Single(await house.Client.ListRefundsAsync(customer).ToListAsync(ApiHouse.Cancellation)).State);
        await house.RunAsync();

        var refund = Assert.Single(await house.Client.ListRefundsAsync(customer).ToListAsync(ApiHouse.Cancellation));
        Assert.Equal(("succeeded", "leaving", 0), (refund.State, refund.Cause, (await house.Client.GetCustomerAsync(customer)).Balance.Value));
        Assert.Equal([refund.Amount.Value], house.Gateway.Ledger.AllRefunds().Select(r => r.Amount.Minor));
        File.Delete(policy);
    }

    [Theory]
    [InlineData("credit", 3_000, 0)]
    [InlineData("refund", 0, 3_000)]
    public async Task Money_no_invoice_wanted_goes_back_to_the_card_where_the_merchant_says_so(string rule, long credit, long sent)
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now, ("Billing:Payments:Overpayment", rule));
        var customer = await SoldAsync(house, "pm_card_visa");
        var invoice = await IssuedAsync(house, customer);
        house.Gateway.Faults.LoseAfterCapture(1);
        Assert.Equal("unknown", (await house.Client.PayInvoiceAsync(invoice)).State);

        // The same in cash while nobody knows of the card: both are true.
        await house.Client.RecordPaymentAsync(invoice, new("cash", new(3_000, "USD"), "till 17", "2026-03-01"));
        house.Clock.Now += Duration.FromMinutes(3);
        await house.RunAsync();

        Assert.Equal(credit, (await house.Client.GetCustomerAsync(customer)).Balance.Value);
        Assert.Equal(sent, house.Gateway.Ledger.AllRefunds().Sum(r => r.Amount.Minor));
        Assert.Equal("overpayment", Assert.Single(await house.Client.ListAlarmsAsync().ToListAsync(ApiHouse.Cancellation)).Kind);
        Assert.Equal("paid", (await house.Client.GetInvoiceAsync(invoice)).Status);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task After_eight_questions_in_vain_a_person_says_whether_a_refund_went_back(bool sent)
    {
        SilentAboutRefunds? silent = null;
        await using var house = await TestHouse.OnSqliteAsync(Now, new() { Gateway = sandbox => silent = new(sandbox, sent) });
        await house.SellProAsync();
        await house.SubscribeAsync();
        await house.RunAsync();
        var payment = await house.ReadAsync(db => db.PaymentAttempts.Select(a => a.Id.Value).SingleAsync(TestHouse.Cancellation));
        var refund = await house.SendAsync(new RefundPayment(payment, new("A kindness", new(1_000, "USD"))));
        Assert.Equal("unknown", refund.State);
        Assert.Equal("gateway_still_asked", (await Assert.ThrowsAsync<Refused>(AnswerAsync)).Code);

        while (!await house.ReadAsync(db => db.Alarms.AnyAsync(TestHouse.Cancellation)))
        {
            house.Clock.Now += Duration.FromHours(1);
            await house.RunAsync();
        }

        Assert.Equal(sent ? "succeeded" : "failed", (await AnswerAsync()).State);
        Assert.Equal("refund_settled", (await Assert.ThrowsAsync<Refused>(AnswerAsync)).Code);
        Assert.Equal(sent ? 0 : 1_000, await house.ReadAsync(db => db.Customers.Select(c => c.BalanceMinor).SingleAsync(TestHouse.Cancellation)));
        Assert.Equal(1, await house.ReadAsync(db => db.History.CountAsync(h => h.Type == nameof(RefundAnswered), TestHouse.Cancellation)));
        Assert.Equal(
            sent ? [] : [AlarmKind.RefundFailed],
            await house.ReadAsync(db => db.Alarms.Where(a => a.ClosedAt == null).Select(a => a.Kind).ToListAsync(TestHouse.Cancellation)));

        // What a person said is not undone by asking: nothing is sent again.
        silent!.Over = true;
        house.Clock.Now += Duration.FromHours(12);
        await house.RunAsync();
        Assert.Equal(sent ? 1 : 0, house.Gateway.Ledger.AllRefunds().Count);

        Task<RefundView> AnswerAsync() => house.SendAsync(new AnswerRefund(refund.Id, new(sent, "I looked at the gateway.")));
    }

    /// <summary>Never says what became of a refund, until the silence is over.</summary>
    private sealed class SilentAboutRefunds(IPaymentGateway gateway, bool sends) : GatewayBehind
    {
        public bool Over { get; set; }

        protected override IPaymentGateway Behind => gateway;

        public override async Task<RefundOutcome> RefundAsync(RefundRequest request, CancellationToken cancellationToken)
        {
            if (!Over && !sends) return new RefundOutcome.Unknown("The connection was lost.");
            var outcome = await gateway.RefundAsync(request, cancellationToken);
            return Over ? outcome : new RefundOutcome.Unknown("The connection was lost.");
        }

        public override Task<RefundOutcome?> FindRefundAsync(RefundId refundId, string paymentReference, CancellationToken cancellationToken) =>
            Over ? gateway.FindRefundAsync(refundId, paymentReference, cancellationToken) : throw new GatewaySilent("The gateway answered 503.");
    }

    internal static async Task<Guid> IssuedAsync(ApiHouse house, Guid customer) => (await house.Client.IssueInvoiceAsync(
        (await house.Client.DraftInvoiceAsync(customer, new([new("Setup", new(3_000, "USD"))]))).Id)).Id;

    private static async Task<(Billing.Client.BillingClient Client, Guid Customer, PaymentView Payment)> PaidAsync(ApiHouse house, string card)
    {
        var customer = await SoldAsync(house, card);
        var payment = await house.Client.PayInvoiceAsync(await IssuedAsync(house, customer));
        Assert.Equal("succeeded", payment.State);
        return (house.Client, customer, payment);
    }
}
