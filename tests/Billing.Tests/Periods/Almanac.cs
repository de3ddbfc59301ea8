namespace Billing.Tests.Periods;

/// <summary>
/// A calendar of our own, made by counting day after day from 1 January 1970, so that it can contradict Noda Time. A
/// day is named by its position: 1 January 1970 is 0.
/// </summary>
internal sealed class Almanac
{
    private const int FirstYear = 1970;

    private readonly List<(int Year, int Month, int Day)> _days = [];
    private readonly List<int> _firstOfMonth = [];

    public Almanac(int lastYear)
    {
        for (var year = FirstYear; year <= lastYear; year++)
        {
            for (var month = 1; month <= 12; month++)
            {
                _firstOfMonth.Add(_days.Count);
                for (var day = 1; day <= Length(year, month); day++) _days.Add((year, month, day));
            }
        }

        _firstOfMonth.Add(_days.Count);
    }

    public int Count => _days.Count;

    public (int Year, int Month, int Day) this[int position] => _days[position];

    public int PositionOf(int year, int month, int day) => _firstOfMonth[(year - FirstYear) * 12 + month - 1] + day - 1;

    /// <summary>The same day of the month so many months on, or the last one where that month is shorter.</summary>
    public int MonthsAfter(int position, int months)
    {
        var (year, month, day) = _days[position];
        var target = (year - FirstYear) * 12 + month - 1 + months;
        return Math.Min(_firstOfMonth[target] + day, _firstOfMonth[target + 1]) - 1;
    }

    private static int Length(int year, int month) => month switch
    {
        2 => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };
}
