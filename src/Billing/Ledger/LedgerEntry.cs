using NodaTime;

namespace Billing.Ledger;

/// <summary>An entry of the ledger: an amount from one account to another; append-only. Corrections are further entries.</summary>
public sealed class LedgerEntry
{
    private LedgerEntry()
    {
    }

    /// <summary>The entry's id; grows with time.</summary>
    public Guid Id { get; private set; }

    /// <summary>The day it counts for: the document's, or the first open one after it when that month was closed already.</summary>
    public LocalDate On { get; private set; }

    /// <summary>The document's own date.</summary>
    public LocalDate OriginalOn { get; private set; }

    /// <summary>The rule that made it.</summary>
    public PostingRule Rule { get; private set; }

    /// <summary>The account that is debited.</summary>
    public Account Debit { get; private set; }

    /// <summary>The account that is credited.</summary>
    public Account Credit { get; private set; }

    /// <summary>Minor units; above zero.</summary>
    public long AmountMinor { get; private set; }

    /// <summary>The currency.</summary>
    public Currency Currency { get; private set; } = null!;

    /// <summary>What kind of document it comes from.</summary>
    public DocumentKind DocumentKind { get; private set; }

    /// <summary>The document's id.</summary>
    public Guid DocumentId { get; private set; }

    /// <summary>Tells the moves of one balance apart; 0 for everything else.</summary>
    public int DocumentNumber { get; private set; }

    /// <summary>Whose document it is.</summary>
    public CustomerId? CustomerId { get; private set; }

    /// <summary>When it was written.</summary>
    public Instant At { get; private set; }

    /// <summary>The entry of a posting.</summary>
    public static LedgerEntry Of(Posting posting, Guid id, Instant now) => new()
    {
        Id = id,
        On = posting.On,
        OriginalOn = posting.On,
        Rule = posting.Rule,
        Debit = posting.Debit,
        Credit = posting.Credit,
        AmountMinor = posting.Amount.Minor,
        Currency = posting.Amount.Currency,
        DocumentKind = posting.Document.Kind,
        DocumentId = posting.Document.Id,
        DocumentNumber = posting.Document.Number,
        CustomerId = posting.CustomerId,
        At = now,
    };

    /// <summary>A closed month takes no more entries: it counts for the first open day, and keeps its own date beside it.</summary>
    public void PutOff(LocalDate firstOpen) => On = LocalDate.Max(OriginalOn, firstOpen);
}
