using Billing.Customers;
using Billing.Invoicing;
using Billing.Payments;

namespace Billing.Tests.Payments;

/// <summary>Waiting for the customer to confirm, capturing late, and a second card.</summary>
public sealed class WaitingTests
{
    private readonly Customer customer = Given.Customer("2026-05-01");

    [Fact]
    public void Who_does_not_confirm_within_three_days_is_not_waited_for()
    {
        var (invoice, attempt) = Waiting();
        Assert.Equal((Given.At("2026-05-04"), Given.At("2026-05-02")), (attempt.ConfirmBy, attempt.AskAgainAt));

        Assert.Empty(attempt.Settle(invoice, customer, new ChargeOutcome.ActionRequired("p"), Given.At("2026-05-03T20:00")).Facts);
        Assert.Equal((false, Given.At("2026-05-04")), (attempt.IsOverdue(Given.At("2026-05-03T20:00")), attempt.AskAgainAt));
        Assert.True(attempt.IsOverdue(Given.At("2026-05-04")));

        var settled = attempt.Settle(invoice, customer, new ChargeOutcome.GivenUp(), Given.At("2026-05-04"));
        Assert.IsType<PaymentNotConfirmed>(Assert.Single(settled.Facts));
        Assert.Equal((AttemptState.Failed, null), (attempt.State, invoice.NextAttemptAt));
    }

    [Fact]
    public void Waiting_for_the_customer_is_not_forgotten_when_the_gateway_is_silent()
    {
        var (invoice, attempt) = Waiting();

        attempt.Settle(invoice, customer, new ChargeOutcome.Unknown("lost"), Given.At("2026-05-02"));

        Assert.Equal((AttemptState.ActionRequired, 0), (attempt.State, attempt.AskedInVain));
    }

    [Fact]
    public void Another_card_ends_the_waiting_and_is_tried()
    {
        var (invoice, attempt) = Waiting();

        customer.UseCard(new(Given.Id()), Given.At("2026-05-02"));
        attempt.LetGo(Given.At("2026-05-02"));
        Assert.Equal((true, Given.At("2026-05-02")), (attempt.IsOverdue(Given.At("2026-05-02")), attempt.AskAgainAt));
        attempt.Settle(invoice, customer, new ChargeOutcome.GivenUp(), Given.At("2026-05-02"));

        Assert.Equal(Given.At("2026-05-02"), invoice.NextAttemptAt);
    }

    [Fact]
    public void Money_taken_after_all_is_never_forgotten()
    {
        var invoice = Given.Invoice(customer, Given.Dollars(49), "2026-05-01");
        var (first, second) = (Given.Attempt(invoice, customer, Given.At("2026-05-01")), Given.Attempt(invoice, customer, Given.At("2026-05-02")));
        first.Settle(invoice, customer, new ChargeOutcome.NeverArrived(), Given.At("2026-05-02"));
        second.Settle(invoice, customer, new ChargeOutcome.Succeeded("p2"), Given.At("2026-05-02"));

        var late = first.Settle(invoice, customer, new ChargeOutcome.Succeeded("p1"), Given.At("2026-05-03"));

        Assert.Equal((AttemptState.CapturedLate, "p1", 4900L), (first.State, first.GatewayReference, late.Overpayment!.AmountMinor));
        Assert.Equal((Given.Dollars(49), InvoiceStatus.Paid, Given.Dollars(49)), (customer.Balance, invoice.Status, first.Refundable));
        Assert.Empty(first.Settle(invoice, customer, new ChargeOutcome.Succeeded("p1"), Given.At("2026-05-04")).Facts);
        Assert.Empty(first.Settle(invoice, customer, new ChargeOutcome.Failed("no"), Given.At("2026-05-04")).Facts);
    }

    private (Invoice Invoice, PaymentAttempt Attempt) Waiting()
    {
        var card = Given.Card(customer);
        customer.UseCard(card.Id, Given.At("2026-05-01"));
        var invoice = Given.Invoice(customer, Given.Dollars(49), "2026-05-01");
        var attempt = Given.Attempt(invoice, customer, Given.At("2026-05-01"), card: card);
        attempt.Settle(invoice, customer, new ChargeOutcome.ActionRequired("p"), Given.At("2026-05-01"));
        return (invoice, attempt);
    }
}
