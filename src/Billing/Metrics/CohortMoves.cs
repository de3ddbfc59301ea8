using NodaTime;

namespace Billing.Metrics;

/// <summary>
/// What moved in one month among the subscriptions that first paid in one earlier (or the same) month. Every metric of recurring
/// revenue is a sum over these, so a million subscriptions are some thousand rows.
/// </summary>
/// <param name="Cohort">The month the subscriptions were first worth something.</param>
/// <param name="Month">The month they moved in; not before the cohort.</param>
/// <param name="Kind">Why.</param>
/// <param name="AmountMinor">The signed change, in minor units a month.</param>
/// <param name="Ups">How many movements were above zero.</param>
/// <param name="Downs">How many were below.</param>
public sealed record CohortMoves(YearMonth Cohort, YearMonth Month, MrrMovementKind Kind, long AmountMinor, int Ups, int Downs)
{
    /// <summary>How many more subscriptions are worth something than before.</summary>
    public int Paying => Kind is MrrMovementKind.Expansion or MrrMovementKind.Contraction ? 0 : Ups - Downs;

    /// <summary>Whether something went to the beach or came back; above zero it is also the end of one that was there.</summary>
    public bool IsBreak => Kind is MrrMovementKind.ToBeach or MrrMovementKind.BackFromBeach;

    /// <summary>Whether a subscription was lost.</summary>
    public bool IsChurn => Kind is MrrMovementKind.VoluntaryChurn or MrrMovementKind.InvoluntaryChurn or MrrMovementKind.LostOnBeach;
}
