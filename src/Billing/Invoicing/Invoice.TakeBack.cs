using Billing.Customers;
using NodaTime;

namespace Billing.Invoicing;

/// <content>Money that the customer's bank took back.</content>
public sealed partial class Invoice
{
    private const string DisputeReason = "The customer's bank returned this payment.";

    /// <summary>
    /// The customer's bank took money back after a lost dispute. What was revenue is credited by a note, as nothing was earned;
    /// what had become the customer's credit is taken back as far as it is still there. The invoice is not owed again:
    /// who was given the money back is not charged for it by us.
    /// </summary>
    /// <param name="id">The credit note's id, if one is needed.</param>
    /// <param name="customer">The customer.</param>
    /// <param name="amount">What the bank took.</param>
    /// <param name="stillPaid">What other payments of this invoice keep paying: that part of it is earned.</param>
    /// <param name="now">When.</param>
    /// <example>
    /// Paid 49.00, of which a credit note gave 10.00 back as credit; lost 49.00: credit note 39.00, and 10.00 credit taken back.
    /// Of that credit 6.00 were used already: 4.00 taken back, and 6.00 are the merchant's loss.
    /// </example>
    public TakenBack TakeBack(CreditNoteId id, Customer customer, Money amount, Money stillPaid, Instant now)
    {
        var uncovered = new Money(PaidMinor - Math.Min(PaidMinor, stillPaid.Minor), Currency);
        var revenue = Money.Min(Money.Min(amount, uncovered), Creditable);
        CreditNotesMinor += revenue.Minor;
        var note = revenue.IsZero ? null : CreditNote.Create(id, this, revenue, Money.Zero(Currency), DisputeReason, customer.Today(now), now);

        var credit = Money.Min(amount - revenue, new(Math.Max(0, customer.BalanceMinor), Currency));
        return new(note, credit.IsZero ? null : customer.MoveBalance(-credit, BalanceReason.Disputed, now, Id));
    }
}

/// <summary>What became of money that a bank took back.</summary>
/// <param name="Note">The credit note for what was revenue, still without a number.</param>
/// <param name="Entry">Credit that was taken back.</param>
public sealed record TakenBack(CreditNote? Note, BalanceEntry? Entry);
