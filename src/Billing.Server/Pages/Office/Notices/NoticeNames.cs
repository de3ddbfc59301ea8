using Billing.Notices;
using Billing.Server.Notices;

namespace Billing.Server.Pages.Office.Notices;

/// <summary>The words for each kind of message, and for what became of one.</summary>
internal static class NoticeNames
{
    public static string Of(NoticeKind kind, Tongue t) => kind switch
    {
        NoticeKind.Receipt => t["a receipt", "রসিদ"],
        NoticeKind.PriceMoveAhead => t["a new price", "নতুন দাম"],
        NoticeKind.PriceMoveOff => t["the new price is off", "নতুন দাম বাতিল"],
        NoticeKind.TrialEnding => t["the trial ends", "বিনামূল্যের সময় শেষ"],
        NoticeKind.RenewalAhead => t["a renewal ahead", "সামনে নবায়ন"],
        NoticeKind.BreakPlanned => t["a break is planned", "বিরতি ঠিক"],
        NoticeKind.BreakBegun => t["a break begins", "বিরতি শুরু"],
        NoticeKind.BreakExtended => t["a break is longer", "বিরতি বেড়েছে"],
        NoticeKind.ReturnAhead => t["the return comes near", "ফেরার সময় কাছে"],
        NoticeKind.BreakEnded => t["a break ended", "বিরতি শেষ"],
        NoticeKind.CancelPlanned => t["the end is planned", "শেষ হওয়া ঠিক"],
        NoticeKind.CancelWithdrawn => t["it goes on", "চলবে"],
        NoticeKind.Ended => t["it ended", "শেষ হয়েছে"],
        NoticeKind.CameBack => t["welcome back", "আবার স্বাগতম"],
        NoticeKind.CardAdded => t["a new card", "নতুন কার্ড"],
        NoticeKind.Credited => t["credit", "জমা"],
        NoticeKind.CardExpiredAsk => t["the card expired", "কার্ডের মেয়াদ শেষ"],
        NoticeKind.PaymentFailed => t["a payment failed", "টাকা নেওয়া যায়নি"],
        NoticeKind.PaymentFixData => t["please look at the card's data", "কার্ডের তথ্য দেখুন"],
        NoticeKind.PaymentNewCard => t["please put in another card", "অন্য কার্ড দিন"],
        NoticeKind.PaymentToConfirm => t["please confirm with the bank", "ব্যাংকে নিশ্চিত করুন"],
        NoticeKind.PaymentNeutral => t["a payment did not go through", "লেনদেন হয়নি"],
        NoticeKind.ConsentWithdrawn => t["the bank says no more charges", "ব্যাংক বলছে আর নেওয়া যাবে না"],
        NoticeKind.PromiseBroken => t["the chosen day passed", "বেছে নেওয়া দিন পেরিয়েছে"],
        NoticeKind.LastCall => t["a last word before parking", "স্থগিতের আগে শেষ কথা"],
        NoticeKind.Parked => t["parked", "স্থগিত"],
        NoticeKind.PaidThanks => t["thanks for paying", "টাকার জন্য ধন্যবাদ"],
    };

    public static string Of(NoticeState state, Tongue t) => state switch
    {
        NoticeState.Planned => t["planned", "ঠিক করা"],
        NoticeState.Written => t["written", "লেখা হয়েছে"],
        NoticeState.Sent => t["sent", "গেছে"],
        NoticeState.Withdrawn => t["no longer true, not sent", "আর সত্য নয়, যায়নি"],
        NoticeState.GivenUp => t["given up", "পাঠানো যায়নি"],
    };

    public static string Of(NoticeWeight weight, Tongue t) => weight switch
    {
        NoticeWeight.Courtesy => t["a courtesy: the customer may switch it off", "সৌজন্য: গ্রাহক বন্ধ করতে পারেন"],
        NoticeWeight.Answer => t["confirms what the customer did", "গ্রাহক যা করেছেন তা জানায়"],
        NoticeWeight.Asking => t["asks: never on a weekend", "কিছু চায়: ছুটির দিনে কখনও না"],
        NoticeWeight.Promise => t["said before something happens", "কিছু হওয়ার আগে জানায়"],
        _ => throw new InvalidOperationException($"{weight} is no weight."),
    };

    public static string Of(Voice voice, Tongue t) => voice switch
    {
        Voice.Mail => t["by mail", "মেইলে"],
        Voice.App => t["by the main app", "মূল অ্যাপে"],
        Voice.Nobody => t["switched off", "বন্ধ"],
    };

    /// <summary>The colour of its tag.</summary>
    public static string Css(NoticeState state) => state switch
    {
        NoticeState.Sent => "paid",
        NoticeState.Planned or NoticeState.Written => "open",
        NoticeState.GivenUp => "failed",
        NoticeState.Withdrawn => "void",
    };
}
