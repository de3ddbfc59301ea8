using Billing.Customers;
using Billing.Dunning;
using Billing.Invoicing;
using Billing.Notices;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Pages.Office.Dunning;

/// <summary>Who is being asked for money: why, what happens next and when, and how often they heard from us. What comes next first.</summary>
public sealed record DunningBoard(CaseState State, IReadOnlyList<CaseRow> Rows, int Budget, int Number, bool HasMore)
{
    private const int RowsAPage = 40;

    internal static async Task<DunningBoard> ReadAsync(
        BillingDbContext db, CaseState state, int budget, int page, Instant now, CancellationToken cancellationToken)
    {
        var number = Math.Clamp(page, 1, 1_000);
        var cases = await db.DunningCases.AsNoTracking().Where(c => c.State == state)
            .Join(db.Customers.AsNoTracking(), c => c.CustomerId, c => c.Id, (it, customer) => new { it, customer })
            .OrderBy(r => r.it.NextAt).ThenBy(r => r.it.Id).Skip((number - 1) * RowsAPage).Take(RowsAPage + 1).ToListAsync(cancellationToken);

        var ids = cases.ConvertAll(r => r.customer.Id);
        var open = await db.Invoices.Where(i => ids.Contains(i.CustomerId) && i.Status == InvoiceStatus.Open).GroupBy(i => i.CustomerId)
            .Select(g => new { g.Key, Due = g.Sum(i => i.DueMinor) }).ToDictionaryAsync(g => g.Key, g => g.Due, cancellationToken);
        var since = now - Duration.FromDays(NoticePolicy.BudgetDays);
        var heard = await db.Notices.Where(n => ids.Contains(n.CustomerId) && n.State == NoticeState.Sent && n.DoneAt > since)
            .GroupBy(n => n.CustomerId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        return new(
            state,
            [.. cases.Take(RowsAPage).Select(r => new CaseRow(
                r.it, r.customer, new(open.GetValueOrDefault(r.customer.Id), r.customer.Currency), heard.GetValueOrDefault(r.customer.Id)))],
            budget, number, cases.Count > RowsAPage);
    }
}

/// <summary>A case on the board.</summary>
/// <param name="Case">The case.</param>
/// <param name="Customer">Whose.</param>
/// <param name="Open">What is due in all.</param>
/// <param name="Heard">Messages of the last 30 days, of any kind.</param>
public sealed record CaseRow(DunningCase Case, Customer Customer, Money Open, int Heard);
