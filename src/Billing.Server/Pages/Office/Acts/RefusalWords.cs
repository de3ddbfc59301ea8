namespace Billing.Server.Pages.Office.Acts;

/// <summary>Refusals in the reader's language. The rules speak English; what the staff meets most is here in Bengali too.</summary>
internal static class RefusalWords
{
    public static string Of(string code, string english, Tongue t) => t.IsBengali ? Bengali(code) ?? $"এটি করা যায় না: {english}" : english;

    private static string? Bengali(string code) => code switch
    {
        "why_missing" => "কারণটা লিখুন; পরে যিনি দেখবেন তাঁর কাজে লাগবে।",
        "not_an_amount" => "টাকার অঙ্ক লিখুন, যেমন ১২.৫০।",
        "not_a_number" => "পূর্ণ সংখ্যা লিখুন।",
        "not_empty" => "এটি খালি রাখা যায় না।",
        "email" => "এটি মেইল ঠিকানার মতো লাগছে না।",
        "changed_meanwhile" or "version_mismatch" => "এর মধ্যে অন্য কেউ এটি বদলেছেন; কিছুই করা হয়নি। আবার দেখুন।",
        "not_found" => "এটি আর নেই।",
        "payment_in_progress" => "এই বিলের টাকা নেওয়ার কাজ চলছে; ফল আসা পর্যন্ত অপেক্ষা করুন।",
        "unknown_time_zone" => "এমন সময় অঞ্চল নেই।",
        "external_id_taken" => "এই নম্বর অন্য গ্রাহকের।",
        "unknown_discount" => "এমন ছাড় নেই।",
        "too_many_discounts" => "এতে আর ছাড় দেওয়া যায় না।",
        "subscription_ended" => "সাবস্ক্রিপশনটি শেষ হয়ে গেছে।",
        "cancel_already_planned" => "শেষ হওয়া আগেই ঠিক করা আছে।",
        "break_too_short" or "break_too_long" or "day_out_of_range" => "এই দিনটি প্ল্যানের শর্তের মধ্যে পড়ে না।",
        "amount_out_of_range" => "অঙ্কটি সীমার বাইরে।",
        "already_staff" => "এই ঠিকানার কেউ এখানে আগে থেকেই কাজ করেন।",
        "name_taken" => "এই নামে ইতিহাসে অন্য একজন আছেন।",
        "last_admin" => "অন্তত একজন অ্যাডমিন থাকতে হয়: আগে অন্য কাউকে অ্যাডমিন করুন।",
        "run_in_progress" => "একটি রান চলছে।",
        "notice_too_short" => "গ্রাহকদের ৩০ দিন আগে জানাতে হয়।",
        "code_taken" => "এই কোড আগে থেকেই আছে।",
        _ => null,
    };
}
