using Billing.Customers;
using Billing.Invoicing;
using Billing.Server.Http;
using Billing.Server.Persistence;
using Billing.Subscriptions;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Pages.Office.Customers;

/// <summary>A page of the list of customers, or of those found.</summary>
public sealed record CustomersPage(string? Search, IReadOnlyList<CustomerRow> Rows, string? Next)
{
    private const int RowsAPage = 25, LongestSearch = 254;

    internal static async Task<CustomersPage> ReadAsync(
        BillingDbContext db, string? search, string? cursor, CancellationToken cancellationToken)
    {
        var text = string.IsNullOrWhiteSpace(search) ? null : search.Trim()[..Math.Min(search.Trim().Length, LongestSearch)];
        var customers = text is null ? db.Customers : db.Found(text);
        var page = await customers.ToPageAsync(c => c.Id, CustomerId.From, new(cursor, RowsAPage), c => c, cancellationToken);

        var ids = page.Items.Select(c => c.Id).ToList();
        var subscriptions = (await db.Subscriptions.Where(s => ids.Contains(s.CustomerId))
            .Join(db.Plans, s => s.PlanId, p => p.Id, (s, p) => new { s.CustomerId, s.Lifecycle, s.CancelAtPeriodEnd, p.Name })
            .ToListAsync(cancellationToken)).ToLookup(s => s.CustomerId, s => new HeldPlan(s.Name, s.Lifecycle, s.CancelAtPeriodEnd));
        var open = await db.Invoices.Where(i => ids.Contains(i.CustomerId) && i.Status == InvoiceStatus.Open).GroupBy(i => i.CustomerId)
            .Select(g => new { g.Key, Due = g.Sum(i => i.DueMinor) }).ToDictionaryAsync(g => g.Key, g => g.Due, cancellationToken);
        return new(
            text, [.. page.Items.Select(c => new CustomerRow(c, [.. subscriptions[c.Id]], new(open.GetValueOrDefault(c.Id), c.Currency)))], page.Next);
    }
}

/// <summary>A customer in a list.</summary>
public sealed record CustomerRow(Customer Customer, IReadOnlyList<HeldPlan> Plans, Money Open);

/// <summary>A plan somebody has or had.</summary>
public sealed record HeldPlan(string Name, Lifecycle Lifecycle, bool Ending);
