using Billing.Invoicing;
using Billing.Payments;
using NodaTime;

namespace Billing.Ledger;

/// <content>Money that comes past the gateway, goes back, or is held by a bank.</content>
public static partial class Postings
{
    /// <summary>Money came past the gateway. It counts for the day it came, and keeps that day when its month is closed.</summary>
    /// <example>49.00 by transfer: cash by other means 49.00 to receivables.</example>
    public static IEnumerable<Posting> Received(ReceivedPayment payment, Invoice invoice)
    {
        Document document = new(DocumentKind.ReceivedPayment, payment.Id.Value);
        Money unwanted = new(payment.ExcessMinor, payment.Currency);
        return
        [
            .. invoice.WrittenOffAt is null ? [] : new Posting(
                PostingRule.WriteOffReversed, document, payment.CustomerId, payment.ReceivedOn, Account.Receivables, Account.BadDebt,
                payment.Amount - unwanted).Right(),
            .. new Posting(
                PostingRule.PaymentReceived, document, payment.CustomerId, payment.ReceivedOn, Account.OtherCash, Account.Receivables,
                payment.Amount).Right(),
        ];
    }

    /// <summary>
    /// A refund's outcome. Asked for, it left customer credit by its own entry and is under way; arrived, it leaves the gateway's
    /// cash; returned after that, the cash is back and so, by its own entry, is the credit.
    /// </summary>
    /// <param name="refund">As it is now.</param>
    /// <param name="before">As it was before.</param>
    /// <param name="on">The day it was booked.</param>
    /// <example>10.00 arrived at the card: refunds under way 10.00 to cash at the gateway.</example>
    public static IEnumerable<Posting> Settled(Refund refund, RefundState before, LocalDate on)
    {
        var posting = new Posting(
            PostingRule.RefundSent, new(DocumentKind.Refund, refund.Id.Value), refund.CustomerId, on, Account.Refunds, Account.GatewayCash, refund.Amount);
        return (before, refund.State) switch
        {
            (not RefundState.Succeeded, RefundState.Succeeded) => posting.Right(),
            (RefundState.Succeeded, RefundState.Failed) => (posting with { Rule = PostingRule.RefundReturned, Amount = -refund.Amount }).Right(),
            _ => [],
        };
    }

    /// <summary>A bank holds a payment that is disputed.</summary>
    /// <example>49.00 disputed: disputed payments 49.00 to cash at the gateway.</example>
    public static IEnumerable<Posting> Opened(Dispute dispute, LocalDate on) =>
        Of(PostingRule.DisputeOpened, dispute, on, Account.Disputes, Account.GatewayCash, dispute.Amount);

    /// <summary>The bank gave it back.</summary>
    /// <example>49.00 won: cash at the gateway 49.00 to disputed payments.</example>
    public static IEnumerable<Posting> Won(Dispute dispute, LocalDate on) =>
        Of(PostingRule.DisputeWon, dispute, on, Account.GatewayCash, Account.Disputes, dispute.Amount);

    /// <summary>
    /// The bank keeps it. What was revenue is taken back by a credit note and what was credit by an entry, both against
    /// receivables; what neither covers is the merchant's loss.
    /// </summary>
    /// <example>49.00 lost, of which 39.00 were revenue and 4.00 credit: receivables 43.00 and bad debt 6.00 to disputed payments.</example>
    public static IEnumerable<Posting> Lost(Dispute dispute, DisputeLost lost)
    {
        Money covered = new(lost.RevenueMinor + lost.CreditMinor, dispute.Currency);
        return
        [
            .. Of(PostingRule.DisputeLost, dispute, lost.On, Account.Receivables, Account.Disputes, covered),
            .. Of(PostingRule.DisputeLost, dispute, lost.On, Account.BadDebt, Account.Disputes, dispute.Amount - covered),
        ];
    }

    private static IEnumerable<Posting> Of(PostingRule rule, Dispute dispute, LocalDate on, Account debit, Account credit, Money amount) => new Posting(
        rule, new(DocumentKind.Dispute, dispute.Id.Value), dispute.CustomerId, on, debit, credit, amount).Right();
}
