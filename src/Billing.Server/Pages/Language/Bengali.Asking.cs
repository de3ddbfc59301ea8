using Billing.Notices;

namespace Billing.Server.Pages.Language;

/// <content>Asking for a payment that did not go through: kind, short, and never a threat.</content>
internal sealed partial class Bengali
{
    private Said Ask(NoticeContent.Asking asking)
    {
        var due = Formats.Money(asking.Due);
        var card = asking.Card is null ? "কার্ড" : CardIs(asking.Card);
        var again = asking.NextTry is { } next ? $"{Formats.Date(next)} তারিখে আবার চেষ্টা করব; আপনার কিছু করতে হবে না।" : null;
        const string Nothing = "কিছুই হারায়নি, সবকিছু আগের মতোই চলছে।";
        return asking.Kind switch
        {
            NoticeKind.CardExpiredAsk => Asked(
                "নতুন কার্ড কি হাতে পেয়েছেন?", $"আপনার {card}-এ ছাপা মেয়াদ পেরিয়ে গেছে, ব্যাংক আর তা গ্রহণ করেনি। {Nothing}",
                "নতুন কার্ড হাতে পেলে আপনার পাতায় যোগ করুন; যা বাকি তা তখনই পরিশোধ হয়ে যাবে।", "নতুন কার্ড যোগ করুন"),
            NoticeKind.PaymentFailed => Asked(
                "আপনার টাকা এখনও নেওয়া যায়নি", $"ব্যাংক {due} ছাড়েনি। এমন হতেই পারে। {Nothing}",
                Sentences(again, "অন্য দিন বা অন্য কার্ড সুবিধা হলে আপনার পাতায় বেছে নিন।"), "দিন বা কার্ড বেছে নিন"),
            NoticeKind.PaymentFixData => Asked(
                "কার্ডটি একবার দেখে নিন", $"আপনার {card}-এর কিছু একটা ব্যাংক চিনতে পারেনি। {Nothing}",
                "অনুগ্রহ করে কার্ডটি আবার দিন, অথবা অন্য একটি দিন।", "কার্ড যোগ করুন"),
            NoticeKind.PaymentNewCard => Asked(
                "আপনার কার্ড আর কাজ করছে না", $"ব্যাংক জানিয়েছে, আপনার {card} আর কাজ করবে না। {Nothing}",
                "অনুগ্রহ করে অন্য একটি কার্ড দিন; যা বাকি তা তখনই পরিশোধ হয়ে যাবে।", "অন্য কার্ড যোগ করুন"),
            NoticeKind.PaymentToConfirm => Asked(
                "ব্যাংক আপনার সম্মতি চায়", $"{due} ছাড়ার আগে ব্যাংক আপনার কাছ থেকে শুনতে চায়। {Nothing}",
                "আপনার পাতায় নিশ্চিত করতে পারেন, অথবা অন্য কার্ড দিতে পারেন।", "নিশ্চিত করুন"),
            NoticeKind.PaymentNeutral => Asked(
                "একটি পেমেন্ট হয়নি", $"আপনার {due} নেওয়া যায়নি। {Nothing}",
                "অনুগ্রহ করে অন্য কার্ড দিন, অথবা ব্যাংকে জিজ্ঞেস করুন।", "অন্য কার্ড যোগ করুন"),
            NoticeKind.ConsentWithdrawn => Asked(
                "আপনি কি ছেড়ে যেতে চান?", "ব্যাংক জানিয়েছে, আপনি চান না যে আমরা আর আপনার কার্ড থেকে টাকা নিই। আমরা থেমে গেছি, আর চেষ্টা করব না।",
                "তা-ই যদি চান, এক ক্লিকেই ছেড়ে যেতে পারেন। না হলে অন্য কার্ড দিতে, বিরতি নিতে বা ছোট প্ল্যানে যেতে পারেন।", MyPage),
            NoticeKind.PromiseBroken => Asked(
                "আজ টাকা নেওয়া যায়নি", $"আপনার বেছে নেওয়া দিনে ব্যাংক {due} ছাড়েনি। {Nothing}",
                Sentences(again, "আপনার পাতায় অন্য দিন বা অন্য কার্ড বেছে নিতে পারেন।"), "দিন বা কার্ড বেছে নিন"),
            NoticeKind.LastCall => Asked(
                "আপনার ব্যবহার থামার আগে", $"{due} এখনও বাকি। বাকিই থাকলে আপনার ব্যবহার কিছুদিন থেমে থাকবে। কিছুই মুছে যাবে না।",
                "এখনই দিন, অন্য দিন বেছে নিন, বিরতি নিন, বা ছোট প্ল্যানে যান: আপনার পাতায় সবই এক ক্লিকে।", "দিন বা বেছে নিন"),
            NoticeKind.Parked => Asked(
                "আপনার সাবস্ক্রিপশন থেমে আছে", "আপনার ব্যবহার এখন থেমে আছে। কিছুই মুছে যায়নি, আর কোনো টাকা কাটা হবে না।",
                "যখন সুবিধা হয়, আপনার পাতায় এক ক্লিকেই সব ফিরে আসবে।", "ফিরে আসুন"),
            _ => throw new InvalidOperationException($"{asking.Kind} asks for nothing."),
        };

        Said Asked(string subject, string lead, string after, string button) => new(
            subject, lead,
            Rows(
                ("বাকি", due), ("কার্ড", asking.Card is null ? null : CardIs(asking.Card)),
                ("আবার চেষ্টা", asking.NextTry is { } on ? Formats.Date(on) : null),
                ("ব্যবহার থামবে", asking.AccessUntil is { } rests ? Formats.Date(rests) : null)),
            after, button);
    }
}
