using Billing.History;
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

    /// <summary>When it was added.</summary>
    public Instant AddedAt { get; private set; }

    /// <summary>The last day it is valid: the last of its month.</summary>
    public LocalDate ValidThrough => new YearMonth(ExpiryYear, ExpiryMonth).OnDayOfMonth(1).With(DateAdjusters.EndOfMonth);

    /// <summary>Keeps a card.</summary>
    public static Card Keep(
        CardId id, CustomerId customer, string token, string fingerprint, string brand, string lastFour, int month, int year,
        Instant now) => new()
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
        };
}

/// <summary>A customer put in a card.</summary>
public sealed record CardAdded(CustomerId CustomerId, LocalDate On, CardId CardId, string Brand, string LastFour)
    : Fact(CustomerId, On);
