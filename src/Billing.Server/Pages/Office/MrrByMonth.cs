using Billing.Metrics;
using Billing.Server.Persistence;
using Billing.Server.Reports;
using NodaTime;

namespace Billing.Server.Pages.Office;

/// <summary>One currency's MRR, month by month. Each month opens where the one before closed.</summary>
/// <param name="Currency">The currency.</param>
/// <param name="Months">Without gaps, oldest first.</param>
public sealed record MrrByMonth(Currency Currency, IReadOnlyList<MrrMonth> Months)
{
    private static readonly LocalDate EndOfTime = LocalDate.MaxIsoValue;

    /// <summary>What it is now.</summary>
    public Money Closing => new(Months[^1].ClosingMinor, Currency);

    /// <summary>The same, with the last months only.</summary>
    public MrrByMonth Last(int months) => this with { Months = [.. Months.TakeLast(months)] };

    /// <summary>All currencies by code, through <paramref name="through"/>'s month; the same sums the report of the API reads.</summary>
    public static async Task<IReadOnlyList<MrrByMonth>> ReadAsync(
        BillingDbContext db, LocalDate through, CancellationToken cancellationToken)
    {
        var sums = await MrrSums.ReadAsync(db, EndOfTime, cancellationToken);
        return [.. sums.GroupBy(s => s.Currency).OrderBy(g => g.Key.Code, StringComparer.Ordinal)
            .Select(g => new MrrByMonth(g.Key, MonthsOf([.. g], through.ToYearMonth())))];
    }

    private static List<MrrMonth> MonthsOf(IReadOnlyList<MrrSum> sums, YearMonth through)
    {
        var byMonth = sums.ToLookup(s => s.On.ToYearMonth());
        var last = byMonth.Max(m => m.Key) is var latest && latest > through ? latest : through;
        List<MrrMonth> months = [];
        var opening = 0L;
        for (var month = byMonth.Min(m => m.Key); month <= last; month = month.PlusMonths(1))
        {
            var movements = byMonth[month].GroupBy(s => s.Kind).ToDictionary(g => g.Key, g => g.Sum(s => s.AmountMinor));
            months.Add(new(month, opening, movements));
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
        MrrMovementKind.New, MrrMovementKind.Expansion, MrrMovementKind.Reactivation, MrrMovementKind.BackFromBeach,
        MrrMovementKind.Contraction, MrrMovementKind.ToBeach, MrrMovementKind.VoluntaryChurn, MrrMovementKind.InvoluntaryChurn,
        MrrMovementKind.LostOnBeach,
    ];

    public long ClosingMinor => checked(OpeningMinor + Movements.Values.Sum());

    public long Of(MrrMovementKind kind) => Movements.GetValueOrDefault(kind);
}
