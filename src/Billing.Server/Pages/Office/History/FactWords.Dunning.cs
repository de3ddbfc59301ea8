using Billing.Cards;
using Billing.Customers;
using Billing.Dunning;
using Billing.History;
using Billing.Invoicing;
using Billing.Notices;
using Billing.Subscriptions;

namespace Billing.Server.Pages.Office.History;

/// <content>What is asked of a customer, expired cards, and what was written to them.</content>
internal sealed partial class FactWords
{
    private string? OfDunning(Fact fact) => fact switch
    {
        DunningBegan began => t[$"A payment failed ({began.Code}); we ask for it kindly, step by step.", $"টাকা নেওয়া যায়নি ({began.Code}); আমরা ধাপে ধাপে নম্রভাবে চাইব।"],
        DunningWrote wrote => t[$"Message {wrote.Number} of this case was planned: {Notices.NoticeNames.Of(wrote.Template, t)}.", $"এই বিষয়ে {t.F.Number(wrote.Number)} নম্বর বার্তা ঠিক করা হয়েছে: {Notices.NoticeNames.Of(wrote.Template, t)}।"],
        DunningParked => t["Parked: access rests, nothing is deleted, nothing more is charged, one click returns.", "স্থগিত: ব্যবহার বন্ধ, কিছু মোছা হয়নি, আর কিছু নেওয়া হবে না, এক ক্লিকে ফেরা যায়।"],
        DunningEnded ended => t[$"Asking ended: {CaseNames.Of(ended.How, t)}. {ended.Why}", $"চাওয়া শেষ: {CaseNames.Of(ended.How, t)}। “{ended.Why}”।"],
        TryNotMade not => t[$"The card was not tried for invoice {names.Of(not.InvoiceId)}: {not.Words}", $"বিল {names.Of(not.InvoiceId)}-এর জন্য কার্ডে চেষ্টা হয়নি: “{not.Words}”।"],
        DayToPayChosen chosen => t[$"Chose {Date(chosen.Day)} as the day to pay; nothing is asked until then.", $"টাকা দেওয়ার দিন ঠিক করেছেন {Date(chosen.Day)}; তার আগে কিছু চাওয়া হবে না।"],
        DayToPayWithdrawn back => t[$"Took {Date(back.Day)} as the day to pay back.", $"টাকা দেওয়ার দিন {Date(back.Day)} ফিরিয়ে নিয়েছেন।"],
        PromiseBroken broken => t[$"{Date(broken.Day)} passed without the payment.", $"{Date(broken.Day)} পেরিয়ে গেছে, টাকা আসেনি।"],
        GraceExtended grace => t[$"Was given time until {Date(grace.Until)}: “{grace.Reason}”.", $"{Date(grace.Until)} পর্যন্ত সময় দেওয়া হয়েছে: “{grace.Reason}”।"],
        WrittenPersonally personal => t[$"Somebody writes in person, so the next message is not sent: “{personal.Reason}”.", $"একজন নিজে লিখছেন, তাই পরের বার্তা যাবে না: “{personal.Reason}”।"],
        ExemptionChanged { Exempt: true } exempt => t[$"Is not asked for money by itself any more: “{exempt.Reason}”.", $"নিজে থেকে আর টাকা চাওয়া হবে না: “{exempt.Reason}”।"],
        ExemptionChanged asked => t[$"Is asked for money by itself again: “{asked.Reason}”.", $"আবার নিজে থেকে টাকা চাওয়া হবে: “{asked.Reason}”।"],
        BackupCardPlanned planned => t[$"The second card, {Brand(names.Of(planned.CardId))}, pays invoice {names.Of(planned.InvoiceId)} on {Date(planned.Day)}.", $"{Date(planned.Day)} তারিখে দ্বিতীয় কার্ড {Digits(Brand(names.Of(planned.CardId)))} বিল {names.Of(planned.InvoiceId)} দেবে।"],
        BackupCardAgreed agreed => t[$"Agreed that the card {Brand(names.Of(agreed.CardId))} steps in when the first fails.", $"প্রথমটি না পারলে {Digits(Brand(names.Of(agreed.CardId)))} কার্ড ব্যবহারে রাজি হয়েছেন।"],
        BackupCardWithdrawn withdrawn => t[$"The card {Brand(names.Of(withdrawn.CardId))} steps in no more.", $"{Digits(Brand(names.Of(withdrawn.CardId)))} কার্ড আর বদলি হবে না।"],
        SubscriptionParked => t["The subscription was parked.", "সাবস্ক্রিপশন স্থগিত হয়েছে।"],
        _ => null,
    };

    private string? OfCards(Fact fact) => fact switch
    {
        CardWatchBegan began => t[$"The card {Brand(names.Of(began.CardId))} passed its printed date on {Date(began.ExpiredOn)}; it is left in peace for {began.QuietDays} days, for a new one is normally on its way.", $"{Digits(Brand(names.Of(began.CardId)))} কার্ডের ছাপা মেয়াদ {Date(began.ExpiredOn)} পেরিয়েছে; {t.F.Number(began.QuietDays)} দিন কিছু বলা হবে না, নতুন কার্ড সাধারণত পথেই থাকে।"],
        CardWatchEnded { State: WatchState.Healed } => t["The expired card works again: nobody had to be asked.", "মেয়াদ পেরোনো কার্ড আবার চলছে: কাউকে কিছু বলতে হয়নি।"],
        CardWatchEnded { State: WatchState.Replaced } => t["The expired card was replaced.", "মেয়াদ পেরোনো কার্ড বদলানো হয়েছে।"],
        CardWatchEnded => t["The watch over the expired card ended.", "মেয়াদ পেরোনো কার্ডের দেখাশোনা শেষ।"],
        NoticePreferencesChanged => t["Chose which mails to receive.", "কোন মেইল পাবেন তা বেছেছেন।"],
        NoticeSent sent => t[$"A message was sent: {Notices.NoticeNames.Of(sent.Kind, t)}.", $"বার্তা গেছে: {Notices.NoticeNames.Of(sent.Kind, t)}।"],
        NoticeDue due => t[$"The main app is to say: {Notices.NoticeNames.Of(due.Kind, t)}.", $"মূল অ্যাপ বলবে: {Notices.NoticeNames.Of(due.Kind, t)}।"],
        _ => null,
    };
}
