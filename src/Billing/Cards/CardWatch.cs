using Billing.History;
using NodaTime;

namespace Billing.Cards;

/// <summary>Where the care for an expired card stands.</summary>
public enum WatchState
{
    /// <summary>Its date has passed; a new card is probably in the post, and nobody says a word.</summary>
    Quiet,

    /// <summary>It was not the end of it: the bank paid after the date, or the network told the new one.</summary>
    Healed,

    /// <summary>The customer got one friendly note.</summary>
    Asked,

    /// <summary>The customer put in another card.</summary>
    Replaced,

    /// <summary>Nothing helped; the case ended without a card.</summary>
    Exhausted,
}

/// <summary>What ended a watch.</summary>
public enum WatchEvidence
{
    /// <summary>A charge succeeded after the printed date: the date is stale.</summary>
    ChargedAfterDate,

    /// <summary>The network told the new date or number.</summary>
    NetworkUpdate,

    /// <summary>The customer put in a card.</summary>
    CardPutIn,

    /// <summary>The case it belonged to ended otherwise.</summary>
    CaseEnded,
}

/// <summary>The quiet care for one card whose date has passed: valid → quiet → healed, or asked → replaced or exhausted.</summary>
public sealed class CardWatch : IVersioned
{
    private const int DailyFor = 31, WeeklyAfter = 7;

    private CardWatch()
    {
    }

    /// <summary>The watch's id.</summary>
    public CardWatchId Id { get; private set; }

    /// <summary>Whose card.</summary>
    public CustomerId CustomerId { get; private set; }

    /// <summary>Which card.</summary>
    public CardId CardId { get; private set; }

    /// <summary>Where it stands.</summary>
    public WatchState State { get; private set; }

    /// <summary>The last day the card was valid, or the day the bank said that it no longer was, if that came first.</summary>
    public LocalDate ExpiredOn { get; private set; }

    /// <summary>Where the card is from, as far as we know: for the history that quiet times are learned from.</summary>
    public string? Country { get; private set; }

    /// <summary>visa, mastercard, amex.</summary>
    public string Brand { get; private set; } = null!;

    /// <summary>How many days after expiry stay quiet.</summary>
    public int QuietDays { get; private set; }

    /// <summary>Whose history said so.</summary>
    public QuietSource QuietSource { get; private set; }

    /// <summary>Why so many, in a sentence.</summary>
    public string QuietWords { get; private set; } = null!;

    /// <summary>So many quiet days follow the first decline, at least.</summary>
    public int QuietAfterDecline { get; private set; }

    /// <summary>The day of the first decline because of the date.</summary>
    public LocalDate? DeclinedOn { get; private set; }

    /// <summary>The day of the friendly note.</summary>
    public LocalDate? AskedOn { get; private set; }

    /// <summary>The day it ended.</summary>
    public LocalDate? EndedOn { get; private set; }

    /// <summary>What ended it.</summary>
    public WatchEvidence? Evidence { get; private set; }

    /// <summary>Days from expiry to healing, or to the day that is the last on which we know that it had not healed by itself.</summary>
    public int? SeenDays { get; private set; }

    /// <summary>Whether a new card came by itself, without a word from us.</summary>
    public bool HealedByItself { get; private set; }

    /// <summary>When the network is asked for news next; none once it is over.</summary>
    public Instant? NextLookAt { get; private set; }

    /// <inheritdoc/>
    public int Version { get; private set; }

    /// <summary>Whether it goes on.</summary>
    public bool IsOpen => State is WatchState.Quiet or WatchState.Asked;

    /// <summary>
    /// The first day on which a note may be written: none before a real decline, for a date that passed is no reason to write.
    /// </summary>
    /// <example>Expired on 30 April, declined on 3 May: quiet until 14 May. Declined on 12 May: until the 17th.</example>
    public LocalDate? QuietUntil => DeclinedOn is { } declined
        ? LocalDate.Max(ExpiredOn.PlusDays(QuietDays), declined.PlusDays(QuietAfterDecline))
        : null;

    /// <summary>Begins to watch a card whose last valid day is over, or that its bank calls expired.</summary>
    public static CardWatch Begin(
        CardWatchId id, Card card, string? country, QuietTime quiet, QuietTerms terms, LocalDate today, Instant now) => new()
        {
            Id = id,
            CustomerId = card.CustomerId,
            CardId = card.Id,
            State = WatchState.Quiet,
            ExpiredOn = LocalDate.Min(card.ValidThrough, today),
            Country = card.Country ?? country,
            Brand = card.Brand,
            QuietDays = quiet.Days,
            QuietSource = quiet.Source,
            QuietWords = quiet.Words,
            QuietAfterDecline = terms.AfterDecline,
            NextLookAt = now,
            Version = 1,
        };

    /// <summary>The bank declined because of the date; the first time counts.</summary>
    public void Declined(LocalDate today) => DeclinedOn ??= today;

    /// <summary>The note was written.</summary>
    public void Ask(LocalDate today)
    {
        if (State == WatchState.Quiet) (State, AskedOn, SeenDays) = (WatchState.Asked, today, DaysTo(today));
    }

    /// <summary>It is over, one way or another; a second end changes nothing.</summary>
    /// <returns>For the history, the first time.</returns>
    public CardWatchEnded? End(WatchEvidence evidence, LocalDate today)
    {
        if (!IsOpen) return null;
        State = evidence switch
        {
            WatchEvidence.ChargedAfterDate or WatchEvidence.NetworkUpdate => WatchState.Healed,
            WatchEvidence.CardPutIn => WatchState.Replaced,
            WatchEvidence.CaseEnded => WatchState.Exhausted,
        };
        (Evidence, EndedOn, NextLookAt) = (evidence, LocalDate.Max(today, ExpiredOn), null);
        SeenDays ??= DaysTo(today);
        HealedByItself = AskedOn is null && State is (WatchState.Healed or WatchState.Replaced);
        return new(CustomerId, today, CardId, State, evidence, AskedOn is not null);
    }

    /// <summary>The network had no news: it is asked again tomorrow, and after a month once a week.</summary>
    public void LookedInVain(LocalDate today, Instant now) => NextLookAt =
        now + Duration.FromDays(DaysTo(today) < DailyFor ? 1 : WeeklyAfter);

    private int DaysTo(LocalDate today) => Math.Max(0, Period.DaysBetween(ExpiredOn, today));
}

/// <summary>A card's last valid day was over; nobody was told.</summary>
public sealed record CardWatchBegan(CustomerId CustomerId, LocalDate On, CardId CardId, LocalDate ExpiredOn, int QuietDays)
    : Fact(CustomerId, On);

/// <summary>The matter of an expired card came to an end.</summary>
public sealed record CardWatchEnded(
    CustomerId CustomerId, LocalDate On, CardId CardId, WatchState State, WatchEvidence Evidence, bool WasAsked) : Fact(CustomerId, On);
