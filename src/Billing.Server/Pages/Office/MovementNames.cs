using Billing.Metrics;

namespace Billing.Server.Pages.Office;

/// <summary>The words for each kind of movement, for chart and table alike.</summary>
internal static class MovementNames
{
    public static string Of(MrrMovementKind kind, Tongue t) => kind switch
    {
        MrrMovementKind.New => t["New", "নতুন"],
        MrrMovementKind.Expansion => t["Expansion", "বৃদ্ধি"],
        MrrMovementKind.Contraction => t["Contraction", "হ্রাস"],
        MrrMovementKind.VoluntaryChurn => t["Churn by choice", "নিজে ছেড়েছেন"],
        MrrMovementKind.InvoluntaryChurn => t["Churn unpaid", "টাকা না পেয়ে শেষ"],
        MrrMovementKind.Reactivation => t["Reactivation", "ফিরে আসা"],
        MrrMovementKind.ToBeach => t["To the beach", "বিরতিতে"],
        MrrMovementKind.BackFromBeach => t["Back from the beach", "বিরতি থেকে ফেরা"],
        MrrMovementKind.LostOnBeach => t["Lost on the beach", "বিরতিতেই ছেড়েছেন"],
    };

    public static string About(MrrMovementKind kind, Tongue t) => kind switch
    {
        MrrMovementKind.New => t["A subscription billed for the first time, at its monthly value.", "প্রথমবার বিল হওয়া সাবস্ক্রিপশন, মাসিক মূল্যে।"],
        MrrMovementKind.Expansion => t["It is worth more than at its last bill: seats, a price, or a discount that ran out.", "আগের বিলের চেয়ে বেশি: আসন, দাম, বা শেষ হওয়া ছাড়।"],
        MrrMovementKind.Reactivation => t["It had ended and is billed again.", "শেষ হয়ে আবার চালু।"],
        MrrMovementKind.Contraction => t["It is worth less than at its last bill.", "আগের বিলের চেয়ে কম।"],
        MrrMovementKind.VoluntaryChurn => t["It ended because the customer left.", "গ্রাহক ছেড়েছেন বলে শেষ।"],
        MrrMovementKind.InvoluntaryChurn => t["It ended because nothing could be collected.", "টাকা নেওয়া যায়নি বলে শেষ।"],
        MrrMovementKind.ToBeach => t["It went on a break; the fee of a break is no MRR.", "বিরতিতে গেছে; বিরতির মাশুল MRR নয়।"],
        MrrMovementKind.BackFromBeach => t["It came back from a break, worth what it was worth when it went.", "বিরতি থেকে ফিরেছে, যাওয়ার সময়কার মূল্যে।"],
        MrrMovementKind.LostOnBeach => t["It ended during a break; what it had taken to the beach is taken back on the same day.", "বিরতির মধ্যে শেষ হয়েছে; যা বিরতিতে নিয়ে গিয়েছিল তা সেদিনই ফিরিয়ে নেওয়া হয়।"],
    };
}
