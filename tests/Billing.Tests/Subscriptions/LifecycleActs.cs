using Billing.Periods;
using Billing.Plans;
using Billing.Subscriptions;

namespace Billing.Tests.Subscriptions;

/// <summary>What somebody subscribes to, or wants instead.</summary>
internal sealed record Wanted(int Plan, Cadence Cadence, int Seats);

internal sealed record GivenDiscount(int? Percent, long Amount, int? Periods);

internal sealed record AwayTerms(long Fee, int Shortest, int Longest, int PerYear, int Between);

/// <summary>How a life begins.</summary>
internal sealed record LifeStart(
    LocalDate FirstDay, int Hour, DateTimeZone Zone, Wanted Wants, long? Unit, int Trial, GivenDiscount[] Discounts, AwayTerms Terms,
    bool GivesBack = true)
{
    public override string ToString() =>
        $"{FirstDay:uuuu-MM-dd} {Hour}h {Zone.Id}, {Wants}, unit {Unit}, trial {Trial}, {string.Join(" ", Discounts.AsEnumerable())}, {Terms}, gives back {GivesBack}";
}

/// <summary>What is sold: three plans in every cadence, each at its price per period and seat.</summary>
internal static class Shop
{
    public static readonly Cadence[] Cadences =
    [
        Cadence.Monthly, Cadence.Monthly, Cadence.Monthly, Cadence.Yearly, new(CadenceUnit.Week, 1), new(CadenceUnit.Day, 10),
        new(CadenceUnit.Month, 3), new(CadenceUnit.Year, 2),
    ];

    private static readonly long[] MonthlyPrices = [4_900, 1_999, 31];

    private static readonly Dictionary<(int, Cadence), (Plan Plan, Price Price)> Shelf = Stock();

    public static long ListPrice(Wanted wanted) => MonthlyPrices[wanted.Plan] * Months(wanted.Cadence) / 100;

    public static Plan Plan(Wanted wanted) => Shelf[(wanted.Plan, wanted.Cadence)].Plan;

    public static Price Price(Wanted wanted) => Shelf[(wanted.Plan, wanted.Cadence)].Price;

    /// <summary>What a cadence costs, in hundredths of a month.</summary>
    private static long Months(Cadence cadence) => cadence.Unit switch
    {
        CadenceUnit.Day => 4 * cadence.Count,
        CadenceUnit.Week => 27 * cadence.Count,
        CadenceUnit.Month => 97 * cadence.Count,
        CadenceUnit.Year => 1_000 * cadence.Count,
    };

    private static Dictionary<(int, Cadence), (Plan, Price)> Stock()
    {
        var plans = MonthlyPrices.Select(_ => Given.Plan(PlanPricing.PerSeat)).ToList();
        return MonthlyPrices.SelectMany((_, plan) => Cadences.Distinct().Select(cadence => new Wanted(plan, cadence, 1))).ToDictionary(
            w => (w.Plan, w.Cadence), w => (plans[w.Plan], plans[w.Plan].Price(Given.Dollars(0) with { Minor = ListPrice(w) }, w.Cadence)));
    }
}

/// <summary>What can happen in a life.</summary>
internal abstract record Act
{
    /// <summary>Days pass, the run runs on each of them.</summary>
    internal sealed record Days(int Count) : Act;

    /// <summary>Our server is down; what comes next finds nothing done.</summary>
    internal sealed record Outage(int Hours) : Act;

    internal sealed record Pause(ChangeWhen When, int Stay, bool BeingPaid) : Act;

    internal sealed record Extend(int By) : Act;

    internal sealed record ReturnEarly : Act;

    internal sealed record WithdrawBreak : Act;

    internal sealed record Cancel(ChangeWhen When) : Act;

    internal sealed record KeepGoing : Act;

    internal sealed record Change(Wanted To, ChangeWhen? When) : Act;

    internal sealed record WithdrawChange : Act;

    internal sealed record Grant(long Amount) : Act;

    internal sealed record PayAll : Act;

    /// <summary>Whether bills are paid at once from now on.</summary>
    internal sealed record Pays(bool AtOnce) : Act;

    internal sealed record MoveTo(DateTimeZone Zone) : Act;
}

/// <summary>A life by its number: the same every time.</summary>
internal sealed record Life(int Seed, LifeStart Start, IReadOnlyList<Act> Acts)
{
    private const int Length = 30;

    // The first is taken twice as often as two others together would be; the ends of the world are where days go wrong.
    private static readonly DateTimeZone[] Zones =
        [.. new[] { "UTC", "UTC", "Europe/Berlin", "Pacific/Kiritimati", "Pacific/Niue", "America/Sao_Paulo" }.Select(id => DateTimeZoneProviders.Tzdb[id])];

    private static readonly LocalDate[] FirstDays =
        [new(2027, 1, 31), new(2027, 12, 31), new(2028, 2, 29), new(2028, 1, 30), new(2026, 4, 1), new(2027, 3, 15)];

    public static Life Number(int seed)
    {
        var random = new Random(seed);
        return new(seed, Begin(random), [.. Enumerable.Range(0, Length).Select(_ => Next(random))]);
    }

    public override string ToString() => $"Life {Seed}: {Start}{Environment.NewLine}{string.Join(Environment.NewLine, Acts)}";

    private static LifeStart Begin(Random random) => new(
        One(random, FirstDays).PlusDays(random.Next(3) == 0 ? random.Next(60) : 0), random.Next(24), One(random, Zones), Wish(random),
        random.Next(4) == 0 ? One(random, [0L, 1, 29, 30, 365, 9_999]) : null, random.Next(5) == 0 ? random.Next(1, 40) : 0,
        [.. Enumerable.Range(0, random.Next(3)).Select(_ => Reduction(random))],
        new(One(random, [0L, 1, 500, 500]), One(random, [7, 14]), One(random, [60, 180, 731]), One(random, [1, 2, 12]), One(random, [0, 0, 30])), random.Next(2) == 0);

    private static GivenDiscount Reduction(Random random) => random.Next(2) == 0
        ? new(One(random, [10, 33, 50, 100]), 0, One<int?>(random, [1, 2, 3, null]))
        : new(null, One(random, [1L, 999, 5_000]), One<int?>(random, [1, 2, 3, null]));

    private static Wanted Wish(Random random) => new(random.Next(3), One(random, Shop.Cadences), One(random, [1, 1, 2, 3]));

    private static Act Next(Random random) => random.Next(100) switch
    {
        < 26 => new Act.Days(random.Next(3) == 0 ? random.Next(70) : random.Next(12)),
        < 33 => new Act.Outage(random.Next(3) == 0 ? random.Next(24 * 60) : random.Next(48)),
        < 50 => new Act.Pause(When(random), One(random, [7, 14, 28, 31, 61, 100, random.Next(200)]), random.Next(5) == 0),
        < 55 => new Act.Extend(random.Next(-3, 60)),
        < 63 => new Act.ReturnEarly(),
        < 67 => new Act.WithdrawBreak(),
        < 72 => new Act.Cancel(random.Next(5) == 0 ? ChangeWhen.Now : ChangeWhen.PeriodEnd),
        < 77 => new Act.KeepGoing(),
        < 87 => new Act.Change(Wish(random), random.Next(3) switch { 0 => null, 1 => ChangeWhen.Now, _ => ChangeWhen.PeriodEnd }),
        < 90 => new Act.WithdrawChange(),
        < 93 => new Act.Grant(random.Next(8_000)),
        < 94 => new Act.PayAll(),
        < 96 => new Act.Pays(random.Next(2) == 0),
        _ => new Act.MoveTo(One(random, Zones)),
    };

    private static ChangeWhen When(Random random) => random.Next(2) == 0 ? ChangeWhen.Now : ChangeWhen.PeriodEnd;

    private static T One<T>(Random random, T[] of) => of[random.Next(of.Length)];
}
