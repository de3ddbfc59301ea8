using Billing.History;
using NodaTime;

namespace Billing.Customers;

/// <content>A second card, charged only because the customer agreed to it.</content>
public sealed partial class Customer
{
    /// <summary>The most letters of who agreed.</summary>
    public const int LongestConsent = 200;

    /// <summary>The card that may be charged when the usual one will not do; none without consent.</summary>
    public CardId? BackupCardId { get; private set; }

    /// <summary>When the customer agreed.</summary>
    public Instant? BackupAgreedAt { get; private set; }

    /// <summary>Who agreed, and how: "the customer, on the page", "Rina K. by telephone".</summary>
    public string? BackupAgreedBy { get; private set; }

    /// <summary>The customer agrees that a second card is charged when the usual one will not do.</summary>
    /// <exception cref="Refused"><c>card_is_default</c>.</exception>
    public BackupCardAgreed AgreeToBackup(CardId card, string by, Instant now)
    {
        if (card == DefaultCardId) throw new Refused("card_is_default", "This card is the one that is charged anyway.");
        (BackupCardId, BackupAgreedAt, BackupAgreedBy) = (card, now, by);
        return new(Id, Today(now), card, by);
    }

    /// <summary>Takes the consent back; it is not charged any more.</summary>
    /// <exception cref="Refused"><c>no_backup_card</c>.</exception>
    public BackupCardWithdrawn WithdrawBackup(Instant now)
    {
        var card = BackupCardId ?? throw new Refused("no_backup_card", "No second card was agreed to.");
        NoBackup();
        return new(Id, Today(now), card);
    }

    private void NoBackup() => (BackupCardId, BackupAgreedAt, BackupAgreedBy) = (null, null, null);
}

/// <summary>The customer agreed that this card is charged when the usual one will not do.</summary>
public sealed record BackupCardAgreed(CustomerId CustomerId, LocalDate On, CardId CardId, string AgreedBy) : Fact(CustomerId, On);

/// <summary>The customer took that back.</summary>
public sealed record BackupCardWithdrawn(CustomerId CustomerId, LocalDate On, CardId CardId) : Fact(CustomerId, On);
