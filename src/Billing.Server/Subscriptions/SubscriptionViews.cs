using Billing.Client.Contract;
using Billing.Server.Http;
using Billing.Subscriptions;

namespace Billing.Server.Subscriptions;

internal static class SubscriptionViews
{
    /// <summary>The subscription as the API shows it.</summary>
    public static SubscriptionView ToView(this Subscription subscription, string planCode) => new(
        subscription.Id.Value, subscription.CustomerId.Value, planCode, Wire.Word(subscription.Lifecycle), subscription.Quantity,
        subscription.Unit.ToAmount(), subscription.Anchor.Cadence.ToView(), subscription.CurrentStart.Iso(), subscription.CurrentEnd.Iso(),
        subscription.CancelAtPeriodEnd, subscription.StartedOn.Iso(), subscription.TrialEndsOn?.Iso(), subscription.EndedOn?.Iso(),
        subscription.EndReason is { } reason ? Wire.Word(reason) : null, subscription.Mrr.ToAmount());
}
