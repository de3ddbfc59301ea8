namespace Billing.Client.Contract;

/// <summary>A subscription that was taken up again after its end.</summary>
/// <param name="Price">
/// <c>kept</c>: what was paid before, for who comes back within 90 days of the end; <c>todays</c>: what the plan costs now.
/// </param>
/// <param name="Subscription">As it is now.</param>
public sealed record CameBackView(string Price, SubscriptionView Subscription) : IVersionedView
{
    /// <inheritdoc/>
    public int Version => Subscription.Version;
}
