using Billing.Customers;
using Billing.History;
using Billing.Invoicing;
using Billing.Ledger;
using Billing.Server.Invoicing;
using Billing.Server.Persistence;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Ledger;

/// <summary>Books documents in the transaction that makes them.</summary>
internal static class Bookkeeping
{
    /// <summary>The first day that takes entries.</summary>
    public static async Task<LocalDate> FirstOpenDayAsync(this BillingDbContext db, CancellationToken cancellationToken)
    {
        var last = await db.ClosedMonths.OrderByDescending(m => m.Month).FirstOrDefaultAsync(cancellationToken);
        return last?.FirstOpen ?? LocalDate.MinIsoValue;
    }

    /// <summary>Adds entries; with which day they count, and their sums, is settled when they are saved.</summary>
    public static void Post(this BillingDbContext db, IEnumerable<Posting> postings, Instant now)
    {
        var journal = new Journal(now);
        journal.Post(postings);
        db.Write(journal);
    }

    public static void Write(this BillingDbContext db, Journal journal)
    {
        db.LedgerEntries.AddRange(journal.Entries);
        db.DeliveryPlans.AddRange(journal.Plans);
        db.DeliveryDays.AddRange(journal.Days());
    }

    /// <summary>Before entries are saved: a closed month takes none of them, and their sums go with them.</summary>
    public static async Task SettleEntriesAsync(this BillingDbContext db, CancellationToken cancellationToken)
    {
        var added = db.ChangeTracker.Entries<LedgerEntry>().Where(e => e.State == EntityState.Added).Select(e => e.Entity).ToList();
        if (added.Count == 0) return;
        var open = await db.FirstOpenDayAsync(cancellationToken);
        foreach (var entry in added) entry.PutOff(open);
        foreach (var together in added.GroupBy(e => e.At)) db.LedgerDays.AddRange(LedgerDay.Of([.. together], together.Key));
    }

    /// <summary>Books an invoice that was issued by itself.</summary>
    public static void BookIssued(this BillingDbContext db, Invoice invoice, Instant now)
    {
        var journal = new Journal(now);
        journal.Issue(invoice);
        db.Write(journal);
    }

    /// <summary>Books a merchant's credit note: it takes from its own invoice only.</summary>
    public static async Task BookCreditedAsync(
        this BillingDbContext db, CreditNote note, Invoice invoice, Instant now, CancellationToken cancellationToken)
    {
        var delivery = await db.DeliveryOfAsync(invoice, cancellationToken);
        var journal = new Journal(now);
        journal.Post(Postings.Credited(note, invoice, PostingRule.InvoiceCredited, delivery is null ? [] : [delivery], note.IssuedOn));
        if (delivery is not null) journal.Change(delivery);
        db.Write(journal);
    }

    /// <summary>Books a void.</summary>
    public static async Task BookVoidedAsync(this BillingDbContext db, Invoice invoice, LocalDate on, Instant now, CancellationToken cancellationToken)
    {
        var delivery = await db.DeliveryOfAsync(invoice, cancellationToken);
        var journal = new Journal(now);
        journal.Post(Postings.Voided(invoice, delivery, on));
        if (delivery is not null) journal.Change(delivery);
        db.Write(journal);
    }

    /// <summary>Books what a decision about a subscription made: its invoice, its credit notes, days that wait or are used again.</summary>
    public static async Task BookAsync(this BillingDbContext db, Paper paper, Instant now, CancellationToken cancellationToken)
    {
        var journal = new Journal(now);
        if (paper.Invoice is { } invoice) journal.Issue(invoice);

        var moves = paper.Facts.Select(DaysMoved.Of).OfType<DaysMoved>().ToList();
        var elsewhere = paper.BalanceEntries.Where(e => e.Reason == BalanceReason.Proration).ToList();
        if (moves.Count > 0 && (paper.Credits.Count > 0 || elsewhere.Count > 0 || moves.Exists(m => m.Stays)))
        {
            var (subscription, from) = (moves[0].SubscriptionId, moves[0].On);
            var deliveries = await db.DeliveriesAsync([subscription], from, cancellationToken);
            foreach (var credited in paper.Credits) Credit(journal, db, credited.Note, deliveries, from);
            foreach (var entry in elsewhere)
                journal.Post(Postings.BilledHere(entry, deliveries.Where(d => d.Revenue == Account.PlanRevenue).Reverse(), from));
            foreach (var move in moves) move.Apply(deliveries);
            foreach (var delivery in deliveries) journal.Change(delivery);
        }

        db.Write(journal);
    }

    private static void Credit(Journal journal, BillingDbContext db, CreditNote note, List<Delivery> deliveries, LocalDate from)
    {
        var invoice = db.Invoices.Local.Single(i => i.Id == note.InvoiceId);
        var revenue = invoice.Kind == InvoiceKind.Break ? Account.BreakRevenue : Account.PlanRevenue;
        // Its own invoice first; then, for days of a plan, whatever else of the subscription is still to be delivered, newest first.
        var own = deliveries.Where(d => d.InvoiceId == note.InvoiceId);
        var others = deliveries.Where(d => d.InvoiceId != note.InvoiceId && d.Revenue == revenue && revenue == Account.PlanRevenue).Reverse();
        journal.Post(Postings.Credited(note, invoice, PostingRule.UnusedTimeCredited, own.Concat(others), from));
    }
}

/// <summary>A fact that moves days of a subscription: from which day, and how.</summary>
/// <param name="SubscriptionId">Whose days.</param>
/// <param name="On">The first day that is not used as it was billed.</param>
internal abstract record DaysMoved(SubscriptionId SubscriptionId, LocalDate On)
{
    /// <summary>Whether days move although nothing is credited.</summary>
    public virtual bool Stays => false;

    public static DaysMoved? Of(Fact fact) => fact switch
    {
        SubscriptionEnded ended => new Credited(ended.SubscriptionId, ended.On),
        TermsChanged changed => new Credited(changed.SubscriptionId, changed.On),
        WentToBeach went => new Waiting(went.SubscriptionId, went.On, went.BankedDays),
        CameBackFromBeach back => new Used(back.SubscriptionId, back.On, back.BankedDays),
        LostOnBeach lost => new Used(lost.SubscriptionId, lost.On, 0),
        _ => null,
    };

    public virtual void Apply(IEnumerable<Delivery> deliveries)
    {
    }

    private sealed record Credited(SubscriptionId SubscriptionId, LocalDate On) : DaysMoved(SubscriptionId, On);

    /// <summary>Days that were paid for wait; when none wait, a cent that is left stays on the days it was billed for.</summary>
    private sealed record Waiting(SubscriptionId SubscriptionId, LocalDate On, int Banked) : DaysMoved(SubscriptionId, On)
    {
        public override bool Stays => Banked > 0;

        public override void Apply(IEnumerable<Delivery> deliveries)
        {
            if (Banked == 0) return;
            foreach (var delivery in deliveries.Where(d => d.Revenue == Account.PlanRevenue)) delivery.Wait(On);
        }
    }

    /// <summary>What waited is used from a day on; what nobody can use any more, on that day.</summary>
    private sealed record Used(SubscriptionId SubscriptionId, LocalDate On, int Days) : DaysMoved(SubscriptionId, On)
    {
        public override bool Stays => true;

        public override void Apply(IEnumerable<Delivery> deliveries)
        {
            foreach (var delivery in deliveries.Where(d => d.Waits)) delivery.Resume(On, Days);
        }
    }
}
