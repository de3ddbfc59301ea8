using Billing.Customers;
using Billing.Invoicing;
using Billing.Metrics;
using Billing.Periods;
using Billing.Plans;
using Billing.Subscriptions;

namespace Billing.Tests.Subscriptions;

/// <summary>Changes in a period that another system billed, with a discount that was given here.</summary>
public sealed class ImportedChangeTests
{
    private readonly Customer customer = Given.Customer();

    [Fact]
    public void A_discount_given_after_an_import_takes_nothing_off_the_time_billed_elsewhere()
    {
        // Billed elsewhere for 15 October to 14 November at 49.00; 20 % off given here on 1 November.
        var subscription = Imported(Given.Dollars(49), 1);
        var discounts = subscription.Give(Given.Percent(20));
        var small = Given.Plan();

        var quote = subscription.QuoteChange(new(small, small.Price(Given.Dollars(19)), 1, ChangeWhen.Now), Facts(discounts, [], "2026-11-01"));

        // 14 of 31 days of 49.00 were paid, and of 19.00 are taken: 22.13 - 8.58, both without the discount.
        Assert.Equal([-858L, 858], quote.Lines.Select(l => l.Amount.Minor));
        Assert.Equal((2213L - 858, 0L), (quote.ToBalance.Minor, quote.OffUnpaid.Minor));
        Assert.Equal(1520, quote.NextCharges[0].Total.Minor);
    }

    [Fact]
    public void No_change_after_an_import_credits_more_than_was_paid()
    {
        var random = new Random(20261101);
        for (var i = 0; i < 400; i++)
        {
            var subscription = Imported(new(random.Next(1, 20_000), customer.Currency), random.Next(1, 9));
            var discounts = subscription.Give([.. new[] { Given.Percent(random.Next(1, 100), 1), Given.Percent(40), Given.Off(Given.Dollars(7), 2) }.Where(_ => random.Next(2) == 0)]);
            var net = Money.Zero(customer.Currency) + (subscription.Unit * subscription.Quantity);
            List<Invoice> invoices = [];
            var day = Given.Date("2026-11-01");
            if (random.Next(2) == 0)
            {
                // The next period is billed here, with the discounts.
                day = Given.Date("2026-11-15");
                invoices.Add(subscription.Bill(customer, discounts).Invoice);
                invoices[0].TakePayment(invoices[0].Due, Given.At("2026-11-15"));
                net = invoices[0].Total;
            }

            // Nothing changes but the plan's name, at no price, at once: all that was paid for the rest comes back.
            day = day.PlusDays(random.Next(14));
            var held = customer.Balance;
            var free = Given.Plan(PlanPricing.PerSeat);
            ChangeTerms terms = new(free, free.Price(Money.Zero(customer.Currency)), 1, ChangeWhen.Now);
            subscription.Change(terms, Facts(discounts, invoices, $"{day:uuuu'-'MM'-'dd}"), new(Given.Id()), () => new(Given.Id()));

            var period = new BillingPeriod(0, subscription.CurrentStart, subscription.CurrentEnd);
            Assert.Equal(Proration.Rest(period, day).Of(net), customer.Balance - held);
        }
    }

    private Subscription Imported(Money unit, int seats)
    {
        var plan = Given.Plan(PlanPricing.PerSeat);
        var asOf = Given.Date("2026-11-01");
        var terms = ImportTerms.Of(Cadence.Monthly, Given.Date("2026-01-15"), null, null, null, asOf);
        var imported = Subscription.Import(new(Given.Id()), customer, plan, plan.Price(unit), seats, null, terms, Given.At("2026-11-01"));
        Assert.Equal(MrrMovementKind.New, Assert.Single(imported.Movements).Kind);
        return imported.Subscription;
    }

    private ChangeFacts Facts(SubscriptionDiscount[] discounts, List<Invoice> invoices, string on) =>
        new(customer, "Pro", discounts, invoices, Given.Minimum, Given.At(on));
}
