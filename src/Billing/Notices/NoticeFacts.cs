using Billing.Cards;
using Billing.Customers;
using Billing.History;
using Billing.Invoicing;
using Billing.Payments;
using Billing.Subscriptions;
using NodaTime;

namespace Billing.Notices;

/// <summary>All that is known when a notice is about to be said; read afresh, for the world may have moved since it was planned.</summary>
/// <param name="Notice">The notice.</param>
/// <param name="Customer">To whom.</param>
/// <param name="Now">When.</param>
public sealed record NoticeFacts(Notice Notice, Customer Customer, Instant Now)
{
    /// <summary>The fact it tells of; none when it speaks of a case or a card.</summary>
    public Fact? Fact { get; init; }

    /// <summary>The subscription the fact is about.</summary>
    public Subscription? Subscription { get; init; }

    /// <summary>The name of its plan.</summary>
    public string Plan { get; init; } = "";

    /// <summary>The break the fact is about.</summary>
    public Break? Break { get; init; }

    /// <summary>The invoice the fact is about.</summary>
    public Invoice? Invoice { get; init; }

    /// <summary>The attempt the fact is about.</summary>
    public PaymentAttempt? Attempt { get; init; }

    /// <summary>The card the fact is about, or the one that is charged.</summary>
    public Card? Card { get; init; }

    /// <summary>What happens next, for notices of what lies ahead.</summary>
    public IReadOnlyList<OutlookEntry> Ahead { get; init; } = [];

    /// <summary>Open invoices, for notices that ask.</summary>
    public IReadOnlyList<Invoice> Open { get; init; } = [];

    /// <summary>Whether the case or watch it speaks of is still going on.</summary>
    public bool CaseIsOpen { get; init; } = true;

    /// <summary>First day on which access rests unless something is paid, if that is planned.</summary>
    public LocalDate? AccessUntil { get; init; }

    /// <summary>What arrived of what its case asked for.</summary>
    public Money? Recovered { get; init; }

    /// <summary>Whether the move it takes back was ever said.</summary>
    public bool WasTold { get; init; }

    /// <summary>What the customer said about mails; nothing said, everything wanted.</summary>
    public NoticePreferences? Preferences { get; init; }

    /// <summary>When the customer was written to lately.</summary>
    public IReadOnlyCollection<Instant> Sent { get; init; } = [];

    /// <summary>The date it is for the customer.</summary>
    public LocalDate Today => Customer.Today(Now);
}
