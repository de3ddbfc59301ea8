using Billing.History;
using Billing.Periods;
using Billing.Subscriptions;
using NodaTime;

namespace Billing.Retention;

/// <summary>How a customer came to leave.</summary>
public enum SessionChannel
{
    /// <summary>On the self-service page.</summary>
    Portal,

    /// <summary>Through the main app.</summary>
    Api,

    /// <summary>Without signing in.</summary>
    SignedOut,
}

/// <summary>How a session ended.</summary>
public enum SessionOutcome
{
    /// <summary>The customer left at once.</summary>
    LeftNow,

    /// <summary>The customer leaves when what is paid for is used up.</summary>
    LeftAtPeriodEnd,

    /// <summary>The customer took what was offered.</summary>
    TookOffer,

    /// <summary>The customer stayed without it.</summary>
    Stayed,

    /// <summary>The page was closed; taken up again it may still end otherwise.</summary>
    Abandoned,
}

/// <summary>
/// One customer's way through leaving: what was shown, what was chosen, what became of it. Evidence; never in the way, for
/// a subscription can always be cancelled without one.
/// </summary>
public sealed partial class CancelSession : IVersioned
{
    /// <summary>The longest text a customer may write.</summary>
    public const int LongestText = 500;

    /// <summary>The most that is kept of the words that were shown.</summary>
    public const int LongestWords = 2000;

    private static readonly Duration Patience = Duration.FromDays(1);

    private CancelSession()
    {
    }

    /// <summary>The session's id.</summary>
    public CancelSessionId Id { get; private set; }

    /// <summary>Which subscription.</summary>
    public SubscriptionId SubscriptionId { get; private set; }

    /// <summary>Whose.</summary>
    public CustomerId CustomerId { get; private set; }

    /// <summary>How the customer came.</summary>
    public SessionChannel Channel { get; private set; }

    /// <summary>The language of the words: <c>en</c>, <c>bn</c>.</summary>
    public string Language { get; private set; } = null!;

    /// <summary>When it began.</summary>
    public Instant StartedAt { get; private set; }

    /// <summary>What leaving means, in the words that were shown last.</summary>
    public string Words { get; private set; } = null!;

    /// <summary>When they were shown.</summary>
    public Instant WordsShownAt { get; private set; }

    /// <summary>When the customer confirmed them by leaving.</summary>
    public Instant? ConfirmedAt { get; private set; }

    /// <summary>The reason's code, if one was given.</summary>
    public string? Reason { get; private set; }

    /// <summary>The customer's own words, if any.</summary>
    public string? Text { get; private set; }

    /// <summary>How it ended; <see langword="null"/> while it goes on.</summary>
    public SessionOutcome? Outcome { get; private set; }

    /// <summary>When it ended.</summary>
    public Instant? ClosedAt { get; private set; }

    /// <summary>The customer's date when it ended.</summary>
    public LocalDate? ClosedOn { get; private set; }

    /// <summary>The first day without service, when the customer left.</summary>
    public LocalDate? EndsOn { get; private set; }

    /// <inheritdoc/>
    public int Version { get; private set; }

    /// <summary>Whether it can still go on; one that was given up can be taken up again.</summary>
    public bool IsOpen => Outcome is null or SessionOutcome.Abandoned;

    /// <summary>Begins a session.</summary>
    /// <exception cref="Refused"><c>subscription_ended</c>.</exception>
    public static CancelSession Start(
        CancelSessionId id, Subscription subscription, SessionChannel channel, string language, string words, Instant now) =>
        subscription.Lifecycle == Lifecycle.Ended
            ? throw new Refused("subscription_ended", "This subscription has ended.")
            : new()
            {
                Id = id,
                SubscriptionId = subscription.Id,
                CustomerId = subscription.CustomerId,
                Channel = channel,
                Language = language,
                StartedAt = now,
                Words = words,
                WordsShownAt = now,
                LookBackAt = now + Patience,
                Version = 1,
            };

    /// <summary>Takes the reason down, and what is offered for it.</summary>
    /// <exception cref="Refused"><c>session_closed</c>, <c>reason_given</c>.</exception>
    public SaveOfferShown? Answer(LeavingReason reason, string? text, ChosenOffer? chosen, string words, LocalDate today, Instant now)
    {
        MustBeOpen();
        if (Reason is not null) throw new Refused("reason_given", "A reason was given already; it is asked for once.");
        (Reason, Text, Words, WordsShownAt) = (reason.Code, text, words, now);
        if (chosen is null) return null;

        Show(chosen, now);
        return new(CustomerId, today, SubscriptionId, Id, chosen.Offer.Kind, chosen.Why);
    }

    /// <summary>The customer left, now or at the end of the period.</summary>
    /// <exception cref="Refused"><c>session_closed</c>.</exception>
    public void Leave(SessionOutcome how, LocalDate endsOn, DateTimeZone zone, Instant now)
    {
        Close(how, zone, now);
        (EndsOn, ConfirmedAt) = (endsOn, now);
    }

    /// <summary>The customer stayed.</summary>
    /// <exception cref="Refused"><c>session_closed</c>.</exception>
    public CustomerStayed Stay(DateTimeZone zone, Instant now)
    {
        Close(SessionOutcome.Stayed, zone, now);
        return new(CustomerId, ClosedOn!.Value, SubscriptionId, Id);
    }

    /// <summary>The customer took the offer; whoever calls has done what was offered.</summary>
    /// <exception cref="Refused"><c>session_closed</c>, <c>no_offer</c>.</exception>
    public SaveOfferTaken TakeOffer(DateTimeZone zone, Instant now)
    {
        MustBeOpen();
        var kind = OfferKind ?? throw new Refused("no_offer", "Nothing was offered.");
        Close(SessionOutcome.TookOffer, zone, now);
        return new(CustomerId, ClosedOn!.Value, SubscriptionId, Id, kind);
    }

    /// <summary>The customer began a break and named this session: that was its offer, taken.</summary>
    /// <exception cref="Refused"><c>session_closed</c>, <c>no_offer</c>: no break was offered here.</exception>
    public SaveOfferTaken TakeBreak(Subscription subscription, Instant now) =>
        OfferKind == Retention.OfferKind.Break && SubscriptionId == subscription.Id
            ? TakeOffer(CustomerZone.Of(subscription.TimeZone), now)
            : throw new Refused("no_offer", "No break was offered in this session.", "cancelSessionId");

    /// <summary>Nobody came back to it.</summary>
    public void Abandon(DateTimeZone zone, Instant now)
    {
        if (Outcome is null) Close(SessionOutcome.Abandoned, zone, now);
    }

    private void Close(SessionOutcome outcome, DateTimeZone zone, Instant now)
    {
        MustBeOpen();
        (Outcome, ClosedAt, ClosedOn) = (outcome, now, CustomerZone.DateAt(now, zone));
        (After30, After90, LookBackAt) = (null, null, DayAfter(FirstLook, zone));
    }

    private void MustBeOpen()
    {
        if (!IsOpen) throw new Refused("session_closed", "This session has ended.");
    }
}

/// <summary>An offer was shown beside "cancel now".</summary>
public sealed record SaveOfferShown(
    CustomerId CustomerId, LocalDate On, SubscriptionId SubscriptionId, CancelSessionId SessionId, OfferKind Kind, string Why)
    : Fact(CustomerId, On);

/// <summary>The customer took an offer and stayed.</summary>
public sealed record SaveOfferTaken(
    CustomerId CustomerId, LocalDate On, SubscriptionId SubscriptionId, CancelSessionId SessionId, OfferKind Kind) : Fact(CustomerId, On);

/// <summary>The customer looked at leaving and stayed.</summary>
public sealed record CustomerStayed(CustomerId CustomerId, LocalDate On, SubscriptionId SubscriptionId, CancelSessionId SessionId)
    : Fact(CustomerId, On);

/// <summary>The customer wants to hear from a person.</summary>
public sealed record PersonAskedFor(CustomerId CustomerId, LocalDate On, SubscriptionId SubscriptionId, CancelSessionId SessionId)
    : Fact(CustomerId, On);
