using Billing.Retention;

namespace Billing.Server.Pages.Office.History;

/// <summary>The words for each kind of offer.</summary>
internal static class OfferNames
{
    public static string Of(OfferKind kind, Tongue t) => kind switch
    {
        OfferKind.Break => t["a break", "বিরতি"],
        OfferKind.SmallerPlan => t["a smaller plan", "ছোট প্ল্যান"],
        OfferKind.Discount => t["a discount", "ছাড়"],
        OfferKind.LaterPaymentDay => t["a later day to pay", "টাকা দেওয়ার পরের দিন"],
        OfferKind.Talk => t["a talk", "কথা বলা"],
    };
}
