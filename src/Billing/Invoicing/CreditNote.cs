using NodaTime;

namespace Billing.Invoicing;

/// <summary>Corrects an issued invoice downwards. Never changed once stored.</summary>
public sealed class CreditNote
{
    private CreditNote()
    {
    }

    /// <summary>The credit note's id.</summary>
    public CreditNoteId Id { get; private set; }

    /// <summary>The invoice it corrects.</summary>
    public InvoiceId InvoiceId { get; private set; }

    /// <summary>Whose.</summary>
    public CustomerId CustomerId { get; private set; }

    /// <summary>The number as printed, gapless within its series.</summary>
    public string? Number { get; private set; }

    /// <summary>The invoice's currency.</summary>
    public Currency Currency { get; private set; } = null!;

    /// <summary>Minor units credited; above zero.</summary>
    public long AmountMinor { get; private set; }

    /// <summary>What earlier credit notes had taken off the same invoice: from where its shares are counted.</summary>
    public long BeforeMinor { get; private set; }

    /// <summary>The part that became the customer's credit; the rest came off what was due.</summary>
    public long ToBalanceMinor { get; private set; }

    /// <summary>Why, in the words of whoever wrote it.</summary>
    public string Reason { get; private set; } = null!;

    /// <summary>The date, in the customer's zone.</summary>
    public LocalDate IssuedOn { get; private set; }

    /// <summary>When.</summary>
    public Instant IssuedAt { get; private set; }

    /// <summary>Gives the number, once.</summary>
    public void GiveNumber(string number) =>
        Number = Number is null ? number : throw new InvalidOperationException($"Credit note {Id} is numbered {Number}.");

    internal static CreditNote Create(
        CreditNoteId id, Invoice invoice, Money amount, Money toBalance, string reason, LocalDate on, Instant now) => new()
        {
            Id = id,
            InvoiceId = invoice.Id,
            CustomerId = invoice.CustomerId,
            Currency = amount.Currency,
            AmountMinor = amount.Minor,
            BeforeMinor = invoice.CreditNotesMinor - amount.Minor,
            ToBalanceMinor = toBalance.Minor,
            Reason = reason,
            IssuedOn = on,
            IssuedAt = now,
        };
}
