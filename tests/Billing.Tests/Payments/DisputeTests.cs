using Billing.Customers;
using Billing.Invoicing;
using Billing.Payments;

namespace Billing.Tests.Payments;

/// <summary>A customer's bank asks for the money of a payment back.</summary>
public sealed class DisputeTests
{
    private const string Today = "2026-03-05";

    private readonly Customer customer = Given.Customer();

    [Fact]
    public void Only_captured_money_can_be_disputed_and_in_its_own_currency()
    {
        var payment = Payment(Given.Invoice(customer, Given.Dollars(49)));
        Assert.Throws<InvalidOperationException>(() => Open(payment, Given.Dollars(49)));

        payment.Settle(new ChargeOutcome.Succeeded("pay_1"), Given.At("2026-03-01"));
        Assert.Throws<InvalidOperationException>(() => Open(payment, new(4_900, Currency.Of("EUR"))));
        Assert.True(Open(payment, Given.Dollars(49)).Holds);
    }

    [Fact]
    public void A_dispute_is_decided_once_and_stays_so()
    {
        var (payment, invoice) = Paid(49);
        var won = Open(payment, Given.Dollars(49));
        Assert.NotNull(won.Win(Given.Date(Today), Given.At(Today)));
        Assert.Null(won.Win(Given.Date(Today), Given.At(Today)));
        Assert.Null(Lose(won, payment, invoice));
        Assert.Equal((DisputeState.Won, false, 0), (won.State, won.Holds, payment.LostMinor));

        var lost = Open(payment, Given.Dollars(49));
        Assert.Equal(4_900, Lose(lost, payment, invoice)!.Fact.RevenueMinor);
        Assert.Null(Lose(lost, payment, invoice));
        Assert.Null(lost.Win(Given.Date(Today), Given.At(Today)));
        Assert.Equal((DisputeState.Lost, true, 4_900), (lost.State, lost.Holds, payment.LostMinor));
    }

    [Fact]
    public void A_lost_dispute_holds_until_a_person_releases_it()
    {
        var (payment, invoice) = Paid(49);
        var dispute = Open(payment, Given.Dollars(49));
        Assert.Equal("dispute_open", Assert.Throws<Refused>(() => dispute.Release(Given.Date(Today))).Code);

        Lose(dispute, payment, invoice);
        Assert.True(dispute.Holds);
        Assert.NotNull(dispute.Release(Given.Date(Today)));
        Assert.Null(dispute.Release(Given.Date(Today)));
        Assert.False(dispute.Holds);
    }

    [Fact]
    public void What_was_revenue_is_credited_and_what_was_credit_is_taken_back()
    {
        var (payment, invoice) = Paid(49);
        invoice.Credit(new(Guid.NewGuid()), customer, Given.Dollars(10), "A kindness", Given.At(Today));

        var taken = Lose(Open(payment, Given.Dollars(49)), payment, invoice)!;

        Assert.Equal((3_900, 0), (taken.Note!.AmountMinor, taken.Note.ToBalanceMinor));
        Assert.Equal((-1_000, BalanceReason.Disputed), (taken.Entry!.AmountMinor, taken.Entry.Reason));
        Assert.Equal((0, 0, InvoiceStatus.Paid), (customer.BalanceMinor, invoice.DueMinor, invoice.Status));
    }

    /// <summary>10.00 had become credit and 6.00 of them are used: 4.00 are taken back, nobody is put into debt.</summary>
    [Fact]
    public void Credit_that_was_used_already_is_the_merchants_loss()
    {
        var (payment, invoice) = Paid(49);
        invoice.Credit(new(Guid.NewGuid()), customer, Given.Dollars(10), "A kindness", Given.At(Today));
        customer.MoveBalance(Given.Dollars(-6), BalanceReason.AppliedToInvoice, Given.At(Today));

        Assert.Equal(-400, Lose(Open(payment, Given.Dollars(49)), payment, invoice)!.Entry!.AmountMinor);
        Assert.Equal(0, customer.BalanceMinor);
    }

    /// <summary>Paid twice, the second time as credit: one of the two is lost, and the invoice is still paid by the other.</summary>
    [Fact]
    public void What_another_payment_keeps_paying_stays_revenue()
    {
        var (payment, invoice) = Paid(49);
        customer.MoveBalance(Given.Dollars(49), BalanceReason.Overpayment, Given.At(Today), invoice.Id);

        var taken = Lose(Open(payment, Given.Dollars(49)), payment, invoice, stillPaid: 49)!;

        Assert.Null(taken.Note);
        Assert.Equal(-4_900, taken.Entry!.AmountMinor);
    }

    [Fact]
    public void What_a_bank_took_back_cannot_be_refunded()
    {
        var (payment, invoice) = Paid(49);
        Lose(Open(payment, Given.Dollars(30)), payment, invoice);

        Assert.Equal(Given.Dollars(19), payment.Refundable);
    }

    private (PaymentAttempt Payment, Invoice Invoice) Paid(decimal dollars)
    {
        var invoice = Given.Invoice(customer, Given.Dollars(dollars));
        var payment = Payment(invoice);
        payment.Settle(new ChargeOutcome.Succeeded("pay_1"), Given.At("2026-03-01"));
        invoice.TakePayment(payment.Amount, Given.At("2026-03-01"));
        return (payment, invoice);
    }

    private PaymentAttempt Payment(Invoice invoice) =>
        PaymentAttempt.Start(new(Guid.NewGuid()), invoice, Given.Card(customer), AttemptTrigger.Automatic, Given.At("2026-03-01"));

    private static Dispute Open(PaymentAttempt payment, Money amount) =>
        Dispute.Open(new(Guid.NewGuid()), payment, "dp_1", amount, "fraudulent", Given.At(Today));

    private DisputeTook? Lose(Dispute dispute, PaymentAttempt payment, Invoice invoice, decimal stillPaid = 0) =>
        dispute.Lose(payment, invoice, customer, Given.Dollars(stillPaid), new(Guid.NewGuid()), Given.At(Today));
}
