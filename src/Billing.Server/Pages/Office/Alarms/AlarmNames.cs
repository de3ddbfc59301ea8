using Billing.Server.Alarms;

namespace Billing.Server.Pages.Office.Alarms;

/// <summary>The words for each kind of alarm; one that is new stands under its own name until it has some.</summary>
internal static class AlarmNames
{
    public static string Of(AlarmKind kind, Tongue t) => kind switch
    {
        AlarmKind.ChargeRefused => t["A charge was refused", "টাকা নেওয়া প্রত্যাখ্যাত"],
        AlarmKind.OutcomeUnknown => t["An outcome is unknown", "ফল অজানা"],
        AlarmKind.Overpayment => t["Money nobody wanted", "অতিরিক্ত টাকা এসেছে"],
        AlarmKind.RefundFailed => t["A refund failed", "ফেরত যায়নি"],
        AlarmKind.Dispute => t["A dispute", "বিরোধ"],
        AlarmKind.NoticeUnknown => t["An unknown notice of the gateway", "গেটওয়ের অচেনা খবর"],
        AlarmKind.NoticeFailed => t["A notice could not be worked through", "খবরটি কাজে লাগানো যায়নি"],
        AlarmKind.ClockDiffers => t["Our clock and the gateway's differ", "আমাদের ও গেটওয়ের ঘড়ি মেলে না"],
        AlarmKind.BooksDiffer => t["Our books and the gateway's differ", "আমাদের ও গেটওয়ের হিসাব মেলে না"],
    };
}
