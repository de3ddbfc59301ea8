using NodaTime;

namespace Billing.Ledger;

/// <summary>The rule an entry was made by; docs/ledger.md has an example of each.</summary>
public enum PostingRule
{
    /// <summary>An invoice was issued.</summary>
    InvoiceIssued,

    /// <summary>A day of service was delivered.</summary>
    DayDelivered,

    /// <summary>Credit settled an invoice, or an older carried amount was collected with it.</summary>
    CreditApplied,

    /// <summary>Too small to charge: waits for the next invoice.</summary>
    CarriedForward,

    /// <summary>The merchant granted credit.</summary>
    CreditGranted,

    /// <summary>Credit that had settled a voided invoice was given back.</summary>
    CreditRestored,

    /// <summary>Money that no invoice wanted became credit.</summary>
    Overpaid,

    /// <summary>A credit note on what was paid became credit.</summary>
    NoteToCredit,

    /// <summary>Days that will not be used were given back or came off what is due.</summary>
    UnusedTimeCredited,

    /// <summary>Days billed in other books were given back.</summary>
    BilledElsewhere,

    /// <summary>A merchant's credit note.</summary>
    InvoiceCredited,

    /// <summary>An invoice was voided.</summary>
    InvoiceVoided,

    /// <summary>An invoice was given up on.</summary>
    WrittenOff,

    /// <summary>What had been given up on was paid, or credited, after all.</summary>
    WriteOffReversed,

    /// <summary>The gateway captured a payment.</summary>
    PaymentCaptured,

    /// <summary>Money came past the gateway.</summary>
    PaymentReceived,

    /// <summary>Credit is to go back to the card it came from.</summary>
    RefundRequested,

    /// <summary>It went back.</summary>
    RefundSent,

    /// <summary>It did not, or the bank returned it.</summary>
    RefundReturned,

    /// <summary>A bank asks for a payment back, and holds it.</summary>
    DisputeOpened,

    /// <summary>The bank gave it back.</summary>
    DisputeWon,

    /// <summary>The bank keeps it.</summary>
    DisputeLost,

    /// <summary>What a lost dispute took out of revenue.</summary>
    DisputeCredited,

    /// <summary>What a lost dispute took out of the customer's credit.</summary>
    CreditDisputed,
}

/// <summary>What kind of document an entry comes from.</summary>
public enum DocumentKind
{
    /// <summary>An invoice.</summary>
    Invoice,

    /// <summary>A credit note.</summary>
    CreditNote,

    /// <summary>A move of a customer's balance: the customer's id and the move's number.</summary>
    BalanceEntry,

    /// <summary>An attempt that captured money.</summary>
    Payment,

    /// <summary>Money that came past the gateway.</summary>
    ReceivedPayment,

    /// <summary>Money that goes back to a card.</summary>
    Refund,

    /// <summary>A dispute.</summary>
    Dispute,

    /// <summary>What was delivered on a day: the id of the run that closed it.</summary>
    DeliveredDay,
}

/// <summary>The document an entry comes from.</summary>
/// <param name="Kind">What kind.</param>
/// <param name="Id">Its id.</param>
/// <param name="Number">Tells the moves of one balance apart; 0 for everything else.</param>
public readonly record struct Document(DocumentKind Kind, Guid Id, int Number = 0);

/// <summary>
/// An amount that moves from one account to another. It names both sides, so it is balanced by its shape and there is no way to
/// write one that is not.
/// </summary>
/// <param name="Rule">The rule that made it.</param>
/// <param name="Document">The document it comes from.</param>
/// <param name="CustomerId">Whose document it is; none for a delivered day.</param>
/// <param name="On">The document's own date.</param>
/// <param name="Debit">The account that is debited.</param>
/// <param name="Credit">The account that is credited.</param>
/// <param name="Amount">How much; above zero.</param>
public sealed record Posting(
    PostingRule Rule, Document Document, CustomerId? CustomerId, LocalDate On, Account Debit, Account Credit, Money Amount)
{
    /// <summary>The same the other way round when the amount is below zero; none when it is zero.</summary>
    internal IEnumerable<Posting> Right() => Amount.Minor switch
    {
        0 => [],
        > 0 => [this],
        _ => [this with { Debit = Credit, Credit = Debit, Amount = -Amount }],
    };
}
