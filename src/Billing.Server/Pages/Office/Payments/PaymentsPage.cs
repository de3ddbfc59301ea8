using Billing.Cards;
using Billing.Customers;
using Billing.Payments;
using Billing.Server.Http;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Pages.Office.Payments;

/// <summary>An attempt to collect in a list; customer and invoice where the list is not theirs already.</summary>
public sealed record PaymentRow(PaymentAttempt Attempt, Customer? Customer, string? InvoiceNumber, Card? Card);

/// <summary>A page of attempts to collect.</summary>
public sealed record PaymentsPage(AttemptState? State, Guid? Customer, IReadOnlyList<PaymentRow> Rows, string? Next)
{
    private const int RowsAPage = 40;

    public string Query => string.Concat(
        State is { } state ? $"state={state.ToString().ToLowerInvariant()}&" : "", Customer is { } customer ? $"customer={customer}&" : "");

    internal static async Task<PaymentsPage> ReadAsync(
        BillingDbContext db, string? state, Guid? customer, string? cursor, CancellationToken cancellationToken)
    {
        AttemptState? wanted = Enum.TryParse<AttemptState>(state, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : null;
        IQueryable<PaymentAttempt> attempts = db.PaymentAttempts;
        if (wanted is { } only) attempts = attempts.Where(a => a.State == only);
        if (customer is { } id) attempts = attempts.Where(a => a.CustomerId == new CustomerId(id));

        var page = await attempts.ToPageAsync(a => a.Id, PaymentAttemptId.From, new(cursor, RowsAPage), a => a, cancellationToken);
        var ids = page.Items.Select(a => a.Id).ToList();
        var around = await db.PaymentAttempts.Where(a => ids.Contains(a.Id))
            .Join(db.Customers.AsNoTracking(), a => a.CustomerId, c => c.Id, (a, customer) => new { a.Id, a.InvoiceId, a.CardId, customer })
            .Join(db.Invoices, r => r.InvoiceId, i => i.Id, (r, i) => new { r.Id, r.CardId, r.customer, i.Number })
            .Join(db.Cards.AsNoTracking(), r => r.CardId, c => c.Id, (r, card) => new { r.Id, r.customer, r.Number, card })
            .AsNoTracking().ToDictionaryAsync(r => r.Id, cancellationToken);
        return new(
            wanted, customer, [.. page.Items.Select(a => new PaymentRow(a, around[a.Id].customer, around[a.Id].Number, around[a.Id].card))], page.Next);
    }
}
