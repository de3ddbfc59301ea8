using Billing.Customers;
using Billing.Invoicing;
using Billing.Subscriptions;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Tests.Subscriptions;

public sealed class LeaveTests
{
    private readonly Customer customer = Given.Customer();
    private readonly List<Invoice> invoices = [];

    private static readonly Gen<Story> Stories =
        from currency in Gen.Elements("USD", "JPY", "KWD")
        from price in Gen.Choose(0, 99_999)
        from percent in Gen.Choose(1, 100)
        from settled in Gen.Choose(0, 2)
        from granted in Gen.Choose(0, 50_000)
        from days in Gen.Choose(0, 35)
        select new Story(currency, price, percent, settled, granted, days);

    [Fact]
    public void Leaving_now_gives_paid_days_back_as_credit()
    {
        var subscription = Begun("2026-04-01");

        var left = Leave(subscription, "2026-04-17");

        // 14 of 30 days, the 17th among them.
        var credited = Assert.Single(left.Credits);
        Assert.Equal((2287L, 2287L, "Unused time after leaving."), (credited.Note.AmountMinor, credited.Note.ToBalanceMinor, credited.Note.Reason));
        Assert.Equal((2287L, Given.Date("2026-04-17"), -4900L), (customer.BalanceMinor, subscription.EndedOn!.Value, left.End.Movement!.AmountMinor));
    }

    [Fact]
    public void Leaving_now_takes_unpaid_days_off_what_is_due()
    {
        var subscription = Begun("2026-04-01", paid: false);
        invoices[0].PlanAttempt(Given.At("2026-04-20"));

        Leave(subscription, "2026-04-17");

        Assert.Equal((2613L, 0L, InvoiceStatus.Open), (invoices[0].DueMinor, customer.BalanceMinor, invoices[0].Status));
        Assert.Equal(Given.At("2026-04-20"), invoices[0].NextAttemptAt);
    }

    [Fact]
    public void What_nobody_owes_any_more_is_not_tried_again()
    {
        var subscription = Begun("2026-04-01", paid: false);
        invoices[0].PlanAttempt(Given.At("2026-04-04"));

        Leave(subscription, "2026-04-01T18:00");

        Assert.Equal((0L, InvoiceStatus.Paid, null), (invoices[0].DueMinor, invoices[0].Status, invoices[0].NextAttemptAt));
    }

    [Fact]
    public void A_merchant_may_keep_paid_days_but_never_collects_unused_ones()
    {
        var paid = Begun("2026-04-01");
        Assert.Empty(Leave(paid, "2026-04-17", RefundRule.None).Credits);
        Assert.Equal(0, customer.BalanceMinor);

        invoices.Clear();
        var unpaid = Begun("2026-04-01", paid: false);
        Leave(unpaid, "2026-04-17", RefundRule.None);
        Assert.Equal(2613, invoices[0].DueMinor);
    }

    [Fact]
    public void Leaving_a_trial_or_a_period_that_is_over_gives_nothing_back()
    {
        var trial = Given.Subscription(customer, "2026-04-01", Given.Dollars(49), terms: new(TrialDays: 14));
        Assert.Empty(Leave(trial, "2026-04-05").Credits);

        // The next period is due and not billed yet: its days were never charged.
        var over = Begun("2026-03-01");
        Assert.Empty(Leave(over, "2026-04-02").Credits);
        Assert.Equal(0, customer.BalanceMinor);
    }

    [Fact]
    public void What_was_used_is_what_was_paid_and_is_owed_whenever_one_leaves() => Always.Holds(Stories, story => story.Live());

    private Subscription Begun(string on, bool paid = true)
    {
        var subscription = Given.Subscription(customer, on, Given.Dollars(49));
        invoices.Add(subscription.Bill(customer).Invoice);
        if (paid) invoices[^1].TakePayment(invoices[^1].Due, Given.At(on));
        return subscription;
    }

    private Left Leave(Subscription subscription, string on, RefundRule rule = RefundRule.Prorated) => subscription.LeaveNow(
        new(customer, "Pro", [], invoices, Given.Minimum, Given.At(on)), rule, () => new(Given.Id()));

    /// <summary>A month at a discount, settled in part by credit and by a card, left on some day.</summary>
    private sealed record Story(string Currency, long Price, int Percent, int Settled, long Granted, int Days)
    {
        public void Live()
        {
            var customer = Given.Customer(currency: Currency);
            var currency = Billing.Currency.Of(Currency);
            customer.MoveBalance(new(Granted, currency), BalanceReason.Granted, Given.At("2026-01-31"));
            var subscription = Given.Subscription(customer, "2026-01-31", new(Price, currency));
            var discounts = subscription.Give(Given.Percent(Percent, 1));
            var invoice = subscription.Bill(customer, discounts).Invoice;
            invoice.TakePayment(invoice.Due.Part(Settled, 2), subscription.CreatedAt);
            var on = Given.Date("2026-01-31").PlusDays(Days);
            var before = invoice.PaidMinor + invoice.BalanceAppliedMinor + invoice.CarriedForwardMinor + customer.BalanceMinor;

            var left = subscription.LeaveNow(
                new(customer, "Pro", discounts, [invoice], Given.Minimum with { Currency = currency }, Given.At($"{on:uuuu'-'MM'-'dd}")),
                RefundRule.Prorated, () => new(Given.Id()));

            var period = subscription.Anchor.Period(0);
            var used = new Proration(period, period.Start, LocalDate.Min(on, period.End)).Of(invoice.Total);
            Assert.Equal(used.Minor, invoice.TotalMinor - invoice.CreditNotesMinor);
            Assert.Equal(
                left.Credits.Sum(c => c.Note.ToBalanceMinor) + before - invoice.PaidMinor - invoice.BalanceAppliedMinor - invoice.CarriedForwardMinor,
                customer.BalanceMinor);
            Assert.Equal(used.Minor, before + invoice.DueMinor - customer.BalanceMinor);
            Assert.True(invoice.DueMinor > 0 || invoice.NextAttemptAt is null);
        }
    }
}
