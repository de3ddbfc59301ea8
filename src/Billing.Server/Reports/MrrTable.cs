using Billing.Client.Contract;
using Billing.Metrics;
using Billing.Server.Http;
using NodaTime;

namespace Billing.Server.Reports;

/// <summary>The rows of one currency: every day or month asked for, also those in which nothing moved.</summary>
internal static class MrrTable
{
    public static IReadOnlyList<MrrRowView> Of(ReadMrr request, IReadOnlyList<MrrSum> sums)
    {
        List<MrrRowView> rows = [];
        var opening = sums.Where(s => s.On < request.From).Sum(s => s.AmountMinor);
        var byRow = sums.Where(s => s.On >= request.From).ToLookup(s => StartOf(s.On, request));

        for (var start = request.From; start <= request.To; start = Next(start, request.By))
        {
            var row = Row(start, LocalDate.Min(request.To, Next(start, request.By).PlusDays(-1)), opening, [.. byRow[start]]);
            rows.Add(row);
            opening = row.Closing;
        }

        return rows;
    }

    private static MrrRowView Row(LocalDate start, LocalDate end, long opening, IReadOnlyList<MrrSum> sums)
    {
        return new(
            start.Iso(), end.Iso(), opening, Of(MrrMovementKind.New), Of(MrrMovementKind.Expansion), Of(MrrMovementKind.Contraction),
            Of(MrrMovementKind.ToBeach), Of(MrrMovementKind.BackFromBeach), Of(MrrMovementKind.VoluntaryChurn),
            Of(MrrMovementKind.InvoluntaryChurn), Of(MrrMovementKind.LostOnBeach), Of(MrrMovementKind.Reactivation), opening + sums.Sum(s => s.AmountMinor));

        long Of(MrrMovementKind kind) => sums.Where(s => s.Kind == kind).Sum(s => s.AmountMinor);
    }

    private static LocalDate StartOf(LocalDate day, ReadMrr request) => request.By switch
    {
        MrrBy.Day => day,
        MrrBy.Week => LocalDate.Max(request.From, Monday(day)),
        MrrBy.Month => LocalDate.Max(request.From, day.With(DateAdjusters.StartOfMonth)),
    };

    private static LocalDate Next(LocalDate start, MrrBy by) => by switch
    {
        MrrBy.Day => start.PlusDays(1),
        MrrBy.Week => Monday(start).PlusWeeks(1),
        MrrBy.Month => start.With(DateAdjusters.StartOfMonth).PlusMonths(1),
    };

    private static LocalDate Monday(LocalDate day) => day.PlusDays(1).Previous(IsoDayOfWeek.Monday);
}
