using Billing.Cards;
using Billing.Customers;
using Billing.Invoicing;
using Billing.Payments;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Pages.Portal;

/// <summary>One issued invoice as its customer reads and prints it.</summary>
public sealed record InvoicePage(
    Customer Customer, Invoice Invoice, IReadOnlyList<CreditNote> CreditNotes, IReadOnlyList<CardPayment> Payments)
{
    /// <summary>Reads it.</summary>
    /// <returns><see langword="null"/> when it is not there, not issued, or another customer's.</returns>
    public static async Task<InvoicePage?> ReadAsync(
        BillingDbContext db, CustomerId customerId, InvoiceId id, CancellationToken cancellationToken)
    {
        var invoice = await db.Invoices.AsNoTracking().Include(i => i.Lines.OrderBy(l => l.Position))
            .SingleOrDefaultAsync(i => i.Id == id && i.CustomerId == customerId && i.Status != InvoiceStatus.Draft, cancellationToken);
        if (invoice is null) return null;

        var customer = await db.Customers.AsNoTracking().SingleAsync(c => c.Id == customerId, cancellationToken);
        var notes = await db.CreditNotes.AsNoTracking().Where(n => n.InvoiceId == id).OrderBy(n => n.IssuedAt).ToListAsync(cancellationToken);
        var payments = await db.PaymentAttempts.AsNoTracking().Where(a => a.InvoiceId == id && a.State == AttemptState.Succeeded)
            .Join(db.Cards, a => a.CardId, c => c.Id, (attempt, card) => new { attempt, card }).ToListAsync(cancellationToken);
        return new(customer, invoice, notes, [.. payments.Select(p => new CardPayment(customer.Today(p.attempt.SettledAt!.Value), p.card))]);
    }
}

/// <summary>When a card paid.</summary>
public sealed record CardPayment(LocalDate On, Card Card);
