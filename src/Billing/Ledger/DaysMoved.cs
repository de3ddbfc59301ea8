using Billing.Customers;
using Billing.History;
using Billing.Invoicing;
using Billing.Subscriptions;
using NodaTime;

namespace Billing.Ledger;

/// <summary>
/// A fact that moves days of a subscription. Days that will not be used are given up by what credits them; days that were paid
/// for before a break wait, and are used from the return on.
/// </summary>
/// <param name="SubscriptionId">Whose days.</param>
/// <param name="On">The first day that is not used as it was billed.</param>
public abstract record DaysMoved(SubscriptionId SubscriptionId, LocalDate On)
{
    /// <summary>Whether days move although nothing is credited.</summary>
    protected virtual bool MovesByItself => false;

    /// <summary>What a decision moved; <see langword="null"/> when no day of a subscription moved.</summary>
    /// <param name="facts">All that the decision made.</param>
    /// <param name="credits">Whether it credited anything, by note, balance or a line of its invoice.</param>
    public static DaysMoved? Of(IEnumerable<Fact> facts, bool credits) =>
        facts.Select(Of).OfType<DaysMoved>().OrderByDescending(m => m.MovesByItself).FirstOrDefault() is { } moved && (credits || moved.MovesByItself)
            ? moved : null;

    /// <summary>Whether an invoice takes unused time off.</summary>
    public static bool TakesTimeOff(Invoice invoice) => invoice.Lines.Any(l => l.Kind == InvoiceLineKind.ProrationCredit);

    /// <summary>Books it: what is credited is taken out of what is still to be delivered, and what is left of that moves.</summary>
    /// <param name="issued">The invoice it made, if any.</param>
    /// <param name="credits">Credit notes, each with its invoice.</param>
    /// <param name="entries">Other moves of the balance.</param>
    /// <param name="deliveries">What is to be delivered of the subscription from <see cref="On"/> on, or waits; oldest first. They change.</param>
    /// <example>49.00 paid for April, left on the 17th: deferred revenue 22.87 to receivables, and from there to customer credit.</example>
    public IReadOnlyList<Posting> Book(
        Invoice? issued, IEnumerable<(CreditNote Note, Invoice Invoice)> credits, IEnumerable<BalanceEntry> entries, IReadOnlyList<Delivery> deliveries)
    {
        var service = deliveries.Where(d => d.Revenue == Account.PlanRevenue).Reverse().ToList();
        List<Posting> postings = [];
        foreach (var (note, invoice) in credits)
        {
            // Its own invoice first; for days of a plan then whatever else of the subscription is to be delivered, newest first.
            var own = deliveries.Where(d => d.InvoiceId == invoice.Id);
            var others = invoice.Kind == InvoiceKind.Break ? [] : service.Where(d => d.InvoiceId != invoice.Id);
            postings.AddRange(Postings.Credited(note, invoice, PostingRule.UnusedTimeCredited, own.Concat(others), On));
        }

        foreach (var entry in entries.Where(e => e.Reason == BalanceReason.Proration))
            postings.AddRange(Postings.BilledHere(entry, service, On));
        if (issued is not null && TakesTimeOff(issued)) postings.AddRange(Postings.TakenOver(issued, service, On));
        Move(service);
        return postings;
    }

    /// <summary>What is left of the days moves.</summary>
    protected virtual void Move(IEnumerable<Delivery> service)
    {
    }

    private static DaysMoved? Of(Fact fact) => fact switch
    {
        SubscriptionEnded ended => new NotUsed(ended.SubscriptionId, ended.On),
        SubscriptionParked parked => new NotUsed(parked.SubscriptionId, parked.On),
        TermsChanged changed => new NotUsed(changed.SubscriptionId, changed.On),
        WentToBeach went => new Waiting(went.SubscriptionId, went.On, went.BankedDays),
        CameBackFromBeach back => new Used(back.SubscriptionId, back.On, back.BankedDays),
        LostOnBeach lost => new Used(lost.SubscriptionId, lost.On, 0),
        _ => null,
    };

    private sealed record NotUsed(SubscriptionId SubscriptionId, LocalDate On) : DaysMoved(SubscriptionId, On);

    /// <summary>Days that were paid for wait; when none does, a cent that is left stays on the days it was billed for.</summary>
    private sealed record Waiting(SubscriptionId SubscriptionId, LocalDate On, int Banked) : DaysMoved(SubscriptionId, On)
    {
        protected override bool MovesByItself => Banked > 0;

        protected override void Move(IEnumerable<Delivery> service)
        {
            if (Banked == 0) return;
            foreach (var delivery in service) delivery.Wait(On);
        }
    }

    /// <summary>What waited is used from a day on; what nobody can use any more, on that day.</summary>
    private sealed record Used(SubscriptionId SubscriptionId, LocalDate On, int Days) : DaysMoved(SubscriptionId, On)
    {
        protected override bool MovesByItself => true;

        protected override void Move(IEnumerable<Delivery> service)
        {
            foreach (var delivery in service.Where(d => d.Waits)) delivery.Resume(On, Days);
        }
    }
}
