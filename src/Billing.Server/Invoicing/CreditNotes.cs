using Billing.Invoicing;
using Billing.Server.Http;
using Billing.Server.Payments;
using Billing.Server.Persistence;

namespace Billing.Server.Invoicing;

/// <summary>Writes the credit notes that a decision made, with their numbers, as late as possible.</summary>
internal static class CreditNotes
{
    /// <summary>Refuses while what is credited may be being paid, saves what was decided, and adds the numbered notes.</summary>
    /// <exception cref="Refused"><c>payment_in_progress</c>.</exception>
    public static async Task SaveThenNumberAsync(
        this BillingDbContext db, IReadOnlyList<Credited> credits, Door door, CancellationToken cancellationToken)
    {
        foreach (var credited in credits) await db.MustNotBeUnderPaymentAsync(credited.Note.InvoiceId, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);

        var numbers = await InvoiceNumbers.TakeAsync(db, NumberSeries.CreditNotes, credits.Count, cancellationToken);
        foreach (var ((note, entry), number) in credits.Zip(numbers))
        {
            note.GiveNumber(number);
            db.CreditNotes.Add(note);
            if (entry is not null) db.BalanceEntries.Add(entry);
            db.Record(
                new InvoiceCredited(note.CustomerId, note.IssuedOn, note.InvoiceId, number, note.AmountMinor, note.Currency.Code),
                door.Actor, door.Now);
        }
    }
}
