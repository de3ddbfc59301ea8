using Billing.Payments;

namespace Billing.Server.Pages.Office.Payments;

/// <summary>Why a bank said no, in words for the staff, and the bank's own word behind it.</summary>
internal static class DeclineNames
{
    public static string Of(string code, Tongue t) => $"{Of(DeclineCodes.RuleOf(code).Class, t)} ({code})";

    private static string Of(DeclineClass why, Tongue t) => why switch
    {
        DeclineClass.Soft => t["not now", "এখন নয়"],
        DeclineClass.Technical => t["a machine failed", "যন্ত্রের গোলমাল"],
        DeclineClass.FixCardData => t["the card's data", "কার্ডের তথ্যে ভুল"],
        DeclineClass.NeedsNewCard => t["the card is no good any more", "কার্ডটি আর চলে না"],
        DeclineClass.NeedsAuthentication => t["the customer has to confirm", "গ্রাহককে নিশ্চিত করতে হবে"],
        DeclineClass.Fraud => t["the bank does not allow it", "ব্যাংক অনুমতি দেয়নি"],
        DeclineClass.ConsentWithdrawn => t["the customer told the bank to stop", "গ্রাহক ব্যাংককে থামতে বলেছেন"],
        DeclineClass.OurFault => t["our own mistake", "আমাদের ভুল"],
    };
}
