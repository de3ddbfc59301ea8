using Billing.Customers;
using NodaTime;

namespace Billing.Invoicing;

/// <content>How an invoice is issued and what settles it.</content>
public sealed partial class Invoice
{
    /// <summary>How long the run's plan waits for an attempt that somebody else began.</summary>
    private static readonly Duration WaitForOther = Duration.FromHours(1);

    /// <summary>
    /// Issues a draft: uses the customer's credit first, collects what was carried forward, and settles by itself what
    /// is zero or too small to charge. The number is given separately, as the last act before it is stored.
    /// </summary>
    /// <param name="customer">The customer; the balance moves.</param>
    /// <param name="minimumCharge">The least the gateway charges.</param>
    /// <param name="now">When.</param>
    /// <returns>The moves of the customer's balance, if any.</returns>
    /// <exception cref="Refused"><c>invoice_issued</c>, <c>invoice_empty</c>, <c>amount_out_of_range</c>.</exception>
    /// <example>Total USD 49.00, credit USD 10.00: 10.00 applied, 39.00 due. Total USD 0.30, minimum USD 0.50: carried.</example>
    public IReadOnlyList<BalanceEntry> Issue(Customer customer, Money minimumCharge, Instant now)
    {
        MustBe(InvoiceStatus.Draft, "invoice_issued", "This invoice is issued already.");
        if (lines.Count == 0) throw new Refused("invoice_empty", "An invoice needs at least one line.", "lines");
        if (TotalMinor < 0) throw new Refused("amount_out_of_range", "An invoice is never below zero; write a credit note.", "lines");

        Status = InvoiceStatus.Open;
        IssuedOn = customer.Today(now);
        IssuedAt = now;

        var entries = Settle(customer, minimumCharge, now);
        if (DueMinor == 0) Close(InvoiceStatus.Paid, now);
        else if (customer.DefaultCardId is not null) NextAttemptAt = now;
        return entries;
    }

    /// <summary>Gives the number; once, and only to an issued invoice.</summary>
    public void GiveNumber(string number) => Number = Number is null && Status != InvoiceStatus.Draft
        ? number
        : throw new InvalidOperationException($"Invoice {Id} is {Status} and numbered {Number}.");

    /// <summary>Takes money that arrived.</summary>
    /// <returns>What it did not want, because it was settled, voided or reduced meanwhile: the customer's credit.</returns>
    public Money TakePayment(Money paid, Instant now)
    {
        var wanted = Status is InvoiceStatus.Open or InvoiceStatus.Uncollectible ? Money.Min(paid, Due) : Money.Zero(Currency);
        PaidMinor += wanted.Minor;
        DueMinor -= wanted.Minor;
        if (wanted.Minor > 0 && DueMinor == 0) Close(InvoiceStatus.Paid, now);
        return paid - wanted;
    }

    /// <summary>Takes back an invoice issued by mistake; credit it had used is given back, and what it carried forward is not owed.</summary>
    /// <exception cref="Refused"><c>invoice_not_open</c>.</exception>
    public BalanceEntry? VoidBy(Customer customer, Instant now)
    {
        MustBe(InvoiceStatus.Open, "invoice_not_open", "Only an open invoice can be voided; credit a paid one.");
        if (PaidMinor != 0) throw new Refused("invoice_not_open", "Part of it is paid; write a credit note.");
        // Taking back the whole total would take back twice what a credit note took already.
        if (CreditNotesMinor != 0) throw new Refused("invoice_not_open", "Part of it is credited; credit the rest.");

        DueMinor = 0;
        Close(InvoiceStatus.Void, now);
        var moved = BalanceAppliedMinor + CarriedForwardMinor;
        return moved == 0 ? null : customer.MoveBalance(new(moved, Currency), BalanceReason.Restored, now, Id);
    }

    /// <summary>When it was given up on; stays when it is paid or credited after all.</summary>
    public Instant? WrittenOffAt { get; private set; }

    /// <summary>Gives up on collecting; it stays owed.</summary>
    /// <exception cref="Refused"><c>invoice_not_open</c>.</exception>
    public void GiveUp(Instant now)
    {
        MustBe(InvoiceStatus.Open, "invoice_not_open", "Only an open invoice can be written off.");
        WrittenOffAt = now;
        Close(InvoiceStatus.Uncollectible, now);
    }

    /// <summary>Credits part or all of it: what is due shrinks first, the rest becomes the customer's credit.</summary>
    /// <exception cref="Refused"><c>invoice_not_issued</c>, <c>credit_exceeds_invoice</c>, <c>currency_mismatch</c>.</exception>
    public Credited Credit(CreditNoteId id, Customer customer, Money amount, string reason, Instant now)
    {
        if (Status is not (InvoiceStatus.Open or InvoiceStatus.Paid or InvoiceStatus.Uncollectible))
            throw new Refused("invoice_not_issued", "Only an issued invoice can be credited.");
        if (amount.Currency != Currency)
            throw new Refused("currency_mismatch", $"This invoice is in {Currency}.", "amount");
        if (amount.Minor <= 0 || amount.Minor > TotalMinor - CreditNotesMinor)
            throw new Refused("credit_exceeds_invoice", $"At most {Total with { Minor = TotalMinor - CreditNotesMinor }} can be credited.", "amount");

        var offDue = Money.Min(amount, Due);
        CreditNotesMinor += amount.Minor;
        CreditedMinor += offDue.Minor;
        DueMinor -= offDue.Minor;
        if (offDue.Minor > 0 && DueMinor == 0) Close(InvoiceStatus.Paid, now);

        var toCredit = amount - offDue;
        var note = CreditNote.Create(id, this, amount, toCredit, reason, customer.Today(now), now);
        return new(note, toCredit.IsZero ? null : customer.MoveBalance(toCredit, BalanceReason.CreditNote, now, Id, id));
    }

    /// <summary>Plans the run's next attempt; <see langword="null"/> for none.</summary>
    public void PlanAttempt(Instant? at) => NextAttemptAt = Status == InvoiceStatus.Open ? at : null;

    /// <summary>The run began its planned attempt: nothing further is planned until the outcome is known.</summary>
    public void BeginAutomaticAttempt()
    {
        AutomaticAttempts++;
        NextAttemptAt = null;
    }

    /// <summary>There is nothing to try it with: nothing is planned until a card is put in.</summary>
    public void AwaitCard() => NextAttemptAt = null;

    /// <summary>An attempt of somebody else is under way: the plan waits, so that it is not lost should that one fail.</summary>
    public void AwaitOtherAttempt(Instant now) => PlanAttempt(now + WaitForOther);

    /// <summary>
    /// Carries to the next invoice what no card can be charged, as there may be some after a credit note: all that is due when
    /// it is too small, which settles the invoice; else what is below a step of the currency.
    /// </summary>
    /// <returns>The move of the customer's balance; <see langword="null"/> when all of it can be charged or it is not open.</returns>
    public BalanceEntry? CarryForwardIfSmall(Customer customer, Money minimumCharge, Instant now)
    {
        var small = Due < minimumCharge ? Due : Due.BelowChargeStep;
        if (Status != InvoiceStatus.Open || small.IsZero) return null;

        CarriedForwardMinor += small.Minor;
        DueMinor -= small.Minor;
        if (DueMinor == 0) Close(InvoiceStatus.Paid, now);
        return customer.MoveBalance(-small, BalanceReason.CarriedForward, now, Id);
    }

    internal Invoice Copy() => (Invoice)MemberwiseClone();

    private List<BalanceEntry> Settle(Customer customer, Money minimumCharge, Instant now)
    {
        var use = BalanceUse.Of(Total, customer.Balance, minimumCharge);
        (BalanceAppliedMinor, CarriedForwardMinor, DueMinor) = (use.Applied.Minor, use.CarriedForward.Minor, use.Due.Minor);

        List<BalanceEntry> entries = [];
        if (!use.Applied.IsZero)
            entries.Add(customer.MoveBalance(-use.Applied, BalanceReason.AppliedToInvoice, now, Id));
        if (!use.CarriedForward.IsZero)
            entries.Add(customer.MoveBalance(-use.CarriedForward, BalanceReason.CarriedForward, now, Id));
        return entries;
    }

    private void Close(InvoiceStatus status, Instant now)
    {
        Status = status;
        ClosedAt = now;
        NextAttemptAt = null;
    }
}

/// <summary>What crediting an invoice made.</summary>
/// <param name="Note">The credit note, still without a number.</param>
/// <param name="Entry">What became the customer's credit, if any.</param>
public sealed record Credited(CreditNote Note, BalanceEntry? Entry);
