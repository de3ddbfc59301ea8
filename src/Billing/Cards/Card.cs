using Billing.History;
using Billing.Periods;
using NodaTime;

namespace Billing.Cards;

/// <summary>A card kept at the gateway. Its number never reaches us.</summary>
public sealed partial class Card
{
    private Card()
    {
    }

    /// <summary>The card's id.</summary>
    public CardId Id { get; private set; }

    /// <summary>Whose card.</summary>
    public CustomerId CustomerId { get; private set; }

    /// <summary>What the gateway charges it by.</summary>
    public string GatewayToken { get; private set; } = null!;

    /// <summary>The same for the same card number, whoever brings it.</summary>
    public string Fingerprint { get; private set; } = null!;

    /// <summary>visa, mastercard, amex.</summary>
    public string Brand { get; private set; } = null!;

    /// <summary>The last four digits.</summary>
    public string LastFour { get; private set; } = null!;

    /// <summary>1 to 12.</summary>
    public int ExpiryMonth { get; private set; }

    /// <summary>Four digits.</summary>
    public int ExpiryYear { get; private set; }

    /// <summary>ISO 3166 code of the issuing country, where the gateway tells.</summary>
    public string? Country { get; private set; }

    /// <summary>When it was added.</summary>
    public Instant AddedAt { get; private set; }

    /// <summary>When the run looks whether its last valid day is over; none once it has, or when the date is known to be stale.</summary>
    public Instant? DateLookAt { get; private set; }

    /// <summary>Whether the bank paid after the printed date: then the date says nothing.</summary>
    public bool DateIsStale { get; private set; }

    /// <summary>The last day it is valid: the last of its month.</summary>
    public LocalDate ValidThrough => new YearMonth(ExpiryYear, ExpiryMonth).OnDayOfMonth(1).With(DateAdjusters.EndOfMonth);

    /// <summary>Keeps a card.</summary>
    public static Card Keep(
        CardId id, CustomerId customer, string token, string fingerprint, string brand, string lastFour, int month, int year,
        Instant now, string? country = null) => new()
        {
            Id = id,
            CustomerId = customer,
            GatewayToken = token,
            Fingerprint = fingerprint,
            Brand = brand,
            LastFour = lastFour,
            ExpiryMonth = month,
            ExpiryYear = year,
            AddedAt = now,
            Country = country,
            DateLookAt = OverSomewhere(month, year),
        };

    /// <summary>Whether its last valid day is over where the customer lives.</summary>
    public bool HasExpired(LocalDate today) => !DateIsStale && ValidThrough < today;

    /// <summary>Looked at: when its day is not over for the customer yet, it is looked at again when it is.</summary>
    public void DateLooked(LocalDate today, DateTimeZone zone) =>
        DateLookAt = DateIsStale || ValidThrough < today ? null : CustomerZone.StartOfDay(ValidThrough.PlusDays(1), zone);

    /// <summary>A charge succeeded after the printed date.</summary>
    public void KnowStaleDate() => (DateIsStale, DateLookAt) = (true, null);

    /// <summary>The first instant at which the day after the last valid one has begun anywhere on earth.</summary>
    private static Instant OverSomewhere(int month, int year) =>
        new YearMonth(year, month).ToDateInterval().End.PlusDays(1).AtMidnight().WithOffset(Offset.FromHours(14)).ToInstant();
}

/// <summary>A customer put in a card.</summary>
public sealed record CardAdded(CustomerId CustomerId, LocalDate On, CardId CardId, string Brand, string LastFour)
    : Fact(CustomerId, On);
