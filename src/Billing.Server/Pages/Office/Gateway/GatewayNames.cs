using Billing.Payments;
using Billing.Server.Payments.Inbox;

namespace Billing.Server.Pages.Office.Gateway;

/// <summary>The words for how a notice, a dispute or a refund stands, and the colour of its tag.</summary>
internal static class GatewayNames
{
    public static (string Words, string Css) Of(InboxState state, Tongue t) => state switch
    {
        InboxState.Waiting => (t["waiting", "অপেক্ষায়"], "open"),
        InboxState.Done => (t["done", "হয়েছে"], "paid"),
        InboxState.Unknown => (t["unknown", "অচেনা"], "void"),
        InboxState.Dead => (t["given up", "ছেড়ে দেওয়া"], "failed"),
    };

    public static (string Words, string Css) Of(DisputeState state, Tongue t) => state switch
    {
        DisputeState.Open => (t["the bank decides", "ব্যাংক ঠিক করছে"], "open"),
        DisputeState.Won => (t["won", "জেতা"], "paid"),
        DisputeState.Lost => (t["lost", "হারা"], "failed"),
    };

    public static (string Words, string Css) Of(RefundState state, Tongue t) => state switch
    {
        RefundState.Requested => (t["asked for", "চাওয়া হয়েছে"], "open"),
        RefundState.Pending => (t["on its way", "পথে"], "open"),
        RefundState.Succeeded => (t["back on the card", "কার্ডে ফেরত"], "paid"),
        RefundState.Failed => (t["failed", "যায়নি"], "failed"),
        RefundState.Unknown => (t["outcome unknown", "ফল অজানা"], "open"),
    };
}
