using System.Collections.Frozen;
using NodaTime;

namespace Billing.Periods;

/// <summary>Days in the zone a customer lives in.</summary>
/// <remarks>
/// A day is never "24 hours": it has 23 or 25 of them when clocks change, 23½ on Lord Howe Island, and one, 30 December
/// 2011 in Samoa, has none at all.
/// </remarks>
public static class CustomerZone
{
    /// <summary>The longest zone id we look at; the longest IANA has is about half of it.</summary>
    public const int MaxIdLength = 64;

    // The provider alone would also accept "UTC+05:30": a frozen offset, which knows no change of law.
    private static readonly FrozenSet<string> Ids = DateTimeZoneProviders.Tzdb.Ids.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Which edition of the time zone database answers, to be recorded beside what it decided.</summary>
    public static string DatabaseVersion => DateTimeZoneProviders.Tzdb.VersionId;

    /// <summary>The zone with this IANA id, canonical or alias, spelled exactly as IANA does.</summary>
    /// <exception cref="Refused"><c>unknown_time_zone</c>.</exception>
    /// <example><c>Asia/Dhaka</c> and its old name <c>Asia/Dacca</c> are known; <c>UTC+06</c> is not.</example>
    public static DateTimeZone Of(string id) => id is { Length: <= MaxIdLength } && Ids.Contains(id)
        ? DateTimeZoneProviders.Tzdb[id]
        : throw new Refused(
            "unknown_time_zone",
            "That is not the name of an IANA time zone, such as Asia/Dhaka.",
            "timeZone");

    /// <summary>
    /// The first instant of <paramref name="date"/> in <paramref name="zone"/>, after any gap: the first instant at
    /// which a calendar on the wall there shows that date or a later one.
    /// </summary>
    /// <remarks>
    /// Where midnight does not exist the day begins when the gap ends; where it comes twice, at the first. A day that
    /// was left out altogether begins when the next one does: what was due on it is due then.
    /// </remarks>
    /// <example>
    /// 4 November 2018 in Sao Paulo begins at 01:00 local time, 03:00 UTC. 30 December 2011 in Apia begins with the
    /// 31st, at 10:00 UTC on the 30th.
    /// </example>
    public static Instant StartOfDay(LocalDate date, DateTimeZone zone)
    {
        var midnight = date.AtMidnight();
        var clocks = zone.MapLocal(midnight);
        return clocks.Count == 0
            ? clocks.LateInterval.Start
            : midnight.WithOffset(clocks.EarlyInterval.WallOffset).ToInstant();
    }

    /// <summary>The date it is in <paramref name="zone"/> at <paramref name="instant"/>.</summary>
    public static LocalDate DateAt(Instant instant, DateTimeZone zone) => instant.InZone(zone).Date;
}
