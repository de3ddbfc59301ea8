using Billing.Customers;
using Billing.History;
using NodaTime;

namespace Billing.Payments;

/// <summary>What asking for a refund made.</summary>
/// <param name="Refund">Not sent yet.</param>
/// <param name="Taken">Out of the customer's credit.</param>
/// <param name="Fact">For the history.</param>
public sealed record RefundAsked(Refund Refund, BalanceEntry Taken, RefundRequested Fact);

/// <summary>What a refund's outcome means for its payment and its customer.</summary>
/// <param name="Facts">For the history.</param>
/// <param name="Returned">What became the customer's credit again.</param>
public sealed record RefundSettlement(IReadOnlyList<Fact> Facts, BalanceEntry? Returned)
{
    private static readonly RefundSettlement Nothing = new([], null);

    /// <summary>Applies an outcome. Applying it again, or an older one after a final one, changes nothing.</summary>
    public static RefundSettlement Apply(Refund refund, PaymentAttempt payment, Customer customer, RefundOutcome outcome, Instant now)
    {
        if (!refund.Settle(outcome, now)) return Nothing;
        var today = customer.Today(now);

        switch (refund.State)
        {
            case RefundState.Succeeded:
                return new([new RefundSucceeded(customer.Id, today, refund.InvoiceId, refund.Id, refund.AmountMinor, refund.Currency.Code)], null);
            case RefundState.Failed:
                payment.TakeBack(refund.Amount);
                return new(
                    [new RefundFailed(customer.Id, today, refund.InvoiceId, refund.Id, refund.Detail!)],
                    customer.MoveBalance(refund.Amount, BalanceReason.RefundReturned, now, refund.InvoiceId, refund.CreditNoteId));
            case RefundState.Requested or RefundState.Pending or RefundState.Unknown:
                return Nothing;
            default:
                throw new InvalidOperationException($"No refund is {refund.State}.");
        }
    }
}

/// <summary>Captured money is to go back to the card it came from.</summary>
public sealed record RefundRequested(
    CustomerId CustomerId, LocalDate On, InvoiceId InvoiceId, RefundId RefundId, long AmountMinor, string Currency, RefundCause Cause, string Reason)
    : Fact(CustomerId, On);

/// <summary>It went back.</summary>
public sealed record RefundSucceeded(
    CustomerId CustomerId, LocalDate On, InvoiceId InvoiceId, RefundId RefundId, long AmountMinor, string Currency) : Fact(CustomerId, On);

/// <summary>Nobody could find out whether it went back, and a person did.</summary>
public sealed record RefundAnswered(
    CustomerId CustomerId, LocalDate On, InvoiceId InvoiceId, RefundId RefundId, bool Sent, string Reason) : Fact(CustomerId, On);

/// <summary>It did not, or the bank returned it: it is the customer's credit.</summary>
public sealed record RefundFailed(CustomerId CustomerId, LocalDate On, InvoiceId InvoiceId, RefundId RefundId, string Reason)
    : Fact(CustomerId, On);
