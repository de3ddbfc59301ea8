using Billing.Client.Contract;
using Billing.Payments;
using Billing.Server.Payments;
using Billing.Server.Payments.Gateways;
using Billing.Server.Subscriptions;
using Billing.Server.Tests.Faults;
using Billing.Server.Tests.Infrastructure;
using Microsoft.EntityFrameworkCore;
using static Billing.Server.Tests.Slices.RefundingTests;
using static Billing.Server.Tests.Slices.SellingTests;

namespace Billing.Server.Tests.Slices;

/// <summary>Payments that wait: for the customer, for the gateway, for a person.</summary>
public sealed class ConfirmingTests(PostgresServer postgres)
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 1, 10, 0);
    private static readonly NewConfirmation Back = new("https://app.example/thanks");

    [Theory, InlineData(true, "succeeded", "paid"), InlineData(false, "declined", "open")]
    public async Task A_customer_confirms_with_the_bank_and_comes_back(bool yes, string state, string invoice)
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var payment = await WaitingAsync(house);
        Assert.Equal("2026-03-04T10:00:00Z", payment.ConfirmBy);

        var confirmation = await house.Client.ConfirmPaymentAsync(payment.Id, Back);
        Assert.Equal("action_required", confirmation.Payment.State);
        house.Gateway.Answer(new Uri(confirmation.Url!).Segments[^1], yes);
        Assert.Equal(state, (await house.Client.LookUpPaymentAsync(payment.Id)).State);

        Assert.Equal(invoice, (await house.Client.GetInvoiceAsync(payment.InvoiceId)).Status);
        Assert.Null((await house.Client.ConfirmPaymentAsync(payment.Id, Back)).Url);
        Assert.Equal((422, "validation_failed"), await StatusAndCode(house.Client.ConfirmPaymentAsync(payment.Id, new("/thanks"))));
    }

    [Fact]
    public async Task Confirmed_and_never_back_it_is_found_out()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var payment = await WaitingAsync(house);
        house.Gateway.Answer(payment.GatewayReference!, true);

        var confirmation = await house.Client.ConfirmPaymentAsync(payment.Id, Back);

        Assert.Equal((null, "succeeded"), (confirmation.Url, confirmation.Payment.State));
    }

    [Fact]
    public async Task What_is_never_confirmed_is_given_up_and_cannot_be_confirmed_any_more()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var payment = await WaitingAsync(house);

        house.Clock.Now += Duration.FromDays(3);
        Assert.Null((await house.Client.ConfirmPaymentAsync(payment.Id, Back)).Url);

        Assert.Equal("failed", (await house.Client.GetPaymentAsync(payment.Id)).State);
        Assert.IsType<ChargeOutcome.Failed>(house.Gateway.Answer(payment.GatewayReference!, true));
        Assert.Equal("open", (await house.Client.GetInvoiceAsync(payment.InvoiceId)).Status);
        Assert.Empty(await house.Client.ListAlarmsAsync().ToListAsync(ApiHouse.Cancellation));
        Assert.Contains("PaymentNotConfirmed", await house.Client.ListHistoryAsync(payment.CustomerId).Select(h => h.Type).ToListAsync(ApiHouse.Cancellation));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Who_brings_another_card_need_not_confirm(bool byThemselves)
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var payment = await WaitingAsync(house);
        await house.Client.AddCardAsync(payment.CustomerId, new("pm_card_visa"));

        if (byThemselves) Assert.Equal("succeeded", (await house.Client.PayInvoiceAsync(payment.InvoiceId)).State);
        else await house.RunAsync();

        Assert.Equal("paid", (await house.Client.GetInvoiceAsync(payment.InvoiceId)).Status);
        Assert.Equal("failed", (await house.Client.GetPaymentAsync(payment.Id)).State);
        Assert.Single(house.Gateway.Ledger.CapturesOf(new InvoiceId(payment.InvoiceId)));
    }

    [Fact]
    public async Task What_the_gateway_refuses_as_it_was_asked_is_shown_to_a_person()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var customer = await SoldAsync(house, "pm_card_visa");
        var card = Assert.Single(await house.Gateway.CardsAsync(new(customer), ApiHouse.Cancellation));
        await house.Gateway.DetachCardAsync(new(customer), card.Token, ApiHouse.Cancellation);
        var invoice = await IssuedAsync(house, customer);
        await house.RunAsync();

        var payment = Assert.Single(await house.Client.ListPaymentsAsync(invoiceId: invoice).ToListAsync(ApiHouse.Cancellation));
        var alarm = Assert.Single(await house.Client.ListAlarmsAsync().ToListAsync(ApiHouse.Cancellation));
        Assert.Equal(("failed", "charge_refused", payment.Id), (payment.State, alarm.Kind, alarm.SubjectId));
        Assert.Contains("card_unknown", alarm.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, InvoiceStatusAfter.Paid)]
    [InlineData(false, InvoiceStatusAfter.PaidByAnotherAttempt)]
    public async Task After_eight_questions_in_vain_a_person_answers(bool captured, InvoiceStatusAfter expected)
    {
        var silence = new Silence { Captures = captured };
        await using var house = await TestHouse.OnPostgresAsync(postgres, Now, new() { Gateway = sandbox => new SilentGateway(sandbox, silence) });
        await house.SellProAsync();
        await house.SubscribeAsync();
        await house.RunAsync();
        var payment = await house.ReadAsync(db => db.PaymentAttempts.Select(a => a.Id.Value).SingleAsync(TestHouse.Cancellation));
        Assert.Equal("gateway_still_asked", (await Assert.ThrowsAsync<Refused>(() => AnswerAsync(house, payment, captured))).Code);

        for (var hour = 0; hour < 6; hour++)
        {
            house.Clock.Now += Duration.FromHours(1);
            for (var minute = 0; minute < 3; minute++) await house.RunAsync();
        }

        while (!await house.ReadAsync(db => db.Alarms.AnyAsync(TestHouse.Cancellation)))
        {
            house.Clock.Now += Duration.FromHours(1);
            await house.RunAsync();
        }

        Assert.Equal(captured ? "succeeded" : "failed", (await AnswerAsync(house, payment, captured)).State);
        Assert.Equal("payment_settled", (await Assert.ThrowsAsync<Refused>(() => AnswerAsync(house, payment, captured))).Code);
        Assert.Empty(await house.ReadAsync(db => db.Alarms.Where(a => a.ClosedAt == null).ToListAsync(TestHouse.Cancellation)));
        Assert.Equal("PaymentAnswered", await house.ReadAsync(db => db.History.Where(h => h.Type == "PaymentAnswered").Select(h => h.Type).SingleAsync(TestHouse.Cancellation)));

        silence.Over = true;
        await house.RunAsync();
        var attempts = await house.ReadAsync(db => db.PaymentAttempts.CountAsync(TestHouse.Cancellation));
        Assert.Equal(expected == InvoiceStatusAfter.Paid ? 1 : 2, attempts);
        Assert.Equal(Billing.Invoicing.InvoiceStatus.Paid, Assert.Single(await house.InvoicesAsync()).Status);
    }

    [Fact]
    public async Task What_waits_for_the_customer_can_be_given_up_and_the_invoice_taken_back()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var payment = await WaitingAsync(house);

        var given = await house.Client.GiveUpPaymentAsync(payment.Id);

        Assert.Equal("failed", given.State);
        Assert.Equal("void", (await house.Client.VoidInvoiceAsync(payment.InvoiceId)).Status);
        Assert.IsType<ChargeOutcome.Failed>(house.Gateway.Answer(payment.GatewayReference!, yes: true));
        Assert.Empty(house.Gateway.Ledger.AllCaptures());
        var again = await Assert.ThrowsAsync<Billing.Client.BillingProblem>(() => house.Client.GiveUpPaymentAsync(payment.Id));
        Assert.Equal("payment_not_waiting", again.Code);
    }

    [Fact]
    public async Task What_was_confirmed_before_it_is_given_up_is_paid()
    {
        await using var house = await ApiHouse.OnSqliteAsync(Now);
        var payment = await WaitingAsync(house);
        house.Gateway.Answer(payment.GatewayReference!, yes: true);

        Assert.Equal("succeeded", (await house.Client.GiveUpPaymentAsync(payment.Id)).State);
        Assert.Equal("paid", (await house.Client.GetInvoiceAsync(payment.InvoiceId)).Status);
    }

    [Fact]
    public async Task Leaving_never_waits_for_the_bank_longer_than_an_hour()
    {
        var silence = new Silence();
        await using var house = await TestHouse.OnSqliteAsync(Now, new() { Gateway = sandbox => new SilentGateway(sandbox, silence) });
        await house.SellProAsync();
        var subscription = await house.SubscribeAsync();
        await house.RunAsync();
        Assert.Equal("payment_in_progress", (await Assert.ThrowsAsync<Refused>(() => LeaveAsync(house, subscription))).Code);

        house.Clock.Now += Duration.FromHours(1);
        Assert.Equal("ended", (await LeaveAsync(house, subscription)).Lifecycle);

        // It had been captured all the time: no invoice wants it, and it is not lost.
        silence.Over = true;
        house.Clock.Now += Duration.FromHours(1);
        await house.RunAsync();
        Assert.Equal(Merchant.Price, await house.ReadAsync(db => db.Customers.Select(c => c.BalanceMinor).SingleAsync(TestHouse.Cancellation)));
        await house.MustAgreeAsync();
    }

    [Fact]
    public async Task Leaving_does_not_wait_for_a_confirmation()
    {
        await using var house = await TestHouse.OnSqliteAsync(Now);
        await house.SellProAsync();
        var subscription = await house.SubscribeAsync("pm_card_authenticationRequired");
        await house.RunAsync();

        Assert.Equal("ended", (await LeaveAsync(house, subscription)).Lifecycle);
        await house.RunAsync();

        var attempt = await house.ReadAsync(db => db.PaymentAttempts.SingleAsync(TestHouse.Cancellation));
        Assert.Equal(AttemptState.Failed, attempt.State);
        Assert.IsType<ChargeOutcome.Failed>(house.Gateway.Answer(attempt.GatewayReference!, true));
        await house.MustAgreeAsync();
    }

    /// <summary>What becomes of the invoice.</summary>
    public enum InvoiceStatusAfter
    {
        Paid,
        PaidByAnotherAttempt,
    }

    private static Task<PaymentView> AnswerAsync(TestHouse house, Guid payment, bool captured) =>
        house.SendAsync(new AnswerPayment(payment, new(captured, "I looked at the gateway.", captured ? "ref" : null)));

    private static Task<SubscriptionView> LeaveAsync(TestHouse house, SubscriptionView subscription) =>
        house.SendAsync(new CancelSubscription(subscription.Id, new("now")));

    private static async Task<PaymentView> WaitingAsync(ApiHouse house)
    {
        var customer = await SoldAsync(house, "pm_card_authenticationRequired");
        var payment = await house.Client.PayInvoiceAsync(await IssuedAsync(house, customer));
        Assert.Equal("action_required", payment.State);
        return payment;
    }

    private sealed class Silence
    {
        public bool Over { get; set; }

        public bool Captures { get; init; } = true;
    }

    /// <summary>Never says what it did, and answers no question, until the silence is over.</summary>
    private sealed class SilentGateway(IPaymentGateway gateway, Silence silence) : GatewayBehind
    {
        protected override IPaymentGateway Behind => gateway;

        public override async Task<ChargeOutcome> ChargeAsync(ChargeRequest request, CancellationToken cancellationToken)
        {
            var lost = new ChargeOutcome.Unknown("The connection was lost.");
            if (!silence.Over && !silence.Captures) return lost;
            var outcome = await gateway.ChargeAsync(request, cancellationToken);
            return silence.Over ? outcome : lost;
        }

        public override Task<ChargeOutcome?> FindAsync(
            PaymentAttemptId attemptId, CustomerId customerId, string? reference, CancellationToken cancellationToken) =>
            silence.Over ? gateway.FindAsync(attemptId, customerId, reference, cancellationToken) : throw new GatewaySilent("The gateway answered 503.");
    }
}
