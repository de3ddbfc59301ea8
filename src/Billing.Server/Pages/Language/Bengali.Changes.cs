using Billing.Cards;
using Billing.Client.Contract;
using Billing.Payments;
using Billing.Periods;
using Billing.Retention;
using NodaTime;

namespace Billing.Server.Pages.Language;

/// <content>Changing plan and card, paying, and leaving step by step.</content>
internal sealed partial class Bengali
{
    public override string ChangePlan => "প্ল্যান বদলান";
    public override string ChangeLead => "বেছে নিন, আর ঠিক কত লাগবে দেখুন। আপনি নিশ্চিত করার আগে কিছুই বদলাবে না।";
    public override string SeatsLabel => "আসন";
    public override string ShowCost => "কত লাগবে দেখুন";
    public override string ForEachSeat => ", প্রতি আসনে";
    public override string YoursNow => "এখন আপনার";
    public override string Choose => "বেছে নিন";
    public override string ChooseThis(string plan, Cadence cadence) => $"{plan} বেছে নিন, {Every(cadence)}";
    public override string QuoteRenewed => "আপনি দেখার পরে কিছু বদলেছে, তাই কিছুই করা হয়নি। এখন যা লাগবে তা এখানে।";
    public override string QuoteGone => "আপনি দেখার পরে কিছু বদলেছে, তাই দ্বিতীয়বার কিছু করা হয়নি, দুবার টাকাও কাটা হয়নি।";
    public override string QuoteInShort(string what, string date, bool now, Money due, Card? card) =>
        !now ? $"{date} থেকে {what} আপনার। আজ কিছু কাটা হবে না।"
        : due.Minor <= 0 ? $"আজ থেকেই {what} আপনার। আজ কিছু কাটা হবে না।"
        : card is null ? $"আজ থেকেই {what} আপনার। আজ {Formats.Money(due)} দিতে হবে; দাম দেওয়ার জন্য এখনও কোনো কার্ড নেই।"
        : $"আজ থেকেই {what} আপনার। আপনার {CardIs(card)} থেকে {Formats.Money(due)} নেওয়া হবে।";
    public override string QuoteLine(QuoteLineView line, Money whole)
    {
        var what = line.Quantity == 1 ? line.PlanName : $"{line.PlanName} × {Formats.Number(line.Quantity)}";
        var days = $"{what}: {Formats.Money(whole)} দামের {Formats.Number(line.OfDays)} দিনের মধ্যে {Formats.Number(line.Days)} দিন";
        return line.Kind == "proration_credit" ? $"ব্যবহার হয়নি: {days}" : days;
    }

    public override string QuoteToCredit(Money credit) => $"আপনার দেওয়া {Formats.Money(credit)} আপনার নামে জমা হবে।";
    public override string QuoteNext(string date, Money total) => $"তারপর {date} তারিখে {Formats.Money(total)}, এভাবেই চলবে।";
    public override string QuoteConfirm(bool now) => now ? "এখনই বদলান" : "পরিবর্তনটি ঠিক করুন";
    public override string QuoteHolds => "এই হিসাব পনেরো মিনিট থাকবে। ঠিক এটুকুই নেওয়া হবে, নয়তো কিছুই না।";
    public override string WithdrawChange => "পরিবর্তন ফিরিয়ে নিন";

    public override string PayNow(Money due) => $"এখনই {Formats.Money(due)} দিন";
    public override string PaidWith(Card card) => $"আপনার {CardIs(card)} থেকে।";
    public override string PaymentTitle(AttemptState state) => state switch
    {
        AttemptState.Succeeded or AttemptState.CapturedLate => "দাম দেওয়া হয়ে গেছে",
        AttemptState.Declined or AttemptState.Failed => "টাকা নেওয়া যায়নি",
        AttemptState.ActionRequired => "আপনার ব্যাংক নিশ্চিত হতে চায়",
        AttemptState.Started or AttemptState.Unknown => "আপনার ব্যাংককে জিজ্ঞাসা করছি",
    };
    public override string PaymentIs(PaymentAttempt attempt) => attempt.State switch
    {
        AttemptState.Succeeded or AttemptState.CapturedLate => $"ধন্যবাদ। {Formats.Money(attempt.Amount)} পাওয়া গেছে।",
        AttemptState.Declined => DeclineCodes.RuleOf(attempt.DeclineCode!).Class switch
        {
            DeclineClass.Soft => "আপনার ব্যাংক আপাতত রাজি হয়নি; এমন হয়, আর অন্য দিন প্রায়ই হয়ে যায়। কোনো টাকা কাটা হয়নি। অন্য কার্ডও ব্যবহার করতে পারেন।",
            DeclineClass.Technical => "ব্যাংকের পথে একটি যন্ত্র সাড়া দেয়নি। এতে আপনার কোনো দোষ নেই, টাকাও কাটা হয়নি। একটু পরে আবার চেষ্টা করুন।",
            DeclineClass.FixCardData or DeclineClass.NeedsNewCard => "এই কার্ডে আর হচ্ছে না। কোনো টাকা কাটা হয়নি। অন্য কার্ডে এক মিনিটেই হয়ে যাবে।",
            DeclineClass.NeedsAuthentication => ToConfirm,
            DeclineClass.Fraud => "আপনার ব্যাংক অনুমতি দেয়নি। কোনো টাকা কাটা হয়নি। অন্য কার্ডে এক মিনিটেই হয়ে যাবে।",
            DeclineClass.ConsentWithdrawn => "আপনার ব্যাংক এই কার্ড থেকে নিতে মানা করেছে, তাই নেওয়া হয়নি। অন্য কার্ড দিতে, বিরতি নিতে বা ছেড়ে যেতে পারেন।",
            DeclineClass.OurFault => "আমাদের দিকে কিছু গোলমাল হয়েছে। কোনো টাকা কাটা হয়নি; আমরা দেখছি।",
        },
        AttemptState.Failed => "আমাদের দিকে কিছু গোলমাল হয়েছে। কোনো টাকা কাটা হয়নি; আমরা দেখছি।",
        AttemptState.ActionRequired => ToConfirm,
        AttemptState.Started or AttemptState.Unknown => "উত্তর আসছে। আপনার কিছু করতে হবে না, দুবার টাকাও কাটা হবে না। কয়েক মিনিট পরে আবার দেখুন।",
    };

    public override string YourCards => "আপনার কার্ড";
    public override string KeptCards => "যে কার্ড থেকে নেওয়া যায়";
    public override string AddCard => "কার্ড দিন";
    public override string ReplaceCard => "অন্য কার্ড ব্যবহার করুন";
    public override string NewCardPays(Money open) => $"{Formats.Money(open)} বাকি আছে। নতুন কার্ড থেকে কয়েক মিনিটেই তা একবার নেওয়া হবে।";
    public override string SandboxCards => "এটি স্যান্ডবক্স: সত্যিকারের টাকা যায় না। একটি পরীক্ষার কার্ড বেছে নিন।";
    public override string UseThisCard => "এই কার্ড ব্যবহার করুন";
    public override string UseThis(string card) => $"এই কার্ড ব্যবহার করুন: {card}";
    public override string ChargedNow => "এখান থেকে নেওয়া হয়";
    public override string CardsAreSafe => "আমরা শুধু শেষ চার অঙ্ক ও মেয়াদ জানি, নম্বর কখনো নয়।";
    public override string CardIs(string brand, string lastFour) => $"{Brand(brand)} কার্ড (শেষে {Formats.Digits(lastFour)})";
    public override string CreditNoteTitle => "ফেরতপত্র";
    public override string CreditNoteFor => "যে বিলের জন্য";
    public override string BecameCredit => "এর মধ্যে আপনার নামে জমা";

    public override string Leave => "ছেড়ে যান";
    public override string LeavingLead => "এখান থেকেই ছেড়ে যেতে পারেন। কেউ দুবার জিজ্ঞাসা করবে না।";
    public override string LeavingWays => "বাতিল করুন";
    public override string LeaveToday => "এখনই বাতিল করুন";
    public override string LeaveThen(LocalDate end) => $"{Formats.Date(end.PlusDays(-1))} শেষে বাতিল করুন";
    public override string Stay => "যেমন আছে থাকুক";
    public override string OfferTitle => "হয়তো এটি আপনার জন্য ভালো";
    public override string TakeOffer(SaveOffer offer) => offer switch
    {
        SaveOffer.Break => "বিরতি নিন",
        SaveOffer.SmallerPlan plan => $"{plan.Name} প্ল্যানে যান",
        SaveOffer.Discount => "এই দামে থাকুন",
        SaveOffer.LaterPaymentDay => "ওই দিনে দাম দিন",
        SaveOffer.TalkToAPerson => "একজন মানুষ আমাকে লিখুন",
        _ => throw new InvalidOperationException($"{offer.GetType().Name} is no offer we know."),
    };
    public override string WhichDay => "কোন দিন?";
    public override string WhyTitle => "কেন, একটু বলবেন? না বললেও চলবে।";
    public override string WhyText => "চাইলে নিজের ভাষায়";
    public override string WhyThanks => "বলার জন্য ধন্যবাদ।";
}
