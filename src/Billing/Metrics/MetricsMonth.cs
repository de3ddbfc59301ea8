using System.Collections.Immutable;
using NodaTime;

namespace Billing.Metrics;

/// <summary>The figures of one month and currency, from the movements alone.</summary>
/// <param name="Month">Which.</param>
/// <param name="IsRunning">Whether it is not over.</param>
/// <param name="OpeningMinor">MRR before its first day.</param>
/// <param name="RestingMinor">What those who were On the Beach then were worth when they went.</param>
/// <param name="Paying">Subscriptions worth something before its first day.</param>
/// <param name="Resting">Those On the Beach then.</param>
/// <param name="Moves">What moved in it.</param>
/// <param name="SpentMinor">What finance entered as spent on winning customers; <see langword="null"/> when nobody did.</param>
public sealed record MetricsMonth(
    YearMonth Month, bool IsRunning, long OpeningMinor, long RestingMinor, int Paying, int Resting, ImmutableArray<CohortMoves> Moves, long? SpentMinor)
{
    /// <summary>MRR after its last day.</summary>
    public long ClosingMinor => OpeningMinor + Moves.Sum(m => m.AmountMinor);

    /// <summary>All figures, in the order of <see cref="FigureDefinition.Rows"/>.</summary>
    public ImmutableArray<Figure> Figures() => [.. FigureDefinition.Rows.Select(r => Of(r.Name))];

    /// <summary>One figure.</summary>
    /// <example>Opening 490.00 of ten, one of 49.00 left and one grew by 9.80: net retention (490.00 + 9.80 − 49.00) ÷ 490.00 = 92.00 %.</example>
    public Figure Of(FigureName name) => name switch
    {
        FigureName.Mrr => Figure.Plain(name, ClosingMinor, IsRunning),
        FigureName.Arr => Figure.Plain(name, 12 * ClosingMinor, IsRunning),
        FigureName.Paying => Figure.Plain(name, PayingAfter, IsRunning),
        FigureName.OnBeach => Figure.Plain(name, Resting - Moves.Where(m => m.IsBreak).Sum(m => m.Paying), IsRunning),
        FigureName.Arpa => Figure.Quotient(name, ClosingMinor, PayingAfter, Figure.Fewest, IsRunning),
        FigureName.NetRetention => Share(name, There + Grown + Shrunk + Lost, There),
        FigureName.NetRetentionWithBreaks => Share(name, OpeningMinor + Grown + Shrunk + Lost + Gone + Back, OpeningMinor),
        FigureName.GrossRetention => Share(name, There + Shrunk + Lost, There),
        FigureName.GrossRetentionWithBreaks => Share(name, OpeningMinor + Shrunk + Lost + Gone, OpeningMinor),
        FigureName.RevenueChurn => Share(name, -Lost, There),
        FigureName.RevenueChurnVoluntary => Share(name, -Sum(MrrMovementKind.VoluntaryChurn), There),
        FigureName.RevenueChurnInvoluntary => Share(name, -Sum(MrrMovementKind.InvoluntaryChurn), There),
        FigureName.RevenueChurnOnBeach => Share(name, -Sum(MrrMovementKind.LostOnBeach), There),
        FigureName.LogoChurn => Share(name, LostCount, Subscribed),
        FigureName.LogoChurnVoluntary => Share(name, Count(MrrMovementKind.VoluntaryChurn), Subscribed),
        FigureName.LogoChurnInvoluntary => Share(name, Count(MrrMovementKind.InvoluntaryChurn), Subscribed),
        FigureName.LogoChurnOnBeach => Share(name, Count(MrrMovementKind.LostOnBeach), Subscribed),
        FigureName.QuickRatio => Share(
            name, All(MrrMovementKind.New) + All(MrrMovementKind.Expansion) + All(MrrMovementKind.Reactivation),
            -Moves.Where(m => m.IsChurn || m.Kind == MrrMovementKind.Contraction).Sum(m => m.AmountMinor)),
        FigureName.LifetimeValue => Share(name, There, LostCount),
        FigureName.AcquisitionCost => Spent(name, NewCount),
        FigureName.Payback => Spent(name, All(MrrMovementKind.New)),
    };

    /// <summary>Months in order, each opening where the one before it closed.</summary>
    /// <param name="moves">All there ever were, of one currency.</param>
    /// <param name="from">First month.</param>
    /// <param name="to">Last month.</param>
    /// <param name="running">The month that is not over.</param>
    /// <param name="spent">What finance entered, by month.</param>
    public static ImmutableArray<MetricsMonth> Of(
        IReadOnlyCollection<CohortMoves> moves, YearMonth from, YearMonth to, YearMonth running, IReadOnlyDictionary<YearMonth, long> spent)
    {
        var before = moves.Where(m => m.Month < from).ToList();
        var within = moves.ToLookup(m => m.Month);
        var (opening, resting) = (before.Sum(m => m.AmountMinor), -before.Where(m => m.IsBreak).Sum(m => m.AmountMinor));
        var (paying, away) = (before.Sum(m => m.Paying), -before.Where(m => m.IsBreak).Sum(m => m.Paying));

        var months = ImmutableArray.CreateBuilder<MetricsMonth>();
        for (var month = from; month <= to; month = month.PlusMonths(1))
        {
            ImmutableArray<CohortMoves> its = [.. within[month]];
            months.Add(new(month, month >= running, opening, resting, paying, away, its, spent.TryGetValue(month, out var minor) ? minor : null));
            opening += its.Sum(m => m.AmountMinor);
            resting -= its.Where(m => m.IsBreak).Sum(m => m.AmountMinor);
            paying += its.Sum(m => m.Paying);
            away -= its.Where(m => m.IsBreak).Sum(m => m.Paying);
        }

        return months.ToImmutable();
    }

    private long There => OpeningMinor + RestingMinor;

    private int Subscribed => Paying + Resting;

    private int PayingAfter => Paying + Moves.Sum(m => m.Paying);

    private int NewCount => Moves.Where(m => m.Kind == MrrMovementKind.New).Sum(m => m.Ups);

    private long Grown => Sum(MrrMovementKind.Expansion);

    private long Shrunk => Sum(MrrMovementKind.Contraction);

    private long Lost => Sum(MrrMovementKind.VoluntaryChurn) + Sum(MrrMovementKind.InvoluntaryChurn) + Sum(MrrMovementKind.LostOnBeach);

    private long Gone => Sum(MrrMovementKind.ToBeach);

    private long Back => Sum(MrrMovementKind.BackFromBeach);

    private int LostCount => Count(MrrMovementKind.VoluntaryChurn) + Count(MrrMovementKind.InvoluntaryChurn) + Count(MrrMovementKind.LostOnBeach);

    private Figure Share(FigureName name, long part, long whole) => Figure.Quotient(name, part, whole, Subscribed, IsRunning);

    private Figure Spent(FigureName name, long whole) => SpentMinor is { } spent
        ? Figure.Quotient(name, spent, whole, NewCount, IsRunning) : new(name, null, 0, whole, Maturity.NotDefined);

    private long All(MrrMovementKind kind) => Moves.Where(m => m.Kind == kind).Sum(m => m.AmountMinor);

    private long Sum(MrrMovementKind kind) => Moves.Where(m => m.Kind == kind && m.Cohort < Month).Sum(m => m.AmountMinor);

    private int Count(MrrMovementKind kind) => Moves.Where(m => m.Kind == kind && m.Cohort < Month).Sum(m => m.Downs);
}
