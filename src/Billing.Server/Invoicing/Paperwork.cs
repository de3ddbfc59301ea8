using Billing.Customers;
using Billing.History;
using Billing.Invoicing;
using Billing.Metrics;
using Billing.Server.Http;
using Billing.Server.Ledger;
using Billing.Server.Payments;
using Billing.Server.Persistence;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Invoicing;

/// <summary>What a decision of the rules made on paper, for whoever writes it down.</summary>
/// <param name="Invoice">Issued, without a number yet.</param>
/// <param name="Credits">Credit notes, without numbers yet, and what became of them.</param>
/// <param name="BalanceEntries">Other moves of the balance.</param>
/// <param name="Movements">Moves of MRR.</param>
/// <param name="Facts">For the history.</param>
internal sealed record Paper(
    Invoice? Invoice, IReadOnlyList<Credited> Credits, IReadOnlyList<BalanceEntry> BalanceEntries, IEnumerable<MrrMovement?> Movements,
    IReadOnlyList<Fact> Facts)
{
    public Paper(Changed changed)
        : this(changed.Invoice, changed.Credits, changed.BalanceEntries, [changed.Movement], changed.Facts)
    {
    }

    public Paper(Left left) : this(null, left.Credits, left.BalanceEntries, [left.End.Movement], left.End.Facts)
    {
    }

    public Paper(BreakMoved moved, Renewal.Ended? ended = null) : this(
        moved.Invoice, moved.Credits, moved.BalanceEntries, [.. moved.Movements, ended?.Movement], [.. moved.Facts, .. ended?.Facts ?? []])
    {
    }
}

internal static class Paperwork
{
    /// <summary>Files it in the command's transaction; numbers are taken last, for they make others wait.</summary>
    public static Task FileAsync(this BillingDbContext db, Paper paper, Customer customer, Door door, CancellationToken cancellationToken) =>
        db.FileAsync(paper, customer, door.Actor, door.Now, cancellationToken);

    /// <summary>The same in a transaction of the run.</summary>
    public static async Task FileAsync(
        this BillingDbContext db, Paper paper, Customer customer, string actor, Instant now, CancellationToken cancellationToken)
    {
        // The balance and the card this rests on must still be these when it commits, even where they do not move.
        if (paper.Invoice is not null) db.Entry(customer).State = EntityState.Modified;

        foreach (var entry in paper.BalanceEntries) db.Keep(entry, actor, now);
        db.MrrMovements.AddRange(paper.Movements.OfType<MrrMovement>());
        foreach (var fact in paper.Facts) db.Record(fact, actor, now);
        await db.BookAsync(paper, now, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);

        var notes = await InvoiceNumbers.TakeAsync(db, NumberSeries.CreditNotes, paper.Credits.Count, cancellationToken);
        foreach (var ((note, entry), number) in paper.Credits.Zip(notes)) db.Add(note, entry, number, actor, now);
        if (paper.Invoice is not { } invoice) return;
        invoice.GiveNumber((await InvoiceNumbers.TakeAsync(db, NumberSeries.Invoices, 1, cancellationToken))[0]);
        db.Invoices.Add(invoice);
    }

    /// <summary>Refuses to credit what may be being paid at this moment.</summary>
    /// <exception cref="Refused"><c>payment_in_progress</c>.</exception>
    public static async Task MustNotBeUnderPaymentAsync(
        this BillingDbContext db, IReadOnlyList<Credited> credits, CancellationToken cancellationToken)
    {
        foreach (var credited in credits) await db.MustNotBeUnderPaymentAsync(credited.Note.InvoiceId, cancellationToken);
    }

    private static void Add(this BillingDbContext db, CreditNote note, BalanceEntry? entry, string number, string actor, Instant now)
    {
        note.GiveNumber(number);
        db.CreditNotes.Add(note);
        if (entry is not null) db.Keep(entry, actor, now);
        db.Record(
            new InvoiceCredited(note.CustomerId, note.IssuedOn, note.InvoiceId, number, note.AmountMinor, note.Currency.Code), actor, now);
    }
}
