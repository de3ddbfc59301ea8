using Billing.Periods;
using NodaTime.Text;

namespace Billing.Tests.Periods;

public sealed class CustomerZoneTests
{
    private static string Begins(string date, string zone) => InstantPattern.General.Format(
        CustomerZone.StartOfDay(LocalDatePattern.Iso.Parse(date).Value, CustomerZone.Of(zone)));

    private static Duration Length(LocalDate date, string zone) =>
        CustomerZone.StartOfDay(date.PlusDays(1), CustomerZone.Of(zone)) -
        CustomerZone.StartOfDay(date, CustomerZone.Of(zone));

    [Fact]
    public void A_day_begins_at_midnight_where_the_customer_lives()
    {
        Assert.Equal("2026-02-28T18:00:00Z", Begins("2026-03-01", "Asia/Dhaka"));
        Assert.Equal("2026-02-28T18:15:00Z", Begins("2026-03-01", "Asia/Kathmandu"));
        Assert.Equal("2026-02-28T10:00:00Z", Begins("2026-03-01", "Pacific/Kiritimati"));
        Assert.Equal("2026-03-01T11:00:00Z", Begins("2026-03-01", "Pacific/Niue"));
    }

    [Fact]
    public void A_day_is_not_24_hours()
    {
        Assert.Equal(Duration.FromHours(23), Length(new(2026, 3, 29), "Europe/London"));
        Assert.Equal(Duration.FromHours(25), Length(new(2026, 10, 25), "Europe/London"));
        Assert.Equal(Duration.FromMinutes(23 * 60 + 30), Length(new(2026, 10, 4), "Australia/Lord_Howe"));
        Assert.Equal(Duration.FromHours(24), Length(new(2026, 3, 29), "Asia/Dhaka"));
    }

    [Fact]
    public void A_day_whose_midnight_is_skipped_begins_when_the_gap_ends()
    {
        Assert.Equal("2018-11-04T03:00:00Z", Begins("2018-11-04", "America/Sao_Paulo"));
        Assert.Equal("2023-04-27T22:00:00Z", Begins("2023-04-28", "Africa/Cairo"));
    }

    [Fact]
    public void A_day_whose_midnight_comes_twice_begins_at_the_first() =>
        Assert.Equal("2026-11-01T04:00:00Z", Begins("2026-11-01", "America/Havana"));

    [Fact]
    public void A_day_that_never_was_begins_with_the_next()
    {
        Assert.Equal("2011-12-30T10:00:00Z", Begins("2011-12-30", "Pacific/Apia"));
        Assert.Equal("2011-12-30T10:00:00Z", Begins("2011-12-31", "Pacific/Apia"));
        Assert.Equal("2011-12-29T10:00:00Z", Begins("2011-12-29", "Pacific/Apia"));
    }

    [Theory]
    [InlineData("Etc/GMT+12")]
    [InlineData("Pacific/Niue")]
    [InlineData("America/Sao_Paulo")]
    [InlineData("Europe/London")]
    [InlineData("Africa/Cairo")]
    [InlineData("Asia/Kathmandu")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Pacific/Apia")]
    [InlineData("Pacific/Kiritimati")]
    public void At_whatever_hour_the_run_looks_due_means_that_the_day_has_come(string id)
    {
        var zone = CustomerZone.Of(id);
        var due = new LocalDate(2018, 11, 4);
        var begins = CustomerZone.StartOfDay(due, zone);

        for (var hour = -100; hour <= 100; hour++)
        {
            var now = Instant.FromUtc(2018, 11, 4, 0, 0).Plus(Duration.FromHours(hour));
            Assert.Equal(now >= begins, CustomerZone.DateAt(now, zone) >= due);
        }
    }

    [Theory]
    [InlineData("America/New_York", 2026, 3, 8)]
    [InlineData("America/New_York", 2026, 11, 1)]
    [InlineData("Europe/London", 2026, 3, 29)]
    [InlineData("Europe/London", 2026, 10, 25)]
    [InlineData("Australia/Lord_Howe", 2026, 4, 5)]
    [InlineData("Australia/Lord_Howe", 2026, 10, 4)]
    [InlineData("Pacific/Auckland", 2026, 4, 5)]
    [InlineData("Asia/Beirut", 2026, 3, 29)]
    [InlineData("Africa/Casablanca", 2026, 3, 22)]
    [InlineData("America/Santiago", 2026, 9, 6)]
    public void Whoever_starts_at_half_past_two_on_a_day_the_clocks_change_starts_that_day(
        string id, int year, int month, int day)
    {
        var zone = CustomerZone.Of(id);
        var date = new LocalDate(year, month, day);
        var started = date.At(new LocalTime(2, 30)).InZoneLeniently(zone).ToInstant();

        Assert.NotEqual(Duration.FromHours(24), Length(date, id));
        Assert.Equal(date, CustomerZone.DateAt(started, zone));
        Assert.Equal(date.PlusMonths(1), new BillingAnchor(date, Cadence.Monthly).StartOf(1));
    }

    [Theory]
    [InlineData("Asia/Dhaka")]
    [InlineData("Asia/Dacca")]
    [InlineData("America/Argentina/ComodRivadavia")]
    [InlineData("Etc/GMT+12")]
    [InlineData("UTC")]
    public void Time_zones_have_the_names_IANA_gives_them(string id)
    {
        Assert.Equal(id, CustomerZone.Of(id).Id);

        foreach (var other in new[] { "asia/dhaka", "Asia/Dhaka ", "UTC+06", "UTC+06:00", "Bangladesh", "" })
        {
            var refused = Assert.Throws<Refused>(() => CustomerZone.Of(other));
            Assert.Equal(("unknown_time_zone", "timeZone"), (refused.Code, refused.Field));
        }
    }

    [Fact]
    public void A_zone_name_of_any_length_is_refused_in_no_time()
    {
        Assert.True(DateTimeZoneProviders.Tzdb.Ids.Max(id => id.Length) * 2 <= CustomerZone.MaxIdLength);
        Assert.Throws<Refused>(() => CustomerZone.Of(new string('A', 1_000_000)));
        Assert.Throws<Refused>(() => CustomerZone.Of(null!));
    }

    [Fact]
    public void The_edition_of_the_time_zone_database_can_be_recorded() =>
        Assert.Matches("^TZDB: 20[2-9][0-9][a-z]", CustomerZone.DatabaseVersion);
}
