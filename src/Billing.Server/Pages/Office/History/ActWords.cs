namespace Billing.Server.Pages.Office.History;

/// <summary>What somebody did to the house or by a form, by the order's name. One without words is a bug that a test finds.</summary>
internal static class ActWords
{
    public static string Of(string what, Tongue t) => Find(what, t) ?? throw new InvalidOperationException($"{what} has no words.");

    /// <summary>The words, or nothing for an order that is not known any more.</summary>
    public static string? Find(string what, Tongue t) => OfCustomers(what, t) ?? OfHouse(what, t);

    private static string? OfCustomers(string what, Tongue t) => what switch
    {
        "GrantCredit" => t["Granted credit", "জমা দিয়েছেন"],
        "GiveDiscount" => t["Gave a discount", "ছাড় দিয়েছেন"],
        "TakeBreak" => t["Arranged a break", "বিরতির ব্যবস্থা করেছেন"],
        "ExtendBreak" => t["Extended a break", "বিরতি বাড়িয়েছেন"],
        "ReturnFromBreak" => t["Brought somebody back from a break", "বিরতি থেকে ফিরিয়েছেন"],
        "WithdrawBreak" => t["Took a planned break back", "ঠিক করা বিরতি ফিরিয়ে নিয়েছেন"],
        "CancelSubscription" => t["Ended a subscription", "সাবস্ক্রিপশন শেষ করেছেন"],
        "WithdrawCancel" => t["Took a planned end back", "শেষ হওয়া ফিরিয়ে নিয়েছেন"],
        "WithdrawChange" => t["Took a planned change back", "পরিবর্তন ফিরিয়ে নিয়েছেন"],
        "ComeBack" => t["Took a subscription up again", "সাবস্ক্রিপশন আবার চালু করেছেন"],
        "ChangeCustomer" => t["Changed a customer's details", "গ্রাহকের তথ্য বদলেছেন"],
        "MakePortalLink" => t["Made a link to a customer's page", "গ্রাহকের পাতার লিংক বানিয়েছেন"],
        "VoidInvoice" => t["Voided an invoice", "বিল বাতিল করেছেন"],
        "WriteOffInvoice" => t["Wrote an invoice off", "বিল মওকুফ করেছেন"],
        "CreditInvoice" => t["Wrote a credit note", "ফেরতপত্র লিখেছেন"],
        "ExtendGrace" => t["Gave time", "সময় দিয়েছেন"],
        "ChooseDayToPay" => t["Noted a day to pay", "টাকা দেওয়ার দিন লিখেছেন"],
        "WritePersonally" => t["Wrote in person", "নিজে লিখেছেন"],
        "ForgiveOpen" => t["Forgave what was open", "বাকি মাফ করেছেন"],
        "StopAsking" => t["Stopped asking", "চাওয়া বন্ধ করেছেন"],
        "ExemptCustomer" => t["Decided whether to ask by itself", "নিজে থেকে চাওয়া হবে কি না ঠিক করেছেন"],
        "RecordPayment" => t["Wrote down money received", "পাওয়া টাকা লিখেছেন"],
        "AnswerPayment" => t["Said what became of a payment", "লেনদেনের ফল জানিয়েছেন"],
        "AnswerRefund" => t["Said what became of a refund", "ফেরতের ফল জানিয়েছেন"],
        "GiveUpPayment" => t["Gave up a payment that waited for the customer", "গ্রাহকের অপেক্ষায় থাকা লেনদেন বাতিল করেছেন"],
        "ReleaseDispute" => t["Let billing go on after a dispute", "বিরোধের পর বিল চালু করেছেন"],
        "RefundPayment" => t["Sent money back", "টাকা ফেরত পাঠিয়েছেন"],
        _ => null,
    };

    private static string? OfHouse(string what, Tongue t) => what switch
    {
        "CreatePlan" => t["Made a plan", "প্ল্যান বানিয়েছেন"],
        "SetPrice" => t["Published a price", "দাম প্রকাশ করেছেন"],
        "AllowBreaks" => t["Set what breaks cost and allow", "বিরতির শর্ত ঠিক করেছেন"],
        "SchedulePriceMove" => t["Planned a price move", "দাম বদল ঠিক করেছেন"],
        "WithdrawPriceMove" => t["Took a price move back", "দাম বদল ফিরিয়ে নিয়েছেন"],
        "RetirePlan" => t["Stopped selling a plan", "প্ল্যান বিক্রি বন্ধ করেছেন"],
        "CreateDiscount" => t["Made a discount", "ছাড় বানিয়েছেন"],
        "CreateApiKey" => t["Made a key for a program", "প্রোগ্রামের চাবি বানিয়েছেন"],
        "RotateApiKey" => t["Replaced a program's key", "প্রোগ্রামের চাবি বদলেছেন"],
        "RevokeApiKey" => t["Ended a program's key", "প্রোগ্রামের চাবি বন্ধ করেছেন"],
        "RetrySetAside" => t["Had a set-aside item tried again", "পাশে রাখা কাজ আবার করতে দিয়েছেন"],
        "PublishPolicy" => t["Published a dunning policy", "টাকা চাওয়ার নীতি প্রকাশ করেছেন"],
        "CloseAlarm" => t["Saw to an alarm", "সতর্কবার্তা দেখেছেন"],
        "ResendNotice" => t["Had a message tried again", "বার্তা আবার পাঠানোর চেষ্টা করিয়েছেন"],
        "ReplayNotice" => t["Had a gateway notice worked through again", "গেটওয়ের খবর আবার দেখিয়েছেন"],
        "ReconcileSoon" => t["Had the books compared", "হিসাব মেলাতে দিয়েছেন"],
        "CloseMonth" => t["Closed a month of the books", "হিসাবের একটি মাস বন্ধ করেছেন"],
        "EnterAcquisitionCost" => t["Entered what winning customers cost", "গ্রাহক পেতে খরচ লিখেছেন"],
        "InviteStaff" => t["Invited a colleague", "সহকর্মী আমন্ত্রণ করেছেন"],
        "ChangeStaffRole" => t["Changed a colleague's role", "সহকর্মীর ভূমিকা বদলেছেন"],
        "TakeStaffAway" => t["Took the office away from somebody", "কারও অফিসের অধিকার তুলে নিয়েছেন"],
        "EndOfficeSession" => t["Ended a session", "সেশন শেষ করেছেন"],
        _ => null,
    };
}
