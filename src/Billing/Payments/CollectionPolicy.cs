using Billing.Periods;
using NodaTime;

namespace Billing.Payments;

/// <summary>
/// When the run tries a declined card again, silently. Nobody is written to and access does not change: this is
/// collecting, not chasing.
/// </summary>
/// <param name="Days">Days after the first decline on which a retry falls, rising; a class's own limit may end it sooner.</param>
/// <param name="Morning">The local time retries fall on.</param>
/// <example>Declined on 1 May for insufficient funds: tried again on the mornings of 4, 8 and 15 May, then left to people.</example>
public sealed record CollectionPolicy(IReadOnlyList<int> Days, LocalTime Morning)
{
    /// <summary>What an installation starts with: 3, 7 and 14 days after the first decline, at nine.</summary>
    public static CollectionPolicy Default { get; } = new([3, 7, 14], new LocalTime(9, 0));

    /// <summary>When to try next after a decline; <see langword="null"/> when the run tries no more on this card.</summary>
    /// <param name="declines">The codes of the run's declines of this card on this invoice, oldest first, the new one last.</param>
    /// <param name="now">When the last one arrived.</param>
    /// <param name="zone">Where the customer's mornings are.</param>
    public Instant? NextAttempt(IReadOnlyList<string> declines, Instant now, DateTimeZone zone)
    {
        var rule = DeclineCodes.RuleOf(declines[^1]);
        var alike = declines.Count(code => DeclineCodes.RuleOf(code).Class == rule.Class);
        if (alike > rule.RetriesAtMost || declines.Count > DeclineCodes.MostRetries) return null;

        return rule.Class switch
        {
            DeclineClass.Soft or DeclineClass.FixCardData => OnAMorning(Step(declines), now, rule.MinimumWait, zone),
            DeclineClass.Technical => now + rule.MinimumWait,
            DeclineClass.NeedsNewCard or DeclineClass.NeedsAuthentication or DeclineClass.Fraud
                or DeclineClass.ConsentWithdrawn or DeclineClass.OurFault => null,
        };
    }

    /// <summary>How many days of the plan are used up: a machine that failed uses none, it was not the customer's doing.</summary>
    private static int Step(IReadOnlyList<string> declines) =>
        declines.Count(code => DeclineCodes.RuleOf(code).Class != DeclineClass.Technical);

    private Instant? OnAMorning(int step, Instant now, Duration wait, DateTimeZone zone)
    {
        if (step > Days.Count) return null;

        // The gap to the try before, not the days since the first: after an outage of ours the rest keeps its distances.
        var gap = Days[step - 1] - (step == 1 ? 0 : Days[step - 2]);
        var date = CustomerZone.DateAt(now, zone).PlusDays(gap);
        return MorningOf(date) is var planned && planned >= now + wait ? planned : MorningOf(date.PlusDays(1));

        Instant MorningOf(LocalDate day) => (day + Morning).InZoneLeniently(zone).ToInstant();
    }
}
