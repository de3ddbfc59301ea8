using Billing.Customers;
using Billing.Invoicing;
using Billing.Server.Http;
using Billing.Server.Invoicing;
using Billing.Server.Pages.Office.Payments;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Pages.Office.Invoices;

/// <summary>Which invoices are wanted.</summary>
/// <param name="Status">Only of this status.</param>
/// <param name="Age">Only of this age of <see cref="OpenByAge.Ages"/>.</param>
/// <param name="Customer">Only one customer's.</param>
public sealed record InvoiceWish(InvoiceStatus? Status, int? Age, Guid? Customer)
{
    public static InvoiceWish Of(string? status, int? age, Guid? customer) => new(
        Enum.TryParse<InvoiceStatus>(status, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : null,
        age is >= 0 && age <= OpenByAge.Ages.Count ? age : null, customer);

    public string Query => string.Concat(
        Status is { } status ? $"status={status.ToString().ToLowerInvariant()}&" : "", Age is { } age ? $"age={age}&" : "",
        Customer is { } customer ? $"customer={customer}&" : "");
}

/// <summary>An invoice in a list, with its customer where the list is not one customer's.</summary>
public sealed record InvoiceRow(Invoice Invoice, Customer? Customer);

/// <summary>A page of invoices.</summary>
public sealed record InvoicesPage(InvoiceWish Wish, IReadOnlyList<InvoiceRow> Rows, string? Next)
{
    private const int RowsAPage = 40;

    internal static async Task<InvoicesPage> ReadAsync(
        BillingDbContext db, InvoiceWish wish, string? cursor, LocalDate today, CancellationToken cancellationToken)
    {
        IQueryable<Invoice> invoices = db.Invoices;
        if (wish.Status is { } status) invoices = invoices.Where(i => i.Status == status);
        if (wish.Customer is { } id) invoices = invoices.Where(i => i.CustomerId == new CustomerId(id));
        if (wish.Age is { } age) invoices = OfAge(invoices, age, today);

        var page = await invoices.ToPageAsync(i => i.Id, InvoiceId.From, new(cursor, RowsAPage), i => i, cancellationToken);
        var ids = page.Items.Select(i => i.CustomerId).Distinct().ToList();
        var customers = await db.Customers.AsNoTracking().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellationToken);
        return new(wish, [.. page.Items.Select(i => new InvoiceRow(i, customers[i.CustomerId]))], page.Next);
    }

    private static IQueryable<Invoice> OfAge(IQueryable<Invoice> invoices, int age, LocalDate today)
    {
        if (age < OpenByAge.Ages.Count)
        {
            var from = today.PlusDays(-OpenByAge.Ages[age]);
            invoices = invoices.Where(i => i.IssuedOn >= from);
        }

        if (age == 0) return invoices;
        var before = today.PlusDays(-OpenByAge.Ages[age - 1]);
        return invoices.Where(i => i.IssuedOn < before);
    }
}

/// <summary>One invoice with all that belongs to it.</summary>
public sealed record InvoiceFile(
    Invoice Invoice, Customer Customer, IReadOnlyList<CreditNote> CreditNotes, IReadOnlyList<PaymentRow> Payments)
{
    internal static async Task<InvoiceFile> ReadAsync(BillingDbContext db, Guid id, CancellationToken cancellationToken)
    {
        var invoice = await db.Invoices.AsNoTracking().WithIdAsync(id, cancellationToken);
        var customer = await db.Customers.AsNoTracking().SingleAsync(c => c.Id == invoice.CustomerId, cancellationToken);
        var notes = await db.CreditNotes.AsNoTracking().Where(n => n.InvoiceId == invoice.Id).OrderBy(n => n.IssuedAt).ToListAsync(cancellationToken);
        var attempts = await db.PaymentAttempts.AsNoTracking().Where(a => a.InvoiceId == invoice.Id)
            .Join(db.Cards, a => a.CardId, c => c.Id, (attempt, card) => new { attempt, card })
            .OrderByDescending(r => r.attempt.StartedAt).ToListAsync(cancellationToken);
        return new(invoice, customer, notes, [.. attempts.Select(r => new PaymentRow(r.attempt, null, invoice.Number, r.card))]);
    }
}
