using Billing.Cards;
using Billing.Customers;
using Billing.Invoicing;
using Billing.Payments;
using Billing.Periods;
using Billing.Plans;
using Billing.Subscriptions;

namespace Billing.Tests;

/// <summary>What a story starts from, in few words. Ids are counted, so that a test is the same every time.</summary>
internal static class Given
{
    private static int lastId;

    /// <summary>What the gateway charges at least, in the stories: USD 0.50.</summary>
    public static Money Minimum { get; } = Dollars(0.50m);

    /// <summary>The start of a day in UTC: <c>"2026-01-31"</c>; or a moment of it: <c>"2026-01-31T15:30"</c>.</summary>
    public static Instant At(string moment)
    {
        var parts = moment.Split('T');
        var time = parts.Length == 1 ? LocalTime.Midnight : NodaTime.Text.LocalTimePattern.CreateWithInvariantCulture("HH':'mm").Parse(parts[1]).Value;
        return (Date(parts[0]) + time).InUtc().ToInstant();
    }

    public static LocalDate Date(string date) => NodaTime.Text.LocalDatePattern.Iso.Parse(date).Value;

    public static Money Dollars(decimal amount) => new((long)(amount * 100), Currency.Of("USD"));

    public static Customer Customer(string now = "2026-01-01", string zone = "UTC", string currency = "USD", bool withCard = true)
    {
        var details = new CustomerDetails(null, null, null, null, "en", zone);
        var customer = Billing.Customers.Customer.Add(new(Id()), details, Currency.Of(currency), At(now));
        if (withCard) customer.UseCard(new(Id()), At(now));
        return customer;
    }

    public static Plan Plan(PlanPricing pricing = PlanPricing.Flat, int trialDays = 0) =>
        Billing.Plans.Plan.Create(new(Id()), "pro", "Pro", pricing, trialDays, At("2020-01-01"));

    public static Price Price(this Plan plan, Money unit, Cadence? cadence = null, Price? after = null) =>
        plan.SetPrice(new(Id()), unit, cadence ?? Cadence.Monthly, after, At("2020-01-01"));

    /// <summary>A subscription begun at a moment; flat and monthly unless told otherwise.</summary>
    public static Subscription Subscription(
        Customer customer, string on, Money unit, Cadence? cadence = null, StartTerms? terms = null, PlanPricing pricing = PlanPricing.Flat)
    {
        var plan = Plan(pricing);
        return Billing.Subscriptions.Subscription.Start(new(Id()), customer, plan, plan.Price(unit, cadence), terms ?? new(), At(on));
    }

    public static Discount Percent(int percent, int? periods = null) =>
        Discount.Percent(new(Id()), $"p{percent}", $"{percent} %", percent * 100, periods, At("2020-01-01"));

    public static Discount Off(Money amount, int? periods = null) =>
        Discount.Amount(new(Id()), $"a{amount.Minor}", "Off", amount, periods, At("2020-01-01"));

    public static SubscriptionDiscount[] Give(this Subscription subscription, params Discount[] discounts) =>
        [.. discounts.Select((d, i) => subscription.Give(d, i + 1, subscription.CreatedAt))];

    /// <summary>Does what is due now.</summary>
    public static Renewal Renew(this Subscription subscription, Customer customer, Instant now, params SubscriptionDiscount[] discounts) =>
        subscription.Renew(new(customer, "Pro", discounts, Minimum with { Currency = customer.Currency }, new(Id()), now));

    /// <summary>Bills the next period on its first day.</summary>
    public static Renewal.Billed Bill(this Subscription subscription, Customer customer, params SubscriptionDiscount[] discounts) =>
        Assert.IsType<Renewal.Billed>(subscription.Renew(customer, subscription.NextBillingAt!.Value, discounts));

    /// <summary>An issued invoice over one item.</summary>
    public static Invoice Invoice(Customer customer, Money total, string now = "2026-01-01")
    {
        var invoice = Billing.Invoicing.Invoice.Draft(new(Id()), customer, At(now));
        invoice.AddItem("Setting up", 1, total);
        invoice.Issue(customer, Minimum with { Currency = total.Currency }, At(now));
        return invoice;
    }

    public static Card Card(Customer customer) =>
        Billing.Cards.Card.Keep(new(Id()), customer.Id, "token", "print", "visa", "4242", 12, 2030, At("2026-01-01"));

    /// <summary>An attempt at an invoice; an automatic one is counted on it, as the run does.</summary>
    public static PaymentAttempt Attempt(
        Invoice invoice, Customer customer, Instant now, AttemptTrigger trigger = AttemptTrigger.Automatic, Card? card = null)
    {
        if (trigger == AttemptTrigger.Automatic) invoice.BeginAutomaticAttempt();
        return PaymentAttempt.Start(new(Id()), invoice, card ?? Card(customer), trigger, now);
    }

    /// <summary>Applies an outcome.</summary>
    public static Settlement Settle(this PaymentAttempt attempt, Invoice invoice, Customer customer, ChargeOutcome outcome, Instant now) =>
        Settlement.Apply(attempt, invoice, customer, outcome, now);

    public static Guid Id()
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, Interlocked.Increment(ref lastId));
        return new(bytes);
    }
}
