using Billing.Customers;
using Billing.History;
using NodaTime;

namespace Billing.Payments;

/// <summary>Where a refund stands.</summary>
public enum RefundState
{
    /// <summary>Written down; the gateway is asked next, or was when we stopped.</summary>
    Requested,

    /// <summary>Accepted by the gateway and on its way.</summary>
    Pending,

    /// <summary>Sent back. The bank may still return it.</summary>
    Succeeded,

    /// <summary>Not sent, or returned: the money is the customer's credit again; final.</summary>
    Failed,

    /// <summary>Nobody knows yet; the gateway is asked before anything else.</summary>
    Unknown,
}

/// <summary>Why money goes back to a card.</summary>
public enum RefundCause
{
    /// <summary>Somebody of the merchant asked for it.</summary>
    Asked,

    /// <summary>No invoice wanted it.</summary>
    Overpayment,

    /// <summary>Paid days that will not be used, by the merchant's rule.</summary>
    Leaving,
}

/// <summary>
/// Captured money on its way back to the card it came from. Stored before the gateway is called; its id is the idempotency
/// key. It is taken out of the customer's credit when it is asked for, and becomes credit again when it fails: at no
/// moment is it in two places or in none.
/// </summary>
public sealed class Refund : IVersioned
{
    /// <summary>The most words of a reason.</summary>
    public const int LongestReason = 500;

    private static readonly Duration LookEvery = Duration.FromHours(6), LongestWait = Duration.FromHours(6);

    private Refund()
    {
    }

    /// <summary>The refund's id and key.</summary>
    public RefundId Id { get; private set; }

    /// <summary>The payment it takes back from.</summary>
    public PaymentAttemptId AttemptId { get; private set; }

    /// <summary>The invoice that was paid by it.</summary>
    public InvoiceId InvoiceId { get; private set; }

    /// <summary>To whom.</summary>
    public CustomerId CustomerId { get; private set; }

    /// <summary>The credit note that made the credit it is taken from, if one did.</summary>
    public CreditNoteId? CreditNoteId { get; private set; }

    /// <summary>Minor units; above zero.</summary>
    public long AmountMinor { get; private set; }

    /// <summary>The payment's currency.</summary>
    public Currency Currency { get; private set; } = null!;

    /// <summary>Why.</summary>
    public RefundCause Cause { get; private set; }

    /// <summary>Why, in the words of whoever asked.</summary>
    public string Reason { get; private set; } = null!;

    /// <summary>Where it stands.</summary>
    public RefundState State { get; private set; }

    /// <summary>What the gateway said when it failed or is unknown.</summary>
    public string? Detail { get; private set; }

    /// <summary>The gateway's own id of the payment.</summary>
    public string PaymentReference { get; private set; } = null!;

    /// <summary>The gateway's own id of the refund.</summary>
    public string? GatewayReference { get; private set; }

    /// <summary>When it was written down.</summary>
    public Instant RequestedAt { get; private set; }

    /// <summary>When the gateway was first asked: its key lives from here.</summary>
    public Instant? SentAt { get; private set; }

    /// <summary>When it arrived or failed.</summary>
    public Instant? SettledAt { get; private set; }

    /// <summary>How often the gateway was asked in vain.</summary>
    public int AskedInVain { get; private set; }

    /// <summary>When the gateway is asked next; <see langword="null"/> once it is known.</summary>
    public Instant? AskAgainAt { get; private set; }

    /// <inheritdoc/>
    public int Version { get; private set; }

    /// <summary>How much.</summary>
    public Money Amount => new(AmountMinor, Currency);

    /// <summary>Whether the gateway was asked so often in vain that a person has to find out.</summary>
    public bool WantsAPerson => State is RefundState.Requested or RefundState.Unknown && AskedInVain >= PaymentAttempt.PersonAfter;

    /// <summary>Asks for captured money to go back, out of the customer's credit.</summary>
    /// <param name="id">The key.</param>
    /// <param name="payment">Takes the part aside.</param>
    /// <param name="customer">Whose credit it comes from.</param>
    /// <param name="amount">How much.</param>
    /// <param name="why">The cause and its words.</param>
    /// <param name="note">The credit note that made the credit, if one did.</param>
    /// <param name="now">When.</param>
    /// <exception cref="Refused">
    /// As <see cref="PaymentAttempt.SetAside"/>; <c>payment_not_captured</c> also without the gateway's id; <c>amount_not_chargeable</c>.
    /// </exception>
    /// <example>49.00 paid, 20.00 credited by a note and sent back: 29.00 can still be refunded, and the credit is what it was before.</example>
    public static RefundAsked Ask(
        RefundId id, PaymentAttempt payment, Customer customer, Money amount, (RefundCause Cause, string Words) why, CreditNoteId? note, Instant now)
    {
        if (!amount.BelowChargeStep.IsZero)
            throw new Refused("amount_not_chargeable", $"{amount.Currency} goes back to cards in steps of {amount with { Minor = amount.Currency.ChargeStep }}.", "amount");
        payment.SetAside(amount);
        var refund = new Refund
        {
            Id = id,
            AttemptId = payment.Id,
            InvoiceId = payment.InvoiceId,
            CustomerId = payment.CustomerId,
            CreditNoteId = note,
            AmountMinor = amount.Minor,
            Currency = amount.Currency,
            Cause = why.Cause,
            Reason = why.Words,
            State = RefundState.Requested,
            PaymentReference = payment.GatewayReference
                ?? throw new Refused("payment_not_captured", "The gateway gave no id of this payment; send it back there."),
            RequestedAt = now,
            AskAgainAt = now,
            Version = 1,
        };
        var taken = customer.MoveBalance(-amount, BalanceReason.Refunded, now, payment.InvoiceId, note);
        return new(refund, taken, new(customer.Id, customer.Today(now), payment.InvoiceId, id, amount.Minor, amount.Currency.Code, why.Cause, why.Words));
    }

    /// <summary>It is sent now; whoever else wants to has lost.</summary>
    public void Send(Instant now)
    {
        SentAt ??= now;
        AskAgainAt = now + PaymentAttempt.Patience;
    }

    /// <summary>Writes down an outcome. What arrived can only be returned, and what failed stays so.</summary>
    /// <returns>Whether it changed anything.</returns>
    public bool Settle(RefundOutcome outcome, Instant now)
    {
        if (State == RefundState.Failed || State == RefundState.Succeeded && outcome is not RefundOutcome.Failed) return false;
        if (State == RefundState.Pending && outcome is RefundOutcome.Pending or RefundOutcome.Unknown)
        {
            AskAgainAt = now + LookEvery;
            return false;
        }

        (State, Detail) = outcome switch
        {
            RefundOutcome.Succeeded => (RefundState.Succeeded, null),
            RefundOutcome.Pending => (RefundState.Pending, null),
            RefundOutcome.Failed failed => (RefundState.Failed, failed.Reason),
            RefundOutcome.Unknown unknown => (RefundState.Unknown, (string?)unknown.Reason),
            _ => throw new InvalidOperationException($"{outcome.GetType().Name} is no outcome we know."),
        };
        Detail = Detail?[..Math.Min(Detail.Length, PaymentAttempt.LongestDetail)];
        GatewayReference = outcome.GatewayReference ?? GatewayReference;
        SettledAt = State is RefundState.Succeeded or RefundState.Failed ? now : null;
        AskAgainAt = State switch
        {
            RefundState.Pending => now + LookEvery,
            RefundState.Unknown => now + NextWait(),
            RefundState.Requested or RefundState.Succeeded or RefundState.Failed => null,
        };
        return true;
    }

    private Duration NextWait() => Duration.Min(Duration.FromMinutes(1L << Math.Min(AskedInVain++, 20)), LongestWait);
}
