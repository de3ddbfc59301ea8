using Billing.History;
using NodaTime;

namespace Billing.Cards;

/// <content>What happens to a card at the gateway, without anybody here.</content>
public sealed partial class Card
{
    /// <summary>When the gateway forgot it; it cannot be charged any more.</summary>
    public Instant? DetachedAt { get; private set; }

    /// <summary>Takes over what the network told of it: the same token, a new date, perhaps a new number.</summary>
    /// <returns>The fact; <see langword="null"/> when nothing is new.</returns>
    public CardUpdatedByNetwork? Renew(string fingerprint, string brand, string lastFour, int month, int year, LocalDate today)
    {
        if ((Fingerprint, Brand, LastFour, ExpiryMonth, ExpiryYear) == (fingerprint, brand, lastFour, month, year)) return null;
        (Fingerprint, Brand, LastFour, ExpiryMonth, ExpiryYear) = (fingerprint, brand, lastFour, month, year);
        (DateIsStale, DateLookAt) = (false, OverSomewhere(month, year));
        return new(CustomerId, today, Id, brand, lastFour, month, year);
    }

    /// <summary>The gateway does not have it any more.</summary>
    /// <returns>The fact; <see langword="null"/> when that was known.</returns>
    public CardDetached? Detach(LocalDate today, Instant now)
    {
        if (DetachedAt is not null) return null;
        DetachedAt = now;
        return new(CustomerId, today, Id, Brand, LastFour);
    }
}

/// <summary>A card's network told of a new date or number, without anybody asking.</summary>
public sealed record CardUpdatedByNetwork(
    CustomerId CustomerId, LocalDate On, CardId CardId, string Brand, string LastFour, int ExpiryMonth, int ExpiryYear) : Fact(CustomerId, On);

/// <summary>The gateway does not have a card any more; it is not charged again.</summary>
public sealed record CardDetached(CustomerId CustomerId, LocalDate On, CardId CardId, string Brand, string LastFour) : Fact(CustomerId, On);
