using Billing.Customers;
using Billing.Invoicing;
using Billing.Periods;
using Billing.Plans;
using Billing.Subscriptions;

namespace Billing.Tests.Subscriptions;

/// <summary>Whatever a period is cut into, the pieces are the whole; many cases, the same in every run.</summary>
public sealed class ProrationProperties
{
    private static readonly Currency[] Currencies = [Currency.Of("USD"), Currency.Of("JPY"), Currency.Of("KWD")];

    [Fact]
    public void Parts_cut_at_random_days_add_up_to_the_whole()
    {
        var random = new Random(20260131);
        for (var i = 0; i < 8_000; i++)
        {
            var start = Given.Date("2024-01-01").PlusDays(random.Next(1500));
            var period = new BillingPeriod(0, start, start.PlusDays(random.Next(1, 800)));
            var whole = new Money(random.NextInt64(random.Next(2) == 0 ? 1_000 : Price.LargestUnitAmount), Currencies[i % 3]);
            LocalDate[] cuts = [start, .. Enumerable.Range(0, random.Next(12)).Select(_ => start.PlusDays(random.Next(period.Days + 1))).Order(), period.End];

            var parts = cuts.Zip(cuts.Skip(1), (from, to) => new Proration(period, from, to).Of(whole)).ToList();

            Assert.Equal(whole, parts.Aggregate((a, b) => a + b));
            Assert.DoesNotContain(parts, p => p.Minor < 0);
        }
    }

    [Fact]
    public void Seats_and_plans_changed_at_random_days_cost_the_exact_blend()
    {
        var random = new Random(20260228);
        for (var i = 0; i < 700; i++) BlendIsExact(random, Currencies[i % 3], paid: random.Next(3) > 0);
    }

    private static void BlendIsExact(Random random, Currency currency, bool paid)
    {
        var customer = Given.Customer(currency: currency.Code);
        var cadence = random.Next(4) == 0 ? Cadence.Yearly : Cadence.Monthly;
        var from = Given.Date("2026-01-31").PlusDays(random.Next(400));
        var plan = Given.Plan(PlanPricing.PerSeat);
        var subscription = Subscription.Start(
            new(Given.Id()), customer, plan, plan.Price(AnyPrice(), cadence), new(random.Next(1, 9)), from.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant());
        List<Invoice> invoices = [subscription.Bill(customer).Invoice];
        var period = subscription.Anchor.Period(0);
        var (blend, elsewhere) = (Money.Zero(currency), 0L);

        for (var cut = random.Next(10); cut > 0; cut--)
        {
            if (paid) invoices[^1].TakePayment(invoices[^1].Due, subscription.CreatedAt);
            var on = from.PlusDays(random.Next(1 + (period.Days / 6)));
            if (on >= period.End) break;
            if (random.Next(2) == 0) plan = Given.Plan(PlanPricing.PerSeat);
            var seats = random.Next(1, 9);
            ChangeTerms terms = new(plan, plan.Price(AnyPrice(), cadence), seats < subscription.Quantity ? seats : seats + 1, ChangeWhen.Now);
            ChangeFacts facts = new(
                customer, "Pro", [], invoices, Given.Minimum with { Currency = currency }, on.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant());

            blend += new Proration(period, from, on).Of(subscription.Unit * subscription.Quantity);
            var changed = subscription.Change(terms, facts, new(Given.Id()), () => new(Given.Id()));
            elsewhere += changed.BalanceEntries.Where(e => e.Reason == BalanceReason.Proration).Sum(e => e.AmountMinor);
            if (changed.Invoice is { } invoice) invoices.Add(invoice);
            from = on;
        }

        blend += Proration.Rest(period, from).Of(subscription.Unit * subscription.Quantity);
        Assert.Equal(blend.Minor, invoices.Sum(i => i.TotalMinor - i.CreditNotesMinor) - elsewhere);

        Money AnyPrice() => new(random.Next(random.Next(2) == 0 ? 60 : 90_000), currency);
    }
}
