using Billing.Customers;
using Billing.History;
using Billing.Invoicing;
using Billing.Ledger;
using Billing.Payments;
using Billing.Tests.Subscriptions;

namespace Billing.Tests.Ledger;

/// <summary>The books of one life, kept by the posting rules as the house keeps them, and held against documents and model.</summary>
internal sealed class LifeBooks
{
    private readonly List<Invoice> invoices = [];
    private readonly Dictionary<InvoiceId, List<DeliveryPlan>> plans = [];
    private readonly List<Posting> postings = [];
    private readonly Dictionary<(Account Revenue, LocalDate On), long> shares = [];

    public void Issue(Invoice invoice)
    {
        invoices.Add(invoice);
        plans.Add(invoice.Id, []);
        postings.AddRange(Postings.Issued(invoice));
        foreach (var line in invoice.Lines)
        {
            if (Stretch.Of(line, invoice) is not { } days) continue;
            foreach (var (on, share) in days.Days(days.Start)) Add(new(Postings.RevenueOf(line.Kind), on, share));
        }
    }

    public void Moved(BalanceEntry entry) => postings.AddRange(Postings.Moved(entry));

    public void Paid(Invoice invoice, Customer customer, Instant now)
    {
        if (invoice.DueMinor == 0) return;
        var payment = PaymentAttempt.Start(new(Given.Id()), invoice, Given.Card(customer), AttemptTrigger.Manual, now);
        var unwanted = invoice.TakePayment(payment.Amount, now);
        postings.AddRange(Postings.Captured(payment, invoice, unwanted, customer.Today(now)));
    }

    public void Decided(
        IReadOnlyList<Fact> facts, Invoice? issued, IReadOnlyList<Credited> credits, IReadOnlyList<BalanceEntry> others, Instant now)
    {
        var credited = credits.Count > 0 || others.Any(e => e.Reason == BalanceReason.Proration) || issued is not null && DaysMoved.TakesTimeOff(issued);
        if (DaysMoved.Of(facts, credited) is not { } moved) return;
        // As the house loads them: what is over is not there any more.
        var deliveries = invoices
            .Where(i => plans[i.Id] is [.., var last] ? last.EndsOn is null || last.EndsOn > moved.On : i.PeriodEnd > moved.On)
            .Select(i => Delivery.Of(i, plans[i.Id].LastOrDefault())).OfType<Delivery>().ToList();

        postings.AddRange(moved.Book(issued, credits.Select(c => (c.Note, invoices.Single(i => i.Id == c.Note.InvoiceId))), others, deliveries));
        foreach (var delivery in deliveries)
        {
            foreach (var share in delivery.Shares) Add(share);
            if (delivery.Plan(now) is { } plan) plans[delivery.InvoiceId].Add(plan);
        }
    }

    public void MustAgree(Customer customer, LifecycleModel model, Instant now)
    {
        Same("receivables", invoices.Where(i => i.Status == InvoiceStatus.Open).Sum(i => i.DueMinor), Balance(Account.Receivables));
        Same("customer credit", customer.BalanceMinor, -Balance(Account.CustomerCredit));
        Same("cash", invoices.Sum(i => i.PaidMinor), Balance(Account.GatewayCash));

        // Days before and days after: what is deferred is what the documents say is still to be delivered.
        var deferred = -Balance(Account.DeferredRevenue);
        foreach (var day in new[] { -40, -1, 0, 1, 12, 100 }.Select(customer.Today(now).PlusDays))
        {
            Same(
                $"deferred after {day}", invoices.Sum(i => Delivery.After(i, plans[i.Id], day).Minor),
                deferred - shares.Where(s => s.Key.On <= day).Sum(s => s.Value));
        }

        // And it is what the model, which knows no documents, has on its calendar: to a cent for each time a stretch was cut.
        if (model.WorthLeftBehind > 0) return;
        // Who moved west lives a day again; what was billed late that day is delivered on it, for the books.
        var today = invoices.Select(i => i.IssuedOn!.Value).Append(customer.Today(now)).Max();
        var worth = model.WorthAfter(today);
        var plan = deferred - shares.Where(s => s.Key.Revenue == Account.BreakRevenue || s.Key.On <= today).Sum(s => s.Value)
            - BreaksDeferred();
        if (Math.Abs(worth - plan) > 1 + plans.Sum(p => p.Value.Count) + invoices.Count)
            throw new InvalidOperationException($"After {today} {worth} are to be delivered by the model, {plan} by the books.");
    }

    private long BreaksDeferred() => invoices.Where(i => i.Kind == InvoiceKind.Break)
        .Sum(i => i.TotalMinor - (Delivery.Of(i, plans[i.Id].LastOrDefault())?.Taken.Minor ?? 0)) - shares
        .Where(s => s.Key.Revenue == Account.BreakRevenue).Sum(s => s.Value);

    private void Add(DayShare share) =>
        shares[(share.Revenue, share.On)] = shares.GetValueOrDefault((share.Revenue, share.On)) + share.Amount.Minor;

    private long Balance(Account account) =>
        postings.Sum(p => (p.Debit == account ? p.Amount.Minor : 0) - (p.Credit == account ? p.Amount.Minor : 0));

    private static void Same(string what, long expected, long actual)
    {
        if (expected != actual) throw new InvalidOperationException($"{what}: the documents say {expected}, the books {actual}.");
    }
}
