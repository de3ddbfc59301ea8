using Billing.Ledger;
using Billing.Server.Ledger;

namespace Billing.Server.Pages.Office.Books;

/// <summary>The words for accounts and for what they are held against.</summary>
internal static class AccountNames
{
    public static string Of(Account account, Tongue t) => t[ChartOfAccounts.Of(account).Name, account switch
    {
        Account.Receivables => "গ্রাহকের কাছে পাওনা",
        Account.GatewayCash => "গেটওয়েতে টাকা",
        Account.OtherCash => "অন্যভাবে আসা টাকা",
        Account.Disputes => "বিরোধে আটকে থাকা টাকা",
        Account.DeferredRevenue => "আগাম নেওয়া আয়",
        Account.CustomerCredit => "গ্রাহকের জমা",
        Account.Refunds => "পথে থাকা ফেরত",
        Account.TaxPayable => "দেয় কর",
        Account.OpeningBalances => "শুরুর হিসাব",
        Account.PlanRevenue => "আয়: প্ল্যান",
        Account.BreakRevenue => "আয়: বিরতি",
        Account.OneOffRevenue => "আয়: এককালীন বিক্রি",
        Account.CreditsGiven => "দেওয়া ছাড়",
        Account.Goodwill => "সৌজন্য",
        Account.BadDebt => "অনাদায়ী পাওনা",
    }];

    public static string Of(Subledger subledger, Tongue t) => subledger switch
    {
        Subledger.Receivables => t["Receivables beside open invoices", "পাওনা, বাকি বিলের পাশে"],
        Subledger.CustomerCredit => t["Customer credit beside balances", "জমা, গ্রাহকের হিসাবের পাশে"],
        Subledger.Refunds => t["Refunds under way beside refunds", "পথে থাকা ফেরত, ফেরতের পাশে"],
        Subledger.GatewayCash => t["Cash at the gateway beside payments", "গেটওয়ের টাকা, লেনদেনের পাশে"],
        Subledger.OtherCash => t["Cash by other means beside what was written down", "অন্যভাবে আসা টাকা, লেখা টাকার পাশে"],
        Subledger.Disputes => t["Disputed payments beside disputes", "বিরোধের টাকা, বিরোধের পাশে"],
        Subledger.DeferredRevenue => t["Deferred revenue beside what invoices still owe", "আগাম আয়, বিলের বাকি সেবার পাশে"],
        Subledger.DaysToCome => t["Days to come beside what invoices still owe", "সামনের দিন, বিলের বাকি সেবার পাশে"],
    };
}
