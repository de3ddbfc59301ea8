using Billing.Retention;
using Billing.Server.Retention;

namespace Billing.Server.Pages.Language;

/// <content>Leaving.</content>
internal sealed partial class Bengali
{
    public override string LeaveAtEnd(LeaveMeaning meaning)
    {
        var due = meaning.Due.Minor > 0 ? $" এই মেয়াদের {Formats.Money(meaning.Due)} দেওয়া বাকি থাকবে।" : "";
        return $"মেয়াদ শেষে: {Formats.Date(meaning.PeriodEnd.PlusDays(-1))} আপনার শেষ দিন। নতুন করে কোনো টাকা কাটা হবে না, আর ততদিন পর্যন্ত মত বদলাতে পারবেন।{due}";
    }

    public override string LeaveNow(LeaveMeaning meaning)
    {
        List<string> parts = ["এখনই: আজ শেষ হবে।"];
        var days = $"{Formats.Number(meaning.Days)} দিন";
        if (meaning.Refund.Minor > 0) parts.Add(meaning.ToCard
            ? $"যে {days} ব্যবহার করছেন না, তার {Formats.Money(meaning.Refund)} যে কার্ড থেকে দিয়েছিলেন সেখানেই ফেরত যাবে; কার্ডে না দেওয়া অংশ আপনার নামে জমা হবে।"
            : $"যে {days} ব্যবহার করছেন না, তার {Formats.Money(meaning.Refund)} আপনার নামে জমা হবে।");
        if (meaning.Kept.Minor > 0) parts.Add($"দাম দেওয়া আছে এমন {days} ফেরত দেওয়া হবে না।");
        if (meaning.OffDue.Minor > 0) parts.Add($"যে {days} ব্যবহার করছেন না, তার {Formats.Money(meaning.OffDue)} বাকি থেকে বাদ যাবে।");
        if (meaning.Due > meaning.OffDue) parts.Add($"ব্যবহার করা দিনগুলোর {Formats.Money(meaning.Due - meaning.OffDue)} দেওয়া বাকি থাকবে।");
        return string.Join(' ', parts);
    }

    public override string LeaveKeeps => "আপনার বিল ও ইতিহাস রাখা থাকবে, যেকোনো সময় ফিরে আসতে পারবেন।";

    public override string MailboxTitle => "এই স্যান্ডবক্সের চিঠি";
    public override string Mailbox => "গ্রাহকেরা যা পেতেন, নতুনগুলো আগে। মেইল সার্ভার ঠিক করা না থাকলে কিছুই এই মেশিনের বাইরে যায় না।";
    public override string MailboxEmpty => "এখনও কোনো চিঠি লেখা হয়নি।";

    public override string Offer(SaveOffer offer) => offer switch
    {
        SaveOffer.Break away => $"বরং প্রায় {Formats.Number(away.Days)} দিনের বিরতি নিন: সব কিছু যেমন আছে তেমনই আপনার জন্য অপেক্ষা করবে।",
        SaveOffer.SmallerPlan plan => $"{Formats.Money(plan.Price)} দামের {plan.Name} প্ল্যানে যান: পরের মেয়াদ থেকে {Formats.Money(plan.Saving)} কম।",
        SaveOffer.Discount { Periods: 1 } off => $"থেকে যান, পরের মেয়াদে {Formats.Percent(off.BasisPoints)} ছাড়।",
        SaveOffer.Discount off => $"থেকে যান, পরের {Formats.Number(off.Periods)} মেয়াদে {Formats.Percent(off.BasisPoints)} ছাড়।",
        SaveOffer.LaterPaymentDay later => $"পরে দিন: {Formats.Date(later.Latest)} পর্যন্ত একটি দিন বেছে নিন; ততদিন আপনার কার্ড থেকে কিছু নেওয়ার চেষ্টা হবে না।",
        SaveOffer.TalkToAPerson => "একজন মানুষকে বলুন: আপনার লেখা কেউ একজন পড়ে উত্তর দেবেন।",
        _ => throw new InvalidOperationException($"{offer.GetType().Name} is no offer we know."),
    };
}
