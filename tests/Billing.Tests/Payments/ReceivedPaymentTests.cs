using Billing.Customers;
using Billing.Invoicing;
using Billing.Payments;

namespace Billing.Tests.Payments;

/// <summary>Money that came past the gateway.</summary>
public sealed class ReceivedPaymentTests
{
    private readonly Customer customer = Given.Customer();

    [Fact]
    public void A_transfer_pays_in_part_and_the_rest_is_tried_as_planned()
    {
        var invoice = Given.Invoice(customer, Given.Dollars(49));

        var received = Receive(invoice, 30);

        Assert.Equal((3000L, 1900L, Given.At("2026-01-01"), null), (invoice.PaidMinor, invoice.DueMinor, invoice.NextAttemptAt, received.Overpayment));
        Receive(invoice, 19);
        Assert.Equal((InvoiceStatus.Paid, null), (invoice.Status, invoice.NextAttemptAt));
    }

    [Fact]
    public void More_than_is_due_becomes_credit()
    {
        var received = Receive(Given.Invoice(customer, Given.Dollars(49)), 60);

        Assert.Equal((1100L, 1100L, BalanceReason.Overpayment), (received.Payment.ExcessMinor, customer.BalanceMinor, received.Overpayment!.Reason));
    }

    [Fact]
    public void What_was_written_off_may_be_paid_all_the_same()
    {
        var invoice = Given.Invoice(customer, Given.Dollars(49));
        invoice.GiveUp(Given.At("2026-03-01"));

        Receive(invoice, 20);
        Assert.Equal((InvoiceStatus.Uncollectible, 2900L), (invoice.Status, invoice.DueMinor));
        Receive(invoice, 29);

        Assert.Equal((InvoiceStatus.Paid, 0L, 0L), (invoice.Status, invoice.DueMinor, customer.BalanceMinor));
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        var invoice = Given.Invoice(customer, Given.Dollars(49));

        Assert.Equal("amount_out_of_range", Assert.Throws<Refused>(() => Receive(invoice, 0)).Code);
        Assert.Equal("day_out_of_range", Assert.Throws<Refused>(() => Receive(invoice, 1, "2026-02-15")).Code);
        Assert.Equal("invoice_not_issued", Assert.Throws<Refused>(() => Receive(Invoice.Draft(new(Given.Id()), customer, Given.At("2026-01-01")), 1)).Code);
        var yen = new MoneyIn(ReceivedBy.Cash, new(100, Currency.Of("JPY")), "r", Given.Date("2026-01-01"));
        Assert.Equal("currency_mismatch", Assert.Throws<Refused>(
            () => ReceivedPayment.Take(new(Given.Id()), invoice, customer, yen, "staff:mia", Given.At("2026-02-01"))).Code);
    }

    private Received Receive(Invoice invoice, decimal dollars, string on = "2026-01-20") => ReceivedPayment.Take(
        new(Given.Id()), invoice, customer, new(ReceivedBy.BankTransfer, Given.Dollars(dollars), "TRX-1", Given.Date(on)), "staff:mia", Given.At("2026-02-01"));
}
