using Billing.Periods;
using NodaTime;

namespace Billing.Payments;

/// <summary>
/// When the run tries a declined card again, silently. Nobody is written to and access does not change: this is
/// collecting, not chasing.
/// </summary>
/// <param name="Days">Days after the first decline on which a retry falls, in order; a class's own limit may end it sooner.</param>
/// <param name="Morning">The local time retries fall on.</param>
/// <example>Declined on 1 May for insufficient funds: tried again on the mornings of 4, 8 and 15 May, then left to people.</example>
public sealed record CollectionPolicy(IReadOnlyList<int> Days, LocalTime Morning)
{
    /// <summary>What an installation starts with: 3, 7 and 14 days after the first attempt, at nine.</summary>
    public static CollectionPolicy Default { get; } = new([3, 7, 14], new LocalTime(9, 0));

    /// <summary>When to try next after a decline; <see langword="null"/> when the run tries no more on this card.</summary>
    /// <param name="declineCode">The gateway's code.</param>
    /// <param name="attempts">Automatic attempts made so far, this one included; at least 1.</param>
    /// <param name="issuedOn">The day the first attempt was due.</param>
    /// <param name="now">When the decline arrived.</param>
    /// <param name="zone">Where the customer's mornings are.</param>
    public Instant? NextAttempt(string declineCode, int attempts, LocalDate issuedOn, Instant now, DateTimeZone zone)
    {
        var rule = DeclineCodes.RuleOf(declineCode);
        if (attempts > Math.Min(rule.RetriesAtMost, DeclineCodes.MostRetries)) return null;

        return rule.Class switch
        {
            DeclineClass.Soft or DeclineClass.FixCardData => Morningly(attempts, issuedOn, now + rule.MinimumWait, zone),
            DeclineClass.Technical => now + rule.MinimumWait,
            DeclineClass.NeedsNewCard or DeclineClass.NeedsAuthentication or DeclineClass.Fraud
                or DeclineClass.ConsentWithdrawn or DeclineClass.OurFault => null,
        };
    }

    private Instant? Morningly(int attempts, LocalDate issuedOn, Instant earliest, DateTimeZone zone)
    {
        if (attempts > Days.Count) return null;

        // An outage of ours may have made the planned morning the past: the wait is kept all the same.
        var planned = issuedOn.PlusDays(Days[attempts - 1]);
        var soonest = CustomerZone.DateAt(earliest, zone);
        var morning = (LocalDate.Max(planned, soonest) + Morning).InZoneLeniently(zone).ToInstant();
        return morning >= earliest ? morning : (soonest.PlusDays(1) + Morning).InZoneLeniently(zone).ToInstant();
    }
}
