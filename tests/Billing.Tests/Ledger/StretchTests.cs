using Billing.Customers;
using Billing.Ledger;

namespace Billing.Tests.Ledger;

/// <summary>Days and the postings nothing else in the house comes by easily.</summary>
public sealed class StretchTests
{
    [Fact]
    public void The_days_of_a_line_add_up_to_it_wherever_it_is_cut()
    {
        var random = new Random(49);
        for (var i = 0; i < 2_000; i++)
        {
            var start = new LocalDate(2024, 1, 1).PlusDays(random.Next(800));
            var days = new Stretch(
                start, start.PlusDays(random.Next(0, 400)), new(random.NextInt64(-100_000, 100_000), Currency.Of("USD")), start.PlusDays(random.Next(-3, 40)));
            var shares = days.Days(days.Start).ToList();
            Assert.Equal(days.Amount.Minor, shares.Sum(s => s.Share.Minor));
            Assert.All(shares, s => Assert.True(s.On >= days.NotBefore));

            var cut = start.PlusDays(random.Next(-2, 402));
            Assert.Equal(days.Amount, days.Until(cut) + days.From(cut));
            Assert.Equal(days.From(cut).Minor, days.Days(cut).Sum(s => s.Share.Minor));
            Assert.Equal(days.After(cut).Minor, shares.Where(s => s.On > cut).Sum(s => s.Share.Minor));
        }
    }

    [Fact]
    public void What_was_delivered_before_it_was_billed_is_revenue_on_the_day_it_is_billed()
    {
        // April, billed on the 11th after an outage.
        Stretch april = new(Given.Date("2026-04-01"), Given.Date("2026-05-01"), Given.Dollars(49), Given.Date("2026-04-11"));
        Assert.Equal(Given.Dollars(49), april.After(Given.Date("2026-04-10")));
        Assert.Equal(Given.Dollars(31.03m), april.After(Given.Date("2026-04-11")));
    }

    [Fact]
    public void Money_that_no_invoice_wants_becomes_customer_credit()
    {
        var customer = Given.Customer();
        var invoice = Given.Invoice(customer, Given.Dollars(49));
        var payment = Given.Attempt(invoice, customer, Given.At("2026-01-02"));
        invoice.Credit(new(Given.Id()), customer, Given.Dollars(9), "", Given.At("2026-01-02"));
        var unwanted = invoice.TakePayment(payment.Amount, Given.At("2026-01-02"));
        var over = customer.MoveBalance(unwanted, BalanceReason.Overpayment, Given.At("2026-01-02"), invoice.Id);

        Assert.Equal(
            ["GatewayCash to Receivables USD 49.00", "Receivables to CustomerCredit USD 9.00"],
            Postings.Captured(payment, invoice, unwanted, new(2026, 1, 2)).Concat(Postings.Moved(over)).Select(p => $"{p.Debit} to {p.Credit} {p.Amount}"));
    }
}
