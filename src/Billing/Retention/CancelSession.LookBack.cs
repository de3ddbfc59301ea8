using Billing.Periods;
using Billing.Subscriptions;
using NodaTime;

namespace Billing.Retention;

/// <summary>What became of a customer who had looked at leaving.</summary>
public enum Aftermath
{
    /// <summary>Subscribed.</summary>
    StillHere,

    /// <summary>Left.</summary>
    Gone,

    /// <summary>On the beach.</summary>
    OnABreak,
}

/// <content>Looking back.</content>
public sealed partial class CancelSession
{
    private const int FirstLook = 30, SecondLook = 90;

    /// <summary>When the run looks at it next; <see langword="null"/> when there is nothing more to see.</summary>
    public Instant? LookBackAt { get; private set; }

    /// <summary>What became of it on the 30th day after it ended.</summary>
    public Aftermath? After30 { get; private set; }

    /// <summary>What became of it on the 90th day.</summary>
    public Aftermath? After90 { get; private set; }

    /// <summary>Does the look that is due: gives up a session nobody came back to, or stamps what became of it.</summary>
    /// <remarks>A look that comes late, after an outage, still says how it was on its day: an end has its date.</remarks>
    public void LookBack(Subscription subscription, Instant now)
    {
        var zone = CustomerZone.Of(subscription.TimeZone);
        if (Outcome is null) Abandon(zone, now);
        else if (After30 is null) (After30, LookBackAt) = (On(FirstLook), DayAfter(SecondLook, zone));
        else (After90, LookBackAt) = (On(SecondLook), null);

        Aftermath On(int days) => subscription.EndedOn > ClosedOn!.Value.PlusDays(days)
            ? Aftermath.StillHere
            : subscription.Lifecycle switch
            {
                Lifecycle.Trialing or Lifecycle.Active => Aftermath.StillHere,
                Lifecycle.Paused => Aftermath.OnABreak,
                Lifecycle.Parked or Lifecycle.Ended => Aftermath.Gone,
            };
    }

    private Instant DayAfter(int days, DateTimeZone zone) => CustomerZone.StartOfDay(ClosedOn!.Value.PlusDays(days), zone);
}
