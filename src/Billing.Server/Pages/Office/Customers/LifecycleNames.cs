using Billing.Subscriptions;

namespace Billing.Server.Pages.Office.Customers;

/// <summary>Where a subscription is in its life, in a word.</summary>
internal static class LifecycleNames
{
    public static string Of(Lifecycle lifecycle, bool ending, Tongue t) => lifecycle switch
    {
        Lifecycle.Ended => t["ended", "শেষ"],
        Lifecycle.Trialing or Lifecycle.Active or Lifecycle.Paused or Lifecycle.Parked when ending => t["ending", "শেষ হচ্ছে"],
        Lifecycle.Trialing => t["free trial", "বিনামূল্যে পরীক্ষা"],
        Lifecycle.Active => t["active", "চালু"],
        Lifecycle.Parked => t["parked", "স্থগিত"],
        Lifecycle.Paused => t["On the Beach", "বিরতিতে"],
    };
}
