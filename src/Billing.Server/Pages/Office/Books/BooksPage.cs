using Billing.Client.Contract;
using Billing.Server.Ledger;
using Billing.Server.Persistence;
using MediatR;
using NodaTime;

namespace Billing.Server.Pages.Office.Books;

/// <summary>The books as they stand: every account, deferred revenue month by month, the checks, and which months are closed.</summary>
public sealed record BooksPage(
    TrialBalanceView Balance, DeferredReportView Deferred, IReadOnlyList<LedgerCheck> Checks, IReadOnlyList<ClosedMonthView> Closed, YearMonth? Next)
{
    private const int Months = 12;

    internal static async Task<BooksPage> ReadAsync(
        BillingDbContext db, LedgerChecks checks, IMediator send, Desk desk, CancellationToken cancellationToken)
    {
        var month = desk.Today.With(DateAdjusters.StartOfMonth);
        var closed = await db.ClosedMonthsAsync(cancellationToken);
        var open = await db.FirstOpenDayAsync(cancellationToken);
        var first = open > LocalDate.MinIsoValue ? open : await db.FirstBookedDayAsync(cancellationToken);
        return new(
            await db.TrialBalanceAsync(desk.Today, null, cancellationToken),
            await send.Send(new ReadDeferred(month.PlusMonths(1 - Months), month, null), cancellationToken),
            await checks.ReadAsync(db, desk.Now, cancellationToken), closed,
            first is { } next && next.ToYearMonth() < month.ToYearMonth() ? next.ToYearMonth() : null);
    }
}
