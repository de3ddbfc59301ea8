using NodaTime;

namespace Billing.Invoicing;

/// <summary>What a line is for.</summary>
public enum InvoiceLineKind
{
    /// <summary>A period of a plan.</summary>
    Plan,

    /// <summary>A reduction; negative.</summary>
    Discount,

    /// <summary>Something sold once.</summary>
    Item,

    /// <summary>Time paid for and not used, before a change; negative.</summary>
    ProrationCredit,

    /// <summary>The rest of a period, after a change.</summary>
    ProrationCharge,

    /// <summary>Days On the Beach.</summary>
    BreakFee,
}

/// <summary>One line: quantity times unit amount. Never changed once the invoice is issued.</summary>
public sealed class InvoiceLine
{
    private InvoiceLine()
    {
    }

    /// <summary>The invoice.</summary>
    public InvoiceId InvoiceId { get; private set; }

    /// <summary>1, 2, 3 … as printed.</summary>
    public int Position { get; private set; }

    /// <summary>What it is for.</summary>
    public InvoiceLineKind Kind { get; private set; }

    /// <summary>The plan's, discount's or item's name at that time.</summary>
    public string Description { get; private set; } = null!;

    /// <summary>Seats or pieces.</summary>
    public int Quantity { get; private set; }

    /// <summary>Minor units each.</summary>
    public long UnitAmountMinor { get; private set; }

    /// <summary>Minor units together.</summary>
    public long AmountMinor { get; private set; }

    /// <summary>First day of service, for a plan.</summary>
    public LocalDate? ServiceStart { get; private set; }

    /// <summary>First day after the service, for a plan.</summary>
    public LocalDate? ServiceEnd { get; private set; }

    internal static InvoiceLine Create(
        InvoiceId invoice, int position, InvoiceLineKind kind, string description, int quantity, Money unit,
        LocalDate? start, LocalDate? end) => new()
        {
            InvoiceId = invoice,
            Position = position,
            Kind = kind,
            Description = description,
            Quantity = quantity,
            UnitAmountMinor = unit.Minor,
            AmountMinor = (unit * quantity).Minor,
            ServiceStart = start,
            ServiceEnd = end,
        };
}
