using Billing.Invoicing;
using Billing.Plans;
using Billing.Subscriptions;
using NodaTime;

namespace Billing.Server.Pages.Language;

/// <content>Taking a break, staying longer, coming back.</content>
internal sealed partial class Bengali
{
    public override string TakeABreak => "বিরতি নিন";
    public override string YourBreak => "আপনার বিরতি";
    public override string BreakLead => "যেদিন ফিরতে চান সেই দিনটি বেছে নিন। নিচের বোতাম চাপার আগে কিছুই হবে না।";
    public override string BreakTermsInWords(BreakTerms terms)
    {
        var price = terms.Fee.IsZero ? "এর জন্য কিছু দিতে হয় না" : $"বিরতির প্রতি মাসে {Formats.Money(terms.Fee)} লাগে";
        return $"{price}, আর যে দিনগুলোর দাম দেওয়া আছে তা আপনার জন্য রাখা থাকে। যা থাকবে: {terms.Keeps}। {Formats.Number(terms.ShortestDays)} থেকে {Formats.Number(terms.LongestDays)} দিন পর্যন্ত।";
    }

    public override string BreakStands(Break live) => live.State == BreakState.Planned
        ? $"{Formats.Date(live.StartsOn)} তারিখে শুরু; {Formats.Date(live.ReturnOn)} তারিখে ফিরবেন।"
        : $"{Formats.Date(live.StartsOn)} থেকে আপনি সৈকতে, বিরতিতে; {Formats.Date(live.ReturnOn)} তারিখে ফিরবেন।";

    public override string BreakBegins => "কবে শুরু হবে";
    public override string BreakNow => "আজ শুরু";
    public override string BreakAtEnd(LocalDate end) => $"{Formats.Date(end)} তারিখে, দাম দেওয়া দিন শেষ হলে শুরু";
    public override string BreakDay => "যেদিন ফিরবেন";
    public override string BreakOtherDay => "অথবা দিন লিখুন";
    public override string EarlierMonth => "আগের মাস";
    public override string LaterMonth => "পরের মাস";
    public override string BackOnDay(LocalDate day) => $"ফিরবেন {Formats.Date(day)}";
    public override string BreakStarts(Break away) => away.BankedDays > 0
        ? $"আপনার বিরতি শুরু। দাম দেওয়া {Formats.Number(away.BankedDays)} দিন আপনার জন্য রাখা থাকবে।"
        : "আপনার বিরতি শুরু।";
    public override string BreakFirstFee(Invoice fee) => fee switch
    {
        { DueMinor: > 0 } => $"বিরতির প্রথম দিনগুলোর জন্য {Formats.Money(fee.Due)} নেওয়া হবে।",
        { CarriedForwardMinor: > 0 } => $"বিরতির প্রথম দিনগুলোর জন্য {Formats.Money(fee.Total)} লাগে; এত কম এখন নেওয়া হবে না, পরের কোনো বিলে যোগ হবে।",
        _ => $"বিরতির প্রথম দিনগুলোর জন্য {Formats.Money(fee.Total)} লাগে; আপনার জমা টাকাতেই হয়ে যাবে।",
    };
    public override string BreakCosts(Money cost) => cost.IsZero ? "আর কিছু দিতে হবে না।" : $"সব মিলিয়ে {Formats.Money(cost)} লাগবে।";
    public override string BreakOffUnpaid(Money amount) => $"যে দিনগুলো ব্যবহার করছেন না, তার {Formats.Money(amount)} বাকি থেকে বাদ যাবে।";
    public override string BreakFeeBack(Money amount) => $"বিরতির যে দিনগুলো লাগছে না, তার {Formats.Money(amount)} ফেরত দেওয়া হবে।";
    public override string BackToday(Break ended) => ended.BankedDays > 0
        ? $"আপনি ফিরবেন। আগে দাম দেওয়া {Formats.Number(ended.BankedDays)} দিন প্রথমে ব্যবহার হবে।"
        : "আপনি ফিরবেন।";
    public override string BreakConfirm(ChangeWhen when) => when switch
    {
        ChangeWhen.Now => "বিরতি শুরু করুন",
        ChangeWhen.PeriodEnd => "বিরতি ঠিক করুন",
    };
    public override string BreakExtendConfirm(LocalDate day) => $"{Formats.Date(day)} পর্যন্ত বিরতিতে থাকুন";
    public override string ComeBackToday => "আজই ফিরে আসুন";
    public override string WithdrawBreak => "বিরতি ফিরিয়ে নিন";
}
