namespace Billing.Tests.Periods;

/// <summary>
/// The clock and calendar on a wall in one zone. It asks the time zone database one thing only, how far the clock is
/// from UTC at an instant, and finds out by looking when a date first shows.
/// </summary>
/// <remarks>Days and seconds are counted from 1 January 1970, UTC.</remarks>
internal sealed class WallClock(DateTimeZone zone)
{
    private const int Day = 86_400;
    private const int Hour = 3_600;
    private const int Minute = 60;

    /// <summary>The first second at which the calendar there shows <paramref name="day"/> or a later one.</summary>
    public long FirstShows(long day)
    {
        // A clock that nobody moved in two days shows midnight when UTC is that far from it. (Nobody moves it there and
        // back in two days.) Otherwise look at it every quarter of an hour, then every minute of the right quarter:
        // since 1972 every offset is a multiple of a quarter, so no showing falls between two looks.
        var midnight = day * Day;
        var offset = OffsetAt(midnight - 16 * Hour);
        if (offset == OffsetAt(midnight + 40 * Hour)) return midnight - offset;

        var look = midnight - 16 * Hour;
        while (!Shows(day, look)) look += 15 * Minute;
        while (Shows(day, look - Minute)) look -= Minute;
        return look;
    }

    private bool Shows(long day, long second) => second + OffsetAt(second) >= day * Day;

    private int OffsetAt(long second) => zone.GetUtcOffset(Instant.FromUnixTimeSeconds(second)).Seconds;
}
