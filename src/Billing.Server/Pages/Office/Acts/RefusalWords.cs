using System.Collections.Frozen;

namespace Billing.Server.Pages.Office.Acts;

/// <summary>Refusals in the reader's language, by their code. The rules speak English; each of them has its Bengali here.</summary>
internal static class RefusalWords
{
    private static readonly FrozenDictionary<string, string> Bengali = new Dictionary<string, string>
    {
        // Fields.
        ["why_missing"] = "কারণটা লিখুন; পরে যিনি দেখবেন তাঁর কাজে লাগবে।",
        ["not_an_amount"] = "টাকার অঙ্ক লিখুন, যেমন ১২.৫০।",
        ["not_a_number"] = "পূর্ণ সংখ্যা লিখুন।",
        ["not_empty"] = "এটি খালি রাখা যায় না।",
        ["email"] = "এটি মেইল ঠিকানার মতো লাগছে না।",
        ["maximum_length"] = "লেখাটি বেশি লম্বা।",
        ["length"] = "লেখাটির দৈর্ঘ্য ঠিক নয়।",
        ["exact_length"] = "লেখাটির দৈর্ঘ্য ঠিক নয়।",
        ["regular_expression"] = "এভাবে লেখা যায় না; উদাহরণ দেখে লিখুন।",
        ["predicate"] = "এটি ঠিকভাবে লেখা হয়নি।",
        ["inclusive_between"] = "সংখ্যাটি সীমার বাইরে।",
        ["greater_than"] = "সংখ্যাটি আরও বড় হতে হবে।",
        ["greater_than_or_equal"] = "সংখ্যাটি আরও বড় হতে হবে।",
        ["less_than"] = "সংখ্যাটি আরও ছোট হতে হবে।",
        ["equal"] = "এখানে এটি হতে পারে না।",
        ["amount_out_of_range"] = "অঙ্কটি সীমার বাইরে।",
        ["amount_overflow"] = "অঙ্কটি অতিরিক্ত বড়।",
        ["quantity_out_of_range"] = "সংখ্যাটি সীমার বাইরে।",
        ["currency_mismatch"] = "এই গ্রাহকের মুদ্রা অন্য।",
        ["bad_parameter"] = "এটি ঠিকভাবে লেখা হয়নি।",
        ["month_not_over"] = "পৃথিবীর সব জায়গায় মাস শেষ হওয়ার এক ঘণ্টা পর মাস বন্ধ করা যায়।",
        ["month_closed"] = "এই মাস আগেই বন্ধ হয়েছে।",
        ["month_before_is_open"] = "আগের মাসটি আগে বন্ধ করুন।",
        ["days_not_delivered"] = "এই মাসের কিছু দিন এখনও আয়ে যায়নি; পরের বিলিং রান তা লিখবে।",
        ["books_differ"] = "একটি হিসাব তার কাগজপত্রের সঙ্গে মেলে না; নিচের সারণি দেখুন।",
        ["unknown_currency"] = "এমন মুদ্রার কোড নেই।",
        ["unknown_time_zone"] = "এমন সময় অঞ্চল নেই।",
        ["unknown_cadence"] = "সময় গোনা হয় দিন, সপ্তাহ, মাস বা বছরে।",
        ["cadence_out_of_range"] = "মেয়াদটি সীমার বাইরে।",

        // Everything.
        ["changed_meanwhile"] = "এর মধ্যে অন্য কেউ এটি বদলেছেন; কিছুই করা হয়নি। আবার দেখুন।",
        ["version_mismatch"] = "এর মধ্যে অন্য কেউ এটি বদলেছেন; কিছুই করা হয়নি। আবার দেখুন।",
        ["already_exists"] = "একই মুহূর্তে অন্য কেউ এটি করেছেন; কিছুই করা হয়নি।",
        ["not_found"] = "এটি আর নেই।",

        // Customers and subscriptions.
        ["external_id_taken"] = "এই নম্বর অন্য গ্রাহকের।",
        ["unknown_discount"] = "এমন ছাড় নেই।",
        ["too_many_discounts"] = "এতে আর ছাড় দেওয়া যায় না।",
        ["discount_out_of_range"] = "ছাড়টি সীমার বাইরে।",
        ["subscription_ended"] = "সাবস্ক্রিপশনটি শেষ হয়ে গেছে।",
        ["subscription_not_ended"] = "সাবস্ক্রিপশনটি শেষ হয়নি।",
        ["cancel_already_planned"] = "শেষ হওয়া আগেই ঠিক করা আছে।",
        ["cancel_planned"] = "শেষ হওয়া ঠিক করা আছে; আগে সেটি ফিরিয়ে নিন।",
        ["no_cancel_planned"] = "শেষ হওয়া ঠিক করা নেই।",
        ["no_change_planned"] = "কোনো পরিবর্তন ঠিক করা নেই।",
        ["already_subscribed"] = "এই প্ল্যান গ্রাহকের আগে থেকেই আছে।",
        ["renewal_due"] = "পরের মেয়াদের বিল এখনই হচ্ছে; কয়েক মিনিট পরে আবার করুন।",
        ["parked"] = "বাকি না মেটা পর্যন্ত ব্যবহার স্থগিত; আগে ফিরে আসতে হবে।",
        ["nothing_changes"] = "ঠিক এটাই আছে, বদলানোর কিছু নেই।",

        // Breaks.
        ["break_too_short"] = "বিরতি এর চেয়ে লম্বা হতে হবে।",
        ["break_too_long"] = "বিরতি এত লম্বা হতে পারে না।",
        ["break_too_soon"] = "দুটি বিরতির মাঝে এখনও যথেষ্ট দিন যায়নি।",
        ["break_in_trial"] = "বিনামূল্যের সময়ে বিরতির দরকার নেই।",
        ["break_planned"] = "একটি বিরতি ঠিক করা আছে; আগে সেটি ফিরিয়ে নিন।",
        ["too_many_breaks"] = "এ বছরের সব বিরতি নেওয়া হয়ে গেছে।",
        ["no_breaks"] = "এই প্ল্যানে এই মুদ্রায় বিরতি নেই।",
        ["no_break_planned"] = "কোনো বিরতি ঠিক করা নেই।",
        ["not_on_a_break"] = "কোনো বিরতি চলছে না।",
        ["on_a_break"] = "গ্রাহক বিরতিতে আছেন; আগে ফিরে আসতে হবে।",
        ["return_not_later"] = "নতুন দিনটি ফেরার দিনের ও আজকের পরে হতে হবে।",

        // Invoices and money.
        ["invoice_not_open"] = "এই বিল আর খোলা নেই, বা কিছুটা পরিশোধ হয়ে গেছে।",
        ["invoice_not_issued"] = "কেবল দেওয়া বিলের ফেরতপত্র হয়।",
        ["invoice_still_due"] = "এই বিলের কিছু এখনও বাকি; আগে সেটুকুর ফেরতপত্র লিখুন।",
        ["credit_exceeds_invoice"] = "বিলের চেয়ে বেশি ফেরত লেখা যায় না।",
        ["payment_in_progress"] = "এই বিলের টাকা নেওয়ার কাজ চলছে; ফল আসা পর্যন্ত অপেক্ষা করুন।",
        ["payment_settled"] = "এই লেনদেনের ফল জানা হয়ে গেছে।",
        ["payment_not_captured"] = "গেটওয়ে এর কোনো নম্বর দেয়নি; সেখান থেকেই ফেরত পাঠান।",
        ["payment_disputed"] = "ব্যাংক একটি টাকা ফেরত চাইছে; তা না মেটা পর্যন্ত কিছু ফেরত পাঠানো হয় না।",
        ["gateway_still_asked"] = "গেটওয়েকে এখনও জিজ্ঞেস করা হচ্ছে; একটু পরে মানুষ উত্তর দিতে পারবেন।",
        ["refund_exceeds_payment"] = "এই লেনদেনের এতটা ফেরত দেওয়া যায় না।",
        ["amount_not_chargeable"] = "এই মুদ্রার শেষ অঙ্কটি কার্ডে ফেরত যায় না; অঙ্কটি শূন্যে শেষ করুন।",
        ["not_enough_credit"] = "গ্রাহকের এত জমা নেই।",
        ["reference_used"] = "এই বিলের অন্য টাকায় এই সূত্র আগেই লেখা আছে।",
        ["dispute_open"] = "ব্যাংক এখনও ঠিক করেনি; তার আগে গ্রাহককে কিছু বলা হয় না।",

        // Failed payments.
        ["case_closed"] = "এখন কিছু চাওয়া হচ্ছে না।",
        ["day_out_of_range"] = "এই দিনটি সীমার মধ্যে পড়ে না।",
        ["promises_used_up"] = "যতবার দিন বেছে নেওয়া যায় ততবার নেওয়া হয়ে গেছে।",
        ["no_day_chosen"] = "কোনো দিন বেছে নেওয়া নেই।",

        // Plans.
        ["code_taken"] = "এই কোড আগে থেকেই আছে।",
        ["plan_retired"] = "এই প্ল্যান আর বিক্রি হয় না।",
        ["unknown_plan"] = "এই কোডের কোনো প্ল্যান নেই।",
        ["trial_out_of_range"] = "বিনামূল্যের সময় সীমার বাইরে।",
        ["no_price"] = "এই মুদ্রা ও সময়ে কোনো দাম নেই।",
        ["no_older_price"] = "কেউ দিতে পারেন এমন পুরোনো দাম নেই।",
        ["notice_too_short"] = "গ্রাহকদের ৩০ দিন আগে জানাতে হয়।",
        ["notice_too_long"] = "দাম বদল এত আগে ঠিক করা যায় না।",
        ["price_move_exists"] = "এই দামে বদল আগেই ঠিক করা আছে; দিন বদলাতে সেটি ফিরিয়ে নিন।",
        ["price_move_begun"] = "গ্রাহকেরা নতুন দাম দিতে শুরু করেছেন।",
        ["price_move_withdrawn"] = "এই বদল আগেই ফিরিয়ে নেওয়া হয়েছে।",

        // The house.
        ["already_staff"] = "এই ঠিকানার কেউ এখানে আগে থেকেই কাজ করেন।",
        ["name_taken"] = "এই নামে ইতিহাসে অন্য একজন আছেন।",
        ["last_admin"] = "অন্তত একজন অ্যাডমিন থাকতে হয়: আগে অন্য কাউকে অ্যাডমিন করুন।",
        ["key_expired"] = "এই চাবি শেষ হয়ে গেছে; নতুন একটি বানান।",
        ["run_in_progress"] = "একটি রান চলছে।",
        ["notice_unknown"] = "এই ধরনের খবর অচেনা; দেখার কিছু নেই।",
        ["notice_not_given_up"] = "বার্তাটি হাল ছেড়ে দেওয়া নয়; আবার পাঠানোর কিছু নেই।",
        ["policy_not_usable"] = "এই নীতি ব্যবহার করা যাবে না।",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static string Of(string code, string english, Tongue t) => t.IsBengali ? Find(code) ?? "এখন এটি করা যায় না। কিছুই বদলায়নি।" : english;

    /// <summary>The Bengali of a refusal; nothing for a code no form of the office meets.</summary>
    public static string? Find(string code) => Bengali.GetValueOrDefault(code);
}
