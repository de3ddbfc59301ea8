using Billing.Customers;
using Billing.Periods;
using Billing.Plans;
using Billing.Subscriptions;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Tests.Subscriptions;

/// <summary>What the customer's page promises is what the billing run does.</summary>
public sealed class OutlookTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 1, 31, 10, 0);
    private static readonly Currency Usd = Currency.Of("USD");
    private static readonly Money Minimum = new(50, Usd);

    [Fact]
    public void What_the_page_says_is_what_the_invoice_is()
    {
        var stories = from unit in Gen.Choose(0, 5_000)
                      from seats in Gen.Choose(1, 40)
                      from balance in Gen.OneOf(Gen.Constant(0), Gen.Choose(-49, 20_000))
                      from trial in Gen.Elements(0, 14)
                      from percent in Gen.Choose(0, 10_000)
                      from off in Gen.Choose(0, 3_000)
                      from periods in Gen.Elements<int?>(null, 1, 2, 3)
                      from cadence in Gen.Elements(Cadence.Monthly, Cadence.Yearly, new Cadence(CadenceUnit.Week, 2))
                      select new Story(unit, seats, balance, trial, percent, off, periods, cadence);

        Prop.ForAll(stories.ToArbitrary(), PageAndInvoiceAgree).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Credit_is_used_by_the_charge_that_comes_first()
    {
        var customer = NewCustomer(1_500);
        var later = Facts(customer, 1_000, trialDays: 20);
        var sooner = Facts(customer, 1_000, trialDays: 10);

        var steps = Of(customer, later, sooner).Cast<OutlookEntry.Bills>().ToList();

        Assert.Equal(sooner.Subscription.Id, steps[0].SubscriptionId);
        Assert.Equal((1_000, 0), (steps[0].Use.Applied.Minor, steps[0].Use.Due.Minor));
        Assert.Equal((500, 500), (steps[1].Use.Applied.Minor, steps[1].Use.Due.Minor));
        Assert.Equal(1_500, customer.BalanceMinor);
    }

    [Fact]
    public void Of_two_charges_due_at_one_instant_the_beach_uses_the_credit_first_as_in_the_run()
    {
        var beach = new Beach();
        beach.Go("2026-04-17", back: "2026-06-17");
        var other = Given.Subscription(beach.Customer, "2026-04-17", Given.Dollars(10.00m));
        other.Renew(beach.Customer, Given.At("2026-04-17"));
        beach.Customer.MoveBalance(Given.Dollars(3.00m), BalanceReason.Granted, Given.At("2026-05-01"));

        var said = Outlook.Of(new(
            beach.Customer, [new(other, "Other", "Other", []), new(beach.Subscription, "Pro", "Pro", [], beach.Break)], [], null, Given.Minimum,
            Given.At("2026-05-01")));

        Assert.Equal(Given.Dollars(2.00m), Assert.IsType<OutlookEntry.ChargesAway>(said[0]).Use.Due);
        Assert.Equal(Given.Dollars(10.00m), Assert.IsType<OutlookEntry.Bills>(said[1]).Use.Due);
        Assert.Equal(said[0].At, said[1].At);
    }

    [Fact]
    public void A_planned_end_is_said_and_nothing_is_charged()
    {
        var facts = Facts(NewCustomer(0), 1_000, trialDays: 14);
        facts.Subscription.CancelAtEnd(Start);

        var step = Assert.Single(Of(NewCustomer(0), facts));

        Assert.Equal(new LocalDate(2026, 2, 14), Assert.IsType<OutlookEntry.Ends>(step).On);
        Assert.Equal([HowToStop.WithdrawCancel], step.HowToStop);
    }

    [Fact]
    public void The_end_of_a_trial_names_its_first_charge()
    {
        var facts = Facts(NewCustomer(0), 1_000, trialDays: 14);

        var step = Assert.IsType<OutlookEntry.Bills>(Of(NewCustomer(0), facts)[0]);

        Assert.True(step.AfterTrial);
        Assert.Equal(new LocalDate(2026, 2, 14), step.Period.Start);
    }

    [Fact]
    public void After_the_end_nothing_happens()
    {
        var facts = Facts(NewCustomer(0), 1_000, trialDays: 14);
        facts.Subscription.CancelNow(EndReason.Voluntary, Start);

        Assert.Empty(Of(NewCustomer(0), facts));
    }

    private static bool PageAndInvoiceAgree(Story story)
    {
        var customer = NewCustomer(story.Balance);
        var facts = Facts(customer, story.Unit, story.Seats, story.Trial, story.Cadence, Discounts(story));

        return Of(customer, facts).Cast<OutlookEntry.Bills>().All(said =>
        {
            var did = ((Renewal.Billed)facts.Subscription.Renew(new(
                customer, facts.PlanName, facts.Discounts, Minimum, new(Guid.NewGuid()), said.At))).Invoice;

            return said.Period.Start == did.PeriodStart && said.Period.End == did.PeriodEnd
                && said.Charge.Lines.Select(l => (l.Description, l.Amount.Minor))
                    .SequenceEqual(did.Lines.Select(l => (l.Description, l.AmountMinor)))
                && (said.Charge.Total.Minor, said.Use.Applied.Minor, said.Use.CarriedForward.Minor, said.Use.Due.Minor)
                    == (did.TotalMinor, did.BalanceAppliedMinor, did.CarriedForwardMinor, did.DueMinor)
                && said.Use.Applied + said.Use.CarriedForward + said.Use.Due == said.Charge.Total;
        }) && facts.Subscription.NextBillingAt >= Start + Duration.FromDays(Outlook.Days);
    }

    private static IReadOnlyList<OutlookEntry> Of(Customer customer, params SubscriptionFacts[] facts) =>
        Outlook.Of(new(customer, facts, [], null, Minimum, Start));

    private static IEnumerable<Discount> Discounts(Story story)
    {
        if (story.Percent > 0)
            yield return Discount.Percent(new(Guid.NewGuid()), "p", "Percent", story.Percent, story.Periods, Start);
        if (story.Off > 0)
            yield return Discount.Amount(new(Guid.NewGuid()), "a", "Amount", new(story.Off, Usd), story.Periods, Start);
    }

    private static Customer NewCustomer(long balance)
    {
        var customer = Customer.Add(new(Guid.NewGuid()), new(null, null, null, null, "en", "Asia/Dhaka"), Usd, Start);
        customer.MoveBalance(new(balance, Usd), BalanceReason.Granted, Start);
        return customer;
    }

    private static SubscriptionFacts Facts(
        Customer customer, long unit, int seats = 1, int trialDays = 0, Cadence? cadence = null, IEnumerable<Discount>? discounts = null)
    {
        var plan = Plan.Create(new(Guid.NewGuid()), "pro", "Pro", PlanPricing.PerSeat, 0, Start);
        var price = plan.SetPrice(new(Guid.NewGuid()), new(unit, Usd), cadence ?? Cadence.Monthly, null, Start);
        var subscription = Subscription.Start(new(Guid.NewGuid()), customer, plan, price, new(seats, trialDays), Start);
        return new(subscription, plan.Name, plan.Name, [.. (discounts ?? []).Select((d, i) => subscription.Give(d, i + 1, Start))]);
    }

    private sealed record Story(
        int Unit, int Seats, int Balance, int Trial, int Percent, int Off, int? Periods, Cadence Cadence);
}
