using Billing.Customers;
using Billing.Invoicing;
using Billing.Ledger;
using Billing.Server.Invoicing;
using Billing.Server.Persistence;
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
        db.Posted.AddRange(journal.Entries);
        db.DeliveryPlans.AddRange(journal.Plans);
        db.DeliveryDays.AddRange(journal.Days());
    }

    /// <summary>Before entries are saved: a closed month takes none of them, and their sums go with them.</summary>
    public static async Task SettleEntriesAsync(this BillingDbContext db, CancellationToken cancellationToken)
    {
        // Of a command that was refused nothing is left to be saved.
        var added = db.Posted.Where(e => db.Entry(e).State == EntityState.Added).ToList();
        db.Posted.Clear();
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

    /// <summary>Books a credit note that is not about days: it takes from its own invoice only.</summary>
    public static async Task BookCreditedAsync(
        this BillingDbContext db, CreditNote note, Invoice invoice, Instant now, CancellationToken cancellationToken,
        PostingRule rule = PostingRule.InvoiceCredited)
    {
        var delivery = await db.DeliveryOfAsync(invoice, cancellationToken);
        var journal = new Journal(now);
        journal.Post(Postings.Credited(note, invoice, rule, delivery is null ? [] : [delivery], note.IssuedOn));
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

        var credits = paper.Credits.Count > 0 || paper.BalanceEntries.Any(e => e.Reason == BalanceReason.Proration)
            || paper.Invoice is not null && DaysMoved.TakesTimeOff(paper.Invoice);
        if (DaysMoved.Of(paper.Facts, credits) is { } moved)
        {
            var deliveries = await db.DeliveriesAsync([moved.SubscriptionId], moved.On, cancellationToken);
            var notes = paper.Credits.Select(c => (c.Note, db.Invoices.Local.Single(i => i.Id == c.Note.InvoiceId)));
            journal.Post(moved.Book(paper.Invoice, notes, paper.BalanceEntries, deliveries));
            foreach (var delivery in deliveries) journal.Change(delivery);
        }
        else
        {
            // Forgiven, not unused: each note takes from its own invoice.
            foreach (var (note, _) in paper.Credits)
                await db.BookCreditedAsync(note, db.Invoices.Local.Single(i => i.Id == note.InvoiceId), now, cancellationToken);
        }

        db.Write(journal);
    }
}
