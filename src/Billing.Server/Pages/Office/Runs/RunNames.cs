using Billing.Server.BillingRun;

namespace Billing.Server.Pages.Office.Runs;

/// <summary>The words for runs and their passes.</summary>
internal static class RunNames
{
    public static string Of(RunState state, Tongue t) => state switch
    {
        RunState.Running => t["under way", "চলছে"],
        RunState.Finished => t["finished", "শেষ"],
        RunState.Interrupted => t["interrupted", "মাঝপথে থেমেছে"],
        RunState.Failed => t["failed", "ব্যর্থ"],
    };

    /// <summary>What a pass does, in a few words; its own name where it has none here.</summary>
    public static string Pass(string name, Tongue t) => name switch
    {
        "resolve" => t["ask what became of payments", "লেনদেনের ফল জানা"],
        "announce price moves" => t["announce price moves", "নতুন দাম জানানো"],
        "breaks" => t["breaks", "বিরতি"],
        "renew" => t["bill periods", "মেয়াদের বিল"],
        "collect" => t["collect", "টাকা নেওয়া"],
        "look back" => t["look back on leavers", "যাঁরা ছেড়েছেন তাঁদের দেখা"],
        "close the day" => t["close the day", "দিনের হিসাব"],
        "deliver" => t["deliver letters", "চিঠি পাঠানো"],
        "refund" => t["send money back", "টাকা ফেরত পাঠানো"],
        "expired cards" => t["look at expired cards", "মেয়াদ পেরোনো কার্ড দেখা"],
        "card news" => t["hear of new cards", "নতুন কার্ডের খবর"],
        "dunning" => t["ask for failed payments", "না পাওয়া টাকা চাওয়া"],
        "notices" => t["write messages", "বার্তা লেখা"],
        "notices in" => t["read the gateway's notices", "গেটওয়ের খবর পড়া"],
        "publish" => t["tell the main app", "মূল অ্যাপকে জানানো"],
        "webhooks" => t["deliver to the main app", "মূল অ্যাপে পাঠানো"],
        "reconcile" => t["compare the books", "হিসাব মেলানো"],
        _ => name,
    };
}
