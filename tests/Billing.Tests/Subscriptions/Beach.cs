using Billing.Customers;
using Billing.Invoicing;
using Billing.Periods;
using Billing.Plans;
using Billing.Subscriptions;

namespace Billing.Tests.Subscriptions;

/// <summary>One customer with one subscription, away and back, for the rules of breaks: 49.00 a month from 1 April, fee 5.00.</summary>
internal sealed class Beach
{
    private readonly List<Invoice> invoices = [];
    private readonly List<Break> breaks = [];
    private Instant now;

    public Beach(string from = "2026-04-01", decimal price = 49.00m, Cadence? cadence = null, bool paid = true, decimal credit = 0)
    {
        Customer = Given.Customer(from);
        if (credit > 0) Customer.MoveBalance(Given.Dollars(credit), BalanceReason.Granted, Given.At(from));
        Subscription = Given.Subscription(Customer, from, Given.Dollars(price), cadence);
        Bill(now = Given.At(from), paid);
    }

    public Customer Customer { get; }

    public Subscription Subscription { get; }

    public BreakTerms? Terms { get; set; } = BreakTerms.Allow(
        new(Given.Id()), new(Given.Dollars(5.00m), 14, 180, 2, 30, Access.ReadOnly, "Everything"));

    public SubscriptionDiscount[] Discounts { get; set; } = [];

    public IReadOnlyList<Invoice> Invoices => invoices;

    public Break Break => breaks[^1];

    /// <summary>The break that is planned or under way, if any.</summary>
    public Break? LiveBreak => breaks.Find(b => b.IsLive);

    /// <summary>What credit notes and proration gave to the balance.</summary>
    public Money Balance => Customer.Balance;

    public BreakMoved Go(string on, string back, ChangeWhen when = ChangeWhen.Now, bool live = true)
    {
        if (live) Live(on);
        var moved = Subscription.TakeBreak(new(Given.Id()), new(when, Given.Date(back)), Terms, breaks, Facts(Given.At(on)));
        breaks.Add(moved.Break);
        return Take(moved);
    }

    public BreakMoved Return(string on)
    {
        Live(on);
        return Take(Subscription.ReturnEarly(breaks.Count == 0 ? null : Break, Facts(Given.At(on))));
    }

    public BreakMoved Extend(string on, string to)
    {
        Live(on);
        return Take(Subscription.Extend(Break, Given.Date(to), Facts(Given.At(on))));
    }

    public (BreakMoved Moved, Renewal.Ended Ended) Leave(string on)
    {
        Live(on);
        return Subscription.LeaveFromBeach(Break, EndReason.Voluntary, Facts(Given.At(on)));
    }

    /// <summary>Lives day by day up to a moment.</summary>
    public IReadOnlyList<BreakMoved> Live(string until)
    {
        List<BreakMoved> done = [];
        for (; now < Given.At(until); now += Duration.FromDays(1)) done.AddRange(Run(now));
        now = Given.At(until);
        return [.. done, .. Run(now)];
    }

    /// <summary>Our server was down until then.</summary>
    public IReadOnlyList<BreakMoved> WakeUp(string at) => Run(now = Given.At(at));

    /// <summary>Does everything of the break, and then of the periods, that is due at a moment, as the run does.</summary>
    private List<BreakMoved> Run(Instant at)
    {
        List<BreakMoved> done = [];
        while (breaks.Count > 0 && Break.NextStepAt <= at) done.Add(Take(Subscription.DoNext(Break, Facts(at))));
        while (Subscription.NextBillingAt <= at) Bill(at, paid: true);
        return done;
    }

    public BreakFacts Facts(Instant now) =>
        new(Customer, "Pro", Discounts, Given.Card(Customer), Given.Minimum, new(Given.Id()), now) { Invoices = invoices, NewNote = () => new(Given.Id()) };

    /// <summary>"2026-04-17 to 2026-05-16: 5.00", oldest first.</summary>
    public IEnumerable<string> Fees => invoices.Where(i => i.Kind == InvoiceKind.Break).Select(Line);

    public IEnumerable<string> Periods => invoices.Where(i => i.Kind == InvoiceKind.Period).Select(Line);

    private static string Line(Invoice invoice) =>
        $"{invoice.PeriodStart:uuuu-MM-dd} to {invoice.PeriodEnd!.Value.PlusDays(-1):uuuu-MM-dd}: {invoice.Total.ToString()[4..]}";

    private BreakMoved Take(BreakMoved moved)
    {
        if (moved.Invoice is { } fee)
        {
            invoices.Add(fee);
            fee.TakePayment(fee.Due, fee.IssuedAt!.Value);
        }

        return moved;
    }

    private void Bill(Instant at, bool paid)
    {
        if (Subscription.Renew(Customer, at, Discounts) is not Renewal.Billed { Invoice: var invoice }) return;
        invoices.Add(invoice);
        if (paid) invoice.TakePayment(invoice.Due, at);
    }
}
