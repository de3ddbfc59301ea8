using Billing.Periods;

namespace Billing.Tests.Periods;

public sealed class EveryDueInstantTests
{
    private const int FirstYear = 2008;
    private const int Years = 8;
    private const int Periods = 60;

    /// <summary>From UTC-12 to UTC+14: odd offsets, half-hour changes, midnights that are missing, changed laws.</summary>
    private static readonly string[] Zones =
    [
        "Etc/GMT+12", "Pacific/Niue", "Pacific/Pago_Pago", "Pacific/Honolulu", "Pacific/Marquesas", "America/Anchorage",
        "America/Los_Angeles", "America/Phoenix", "America/Mexico_City", "America/New_York", "America/Havana",
        "America/Caracas", "America/Santiago", "America/St_Johns", "America/Sao_Paulo", "Atlantic/Azores", "UTC",
        "Europe/London", "Africa/Casablanca", "Europe/Berlin", "Africa/Cairo", "Asia/Beirut", "Europe/Istanbul",
        "Asia/Gaza", "Asia/Tehran", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Dhaka", "Asia/Pyongyang", "Asia/Tokyo",
        "Australia/Eucla", "Australia/Lord_Howe", "Pacific/Norfolk", "Pacific/Auckland", "Pacific/Chatham",
        "Pacific/Apia", "Pacific/Kiritimati",
    ];

    /// <summary>Every cadence one meets in a price list, and awkward ones beside them, up to a year.</summary>
    private static readonly Cadence[] Cadences =
    [
        .. Every(CadenceUnit.Day, [1, 7, 10, 14, 28, 30, 31, 60, 90, 100, 365, 366]),
        .. Every(CadenceUnit.Week, [1, 2, 4, 13, 26, 52]),
        .. Every(CadenceUnit.Month, [.. Enumerable.Range(1, 12)]),
        .. Every(CadenceUnit.Year, [1]),
    ];

    /// <summary>
    /// All start dates of 8 years × all cadences × 60 periods × all zones: 201 million due instants.
    /// </summary>
    /// <remarks>
    /// They are not computed one by one, because a due instant is made in two steps that do not know of each other:
    /// start, cadence and index give a date; date and zone give an instant. So it is enough to check every (start,
    /// cadence, index) against an almanac of our own, then every (date, zone), for all dates up to the last one that
    /// the first step can reach, against a clock on the wall. Every combination is then a pair of checked halves.
    /// </remarks>
    [Fact]
    public void Every_due_instant_of_eight_years_agrees_with_an_independent_calendar_and_clock()
    {
        var almanac = new Almanac(FirstYear + Years + Periods);
        var (first, end) = (almanac.PositionOf(FirstYear, 1, 1), almanac.PositionOf(FirstYear + Years, 1, 1));

        var wrongDates = 0;
        Parallel.For(first, end, start => Interlocked.Add(ref wrongDates, WrongDatesFrom(start, almanac)));
        var wrongInstants = 0;
        Parallel.ForEach(Zones, id => Interlocked.Add(ref wrongInstants, WrongInstantsIn(id, first, almanac)));

        Assert.Equal((0, 0), (wrongDates, wrongInstants));
        Assert.Equal((2_922, 31, 37), (end - first, Cadences.Length, Zones.Length));
        Assert.Equal(201_092_040L, (long)(end - first) * Cadences.Length * Periods * Zones.Length);
    }

    [Fact]
    public void Every_cadence_there_is_agrees_with_an_independent_calendar_too()
    {
        var almanac = new Almanac(2140);
        var cadences = Enum.GetValues<CadenceUnit>().SelectMany(unit => Every(unit, UpTo(Cadence.MaxCountOf(unit))));

        var wrong = from cadence in cadences
                    from start in new[] { new LocalDate(2008, 2, 29), new(2011, 12, 31), new(2015, 8, 30) }
                    from index in new[] { 1, 7, 12 }
                    let position = almanac.PositionOf(start.Year, start.Month, start.Day)
                    let expected = On(almanac[Position(position, cadence, index, almanac)])
                    where new BillingAnchor(start, cadence).StartOf(index) != expected
                    select $"{start} {cadence} {index}";

        Assert.Empty(wrong);
    }

    private static int[] UpTo(int most) => [.. Enumerable.Range(1, most)];

    private static int WrongDatesFrom(int start, Almanac almanac)
    {
        var wrong = 0;
        var date = On(almanac[start]);
        foreach (var cadence in Cadences)
        {
            var anchor = new BillingAnchor(date, cadence);
            for (var index = 0; index < Periods; index++)
            {
                var (year, month, day) = almanac[Position(start, cadence, index, almanac)];
                var begins = anchor.StartOf(index);
                if (begins.Day != day || begins.Month != month || begins.Year != year) wrong++;
            }
        }

        return wrong;
    }

    private static int Position(int start, Cadence cadence, int index, Almanac almanac) => cadence.Unit switch
    {
        CadenceUnit.Day => start + index * cadence.Count,
        CadenceUnit.Week => start + index * cadence.Count * 7,
        CadenceUnit.Month => almanac.MonthsAfter(start, index * cadence.Count),
        CadenceUnit.Year => almanac.MonthsAfter(start, index * cadence.Count * 12),
    };

    private static int WrongInstantsIn(string id, int first, Almanac almanac)
    {
        var wrong = 0;
        var zone = CustomerZone.Of(id);
        var wall = new WallClock(zone);
        for (var position = first; position < almanac.Count; position++)
        {
            var begins = CustomerZone.StartOfDay(On(almanac[position]), zone);
            if (begins != Instant.FromUnixTimeSeconds(wall.FirstShows(position))) wrong++;
        }

        return wrong;
    }

    private static LocalDate On((int Year, int Month, int Day) date) => new(date.Year, date.Month, date.Day);

    private static IEnumerable<Cadence> Every(CadenceUnit unit, int[] counts) =>
        counts.Select(count => new Cadence(unit, count));
}
