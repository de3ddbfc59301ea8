using Billing.Payments;

namespace Billing.Server.Pages.Office.Payments;

/// <summary>The words for how an attempt stands.</summary>
internal static class AttemptNames
{
    public static string Of(AttemptState state, Tongue t) => state switch
    {
        AttemptState.Started => t["under way", "চলছে"],
        AttemptState.Succeeded => t["paid", "পরিশোধ"],
        AttemptState.Declined => t["declined", "কার্ড দেয়নি"],
        AttemptState.ActionRequired => t["to confirm", "নিশ্চিত করা বাকি"],
        AttemptState.Failed => t["refused as it stood", "গেটওয়ে নেয়নি"],
        AttemptState.Unknown => t["outcome unknown", "ফল অজানা"],
        AttemptState.CapturedLate => t["taken late", "দেরিতে নেওয়া"],
    };

    /// <summary>The colour of its tag.</summary>
    public static string Css(AttemptState state) => state switch
    {
        AttemptState.Succeeded or AttemptState.CapturedLate => "paid",
        AttemptState.Declined or AttemptState.ActionRequired or AttemptState.Started or AttemptState.Unknown => "open",
        AttemptState.Failed => "failed",
    };
}
