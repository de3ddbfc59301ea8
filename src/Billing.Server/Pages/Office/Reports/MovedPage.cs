using Billing.Customers;
using Billing.Metrics;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Pages.Office.Reports;

/// <summary>The subscriptions behind a figure: who moved in a month, largest first.</summary>
public sealed record MovedPage(Currency Currency, YearMonth Month, MrrMovementKind Kind, IReadOnlyList<MovedRow> Rows, int Number, bool HasMore)
{
    private const int RowsAPage = 40;

    internal static async Task<MovedPage> ReadAsync(
        BillingDbContext db, Currency currency, LocalDate month, MrrMovementKind kind, int page, CancellationToken cancellationToken)
    {
        var number = Math.Clamp(page, 1, 10_000);
        var rows = await (
            from movement in db.MrrMovements.AsNoTracking()
            where movement.Currency == currency && movement.Month == month && movement.Kind == kind
            join customer in db.Customers.AsNoTracking() on movement.CustomerId equals customer.Id
            join plan in db.Plans on movement.PlanId equals plan.Id
            orderby Math.Abs(movement.AmountMinor) descending, movement.SubscriptionId, movement.Sequence
            select new { movement, customer, plan.Name }).Skip((number - 1) * RowsAPage).Take(RowsAPage + 1).ToListAsync(cancellationToken);
        return new(
            currency, month.ToYearMonth(), kind, [.. rows.Take(RowsAPage).Select(r => new MovedRow(r.movement, r.customer, r.Name))], number, rows.Count > RowsAPage);
    }
}

/// <summary>One movement, with whose it is.</summary>
public sealed record MovedRow(MrrMovement Movement, Customer Customer, string Plan);
