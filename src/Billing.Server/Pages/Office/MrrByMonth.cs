using Billing.Metrics;
using Billing.Server.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Billing.Server.Pages.Office;

/// <summary>One currency's MRR, month by month. Each month opens where the one before closed.</summary>
/// <param name="Currency">The currency.</param>
/// <param name="Months">Without gaps, oldest first.</param>
public sealed record MrrByMonth(Currency Currency, IReadOnlyList<MrrMonth> Months)
{
    /// <summary>What it is now.</summary>
    public Money Closing => new(Months[^1].ClosingMinor, Currency);

    /// <summary>The same, with the last months only.</summary>
    public MrrByMonth Last(int months) => this with { Months = [.. Months.TakeLast(months)] };

    /// <summary>Reads the daily totals of all currencies, by code, through <paramref name="through"/>'s month.</summary>
    public static async Task<IReadOnlyList<MrrByMonth>> ReadAsync(
        BillingDbContext db, LocalDate through, CancellationToken cancellationToken)
    {
        // A Noda date has no year that a database knows; the date it is stored as has one, on all three.
        var sums = await db.MrrDays
            .GroupBy(d => new { d.Currency, ((DateOnly)(object)d.On).Year, ((DateOnly)(object)d.On).Month, d.Kind })
            .Select(g => new { g.Key.Currency, g.Key.Year, g.Key.Month, g.Key.Kind, Minor = g.Sum(d => d.AmountMinor) })
            .ToListAsync(cancellationToken);

        return [.. sums.GroupBy(s => s.Currency).OrderBy(g => g.Key.Code, StringComparer.Ordinal).Select(g => new MrrByMonth(
            g.Key, MonthsOf(g.ToLookup(s => new YearMonth(s.Year, s.Month), s => (s.Kind, s.Minor)), through.ToYearMonth())))];
    }

    private static List<MrrMonth> MonthsOf(ILookup<YearMonth, (MrrMovementKind Kind, long Minor)> sums, YearMonth through)
    {
        var last = sums.Max(s => s.Key) is var latest && latest > through ? latest : through;
        List<MrrMonth> months = [];
        var opening = 0L;
        for (var month = sums.Min(s => s.Key); month <= last; month = month.PlusMonths(1))
        {
            months.Add(new(month, opening, sums[month].ToDictionary(s => s.Kind, s => s.Minor)));
            opening = months[^1].ClosingMinor;
        }

        return months;
    }
}

/// <summary>One month: opening + movements = closing.</summary>
/// <param name="Month">Which.</param>
/// <param name="OpeningMinor">What the month before closed with.</param>
/// <param name="Movements">Signed, by kind; a kind that did not move is missing.</param>
public sealed record MrrMonth(YearMonth Month, long OpeningMinor, IReadOnlyDictionary<MrrMovementKind, long> Movements)
{
    /// <summary>In the order finance reads them.</summary>
    public static readonly IReadOnlyList<MrrMovementKind> Kinds =
    [
        MrrMovementKind.New, MrrMovementKind.Expansion, MrrMovementKind.Reactivation, MrrMovementKind.Contraction,
        MrrMovementKind.VoluntaryChurn, MrrMovementKind.InvoluntaryChurn,
    ];

    public long ClosingMinor => checked(OpeningMinor + Movements.Values.Sum());

    public long Of(MrrMovementKind kind) => Movements.GetValueOrDefault(kind);
}
