using Billing.Periods;
using NodaTime;

namespace Billing.Subscriptions;

/// <summary>Why a customer may use what they may use.</summary>
public enum EntitlementReason
{
    /// <summary>Trying it out.</summary>
    Trial,

    /// <summary>Subscribed; a payment that failed changes nothing.</summary>
    Active,

    /// <summary>Subscribed until a planned end.</summary>
    Ending,

    /// <summary>On the Beach.</summary>
    OnABreak,

    /// <summary>Nothing could be collected: it rests until the customer returns.</summary>
    Parked,

    /// <summary>It ended.</summary>
    Ended,
}

/// <summary>
/// The one answer for the main app: what this subscription lets its customer do now, and until when that is certain. It
/// follows from the facts and the clock, also between two runs: what was to end yesterday has ended.
/// </summary>
/// <param name="Access">What can be used.</param>
/// <param name="PlanId">Of what.</param>
/// <param name="Quantity">Seats.</param>
/// <param name="Reason">Why.</param>
/// <param name="CertainUntil">
/// Until then nothing but the customer's own acts changes the answer; ask again by then. None when it is for good.
/// </param>
public sealed record Entitlement(Access Access, PlanId PlanId, int Quantity, EntitlementReason Reason, Instant? CertainUntil)
{
    /// <summary>Works it out.</summary>
    /// <param name="subscription">The subscription.</param>
    /// <param name="away">Its break, planned or under way.</param>
    /// <param name="now">When.</param>
    /// <param name="parksAt">When it is parked unless something is paid: the last step of dunning, announced; none before that.</param>
    /// <example>
    /// Billed for April and cancelled for its end: full access, ending, certain until 1 May begins where the customer lives;
    /// from that instant none, whether or not the run has been by.
    /// </example>
    public static Entitlement Of(Subscription subscription, Break? away, Instant now, Instant? parksAt = null)
    {
        var today = subscription.Today(now);
        if (subscription.Lifecycle == Lifecycle.Ended || subscription.CancelAtPeriodEnd && today >= subscription.CurrentEnd)
            return Over(EntitlementReason.Ended);
        if (subscription.Lifecycle == Lifecycle.Parked) return Over(EntitlementReason.Parked);
        if (away is { IsLive: true } && today >= away.StartsOn && today < away.BackOn(today))
            return Answer(away.Access, EntitlementReason.OnABreak, away.BackOn(today));
        if (subscription.CancelAtPeriodEnd) return Answer(Access.Full, EntitlementReason.Ending, subscription.CurrentEnd);

        var (until, trial) = subscription switch
        {
            { Lifecycle: Lifecycle.Paused } => (away!.ReturnOn.PlusDays(away.BankedDays), false),
            { BreakStartsOn: { } start } => (start, false),
            _ => (subscription.CurrentEnd, subscription.Lifecycle == Lifecycle.Trialing),
        };
        return Answer(
            Access.Full, trial ? EntitlementReason.Trial : EntitlementReason.Active, until > today ? until : today.PlusDays(1));

        Entitlement Answer(Access access, EntitlementReason reason, LocalDate until) => new(
            access, subscription.PlanId, subscription.Quantity, reason,
            Earlier(CustomerZone.StartOfDay(until, CustomerZone.Of(subscription.TimeZone))));

        // What is overdue happens within minutes, as does everything else that is.
        Instant Earlier(Instant until) => parksAt is { } then ? Instant.Min(until, Instant.Max(then, now)) : until;

        Entitlement Over(EntitlementReason reason) => new(Access.None, subscription.PlanId, subscription.Quantity, reason, null);
    }
}
