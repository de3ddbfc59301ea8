namespace Billing.Subscriptions;

/// <summary>What a customer may use. A failed payment alone never changes it.</summary>
public enum Access
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>To look, not to touch.</summary>
    ReadOnly,

    /// <summary>Everything that was bought.</summary>
    Full,
}
