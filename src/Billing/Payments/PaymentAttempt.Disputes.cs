namespace Billing.Payments;

/// <content>What the customer's bank took back of it.</content>
public sealed partial class PaymentAttempt
{
    /// <summary>Taken back by lost disputes, in minor units; it cannot be sent back once more.</summary>
    public long LostMinor { get; private set; }

    /// <summary>A dispute was lost: this part of it is gone.</summary>
    internal void LoseToBank(Money amount) => LostMinor += amount.Minor;
}
