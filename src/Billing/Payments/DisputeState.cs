namespace Billing.Payments;

/// <summary>Where a dispute stands: the customer's bank asked for the money back.</summary>
public enum DisputeState
{
    /// <summary>Asked or under review: nothing is chased, nothing is refunded.</summary>
    Open,

    /// <summary>Decided for the merchant, or withdrawn: the money stays.</summary>
    Won,

    /// <summary>Decided for the customer: the money is gone, revenue is reversed.</summary>
    Lost,
}
