namespace Billing.Payments;

/// <content>What went back of it. Whoever asks for a refund moves the version of the attempt, so that two at once cannot both have the rest.</content>
public sealed partial class PaymentAttempt
{
    /// <summary>Sent back, or asked for and not failed; never more than was captured.</summary>
    public long RefundedMinor { get; private set; }

    /// <summary>What can still be sent back: paid, less refunded, less on its way, less what a bank took back.</summary>
    public Money Refundable => IsCaptured ? Amount with { Minor = Math.Max(0, AmountMinor - RefundedMinor - LostMinor) } : Money.Zero(Currency);

    /// <summary>Sets a part aside for a refund.</summary>
    /// <exception cref="Refused"><c>payment_not_captured</c>, <c>currency_mismatch</c>, <c>refund_exceeds_payment</c>.</exception>
    internal void SetAside(Money amount)
    {
        if (!IsCaptured) throw new Refused("payment_not_captured", "Nothing was taken by this payment.");
        if (amount.Currency != Currency) throw new Refused("currency_mismatch", $"This payment is in {Currency}.", "amount");
        if (amount.Minor <= 0 || amount > Refundable)
            throw new Refused("refund_exceeds_payment", $"At most {Refundable} can be sent back of this payment.", "amount");
        RefundedMinor += amount.Minor;
    }

    /// <summary>A refund failed: its part is here again.</summary>
    internal void TakeBack(Money amount) => RefundedMinor -= amount.Minor;
}
