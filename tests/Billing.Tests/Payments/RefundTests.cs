using Billing.Customers;
using Billing.Invoicing;
using Billing.Payments;

namespace Billing.Tests.Payments;

/// <summary>Captured money on its way back, and where it is meanwhile.</summary>
public sealed class RefundTests
{
    private readonly Customer customer = Given.Customer();
    private readonly Invoice invoice;
    private readonly PaymentAttempt payment;

    public RefundTests()
    {
        invoice = Given.Invoice(customer, Given.Dollars(49));
        payment = Given.Attempt(invoice, customer, Given.At("2026-01-01"));
        payment.Settle(invoice, customer, new ChargeOutcome.Succeeded("p"), Given.At("2026-01-01"));
    }

    [Fact]
    public void Nothing_goes_back_to_a_card_below_a_step_of_its_currency()
    {
        var here = Given.Customer(currency: "KWD");
        var bill = Given.Invoice(here, new(4_900, here.Currency));
        var paid = Given.Attempt(bill, here, Given.At("2026-01-01"));
        paid.Settle(bill, here, new ChargeOutcome.Succeeded("p"), Given.At("2026-01-01"));

        var refused = Assert.Throws<Refused>(() => Refund.Ask(
            new(Given.Id()), paid, here, new(1_005, here.Currency), (RefundCause.Asked, "Sorry"), null, Given.At("2026-01-02")));

        Assert.Equal("amount_not_chargeable", refused.Code);
        Assert.Equal(new(4_900, here.Currency), paid.Refundable);
    }

    [Fact]
    public void A_refund_is_taken_from_credit_and_a_failed_one_is_credit_again()
    {
        customer.MoveBalance(Given.Dollars(20), BalanceReason.CreditNote, Given.At("2026-01-02"));
        var asked = Ask(20);
        Assert.Equal((0L, -2000L, 2900L), (customer.BalanceMinor, asked.Taken.AmountMinor, payment.Refundable.Minor));

        var settled = RefundSettlement.Apply(asked.Refund, payment, customer, new RefundOutcome.Failed("re", "The bank said no."), Given.At("2026-01-03"));

        Assert.Equal((2000L, 4900L), (customer.BalanceMinor, payment.Refundable.Minor));
        Assert.Equal((BalanceReason.RefundReturned, 2000L), (settled.Returned!.Reason, settled.Returned.AmountMinor));
        Assert.Equal(RefundState.Failed, asked.Refund.State);
    }

    [Fact]
    public void Never_more_goes_back_than_was_paid()
    {
        Ask(40);

        Assert.Equal("refund_exceeds_payment", Assert.Throws<Refused>(() => Ask(9.01m)).Code);
        Ask(9);
        Assert.Equal("refund_exceeds_payment", Assert.Throws<Refused>(() => Ask(0.01m)).Code);
        Assert.Equal(4900, payment.RefundedMinor);
    }

    [Fact]
    public void What_was_paid_in_one_currency_does_not_go_back_in_another()
    {
        var refused = Assert.Throws<Refused>(() => Refund.Ask(
            new(Given.Id()), payment, customer, new(4_900, Currency.Of("EUR")), (RefundCause.Asked, "Sorry"), null, Given.At("2026-01-02")));

        Assert.Equal("currency_mismatch", refused.Code);
    }

    [Fact]
    public void What_went_back_can_be_returned_by_the_bank_and_nothing_else()
    {
        var refund = Ask(49).Refund;
        Settle(new RefundOutcome.Succeeded("re"));
        foreach (var late in new RefundOutcome[] { new RefundOutcome.Pending("re"), new RefundOutcome.Unknown("lost"), new RefundOutcome.Succeeded("re") })
            Assert.Empty(Settle(late).Facts);
        Assert.Equal((RefundState.Succeeded, null, Given.At("2026-01-02")), (refund.State, refund.AskAgainAt, refund.SettledAt));

        Assert.IsType<RefundFailed>(Assert.Single(Settle(new RefundOutcome.Failed("re", "Returned.")).Facts));
        Assert.Empty(Settle(new RefundOutcome.Failed("re", "Returned.")).Facts);
        Assert.Empty(Settle(new RefundOutcome.Succeeded("re")).Facts);
        Assert.Equal((RefundState.Failed, 0L), (refund.State, payment.RefundedMinor));

        RefundSettlement Settle(RefundOutcome outcome) => RefundSettlement.Apply(refund, payment, customer, outcome, Given.At("2026-01-02"));
    }

    [Fact]
    public void What_was_not_captured_cannot_be_refunded()
    {
        var other = Given.Invoice(customer, Given.Dollars(49));
        var attempt = Given.Attempt(other, customer, Given.At("2026-01-01"));

        var refused = Assert.Throws<Refused>(() => Refund.Ask(
            new(Given.Id()), attempt, customer, Given.Dollars(1), (RefundCause.Asked, "Sorry"), null, Given.At("2026-01-02")));
        Assert.Equal("payment_not_captured", refused.Code);
    }

    [Fact]
    public void A_person_is_asked_when_the_gateway_was_asked_eight_times_in_vain()
    {
        var refund = Ask(49).Refund;
        for (var i = 1; i <= PaymentAttempt.PersonAfter; i++)
        {
            Assert.False(refund.WantsAPerson);
            refund.Settle(new RefundOutcome.Unknown("lost"), Given.At("2026-01-02"));
        }

        Assert.True(refund.WantsAPerson);
    }

    private RefundAsked Ask(decimal dollars) => Refund.Ask(
        new(Given.Id()), payment, customer, Given.Dollars(dollars), (RefundCause.Asked, "Sorry"), null, Given.At("2026-01-02"));
}
