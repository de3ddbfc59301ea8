namespace Billing.Server.Pages.Office.Breaks;

/// <summary>The words for what may keep somebody from coming back.</summary>
internal static class RiskNames
{
    public static string Of(ReturnRisk risk, Tongue t) => risk switch
    {
        ReturnRisk.NoCard => t["no card", "কার্ড নেই"],
        ReturnRisk.CardExpires => t["card will have expired", "কার্ডের মেয়াদ পেরোবে"],
        ReturnRisk.Owes => t["an open invoice", "বিল বাকি"],
        ReturnRisk.Extended => t["extended before", "আগে বাড়িয়েছেন"],
    };
}
