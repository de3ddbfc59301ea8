using Billing.Periods;
using Billing.Retention;
using NodaTime;

namespace Billing.Server.Pages.Language;

/// <content>What one can do on one's own page, what was done, and what could not be.</content>
internal sealed partial class Bengali
{
    public override string OwnName => "বাংলা";

    public override string Offline => "এখন ইন্টারনেট সংযোগ নেই, তাই কিছুই পাঠানো হয়নি। সবকিছু আগের মতোই আছে; সংযোগ এলে আবার চাপুন।";
    public override string TroubleTitle => "কিছুই বদলায়নি";
    public override string Trouble(string code) => code switch
    {
        "version_mismatch" or "changed_meanwhile" or "already_exists" or "quote_stale" =>
            "যে পাতাটি খোলা ছিল তার পরে কিছু বদলেছে। হয়তো দুবার চাপ পড়েছে, বা অন্য জানালায় কিছু বদলেছেন। কিছুই দুবার হয়নি, দুবার টাকাও কাটা হয়নি। এখন কী অবস্থা তা আপনার পাতায় দেখতে পাবেন।",
        "payment_in_progress" => "একটি লেনদেন চলছে। এক মিনিট সময় দিন; দুবার টাকা কাটা হবে না।",
        "invoice_not_open" => "এই বিল আগেই মিটে গেছে। দ্বিতীয়বার টাকা কাটা হয়নি।",
        "no_card" => "দাম দেওয়ার জন্য এখনও কোনো কার্ড নেই। আগে একটি কার্ড দিন।",
        "card_declined" => "ব্যাংক এই কার্ড গ্রহণ করেনি। আপনার আগের কার্ড আগের মতোই আছে; অন্য একটি দিয়ে দেখুন।",
        "card_token_unknown" => "এই কার্ডটি চেনা গেল না। আপনার আগের কার্ড আগের মতোই আছে; আবার চেষ্টা করুন।",
        "no_breaks" => "এই প্ল্যানে বিরতি নেই।",
        "break_in_trial" => "বিনামূল্যে পরীক্ষার সময় কিছু দিতে হয় না, তাই বিরতির দরকার নেই।",
        "break_too_short" => "বিরতি আর একটু লম্বা হতে হবে। পরের কোনো দিন বেছে নিন।",
        "break_too_long" => "বিরতি এত লম্বা হতে পারে না। আগের কোনো দিন বেছে নিন।",
        "too_many_breaks" => "এ বছরের সব বিরতি নেওয়া হয়ে গেছে। চাইলে ছেড়ে গিয়ে যেকোনো সময় ফিরে আসতে পারেন; সবকিছু ঠিকঠাক থাকবে।",
        "break_too_soon" => "আরেকটি বিরতির জন্য একটু তাড়াতাড়ি হয়ে গেল। চাইলে ছেড়ে গিয়ে যেকোনো সময় ফিরে আসতে পারেন; সবকিছু ঠিকঠাক থাকবে।",
        "on_a_break" => "আপনি এখনই সৈকতে, বিরতিতে আছেন।",
        "break_planned" => "একটি বিরতি আগেই ঠিক করা আছে। আপনার পাতায় সেটি ফিরিয়ে নিতে বা বদলাতে পারেন।",
        "not_on_a_break" or "no_break_planned" => "আপনি আর বিরতিতে নেই।",
        "return_not_later" => "এই দিনটি আপনার ফেরার দিনের পরে নয়।",
        "cancel_planned" or "cancel_already_planned" => "আপনার সাবস্ক্রিপশন শেষ হতে চলেছে। আগে আপনার পাতায় সেটি ফিরিয়ে নিতে পারেন।",
        "no_cancel_planned" => "আপনি আগে থেকেই থাকছেন।",
        "renewal_due" => "আপনার পরের মেয়াদের হিসাব এখনই হচ্ছে। কয়েক মিনিট পরে আবার চেষ্টা করুন।",
        "subscription_ended" => "এই সাবস্ক্রিপশন শেষ হয়ে গেছে। আপনার পাতা থেকে ফিরে আসতে পারেন।",
        "subscription_not_ended" => "আপনি আগেই ফিরে এসেছেন।",
        "plan_retired" or "no_price" or "unknown_plan" => "এই প্ল্যান এখন আর দেওয়া হয় না।",
        "already_subscribed" => "এই প্ল্যান আপনার আগে থেকেই আছে।",
        "nothing_changes" => "আপনার ঠিক এটাই আছে, তাই বদলানোর কিছু নেই।",
        "quantity_out_of_range" => "আসনের সংখ্যা ১ থেকে ১০,০০,০০০-এর মধ্যে দিন।",
        "no_change_planned" => "এখন আর কোনো পরিবর্তন ঠিক করা নেই।",
        "session_closed" => "এটি আপনি আগেই ঠিক করেছেন। এখন কী অবস্থা তা আপনার পাতায় দেখতে পাবেন।",
        "offer_expired" or "no_offer" => "এই প্রস্তাবটি আর নেই। আপনি চাইলে ছেড়ে যেতে পারেন, বা যেমন আছেন তেমনই থাকতে পারেন।",
        "day_out_of_range" or "payment_day_missing" => "অনুগ্রহ করে অন্য একটি দিন বেছে নিন।",
        "promises_used_up" => "যতবার দিন বেছে নেওয়া যায় ততবার নেওয়া হয়ে গেছে। এখনও এখনই দাম দিতে, অন্য কার্ড দিতে, বিরতি নিতে বা ছেড়ে যেতে পারেন।",
        "case_closed" => "এখন আর কিছু চাওয়া হচ্ছে না, তাই দিন বাছার দরকার নেই।",
        "no_day_chosen" => "এখন আর কোনো দিন ঠিক করা নেই।",
        "card_is_default" => "এই কার্ড থেকেই তো নেওয়া হয়।",
        "no_backup_card" => "এখন আর কোনো দ্বিতীয় কার্ড নেই।",
        "nothing_open" => "এখন আর কিছু বাকি নেই। দ্বিতীয়বার টাকা কাটা হয়নি।",
        "card_not_usable" => "আপনার ব্যাংক এই কার্ড থেকে এই টাকা দেবে না। কোনো টাকা কাটা হয়নি। অন্য কার্ডে এক মিনিটেই হয়ে যাবে।",
        "card_limit_reached" => "এই কার্ডে আপাতত যথেষ্টবার চেষ্টা হয়েছে, তাই আর চেষ্টা হয়নি। কোনো টাকা কাটা হয়নি। অন্য কার্ড দিতে, বা একটি দিন বেছে নিতে পারেন।",
        _ => "এখন এটি করা যাচ্ছে না। কিছুই বদলায়নি, কোনো টাকাও কাটা হয়নি। বারবার এমন হলে আমাদের লিখুন।",
    };

    public override string ComeBack => "ফিরে আসুন";
    public override string ComeBackMeans(string plan, Money price, Cadence cadence, LocalDate nextOn, LocalDate today) =>
        $"সবকিছু যেমন রেখে গেছেন তেমনই আছে: {plan}, {Every(cadence)} {Formats.Money(price)}। " + (nextOn <= today
            ? "আজ নতুন মেয়াদ শুরু হবে, আর আজই টাকা নেওয়া হবে।"
            : $"যে সময়ের দাম দেওয়া আছে তা চলবে; পরের টাকা নেওয়া হবে {Formats.Date(nextOn)} তারিখে।");
    public override string StayAfterAll => "থেকে যাই";
    public override string WhatThisMeans => "এর মানে কী";

    public override string DoneSay(CustomerAct act) => act switch
    {
        CustomerAct.BreakTaken => "হয়ে গেছে। আপনার বিরতি ঠিক করা হলো।",
        CustomerAct.BreakExtended => "হয়ে গেছে। আপনি আরও কিছুদিন বিরতিতে থাকছেন।",
        CustomerAct.BreakEnded => "আবার স্বাগতম।",
        CustomerAct.BreakWithdrawn => "হয়ে গেছে। বিরতিটি ফিরিয়ে নেওয়া হলো।",
        CustomerAct.PlanChanged => "হয়ে গেছে। আপনার প্ল্যান বদলানো হলো।",
        CustomerAct.ChangePlanned => "হয়ে গেছে। পরিবর্তনটি ঠিক করা হলো।",
        CustomerAct.ChangeWithdrawn => "হয়ে গেছে। আপনার যা আছে তাই থাকছে।",
        CustomerAct.Left => "হয়ে গেছে। আমাদের সঙ্গে থাকার জন্য ধন্যবাদ।",
        CustomerAct.Stayed => "আপনি থাকছেন জেনে আমরা খুশি।",
        CustomerAct.OfferTaken => "হয়ে গেছে। আপনি থাকছেন জেনে আমরা খুশি।",
        CustomerAct.LeaveWithdrawn => "হয়ে গেছে। আপনি থাকছেন জেনে আমরা খুশি।",
        CustomerAct.CameBack => "আবার স্বাগতম।",
        CustomerAct.CardAdded => "হয়ে গেছে। আপনার নতুন কার্ড রাখা হলো।",
        CustomerAct.CardChosen => "হয়ে গেছে। এখন থেকে ওই কার্ড থেকে নেওয়া হবে।",
        CustomerAct.Paid => "ধন্যবাদ। দাম দেওয়া হয়ে গেছে।",
        CustomerAct.DetailsChanged => "রাখা হলো।",
        CustomerAct.DayChosen => "হয়ে গেছে। সেদিন সকালের আগে আমরা কিছু চাইব না।",
        CustomerAct.DayWithdrawn => "হয়ে গেছে। দিনটি ফিরিয়ে নেওয়া হলো।",
        CustomerAct.BackupAgreed => "ধন্যবাদ। সাধারণ কার্ডে না হলে তবেই ওই কার্ড ব্যবহার হবে।",
        CustomerAct.BackupWithdrawn => "হয়ে গেছে। ওই কার্ড আর বদলি হিসেবে ব্যবহার হবে না।",
    };

    public override string HowEasy => "কাজটি কতটা সহজ ছিল?";
    public override string VeryHard => "খুব কঠিন";
    public override string VeryEasy => "খুব সহজ";
    public override string EaseOf(int ease) => $"{Formats.Number(Feedback.Easiest)}-এর মধ্যে {Formats.Number(ease)}; {Formats.Number(Feedback.Easiest)} মানে খুব সহজ";
    public override string OneSentence => "চাইলে সংখ্যা চাপার আগে একটি বাক্য লিখুন";
    public override string ThanksForWords => "ধন্যবাদ। একজন মানুষ এটি পড়বেন।";

    public override string YourDetails => "আপনার তথ্য";
    public override string DetailsAndData => "ভাষা, সময় অঞ্চল, আপনার তথ্য";
    public override string LanguageLabel => "পাতা ও মেইলের ভাষা";
    public override string ZoneLabel => "সময় অঞ্চল";
    public override string ZoneHint => "আপনার দিন সেখানকার হিসাবে গোনা হয়। বদলালে পরের মেয়াদ থেকে ধরা হবে।";
    public override string WhatWeHold => "আপনার সম্পর্কে যা রাখা আছে";
    public override string WhatWeHoldText => "সবকিছু একটি ফাইলে: আমাদের কাছে আপনার পরিচয়, আপনার যা আছে, বিল, লেনদেন, মেইল, আর যা যা হয়েছে তার তারিখ। কার্ডের নম্বর এতে নেই: তা কখনো আমাদের কাছে আসে না।";
    public override string Download => "নামিয়ে নিন";
    public override string Save => "রাখুন";
    public override string ConfirmWithBank => "ব্যাংকে নিশ্চিত করুন";
}
