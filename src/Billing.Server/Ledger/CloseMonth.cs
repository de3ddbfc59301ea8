using Billing.Client.Contract;
using Billing.Server.Http;
using Billing.Server.Persistence;
using Billing.Server.Staff;
using MediatR;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace Billing.Server.Ledger;

/// <summary>Closes a month: it takes no more entries, and what is learned of it later counts for the first open day.</summary>
internal sealed record CloseMonth(string Month) : ICommand<ClosedMonthView>, IHouseChange
{
    public string About => Month;
}

internal sealed class CloseMonthHandler(BillingDbContext db, BooksZone books, LedgerChecks checks, Door door)
    : IRequestHandler<CloseMonth, ClosedMonthView>
{
    public async Task<ClosedMonthView> Handle(CloseMonth request, CancellationToken cancellationToken)
    {
        var month = LedgerMonths.Parse(request.Month, "month");
        await MustBeOverAsync(month, cancellationToken);
        await MustBeNextAsync(month, cancellationToken);
        await MustBeRightAsync(month, cancellationToken);

        var closed = new ClosedMonth { Month = month, ClosedAt = door.Now, ClosedBy = door.Actor };
        db.ClosedMonths.Add(closed);
        return closed.ToView();
    }

    /// <summary>Over everywhere, for documents are dated where their customers live; an hour later nothing is under way any more.</summary>
    private async Task MustBeOverAsync(LocalDate month, CancellationToken cancellationToken)
    {
        var over = month.PlusMonths(1).AtMidnight().WithOffset(Offset.FromHours(-12)).ToInstant();
        if (door.Now < over + Duration.FromHours(1))
            throw new Refused("month_not_over", "A month can be closed an hour after it is over everywhere on earth.", "month");
        if (await db.Runs.AnyAsync(r => r.State == BillingRun.RunState.Running && r.AsOf < over, cancellationToken))
            throw new Refused("run_in_progress", "A billing run that began in this month is under way.");
    }

    private async Task MustBeNextAsync(LocalDate month, CancellationToken cancellationToken)
    {
        var open = await db.FirstOpenDayAsync(cancellationToken);
        if (month < open) throw new Refused("month_closed", "This month is closed already.", "month");
        var first = open > LocalDate.MinIsoValue ? open : await db.FirstBookedDayAsync(cancellationToken) ?? month;
        if (month > new LocalDate(first.Year, first.Month, 1))
            throw new Refused("month_before_is_open", $"Close {first:uuuu'-'MM} first.", "month");
    }

    private async Task MustBeRightAsync(LocalDate month, CancellationToken cancellationToken)
    {
        var end = month.PlusMonths(1);
        if (books.Yesterday(door.Now) < end.PlusDays(-1)
            || await db.DeliveryDays.AnyAsync(d => d.DeliveredBy == null && d.On < end, cancellationToken))
            throw new Refused("days_not_delivered", "Some of its days are not in revenue yet; the next billing run posts them.", "month");
        if ((await checks.ReadAsync(db, door.Now, cancellationToken)).Any(c => c.Difference != 0))
            throw new Refused("books_differ", "An account differs from its documents; see GET /v1/ledger/checks.");
    }
}

internal static class LedgerMonths
{
    private static readonly YearMonthPattern Pattern = YearMonthPattern.CreateWithInvariantCulture("uuuu'-'MM");

    /// <summary>The first day of a month as it is written: <c>2026-04</c>.</summary>
    public static LocalDate Parse(string text, string field) => Pattern.Parse(text) is { Success: true, Value: var month }
        ? month.OnDayOfMonth(1)
        : throw new BadInput(400, "bad_parameter", "A month is written 2026-04.", field);

    public static string Word(LocalDate month) => Pattern.Format(month.ToYearMonth());

    public static ClosedMonthView ToView(this ClosedMonth month) => new(Word(month.Month), month.ClosedAt.Iso(), month.ClosedBy);

    /// <summary>The first day anything counts for.</summary>
    public static async Task<LocalDate?> FirstBookedDayAsync(this BillingDbContext db, CancellationToken cancellationToken) =>
        (await db.LedgerDays.AsNoTracking().OrderBy(d => d.On).FirstOrDefaultAsync(cancellationToken))?.On;

    public static async Task<IReadOnlyList<ClosedMonthView>> ClosedMonthsAsync(this BillingDbContext db, CancellationToken cancellationToken) =>
        [.. (await db.ClosedMonths.AsNoTracking().OrderByDescending(m => m.Month).ToListAsync(cancellationToken)).Select(ToView)];
}
