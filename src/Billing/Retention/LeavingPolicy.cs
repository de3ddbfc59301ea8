using Billing.Subscriptions;

namespace Billing.Retention;

/// <summary>The merchant's choices about leaving.</summary>
/// <param name="Refund">What becomes of paid days that are not used.</param>
public sealed record LeavingPolicy(RefundRule Refund);
