using NodaTime;

namespace Billing.Periods;

/// <summary>Days in the zone a customer lives in.</summary>
public static class CustomerZone
{
    /// <summary>The zone with this IANA id.</summary>
    /// <exception cref="Refused"><c>unknown_time_zone</c>.</exception>
    public static DateTimeZone Of(string id) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(id)
        ?? throw new Refused("unknown_time_zone", "That is not the name of an IANA time zone, such as Asia/Dhaka.", "timeZone");

    /// <summary>The first instant of <paramref name="date"/> in <paramref name="zone"/>, after any gap.</summary>
    public static Instant StartOfDay(LocalDate date, DateTimeZone zone) => zone.AtStartOfDay(date).ToInstant();

    /// <summary>The date it is in <paramref name="zone"/> at <paramref name="instant"/>.</summary>
    public static LocalDate DateAt(Instant instant, DateTimeZone zone) => instant.InZone(zone).Date;
}
