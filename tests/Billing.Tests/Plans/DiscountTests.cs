using Billing.Customers;
using Billing.Invoicing;
using Billing.Subscriptions;

namespace Billing.Tests.Plans;

public sealed class DiscountTests
{
    private readonly Customer customer = Given.Customer();

    [Fact]
    public void Discounts_are_taken_off_in_the_order_given_a_percentage_of_what_is_left()
    {
        var subscription = Given.Subscription(customer, "2026-01-01", Given.Dollars(100));
        var discounts = subscription.Give(Given.Off(Given.Dollars(20)), Given.Percent(10));

        var invoice = subscription.Bill(customer, discounts).Invoice;

        Assert.Equal([10000, -2000, -800], invoice.Lines.Select(l => l.AmountMinor));
        Assert.Equal(Given.Dollars(72), invoice.Total);
    }

    [Fact]
    public void The_other_way_round_the_percentage_is_of_more()
    {
        var subscription = Given.Subscription(customer, "2026-01-01", Given.Dollars(100));
        var discounts = subscription.Give(Given.Percent(10), Given.Off(Given.Dollars(20)));

        // Read back from a database in any order, they are still taken in the order given.
        Assert.Equal(Given.Dollars(70), subscription.Bill(customer, [.. discounts.Reverse()]).Invoice.Total);
    }

    [Fact]
    public void Discounts_never_take_an_invoice_below_zero()
    {
        var subscription = Given.Subscription(customer, "2026-01-01", Given.Dollars(15));
        var discounts = subscription.Give(Given.Off(Given.Dollars(10)), Given.Off(Given.Dollars(10)));

        var invoice = subscription.Bill(customer, discounts).Invoice;

        Assert.Equal([1500, -1000, -500], invoice.Lines.Select(l => l.AmountMinor));
        Assert.Equal((0L, InvoiceStatus.Paid), (invoice.TotalMinor, invoice.Status));
    }

    [Fact]
    public void A_discount_for_once_for_some_periods_or_for_ever_counts_billed_periods_only()
    {
        var subscription = Given.Subscription(customer, "2026-01-01", Given.Dollars(100), terms: new(TrialDays: 30));
        var discounts = subscription.Give(Given.Off(Given.Dollars(10), 1), Given.Off(Given.Dollars(10), 3), Given.Off(Given.Dollars(10)));

        var totals = Enumerable.Range(0, 5).Select(_ => subscription.Bill(customer, discounts).Invoice.TotalMinor / 100).ToList();

        Assert.Equal([70, 80, 80, 90, 90], totals);
        Assert.Equal([1, 3, 5], discounts.Select(d => d.PeriodsUsed));
    }

    [Fact]
    public void A_percentage_is_rounded_once_half_away_from_zero()
    {
        var subscription = Given.Subscription(customer, "2026-01-01", Given.Dollars(0.99m));
        var discounts = subscription.Give(Given.Percent(50));

        Assert.Equal([99, -50], subscription.Bill(customer, discounts).Invoice.Lines.Select(l => l.AmountMinor));
    }

    [Fact]
    public void A_discount_in_another_currency_is_refused()
    {
        var subscription = Given.Subscription(customer, "2026-01-01", Given.Dollars(10));
        var euros = Given.Off(new(100, Currency.Of("EUR")));

        Assert.Equal("currency_mismatch", Assert.Throws<Refused>(() => subscription.Give(euros)).Code);
    }

    [Fact]
    public void What_has_ended_gets_no_discount()
    {
        var subscription = Given.Subscription(customer, "2026-01-01", Given.Dollars(10));
        subscription.CancelNow(EndReason.Voluntary, Given.At("2026-01-01"));

        Assert.Equal("subscription_ended", Assert.Throws<Refused>(() => subscription.Give(Given.Percent(10))).Code);
    }
}
