using NodaTime;

namespace Billing.Notices;

/// <summary>When something may be said: not at night, not on a weekend when it can wait, and never more than the budget.</summary>
public static class NoticeMoment
{
    /// <summary>Nothing is said before this hour, where the customer lives.</summary>
    public const int FirstHour = 8;

    /// <summary>Nor from this hour on.</summary>
    public const int QuietFrom = 21;

    /// <summary>Countries whose weekend is Friday and Saturday.</summary>
    private static readonly HashSet<string> FridayAndSaturday = new(StringComparer.Ordinal)
    {
        "BD", "BH", "DZ", "EG", "IL", "IQ", "JO", "KW", "LY", "OM", "QA", "SA", "SD", "SY", "YE",
    };

    /// <summary>The first moment from <paramref name="now"/> on at which this may be said; now, when that is one.</summary>
    /// <param name="weight">What hangs on it.</param>
    /// <param name="now">Not before.</param>
    /// <param name="zone">Where the customer lives.</param>
    /// <param name="country">The same as a country, for its weekend.</param>
    /// <param name="sent">When the customer was written to lately, in any order.</param>
    /// <param name="policy">The budget.</param>
    /// <example>Friday 22:00 in Dhaka, asking: Sunday 8:00, for Friday and Saturday are the weekend there.</example>
    public static Instant First(
        NoticeWeight weight, Instant now, DateTimeZone zone, string? country, IReadOnlyCollection<Instant> sent, NoticePolicy policy)
    {
        var moment = now;
        while (true)
        {
            var open = AfterWeekend(weight, AfterNight(WithinBudget(weight, moment, sent, policy), zone), zone, country);
            if (open == moment) return moment;
            moment = open;
        }
    }

    /// <summary>Whether it is night where the customer lives.</summary>
    public static bool IsQuiet(Instant at, DateTimeZone zone) => at.InZone(zone).Hour is < FirstHour or >= QuietFrom;

    /// <summary>When the night begins after this moment, which is not in one.</summary>
    public static Instant NextNight(Instant at, DateTimeZone zone) => At(at.InZone(zone).Date, QuietFrom, zone);

    /// <summary>The day on which something decided now can be read.</summary>
    /// <example>Decided on 1 March at 22:00: 2 March.</example>
    public static LocalDate DayToldOn(Instant at, DateTimeZone zone) => AfterNight(at, zone).InZone(zone).Date;

    /// <summary>Whether that day is a day of rest in that country.</summary>
    public static bool IsWeekend(LocalDate day, string? country) => country is not null && FridayAndSaturday.Contains(country)
        ? day.DayOfWeek is IsoDayOfWeek.Friday or IsoDayOfWeek.Saturday
        : day.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday;

    private static Instant WithinBudget(NoticeWeight weight, Instant moment, IReadOnlyCollection<Instant> sent, NoticePolicy policy)
    {
        var window = Duration.FromDays(NoticePolicy.BudgetDays);
        var budget = policy.BudgetFor(weight);
        var lately = sent.Where(s => s > moment - window).Order().ToList();
        if (lately.Count < budget) return moment;
        // Room comes when enough of the oldest have left the window.
        return lately[lately.Count - budget] + window;
    }

    private static Instant AfterNight(Instant moment, DateTimeZone zone)
    {
        var local = moment.InZone(zone);
        return local.Hour switch
        {
            < FirstHour => At(local.Date, FirstHour, zone),
            >= QuietFrom => At(local.Date.PlusDays(1), FirstHour, zone),
            _ => moment,
        };
    }

    private static Instant AfterWeekend(NoticeWeight weight, Instant moment, DateTimeZone zone, string? country)
    {
        if (weight != NoticeWeight.Asking) return moment;
        var today = moment.InZone(zone).Date;
        var day = today;
        while (IsWeekend(day, country)) day = day.PlusDays(1);
        return day == today ? moment : At(day, FirstHour, zone);
    }

    private static Instant At(LocalDate day, int hour, DateTimeZone zone) =>
        zone.AtLeniently(day.At(new(hour, 0))).ToInstant();
}
