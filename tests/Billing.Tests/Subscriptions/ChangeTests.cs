using Billing.Customers;
using Billing.Invoicing;
using Billing.Metrics;
using Billing.Periods;
using Billing.Plans;
using Billing.Subscriptions;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Tests.Subscriptions;

public sealed class ChangeTests
{
    private static readonly Cadence Yearly = Cadence.Yearly;
    private readonly Customer customer = Given.Customer();
    private readonly Plan business = Given.Plan();
    private readonly List<Invoice> invoices = [];

    private static readonly Gen<Story> Stories =
        from currency in Gen.Elements("USD", "JPY", "KWD")
        from start in Gen.Choose(0, 40)
        from first in Gen.Choose(0, 99_999)
        from percent in Gen.Choose(1, 100)
        from paid in Gen.Elements(true, false)
        from steps in Gen.ArrayOf(Gen.Choose(0, 14).Zip(Gen.Choose(0, 99_999)), 4)
        select new Story(currency, start, first, percent, paid, [.. steps.Select(s => (s.Item1, (long)s.Item2))]);

    [Fact]
    public void A_change_up_takes_effect_today_and_is_charged_for_the_days_left()
    {
        var subscription = Begun("2026-04-01");
        var terms = new ChangeTerms(business, business.Price(Given.Dollars(99)), 1);

        var quote = subscription.QuoteChange(terms, Facts("2026-04-17"));
        Assert.Equal(["Unused 14 of 30 days of Pro at USD 49.00", "14 of 30 days of Pro at USD 99.00"], quote.Lines.Select(l => l.Words));
        Assert.Equal([-2287L, 4620L], quote.Lines.Select(l => l.Amount.Minor));
        Assert.Equal([(Given.Date("2026-05-01"), 9900L), (Given.Date("2026-06-01"), 9900L)], quote.NextCharges.Take(2).Select(c => (c.On, c.Total.Minor)));

        var changed = Change(subscription, terms, "2026-04-17");
        Assert.Equal((2333L, quote.Use.Due), (changed.Invoice!.DueMinor, changed.Invoice.Due));
        Assert.Equal((MrrMovementKind.Expansion, 5000L, Given.Date("2026-04-17")), (changed.Movement!.Kind, changed.Movement.AmountMinor, changed.Movement.On));
        Assert.Equal((9900L, Given.Date("2026-05-01")), (subscription.Bill(customer).Invoice.TotalMinor, subscription.CurrentStart));
    }

    [Fact]
    public void A_change_down_takes_effect_at_period_end_and_can_be_taken_back_until_then()
    {
        var subscription = Begun("2026-01-31");
        var terms = new ChangeTerms(business, business.Price(Given.Dollars(19)), 1);

        var planned = Change(subscription, terms, "2026-02-10");
        Assert.Equal(Given.Date("2026-02-28"), Assert.IsType<ChangePlanned>(Assert.Single(planned.Facts)).From);
        subscription.KeepTerms(Given.At("2026-02-27"));
        Assert.Equal("no_change_planned", Assert.Throws<Refused>(() => subscription.KeepTerms(Given.At("2026-02-27"))).Code);

        Change(subscription, terms, "2026-02-27");
        var billed = subscription.Bill(customer);
        Assert.Equal((1900L, Given.Date("2026-02-28")), (billed.Invoice.TotalMinor, billed.Invoice.PeriodStart));
        Assert.Equal((MrrMovementKind.Contraction, -3000L, Given.Date("2026-02-28")), (billed.Movement!.Kind, billed.Movement.AmountMinor, billed.Movement.On));
        Assert.Equal((business.Id, Given.Date("2026-03-31")), (subscription.PlanId, subscription.CurrentEnd));
    }

    [Fact]
    public void A_planned_end_comes_before_a_planned_change()
    {
        var subscription = Begun("2026-01-31");
        var terms = new ChangeTerms(business, business.Price(Given.Dollars(19)), 1);
        Change(subscription, terms, "2026-02-10");

        subscription.CancelAtEnd(Given.At("2026-02-11"));

        Assert.Null(subscription.PlannedPlanId);
        Assert.Equal("cancel_planned", Assert.Throws<Refused>(() => Change(subscription, terms, "2026-02-12")).Code);
    }

    [Fact]
    public void Another_cadence_starts_a_new_anchor()
    {
        var subscription = Begun("2026-01-31");

        var now = Change(subscription, new(business, business.Price(Given.Dollars(490), Yearly), 1, ChangeWhen.Now), "2026-02-14");

        // 14 of 28 days unused: 49.00 - 24.50.
        Assert.Equal((49_000 - 2_450L, Given.Date("2027-02-14")), (now.Invoice!.TotalMinor, subscription.CurrentEnd));
        Assert.Equal(Given.Date("2027-02-14"), subscription.Bill(customer).Invoice.PeriodStart);
    }

    [Fact]
    public void Seats_up_and_down_in_one_period_add_up()
    {
        var plan = Given.Plan(PlanPricing.PerSeat);
        var price = plan.Price(Given.Dollars(10));
        var subscription = Begun("2026-04-01", Billing.Subscriptions.Subscription.Start(new(Given.Id()), customer, plan, price, new(3), Given.At("2026-04-01")));

        var up = Change(subscription, new(plan, price, 5), "2026-04-11");
        Assert.Equal(3333 - 2000, up.Invoice!.TotalMinor);
        up.Invoice.TakePayment(up.Invoice.Due, Given.At("2026-04-11"));
        var down = Change(subscription, new(plan, price, 4, ChangeWhen.Now), "2026-04-21");

        // 10 days of 5 seats are worth 16.67 and of 4 seats 13.33: the 3.34 that were paid for become credit.
        Assert.Equal((334L, 0L), (customer.BalanceMinor, down.Invoice!.TotalMinor));
        Assert.Equal("nothing_changes", Assert.Throws<Refused>(() => Change(subscription, new(plan, price, 4), "2026-04-21")).Code);
    }

    [Fact]
    public void Unpaid_time_never_becomes_credit()
    {
        var subscription = Begun("2026-04-01", paid: false);

        var changed = Change(subscription, new(business, business.Price(Given.Dollars(19)), 1, ChangeWhen.Now), "2026-04-16");

        // Half of 49.00 was used: 24.50 stay due, and 9.50 are charged for the rest on the smaller plan.
        Assert.Equal((0L, 2450L, 950L), (customer.BalanceMinor, invoices[0].DueMinor, changed.Invoice!.DueMinor));
    }

    [Fact]
    public void A_trial_changes_at_once_and_keeps_its_end()
    {
        var subscription = Given.Subscription(customer, "2026-01-01", Given.Dollars(49), terms: new(TrialDays: 14));

        var changed = Change(subscription, new(business, business.Price(Given.Dollars(19)), 1), "2026-01-05");

        Assert.Equal((null, null, Lifecycle.Trialing), (changed.Invoice, changed.Movement, subscription.Lifecycle));
        Assert.Equal((1900L, Given.Date("2026-01-15")), (subscription.Bill(customer).Invoice.TotalMinor, subscription.CurrentStart));
    }

    [Fact]
    public void Another_currency_a_retired_plan_and_what_ended_are_refused()
    {
        var subscription = Begun("2026-04-01");
        var retired = Given.Plan();
        var price = retired.Price(Given.Dollars(99));
        retired.Retire(Given.At("2026-01-01"));

        Assert.Equal("currency_mismatch", Code(new(business, business.Price(new(99, Currency.Of("EUR"))), 1)));
        Assert.Equal("plan_retired", Code(new(retired, price, 1)));
        Assert.Equal("quantity_out_of_range", Code(new(business, business.Price(Given.Dollars(99)), 2)));
        subscription.CancelNow(EndReason.Voluntary, Given.At("2026-04-03"));
        Assert.Equal("subscription_ended", Code(new(business, business.Price(Given.Dollars(99)), 1)));

        string Code(ChangeTerms terms) => Assert.Throws<Refused>(() => subscription.QuoteChange(terms, Facts("2026-04-04"))).Code;
    }

    [Fact]
    public void A_period_split_at_random_days_adds_up_to_the_exact_blend() => Always.Holds(Stories, story => story.Live());

    private Subscription Begun(string on, Subscription? given = null, bool paid = true)
    {
        var subscription = given ?? Given.Subscription(customer, on, Given.Dollars(49));
        invoices.Add(subscription.Bill(customer).Invoice);
        if (paid) invoices[0].TakePayment(invoices[0].Due, Given.At(on));
        return subscription;
    }

    private ChangeFacts Facts(string on) => new(customer, "Pro", [], invoices, Given.Minimum, Given.At(on));

    private Changed Change(Subscription subscription, ChangeTerms terms, string on)
    {
        var changed = subscription.Change(terms, Facts(on), new(Given.Id()), () => new(Given.Id()));
        if (changed.Invoice is not null) invoices.Add(changed.Invoice);
        return changed;
    }

    private sealed record Story(string Currency, int Start, int First, int Percent, bool Paid, (int Days, long Price)[] Steps)
    {
        public void Live()
        {
            var customer = Given.Customer(currency: Currency);
            var currency = Billing.Currency.Of(Currency);
            var day = Given.Date("2026-01-31").PlusDays(Start);
            var subscription = Given.Subscription(customer, $"{day:uuuu'-'MM'-'dd}", new(First, currency));
            var discounts = subscription.Give(Given.Percent(Percent, 1));
            List<Invoice> invoices = [subscription.Bill(customer, discounts).Invoice];
            if (Paid) invoices[0].TakePayment(invoices[0].Due, subscription.CreatedAt);

            var period = subscription.Anchor.Period(0);
            var blend = Money.Zero(currency);
            var credit = 0L;
            var from = period.Start;
            foreach (var (days, price) in Steps)
            {
                var on = from.PlusDays(days);
                if (on >= period.End) break;
                var before = Net(subscription.Unit);
                var plan = Given.Plan();
                ChangeFacts facts = new(customer, "Pro", discounts, invoices, Given.Minimum with { Currency = currency }, Given.At($"{on:uuuu'-'MM'-'dd}"));
                ChangeTerms terms = new(plan, plan.Price(new(price, currency)), 1, ChangeWhen.Now);

                var quote = subscription.QuoteChange(terms, facts);
                var held = customer.BalanceMinor;
                var changed = subscription.Change(terms, facts, new(Given.Id()), () => new(Given.Id()));
                Assert.Equal(quote.Total.Minor, changed.Invoice?.TotalMinor ?? 0);
                Assert.Equal(quote.Use.Due.Minor, changed.Invoice?.DueMinor ?? 0);
                Assert.Equal(held + quote.ToBalance.Minor - quote.Use.Applied.Minor - quote.Use.CarriedForward.Minor, customer.BalanceMinor);

                if (changed.Invoice is { } invoice) invoices.Add(invoice);
                credit += changed.BalanceEntries.Where(e => e.Reason == BalanceReason.Proration).Sum(e => e.AmountMinor);
                blend += new Proration(period, from, on).Of(before);
                from = on;
            }

            blend += Proration.Rest(period, from).Of(Net(subscription.Unit));
            Assert.Equal(blend.Minor, invoices.Sum(i => i.TotalMinor - i.CreditNotesMinor) - credit);
            if (!Paid && Steps.Length > 0) Assert.True(customer.BalanceMinor <= 0 || invoices.Skip(1).Any(i => i.Status == InvoiceStatus.Paid));

            Money Net(Money unit) => unit - unit.Part(Percent, 100);
        }
    }
}
