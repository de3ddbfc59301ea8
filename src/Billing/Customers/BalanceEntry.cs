using Billing.History;
using NodaTime;

namespace Billing.Customers;

/// <summary>Why a customer's balance moved.</summary>
public enum BalanceReason
{
    /// <summary>Used to settle an invoice, or collected with it when it was below zero.</summary>
    AppliedToInvoice,

    /// <summary>An invoice was below what the gateway charges; it waits for the next one.</summary>
    CarriedForward,

    /// <summary>A credit note on an invoice that was paid already.</summary>
    CreditNote,

    /// <summary>Granted by the merchant.</summary>
    Granted,

    /// <summary>Given back because the invoice it had settled was voided.</summary>
    Restored,

    /// <summary>Money arrived for an invoice that no longer wanted it.</summary>
    Overpayment,

    /// <summary>Paid time not used after a change of plan, whose documents are not here to be credited.</summary>
    Proration,

    /// <summary>Sent back to the card that had paid.</summary>
    Refunded,

    /// <summary>Was to be sent back and was not, or came back.</summary>
    RefundReturned,

    /// <summary>Credit that came of a payment, and the customer's bank took that payment back.</summary>
    Disputed,
}

/// <summary>One move of a customer's balance; append-only.</summary>
public sealed class BalanceEntry
{
    private BalanceEntry()
    {
    }

    /// <summary>Whose balance.</summary>
    public CustomerId CustomerId { get; private set; }

    /// <summary>1, 2, 3 … for this customer; two writers cannot take the same.</summary>
    public int Sequence { get; private set; }

    /// <summary>Minor units, above zero in the customer's favour.</summary>
    public long AmountMinor { get; private set; }

    /// <summary>The customer's currency.</summary>
    public Currency Currency { get; private set; } = null!;

    /// <summary>Why.</summary>
    public BalanceReason Reason { get; private set; }

    /// <summary>The invoice it concerns.</summary>
    public InvoiceId? InvoiceId { get; private set; }

    /// <summary>The credit note it comes from.</summary>
    public CreditNoteId? CreditNoteId { get; private set; }

    /// <summary>The date, in the customer's zone.</summary>
    public LocalDate On { get; private set; }

    /// <summary>When.</summary>
    public Instant At { get; private set; }

    /// <summary>The fact of it. Wherever an entry is stored, this goes to the history in the same transaction.</summary>
    public BalanceMoved Moved() => new(CustomerId, On, Sequence, Reason, AmountMinor, Currency.Code, InvoiceId, CreditNoteId);

    internal static BalanceEntry Create(
        Customer customer, Money by, BalanceReason reason, Instant now, InvoiceId? invoice, CreditNoteId? creditNote) => new()
        {
            CustomerId = customer.Id,
            Sequence = customer.BalanceEntries,
            AmountMinor = by.Minor,
            Currency = by.Currency,
            Reason = reason,
            InvoiceId = invoice,
            CreditNoteId = creditNote,
            On = customer.Today(now),
            At = now,
        };
}

/// <summary>A customer's balance moved, as its entry number <paramref name="Sequence"/> says.</summary>
public sealed record BalanceMoved(
    CustomerId CustomerId, LocalDate On, int Sequence, BalanceReason Reason, long AmountMinor, string Currency, InvoiceId? InvoiceId,
    CreditNoteId? CreditNoteId) : Fact(CustomerId, On);
