using Billing.Notices;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Tests.Notices;

/// <summary>When something may be said, anywhere on earth.</summary>
public sealed class NoticeMomentTests
{
    private static readonly DateTimeZone Utc = DateTimeZone.Utc;

    private static readonly string[] Odd =
        ["Pacific/Kiritimati", "Pacific/Niue", "Australia/Lord_Howe", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia", "Africa/Casablanca"];

    private static readonly Gen<DateTimeZone> Zones = Gen.OneOf(Gen.Elements(Odd), Gen.Elements(DateTimeZoneProviders.Tzdb.Ids.ToArray()))
        .Select(id => DateTimeZoneProviders.Tzdb[id]);

    private static readonly Gen<(NoticeWeight Weight, DateTimeZone Zone, string? Country, Instant At)> Moments =
        from weight in Gen.Elements(Enum.GetValues<NoticeWeight>())
        from zone in Zones
        from country in Gen.Elements("US", "BD", "SA", null)
        from at in Gen.OneOf(
            Gen.Choose(0, 20 * 366 * 24 * 60).Select(minutes => Given.At("2010-01-01") + Duration.FromMinutes(minutes)),
            AroundAChangeOfClocks(zone))
        select (weight, zone, country, at);

    [Fact]
    public void Nothing_is_said_between_nine_in_the_evening_and_eight()
    {
        var dhaka = DateTimeZoneProviders.Tzdb["Asia/Dhaka"];
        // Paid at 23:10 on Sunday in Dhaka: the receipt goes on Monday at eight.
        Assert.Equal("2026-06-08T08:00", Local(First(NoticeWeight.Courtesy, Given.At("2026-06-07T17:10"), dhaka, "BD"), dhaka));
        Assert.Equal("2026-06-07T20:59", Local(First(NoticeWeight.Courtesy, Given.At("2026-06-07T14:59"), dhaka, "BD"), dhaka));
        Assert.Equal("2026-06-08T08:00", Local(First(NoticeWeight.Courtesy, Given.At("2026-06-07T15:00"), dhaka, "BD"), dhaka));
    }

    [Theory]
    [InlineData("US", "2026-06-05T15:30", "2026-06-05T15:30")]
    [InlineData("US", "2026-06-06T10:00", "2026-06-08T08:00")]
    [InlineData("BD", "2026-06-05T15:30", "2026-06-07T08:00")]
    [InlineData("BD", "2026-06-07T10:00", "2026-06-07T10:00")]
    [InlineData(null, "2026-06-07T22:00", "2026-06-08T08:00")]
    public void Nothing_is_asked_on_a_weekend_as_the_customers_country_has_it(string? country, string at, string said) =>
        Assert.Equal(said, Local(First(NoticeWeight.Asking, Given.At(at), Utc, country), Utc));

    [Fact]
    public void What_has_to_be_known_before_it_happens_is_said_on_weekends_too() =>
        Assert.Equal("2026-06-06T10:00", Local(First(NoticeWeight.Promise, Given.At("2026-06-06T10:00"), Utc, "US"), Utc));

    [Fact]
    public void A_customer_gets_at_most_so_many_messages_in_30_days()
    {
        // Four in eight days: a fifth courtesy waits until the first is thirty days old; an ask still goes, a promise too.
        Instant[] sent = [.. new[] { "01", "02", "05", "08" }.Select(day => Given.At($"2026-06-{day}T09:00"))];
        var now = Given.At("2026-06-09T09:00");

        Assert.Equal("2026-07-01T09:00", Local(First(NoticeWeight.Courtesy, now, Utc, null, sent), Utc));
        Assert.Equal(now, First(NoticeWeight.Asking, now, Utc, null, sent));
        Assert.Equal(now, First(NoticeWeight.Promise, now, Utc, null, [.. sent, now, now, now]));
        Assert.Equal("2026-07-01T09:00", Local(First(NoticeWeight.Promise, now, Utc, null, [.. sent, now, now, now, now]), Utc));
    }

    [Fact]
    public void A_good_moment_is_never_at_night_nor_on_a_weekend_and_never_before_now() => Always.Holds(Moments, given =>
    {
        var first = First(given.Weight, given.At, given.Zone, given.Country);

        Assert.True(first >= given.At);
        Assert.InRange(first.InZone(given.Zone).TimeOfDay, new LocalTime(8, 0), new LocalTime(20, 59, 59, 999));
        if (given.Weight == NoticeWeight.Asking) Assert.DoesNotContain(first.InZone(given.Zone).DayOfWeek, RestDays(given.Country));
        Assert.Equal(first, First(given.Weight, first, given.Zone, given.Country));
        // Nobody waits longer than a weekend and a night, wherever a day was left out.
        Assert.InRange(first - given.At, Duration.Zero, Duration.FromHours(24 * 4));
    });

    [Fact]
    public void However_many_are_wanted_the_budget_is_never_exceeded() => Always.Holds(
        from zone in Zones
        from budget in Gen.Choose(5, 12)
        from gaps in Gen.ListOf(Gen.Choose(0, 5_000), 60)
        from weights in Gen.ListOf(Gen.Elements(Enum.GetValues<NoticeWeight>()), 60)
        select (zone, budget, gaps, weights),
        given =>
        {
            var policy = NoticePolicy.Of(given.budget);
            List<(Instant At, NoticeWeight Weight)> sent = [];
            var now = Given.At("2026-01-01");
            foreach (var (gap, weight) in given.gaps.Zip(given.weights))
            {
                now += Duration.FromMinutes(gap);
                if (NoticeMoment.First(weight, now, given.zone, "US", [.. sent.Select(s => s.At)], policy) == now) sent.Add((now, weight));
            }

            foreach (var (at, _) in sent)
            {
                var window = sent.Where(s => s.At <= at && at - s.At < Duration.FromDays(30)).ToList();
                Assert.InRange(window.Count, 1, given.budget);
                Assert.False(NoticeMoment.IsQuiet(at, given.zone));
                // Room is kept for what matters: the last two places are never taken by anything else.
                if (window.Count > given.budget - 2) Assert.Equal(NoticeWeight.Promise, window[^1].Weight);
            }
        });

    [Fact]
    public void A_budget_too_small_for_anything_kind_is_refused() => Assert.Throws<InvalidOperationException>(() => NoticePolicy.Of(4));

    [Fact]
    public void A_letter_is_good_until_the_night() =>
        Assert.Equal("2026-06-05T21:00", Local(NoticeMoment.NextNight(Given.At("2026-06-05T20:30"), Utc), Utc));

    private static Gen<Instant> AroundAChangeOfClocks(DateTimeZone zone)
    {
        Instant[] changes = [.. zone.GetZoneIntervals(Given.At("2010-01-01"), Given.At("2030-01-01")).Where(i => i.HasStart).Select(i => i.Start)];
        return changes.Length == 0
            ? Gen.Constant(Given.At("2026-03-29"))
            : from change in Gen.Elements(changes) from minutes in Gen.Choose(-1_440, 1_440) select change + Duration.FromMinutes(minutes);
    }

    private static IsoDayOfWeek[] RestDays(string? country) => country is "BD" or "SA"
        ? [IsoDayOfWeek.Friday, IsoDayOfWeek.Saturday]
        : [IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday];

    private static Instant First(NoticeWeight weight, Instant now, DateTimeZone zone, string? country, params Instant[] sent) =>
        NoticeMoment.First(weight, now, zone, country, sent, NoticePolicy.Default);

    private static string Local(Instant at, DateTimeZone zone) =>
        at.InZone(zone).LocalDateTime.ToString("uuuu-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
