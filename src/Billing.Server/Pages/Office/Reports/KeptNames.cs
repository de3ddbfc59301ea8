namespace Billing.Server.Pages.Office.Reports;

/// <summary>The words for breaks by where they were asked for, and for offers, by the words of the wire.</summary>
internal static class KeptNames
{
    public static string OfBreak(string askedHow, Tongue t) => askedHow switch
    {
        "customer" => t["Breaks: asked for by themselves", "বিরতি: নিজে চেয়েছেন"],
        "support" => t["Breaks: through support", "বিরতি: সহায়তার মাধ্যমে"],
        "leaving" => t["Breaks: instead of leaving", "বিরতি: ছাড়ার বদলে"],
        "dunning" => t["Breaks: after a failed payment", "বিরতি: টাকা না যাওয়ার পর"],
        _ => askedHow,
    };

    public static string OfOffer(string kind, Tongue t) => kind switch
    {
        "break" => t["Offer: a break", "প্রস্তাব: বিরতি"],
        "smaller_plan" => t["Offer: a smaller plan", "প্রস্তাব: ছোট প্ল্যান"],
        "discount" => t["Offer: a discount", "প্রস্তাব: ছাড়"],
        "later_payment_day" => t["Offer: a later day to pay", "প্রস্তাব: পরে টাকা দেওয়া"],
        "talk" => t["Offer: a person who listens", "প্রস্তাব: একজন মানুষের সঙ্গে কথা"],
        _ => kind,
    };
}
