using System.Globalization;
using Billing.Cards;
using Billing.Invoicing;
using Billing.Periods;
using Billing.Subscriptions;
using NodaTime;

namespace Billing.Server.Pages.Language;

internal sealed partial class Bengali : Words
{
    public override string Tag => "bn";
    public override Formats Formats => Formats.Bengali;

    public override string SkipToContent => "মূল লেখায় যান";
    public override string SignOut => "সাইন আউট";
    public override string Questions(string contact) => $"কোনো প্রশ্ন আছে? {contact} ঠিকানায় লিখুন; একজন মানুষ উত্তর দেবেন।";

    public override string FrontText => "এখানে সাবস্ক্রিপশনের দেখাশোনা হয়। অ্যাপ থেকে আপনার বিলের পাতা খুলুন; নিজের একটি লিংক দিয়ে ভেতরে আসতে পারবেন।";
    public override string SignInTitle => "স্বাগতম";
    public override string SignInToPortal => "একটি ক্লিকেই আপনার নিজের পাতা।";
    public override string SignInToOffice => "একটি ক্লিকেই অফিসের পাতা।";
    public override string SignInButton => "আমার পাতা খুলুন";
    public override string SignInOnce => "এই লিংক একবারই কাজ করে। অন্যের কম্পিউটার হলে কাজ শেষে সাইন আউট করুন।";
    public override string LinkUsedTitle => "এই লিংক আর কাজ করছে না";
    public override string LinkUsedPortal =>
        "আপনার পাতার লিংক একবার এবং অল্প সময়ের জন্য কাজ করে, যাতে অন্য কেউ তা ব্যবহার করতে না পারে। অ্যাপ থেকে বিলের পাতা আবার খুলুন, নতুন লিংক পেয়ে যাবেন।";
    public override string LinkUsedOffice => "অফিসের লিংক একবার এবং অল্প সময়ের জন্য কাজ করে, যাতে অন্য কেউ তা ব্যবহার করতে না পারে। নতুন একটি চেয়ে নিন; মেইলে আসবে।";
    public override string SignedOutTitle => "অনুগ্রহ করে আবার আসুন";
    public override string SignedOutPortal => "আপনি সাইন ইন করেননি, অথবা এক ঘণ্টা অনুপস্থিত ছিলেন। অ্যাপ থেকে বিলের পাতা আবার খুলুন, নতুন লিংক পেয়ে যাবেন। এর মধ্যে কিছুই বদলায়নি।";
    public override string SignedOutOffice => "আপনি সাইন ইন করেননি, অথবা এক ঘণ্টা অনুপস্থিত ছিলেন, অথবা কেউ এই সেশন শেষ করেছেন। নতুন লিংক চেয়ে নিন; মেইলে আসবে। এর মধ্যে কিছুই বদলায়নি।";
    public override string GoodbyeTitle => "আপনি সাইন আউট করেছেন";
    public override string Goodbye => "আবার দেখা হবে। এই পাতা বন্ধ করতে পারেন।";
    public override string NotThereTitle => "পাতাটি পাওয়া গেল না";
    public override string NotThere => "এই ঠিকানায় কিছু নেই, অথবা এটি আপনার দেখার নয়।";
    public override string FormTooOldTitle => "একটু বেশি সময় লেগে গেছে";
    public override string FormTooOld => "পাতাটি অনেকক্ষণ খোলা ছিল বলে আমরা নিশ্চিত হতে পারছি না কে অনুরোধ করছেন। কিছুই বদলায়নি। পেছনে গিয়ে পাতাটি আবার খুলে চেষ্টা করুন।";
    public override string BackHome => "আপনার পাতায় ফিরে যান";

    public override string Hello(string? name) => name is null ? "আপনার সাবস্ক্রিপশন" : $"স্বাগতম, {name}";
    public override string WhatHappensNext => "এরপর কী হবে";
    public override string WhatYouHave => "আপনার যা আছে";
    public override string HowYouPay => "কীভাবে দাম দেন";
    public override string YourInvoices => "আপনার বিল";
    public override string NoSubscription => "আপনার কোনো সাবস্ক্রিপশন নেই। কোনো টাকা কাটা হবে না।";
    public override string NoInvoices => "এখনও কোনো বিল নেই।";
    public override string HowItIsMadeUp => "এই টাকার হিসাব";

    public override string Bills(OutlookEntry.Bills step, Card? card, bool dueNow)
    {
        var trial = step.AfterTrial ? $"{Formats.Date(step.Period.Start.PlusDays(-1))} পর্যন্ত বিনামূল্যে ব্যবহার করতে পারবেন। " : "";
        var when = dueNow ? "আজ" : $"{Formats.Date(step.Period.Start)} তারিখে";
        return trial + (step.Use switch
        {
            { Due.Minor: > 0 } use when card is not null => $"{when} আপনার {CardIs(card)} থেকে {Formats.Money(use.Due)} নেওয়া হবে।",
            { Due.Minor: > 0 } use => $"{when} {Formats.Money(use.Due)} দিতে হবে। দাম দেওয়ার জন্য এখনও কোনো কার্ড নেই।",
            { CarriedForward.Minor: > 0 } use =>
                $"{when} আপনার নতুন মেয়াদ শুরু। {Formats.Money(use.CarriedForward)} এত কম যে এখন নেওয়া হবে না; পরের বিলে যোগ হবে।",
            { Applied.Minor: > 0 } => $"{when} আপনার নতুন মেয়াদ শুরু। আপনার জমা টাকাতেই হয়ে যাবে; কিছু কাটা হবে না।",
            _ => $"{when} আপনার নতুন মেয়াদ শুরু। কিছু দিতে হবে না।",
        });
    }

    public override string ThenYouHave(string plan) => $"এই দাম {plan}-এর জন্য; তখন থেকে আপনি {plan} ব্যবহার করবেন।";

    public override string Ends(OutlookEntry.Ends step) =>
        $"আপনার ইচ্ছা অনুযায়ী এটি শেষ হবে। {Formats.Date(step.On.PlusDays(-1))} শেষ দিন; আর কোনো টাকা কাটা হবে না।";
    public override string Over(Subscription ended) => $"এটি {Formats.Date(ended.EndedOn ?? ended.CurrentEnd)} তারিখে শেষ হয়েছে। আর কোনো টাকা কাটা হবে না।";
    public override string Away(OutlookEntry.Returns step, LocalDate today) => step.On <= today
        ? "আপনি সৈকত থেকে ফিরছেন। সবকিছু ঠিক আগের মতোই আছে।"
        : $"আপনি এখন সৈকতে, বিরতিতে। {Formats.Date(step.On)} তারিখে ফিরবেন, আর সবকিছু আগের মতোই থাকবে। " + (step.BankedDays > 0
            ? $"আগে দাম দেওয়া {Formats.Number(step.BankedDays)} দিন প্রথমে ব্যবহার হবে, তাই পরের টাকা নেওয়া হবে {Formats.Date(step.NextBillingOn)} তারিখে।"
            : "পরের টাকা সেদিনই নেওয়া হবে।");
    public override string GoesAway(OutlookEntry.GoesAway step) =>
        $"{Formats.Date(step.On)} তারিখে আপনার সৈকতের বিরতি শুরু; প্ল্যানের জন্য কিছু কাটা হবে না। {Formats.Date(step.ReturnOn)} তারিখে ফিরবেন।";
    public override string TheNextTwelveMonths => "আগামী বারো মাসের সবকিছু";
    public override string NothingHappens => "নিজে থেকে কোনো টাকা কাটা হবে না, কিছু বদলাবেও না।";
    public override string Happens(OutlookEntry entry) => entry switch
    {
        OutlookEntry.Bills { Use.Due.Minor: > 0 } bills => $"{LastDay(bills.Period.End)} পর্যন্ত সময়ের জন্য {Formats.Money(bills.Use.Due)} নেওয়া হবে।",
        OutlookEntry.Bills bills => $"নতুন মেয়াদ শুরু, {LastDay(bills.Period.End)} পর্যন্ত। কিছু কাটা হবে না।",
        OutlookEntry.Changes => "আপনার ঠিক করা পরিবর্তন চালু হবে।",
        OutlookEntry.MovesPrice moves => $"নতুন দাম শুরু: {Formats.Money(moves.Before)}-এর বদলে {Formats.Money(moves.After)}।",
        OutlookEntry.Ends => "আপনার ইচ্ছা অনুযায়ী সাবস্ক্রিপশন শেষ হবে।",
        OutlookEntry.GoesAway goes => $"সৈকতের বিরতি শুরু। {Formats.Date(goes.ReturnOn)} তারিখে ফিরবেন।",
        OutlookEntry.ChargesAway { Use.Due.Minor: > 0 } away => $"{LastDay(away.To)} পর্যন্ত বিরতির জন্য {Formats.Money(away.Use.Due)} নেওয়া হবে।",
        OutlookEntry.ChargesAway away => $"{LastDay(away.To)} পর্যন্ত বিরতি। কিছু কাটা হবে না।",
        OutlookEntry.Reminds reminds => $"আমরা মনে করিয়ে দেব যে আপনি {Formats.Date(reminds.ReturnOn)} তারিখে ফিরছেন।",
        OutlookEntry.Returns back => $"আপনি বিরতি থেকে ফিরবেন। পরের টাকা নেওয়া হবে {Formats.Date(back.NextBillingOn)} তারিখে।",
        OutlookEntry.Asks asks => $"তখনও {Formats.Money(asks.Amount)} বাকি থাকলে আমরা আপনাকে লিখব।",
        OutlookEntry.Parks parks => $"তখনও {Formats.Money(parks.Amount)} বাকি থাকলে আপনার ব্যবহার থেমে থাকবে। সব কিছু রাখা থাকবে, এক ক্লিকেই ফিরে আসা যাবে।",
        OutlookEntry.EndsParked => "সাবস্ক্রিপশন শেষ হবে। তার আগে টাকা দিলে বা ফিরে এলে সব আগের মতোই থাকবে।",
        OutlookEntry.Collects { OnBackupCard: true } collects =>
            $"আপনার সম্মতি অনুযায়ী বিল {collects.Number}-এর জন্য আপনার দ্বিতীয় কার্ডে চেষ্টা করা হবে: {Formats.Money(collects.Amount)}।",
        OutlookEntry.Collects collects => $"বিল {collects.Number}-এর জন্য কার্ডে আবার চেষ্টা করা হবে: {Formats.Money(collects.Amount)}।",
        _ => throw new InvalidOperationException($"{entry} has no words."),
    };
    public override string UntilThen(IReadOnlyList<HowToStop> ways) => ways.Count == 0 ? "" : $"তার আগে আপনি {string.Join(" বা ", ways.Select(Do))}।";
    public override string PriceMoves(MoveAhead move, Cadence cadence)
    {
        var from = $"{Formats.Date(move.FirstBilledOn)} থেকে {Every(cadence)} {Formats.Money(move.Before)}-এর বদলে দাম হবে {Formats.Money(move.After)}।";
        return move.After.Minor < move.Before.Minor
            ? $"সুখবর: {from} আপনার কিছু করতে হবে না।"
            : $"{from} আপনার জন্য ঠিক না হলে তার আগেই ছেড়ে যেতে পারেন; আর কোনো টাকা কাটা হবে না।";
    }

    public override string InDays(int days) => days switch { <= 0 => "আজ", 1 => "আগামীকাল", _ => $"{Formats.Number(days)} দিন পরে" };

    public override string Every(Cadence cadence) => (cadence.Unit, cadence.Count) switch
    {
        (CadenceUnit.Day, 1) => "প্রতিদিন",
        (CadenceUnit.Week, 1) => "প্রতি সপ্তাহে",
        (CadenceUnit.Month, 1) => "প্রতি মাসে",
        (CadenceUnit.Year, 1) => "প্রতি বছর",
        (CadenceUnit.Day, var n) => $"প্রতি {Formats.Number(n)} দিনে",
        (CadenceUnit.Week, var n) => $"প্রতি {Formats.Number(n)} সপ্তাহে",
        (CadenceUnit.Month, var n) => $"প্রতি {Formats.Number(n)} মাসে",
        (CadenceUnit.Year, var n) => $"প্রতি {Formats.Number(n)} বছরে",
    };

    public override string Seats(int seats, Money unit) => $"{Formats.Number(seats)}টি আসন, প্রতিটি {Formats.Money(unit)}";
    public override string State(Subscription subscription) => subscription.Lifecycle switch
    {
        Lifecycle.Trialing when subscription.CancelAtPeriodEnd => "শেষ হচ্ছে",
        Lifecycle.Trialing => "বিনামূল্যে পরীক্ষা",
        Lifecycle.Active when subscription.CancelAtPeriodEnd => "শেষ হচ্ছে",
        Lifecycle.Active => "চালু",
        Lifecycle.Paused => "সৈকতে, বিরতিতে",
        Lifecycle.Parked => "থেমে আছে",
        Lifecycle.Ended => "শেষ",
    };
    public override string Since(string date) => $"{date} থেকে";
    public override string PaidThrough(string date) => $"চলতি মেয়াদ {date} পর্যন্ত";
    public override string AgreedWithYou => "আপনার সঙ্গে ঠিক করা দাম";
    public override string DiscountLeft(SubscriptionDiscount discount)
    {
        var off = discount.PercentBasisPoints is { } percent ? $"{discount.Name}: {Formats.Percent(percent)} ছাড়" : discount.Name;
        return (discount.Periods - discount.PeriodsUsed) is { } times
            ? $"{off}, আর {Formats.Number(times)} বার"
            : $"{off}, যতদিন আছেন ততদিন";
    }

    public override string CardIs(Card card) => CardIs(card.Brand, card.LastFour);
    public override string CardExpires(Card card) => $"মেয়াদ {MonthOf(card)} পর্যন্ত";
    public override string CardExpired(Card card) =>
        $"কার্ডে ছাপা মেয়াদ ({MonthOf(card)}) পেরিয়ে গেছে। সাধারণত নতুন কার্ড পথেই থাকে; আজ আপনার কিছু করতে হবে না।";
    public override string NoCard => "এখনও কোনো কার্ড নেই।";
    public override string Credit(Money credit) => $"আপনার {Formats.Money(credit)} জমা আছে। পরের বিলে আগে তা থেকে নেওয়া হবে।";
    public override string CarriedBefore(Money owed) => $"আগের {Formats.Money(owed)} এত কম ছিল যে নেওয়া হয়নি; পরের বিলে যোগ হবে।";

    public override string OpenInvoice(Invoice invoice) => $"বিল {invoice.Number}: {Formats.Money(invoice.Due)} বাকি";
    public override string TriedAgainOn(string date) => $"গতবার টাকা নেওয়া যায়নি। {date} তারিখে আবার চেষ্টা করব; আপনার কিছু করতে হবে না।";
    public override string ToConfirm => "আপনার ব্যাংক চায় আপনি এই লেনদেনটি নিশ্চিত করুন।";
    public override string WeAreOnIt => "টাকা নেওয়ার কাজ চলছে।";
    public override string NothingIsLost => "কিছুই হারায়নি: আপনার সাবস্ক্রিপশন আগের মতোই চলছে।";

    public override string Invoice => "বিল";
    public override string Number => "নম্বর";
    public override string Date => "তারিখ";
    public override string Amount => "টাকা";
    public override string Status => "অবস্থা";
    public override string Show => "দেখুন";
    public override string StatusOf(InvoiceStatus status) => status switch
    {
        InvoiceStatus.Draft => "খসড়া",
        InvoiceStatus.Open => "বাকি",
        InvoiceStatus.Paid => "পরিশোধিত",
        InvoiceStatus.Void => "বাতিল",
        InvoiceStatus.Uncollectible => "অপরিশোধিত",
    };
    public override string BilledTo => "যাঁর নামে বিল";
    public override string Description => "বিবরণ";
    public override string Quantity => "সংখ্যা";
    public override string Each => "প্রতিটি";
    public override string Subtotal => "উপমোট";
    public override string Discounts => "ছাড়";
    public override string Total => "মোট";
    public override string CreditUsed => "জমা থেকে নেওয়া";
    public override string FromBefore => "আগের বিল থেকে";
    public override string Carried => "পরের বিলে যোগ হবে";
    public override string CreditedBack => "ফেরত জমা";
    public override string Paid => "পরিশোধ";
    public override string ToBeCharged => "নেওয়া হবে";
    public override string StillToPay => "বাকি";
    public override string PaidOn(string date, Card card) => $"{date} তারিখে আপনার {CardIs(card)} থেকে পরিশোধিত।";
    public override string CreditNote(string number, string date, string reason) => $"ফেরতপত্র {number}, {date}: {reason}";
    public override string PrintHint => "কপি রাখতে ব্রাউজারের মেনু থেকে পাতাটি ছাপান বা PDF হিসেবে রাখুন।";

    private string MonthOf(Card card) =>
        Formats.Digits(card.ValidThrough.ToString("MMMM uuuu", CultureInfo.GetCultureInfo("bn-BD")));
    private static string Do(HowToStop way) => way switch
    {
        HowToStop.Cancel => "ছেড়ে যেতে পারেন",
        HowToStop.WithdrawCancel => "মত বদলে থেকে যেতে পারেন",
        HowToStop.WithdrawChange => "পরিবর্তনটি ফিরিয়ে নিতে পারেন",
        HowToStop.TakeBreak => "বিরতি নিতে পারেন",
        HowToStop.WithdrawBreak => "বিরতিটি ফিরিয়ে নিতে পারেন",
        HowToStop.ExtendBreak => "আরও কিছুদিন বিরতিতে থাকতে পারেন",
        HowToStop.ReturnEarly => "আগে ফিরে আসতে পারেন",
        HowToStop.ChooseDay => "দাম দেওয়ার একটি দিন বেছে নিতে পারেন",
        HowToStop.ComeBack => "ফিরে আসতে পারেন",
        HowToStop.PayNow => "এই বা অন্য কার্ডে দাম দিতে পারেন",
    };

    private string LastDay(LocalDate end) => Formats.Date(end.PlusDays(-1));

}
