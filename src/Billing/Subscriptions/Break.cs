using Billing.History;
using Billing.Periods;
using Billing.Plans;
using NodaTime;

namespace Billing.Subscriptions;

/// <summary>Where a break stands.</summary>
public enum BreakState
{
    /// <summary>Begins when what is paid for is used up.</summary>
    Planned,

    /// <summary>On the Beach.</summary>
    Away,

    /// <summary>Back.</summary>
    Returned,

    /// <summary>Taken back before it began.</summary>
    Withdrawn,

    /// <summary>Left for good while away.</summary>
    Lost,
}

/// <summary>Where a break was asked for.</summary>
public enum BreakAskedHow
{
    /// <summary>By itself, on the self-service page or through the main app.</summary>
    Customer,

    /// <summary>By support, for the customer.</summary>
    Support,

    /// <summary>Offered to somebody about to leave.</summary>
    Leaving,

    /// <summary>Offered to somebody whose payment failed.</summary>
    Dunning,
}

/// <summary>
/// One stay On the Beach and all that is known of it. At most one of a subscription is planned or under way. It keeps the
/// terms it began with.
/// </summary>
public sealed class Break : IVersioned
{
    /// <summary>The reminder comes this many days before the return, or more.</summary>
    public const int ReminderDays = 7;

    private Break()
    {
    }

    /// <summary>The break's id.</summary>
    public BreakId Id { get; private set; }

    /// <summary>From what.</summary>
    public SubscriptionId SubscriptionId { get; private set; }

    /// <summary>Whose.</summary>
    public CustomerId CustomerId { get; private set; }

    /// <summary>1, 2, 3 … for this subscription.</summary>
    public int Number { get; private set; }

    /// <summary>Where it stands.</summary>
    public BreakState State { get; private set; }

    /// <summary>Where it was asked for.</summary>
    public BreakAskedHow AskedHow { get; private set; }

    /// <summary>Why, in the customer's words.</summary>
    public string? Reason { get; private set; }

    /// <summary>When it was asked for.</summary>
    public Instant AskedAt { get; private set; }

    /// <summary>First day away.</summary>
    public LocalDate StartsOn { get; private set; }

    /// <summary>First day back, as it was first asked for.</summary>
    public LocalDate FirstReturnOn { get; private set; }

    /// <summary>First day back as agreed now; the fee is charged up to it, however late we are.</summary>
    public LocalDate AgreedReturnOn { get; private set; }

    /// <summary>First day back: as agreed, or later when our reminder was late.</summary>
    public LocalDate ReturnOn { get; private set; }

    /// <summary>How often it was extended.</summary>
    public int Extensions { get; private set; }

    /// <summary>The first day back, or without service, or the day it was taken back.</summary>
    public LocalDate? EndedOn { get; private set; }

    /// <summary>Minor units a month away.</summary>
    public long FeeMinor { get; private set; }

    /// <summary>The fee's currency.</summary>
    public Currency Currency { get; private set; } = null!;

    /// <summary>The most days, extensions included.</summary>
    public int LongestDays { get; private set; }

    /// <summary>What can be used while away.</summary>
    public Access Access { get; private set; }

    /// <summary>What is kept, in the merchant's words.</summary>
    public string Keeps { get; private set; } = null!;

    /// <summary>Days that were paid for and not used: they wait, and are used first on return.</summary>
    public int BankedDays { get; private set; }

    /// <summary>What the subscription was worth a month when it went, in minor units.</summary>
    public long MrrMinor { get; private set; }

    /// <summary>The first day away that is not charged for yet.</summary>
    public LocalDate FeeThrough { get; private set; }

    /// <summary>The day the return was announced, with its amount; none before.</summary>
    public LocalDate? AnnouncedOn { get; private set; }

    /// <summary>When something is due: it begins, a month's fee, the reminder, the return; none once over.</summary>
    public Instant? NextStepAt { get; private set; }

    /// <inheritdoc/>
    public int Version { get; private set; }

    /// <summary>Whether it is planned or under way.</summary>
    public bool IsLive => State is BreakState.Planned or BreakState.Away;

    /// <summary>The day of the reminder: seven days before the return, or the first day away.</summary>
    public LocalDate RemindOn => LocalDate.Max(StartsOn, ReturnOn.PlusDays(-ReminderDays));

    /// <summary>Months away are counted from the first day.</summary>
    public BillingAnchor Months => new(StartsOn, Cadence.Monthly);

    internal static Break Ask(BreakId id, Subscription of, int number, BreakTerms terms, BreakWish wish, LocalDate from, Instant now) => new()
    {
        Id = id,
        SubscriptionId = of.Id,
        CustomerId = of.CustomerId,
        Number = number,
        State = BreakState.Planned,
        AskedHow = wish.AskedHow,
        Reason = wish.Reason,
        AskedAt = now,
        StartsOn = from,
        FirstReturnOn = wish.ReturnOn,
        AgreedReturnOn = wish.ReturnOn,
        ReturnOn = wish.ReturnOn,
        FeeMinor = terms.FeeMinor,
        Currency = terms.Currency,
        LongestDays = terms.LongestDays,
        Access = terms.Access,
        Keeps = terms.Keeps,
        FeeThrough = from,
        Version = 1,
    };

    /// <summary>What is due next, by local date; the fee before the reminder, the reminder before the return.</summary>
    internal (BreakStep Step, LocalDate On)? Next => State switch
    {
        BreakState.Planned => (BreakStep.Begin, StartsOn),
        BreakState.Away => Soonest(),
        BreakState.Returned or BreakState.Withdrawn or BreakState.Lost => null,
    };

    internal void Begin(int bankedDays, long mrrMinor) => (State, BankedDays, MrrMinor) = (BreakState.Away, bankedDays, mrrMinor);

    /// <summary>The month's days not charged for yet, up to the agreed return, and what they cost.</summary>
    internal (BillingPeriod Days, Money Fee) ChargeMonth()
    {
        var month = Months.Period(Months.IndexOf(FeeThrough));
        var days = new BillingPeriod(month.Index, FeeThrough, LocalDate.Min(month.End, AgreedReturnOn));
        FeeThrough = days.End;
        return (days, FeeOf(days.Start, days.End));
    }

    /// <summary>
    /// What days of one month away cost: differences of running totals, so that a month charged in parts adds up to its fee.
    /// </summary>
    internal Money FeeOf(LocalDate from, LocalDate to) =>
        new Proration(Months.Period(Months.IndexOf(from)), from, to).Of(new(FeeMinor, Currency));

    /// <summary>
    /// The first day back as things stand today: whoever was not reminded in time is back seven days after being reminded, and
    /// not before.
    /// </summary>
    internal LocalDate BackOn(LocalDate today) =>
        AnnouncedOn is null && today > RemindOn ? LocalDate.Max(ReturnOn, today.PlusDays(ReminderDays)) : ReturnOn;

    /// <summary>The reminder goes out; when we are late with it, the return waits until it was there for its seven days.</summary>
    internal void Announce(LocalDate today)
    {
        ReturnOn = BackOn(today);
        AnnouncedOn = today;
    }

    internal void Extend(LocalDate to, LocalDate today)
    {
        // Days that our late reminder gave away stay given: as many of those still to be charged are free.
        FeeThrough = FeeThrough.PlusDays(Period.DaysBetween(AgreedReturnOn, ReturnOn));
        (AgreedReturnOn, ReturnOn) = (to, to);
        Extensions++;
        // What the customer was told is no longer so; asked for within the last days, the answer is the reminder.
        AnnouncedOn = today >= RemindOn ? today : null;
    }

    internal void End(BreakState how, LocalDate on) => (State, EndedOn, NextStepAt) = (how, on, null);

    internal void Schedule(Func<LocalDate, Instant> startOf) => NextStepAt = Next is { } next ? startOf(next.On) : null;

    internal Break Copy() => (Break)MemberwiseClone();

    private (BreakStep Step, LocalDate On) Soonest()
    {
        (BreakStep Step, LocalDate On) next = (BreakStep.Return, ReturnOn);
        if (AnnouncedOn is null) next = (BreakStep.Remind, RemindOn);
        return FeeThrough < AgreedReturnOn && FeeMinor > 0 && FeeThrough <= next.On ? (BreakStep.Charge, FeeThrough) : next;
    }
}

/// <summary>What a break does by itself.</summary>
internal enum BreakStep
{
    Begin,
    Charge,
    Remind,
    Return,
}

/// <summary>A break somebody wishes.</summary>
/// <param name="When">At once, or when what is paid for is used up.</param>
/// <param name="ReturnOn">First day back.</param>
/// <param name="AskedHow">Where it was asked for.</param>
/// <param name="Reason">Why, in the customer's words; at most <see cref="LongestReason"/> characters.</param>
public sealed record BreakWish(ChangeWhen When, LocalDate ReturnOn, BreakAskedHow AskedHow = BreakAskedHow.Customer, string? Reason = null)
{
    /// <summary>The most characters of a reason.</summary>
    public const int LongestReason = 500;
}
