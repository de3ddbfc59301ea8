using Billing.History;
using NodaTime;

namespace Billing.Notices;

/// <summary>What a customer does not want to be written; who never said anything has no row. What must be said is always said.</summary>
public sealed class NoticePreferences : IVersioned
{
    private NoticePreferences()
    {
    }

    /// <summary>Whose.</summary>
    public CustomerId CustomerId { get; private set; }

    /// <summary>Whether a receipt is sent for every payment; invoices stay on the page either way.</summary>
    public bool Receipts { get; private set; }

    /// <summary>Whether kind words are sent that nothing hangs on: the beach has begun, good to have you back.</summary>
    public bool Courtesies { get; private set; }

    /// <summary>When this was said last.</summary>
    public Instant ChangedAt { get; private set; }

    /// <inheritdoc/>
    public int Version { get; private set; }

    /// <summary>Everything, as for everybody who said nothing.</summary>
    public static NoticePreferences All(CustomerId customer, Instant now) =>
        new() { CustomerId = customer, Receipts = true, Courtesies = true, ChangedAt = now, Version = 1 };

    /// <summary>Takes the customer's wish.</summary>
    /// <param name="receipts">Receipts, please.</param>
    /// <param name="courtesies">Kind words, please.</param>
    /// <param name="today">Where the customer lives.</param>
    /// <param name="now">When.</param>
    public NoticePreferencesChanged Wish(bool receipts, bool courtesies, LocalDate today, Instant now)
    {
        (Receipts, Courtesies, ChangedAt) = (receipts, courtesies, now);
        return new(CustomerId, today, receipts, courtesies);
    }

    /// <summary>Whether a notice of this kind is wanted.</summary>
    public bool Want(NoticeKind kind) => !kind.MayBeSwitchedOff() || (kind == NoticeKind.Receipt ? Receipts : Courtesies);
}

/// <summary>The customer said which mails are wanted.</summary>
public sealed record NoticePreferencesChanged(CustomerId CustomerId, LocalDate On, bool Receipts, bool Courtesies) : Fact(CustomerId, On);

/// <summary>A notice was handed over: to the mail server, or to the sandbox's mailbox.</summary>
public sealed record NoticeSent(CustomerId CustomerId, LocalDate On, Guid NoticeId, NoticeKind Kind) : Fact(CustomerId, On);

/// <summary>A notice is due, and the merchant chose that the main app says it in its own voice.</summary>
public sealed record NoticeDue(CustomerId CustomerId, LocalDate On, Guid NoticeId, NoticeKind Kind) : Fact(CustomerId, On);
