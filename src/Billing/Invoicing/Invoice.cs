using Billing.Customers;
using Billing.History;
using Billing.Periods;
using Billing.Subscriptions;
using NodaTime;

namespace Billing.Invoicing;

/// <summary>Where an invoice stands.</summary>
public enum InvoiceStatus
{
    /// <summary>Being written; no number, nothing owed.</summary>
    Draft,

    /// <summary>Issued and owed.</summary>
    Open,

    /// <summary>Settled: by money, credit, carrying forward, or because it was zero.</summary>
    Paid,

    /// <summary>Issued by mistake; owed no more.</summary>
    Void,

    /// <summary>Given up on; still owed, no longer chased.</summary>
    Uncollectible,
}

/// <summary>What made an invoice. With subscription and period start it is unique: a period is invoiced once.</summary>
public enum InvoiceKind
{
    /// <summary>A period of a subscription.</summary>
    Period,

    /// <summary>A change of plan, seats or cadence in the middle of a period.</summary>
    Change,

    /// <summary>Written by the merchant.</summary>
    OneOff,

    /// <summary>A month On the Beach.</summary>
    Break,
}

/// <summary>
/// What a customer owes and why. Once issued its lines and total never change; corrections are credit notes.
/// Total = balance applied + carried forward + credited + paid + due, until it is voided.
/// </summary>
public sealed partial class Invoice : IVersioned
{
    /// <summary>The most lines an invoice may have.</summary>
    public const int MostLines = 250;

    /// <summary>The most pieces of an item a line may have.</summary>
    public const int MostPieces = 1_000_000;

    /// <summary>The largest sum of items, in minor units.</summary>
    public const long LargestTotal = 1_000_000_000_000_000_000;

    private readonly List<InvoiceLine> lines = [];

    private Invoice()
    {
    }

    /// <summary>The invoice's id.</summary>
    public InvoiceId Id { get; private set; }

    /// <summary>Who owes.</summary>
    public CustomerId CustomerId { get; private set; }

    /// <summary>The subscription it bills, if any.</summary>
    public SubscriptionId? SubscriptionId { get; private set; }

    /// <summary>What made it.</summary>
    public InvoiceKind Kind { get; private set; }

    /// <summary>Where it stands.</summary>
    public InvoiceStatus Status { get; private set; }

    /// <summary>First day of the period billed.</summary>
    public LocalDate? PeriodStart { get; private set; }

    /// <summary>First day after the period billed.</summary>
    public LocalDate? PeriodEnd { get; private set; }

    /// <summary>
    /// Tells two of a kind on one day apart: which change of its subscription it charges, from 1; which break; and for a
    /// period how often the subscription had begun anew.
    /// </summary>
    public int ChangeNumber { get; private set; }

    /// <summary>The number as printed, gapless within its series; <see langword="null"/> for a draft.</summary>
    public string? Number { get; private set; }

    /// <summary>The customer's currency.</summary>
    public Currency Currency { get; private set; } = null!;

    /// <summary>Lines before discounts, in minor units.</summary>
    public long SubtotalMinor { get; private set; }

    /// <summary>What discounts take off, as a number above zero.</summary>
    public long DiscountMinor { get; private set; }

    /// <summary>Subtotal less discounts; never below zero.</summary>
    public long TotalMinor { get; private set; }

    /// <summary>Settled by the customer's credit; below zero when an older carried amount is collected with it.</summary>
    public long BalanceAppliedMinor { get; private set; }

    /// <summary>Too small to charge; moved to the customer's balance for the next invoice.</summary>
    public long CarriedForwardMinor { get; private set; }

    /// <summary>Taken off what was due by credit notes.</summary>
    public long CreditedMinor { get; private set; }

    /// <summary>All credit notes on it together; never more than the total.</summary>
    public long CreditNotesMinor { get; private set; }

    /// <summary>Money that arrived.</summary>
    public long PaidMinor { get; private set; }

    /// <summary>Still to pay.</summary>
    public long DueMinor { get; private set; }

    /// <summary>The date it was issued, in the customer's zone.</summary>
    public LocalDate? IssuedOn { get; private set; }

    /// <summary>When it was issued.</summary>
    public Instant? IssuedAt { get; private set; }

    /// <summary>When it was settled, voided or given up.</summary>
    public Instant? ClosedAt { get; private set; }

    /// <summary>When the run tries to collect it next; <see langword="null"/> when nothing is planned.</summary>
    public Instant? NextAttemptAt { get; private set; }

    /// <summary>Attempts the run has made; what a person starts does not count.</summary>
    public int AutomaticAttempts { get; private set; }

    /// <summary>When it was made.</summary>
    public Instant CreatedAt { get; private set; }

    /// <inheritdoc/>
    public int Version { get; private set; }

    /// <summary>The lines as printed.</summary>
    public IReadOnlyList<InvoiceLine> Lines => lines;

    /// <summary>Subtotal less discounts.</summary>
    public Money Total => new(TotalMinor, Currency);

    /// <summary>Still to pay.</summary>
    public Money Due => new(DueMinor, Currency);

    /// <summary>What a credit note may still take back.</summary>
    public Money Creditable => new(TotalMinor - CreditNotesMinor, Currency);

    /// <summary>What is due of its own: an older carried amount collected with it is no part of this.</summary>
    public Money CreditableDue => Money.Min(Due, Creditable);

    /// <summary>Begins an invoice that the merchant writes.</summary>
    public static Invoice Draft(InvoiceId id, Customer customer, Instant now) =>
        Begin(id, customer, null, InvoiceKind.OneOff, null, now);

    /// <summary>Adds something sold once.</summary>
    /// <exception cref="Refused"><c>invoice_issued</c>, <c>currency_mismatch</c>, <c>too_many_lines</c>,
    /// <c>quantity_out_of_range</c>, <c>amount_out_of_range</c>.</exception>
    public void AddItem(string description, int quantity, Money unit)
    {
        MustBe(InvoiceStatus.Draft, "invoice_issued", "An issued invoice does not change; write a credit note.");
        if (unit.Currency != Currency)
            throw new Refused("currency_mismatch", $"This customer is billed in {Currency}.", "currency");
        if (lines.Count >= MostLines)
            throw new Refused("too_many_lines", $"An invoice has at most {MostLines} lines.", "lines");
        if (quantity is < 1 or > MostPieces)
            throw new Refused("quantity_out_of_range", $"A line has 1 to {MostPieces} pieces.", "quantity");
        if (Int128.Abs((Int128)unit.Minor * quantity + SubtotalMinor) > LargestTotal)
            throw new Refused("amount_out_of_range", $"An invoice adds up to {LargestTotal} minor units at most.", "unitAmount");

        AddLine(InvoiceLineKind.Item, description, quantity, unit);
    }

    internal static Invoice ForPeriod(
        InvoiceId id, Customer customer, SubscriptionId subscription, BillingPeriod period, int restarts, Instant now)
    {
        var invoice = Begin(id, customer, subscription, InvoiceKind.Period, period, now);
        invoice.ChangeNumber = restarts;
        return invoice;
    }

    /// <summary>The draft of some days of a break, with its one line.</summary>
    internal static Invoice ForBreak(InvoiceId id, Customer customer, Break away, BillingPeriod days, string line, Money fee, Instant now)
    {
        var invoice = Begin(id, customer, away.SubscriptionId, InvoiceKind.Break, days, now);
        invoice.ChangeNumber = away.Number;
        invoice.AddLine(InvoiceLineKind.BreakFee, line, 1, fee);
        return invoice;
    }

    /// <summary>The draft of a change that takes effect now, with its quoted lines.</summary>
    internal static Invoice ForChange(
        InvoiceId id, Customer customer, SubscriptionId subscription, Quote quote, int number, Instant now)
    {
        var rest = quote.Period with { Start = quote.EffectiveOn };
        var invoice = Begin(id, customer, subscription, InvoiceKind.Change, rest, now);
        invoice.ChangeNumber = number;
        foreach (var line in quote.Lines) invoice.AddLine(line.Kind, line.Words, 1, line.Amount);
        return invoice;
    }

    internal void AddLine(InvoiceLineKind kind, string description, int quantity, Money unit)
    {
        var line = InvoiceLine.Create(Id, lines.Count + 1, kind, description, quantity, unit, PeriodStart, PeriodEnd);
        lines.Add(line);

        if (kind == InvoiceLineKind.Discount) DiscountMinor = checked(DiscountMinor - line.AmountMinor);
        else SubtotalMinor = checked(SubtotalMinor + line.AmountMinor);
        TotalMinor = checked(SubtotalMinor - DiscountMinor);
    }

    private static Invoice Begin(
        InvoiceId id, Customer customer, SubscriptionId? subscription, InvoiceKind kind, BillingPeriod? period, Instant now) => new()
        {
            Id = id,
            CustomerId = customer.Id,
            SubscriptionId = subscription,
            Kind = kind,
            Status = InvoiceStatus.Draft,
            PeriodStart = period?.Start,
            PeriodEnd = period?.End,
            Currency = customer.Currency,
            CreatedAt = now,
            Version = 1,
        };

    private void MustBe(InvoiceStatus status, string code, string message)
    {
        if (Status != status) throw new Refused(code, message);
    }
}
