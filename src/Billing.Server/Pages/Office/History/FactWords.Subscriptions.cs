using Billing.History;
using Billing.Retention;
using Billing.Subscriptions;

namespace Billing.Server.Pages.Office.History;

/// <content>Subscriptions, breaks and leaving.</content>
internal sealed partial class FactWords
{
    private string? OfSubscription(Fact fact) => fact switch
    {
        SubscriptionStarted started => t[$"Started {names.Of(started.PlanId)}.", $"{names.Of(started.PlanId)} শুরু করেছেন।"],
        PeriodBilled billed => t[
            $"The period through {Date(billed.End.PlusDays(-1))} was billed: {Money(billed.TotalMinor, billed.Currency)}, invoice {names.Of(billed.InvoiceId)}.",
            $"{Date(billed.End.PlusDays(-1))} পর্যন্ত মেয়াদের বিল: {Money(billed.TotalMinor, billed.Currency)}, বিল {names.Of(billed.InvoiceId)}।"],
        DiscountGiven given => t[$"A discount was given: {given.Name}.", $"ছাড় দেওয়া হয়েছে: {given.Name}।"],
        CancelPlanned planned => t[
            $"It will end: {Date(planned.EndsOn.PlusDays(-1))} is the last day, and nothing more is charged.",
            $"এটি শেষ হবে: {Date(planned.EndsOn.PlusDays(-1))} শেষ দিন, আর কিছু নেওয়া হবে না।"],
        CancelWithdrawn => t["The planned end was taken back: it goes on.", "শেষ হওয়ার সিদ্ধান্ত ফিরিয়ে নেওয়া হয়েছে: চলবে।"],
        SubscriptionEnded { Reason: EndReason.Voluntary } => t["It ended, as the customer wished.", "গ্রাহকের ইচ্ছায় শেষ হয়েছে।"],
        SubscriptionEnded => t["It ended, because nothing could be collected.", "টাকা নেওয়া যায়নি বলে শেষ হয়েছে।"],
        TermsChanged changed => t[
            $"Changed from {changed.FromQuantity} × {names.Of(changed.FromPlan)} to {changed.ToQuantity} × {names.Of(changed.ToPlan)}.",
            $"{t.F.Number(changed.FromQuantity)} × {names.Of(changed.FromPlan)} থেকে {t.F.Number(changed.ToQuantity)} × {names.Of(changed.ToPlan)} হয়েছে।"],
        ChangePlanned planned => t[
            $"Will have {planned.Quantity} × {names.Of(planned.PlanId)} from {Date(planned.From)}.",
            $"{Date(planned.From)} থেকে {t.F.Number(planned.Quantity)} × {names.Of(planned.PlanId)} হবে।"],
        ChangeWithdrawn => t["The planned change was taken back.", "ঠিক করা পরিবর্তন ফিরিয়ে নেওয়া হয়েছে।"],
        PriceMoveAnnounced announced => t[
            $"Was told of a new price: {Money(announced.NewUnitAmountMinor, announced.Currency)} instead of {Money(announced.OldUnitAmountMinor, announced.Currency)} from {Date(announced.LeaveBefore)}.",
            $"নতুন দাম জানানো হয়েছে: {Date(announced.LeaveBefore)} থেকে {Money(announced.OldUnitAmountMinor, announced.Currency)}-এর বদলে {Money(announced.NewUnitAmountMinor, announced.Currency)}।"],
        PriceMoveWithdrawn => t["The announced price was taken back: the old one stays.", "জানানো দাম ফিরিয়ে নেওয়া হয়েছে: আগের দামই থাকবে।"],
        PriceMoved moved => t[
            $"The first period at the new price: {Money(moved.NewUnitAmountMinor, moved.Currency)} instead of {Money(moved.OldUnitAmountMinor, moved.Currency)}.",
            $"নতুন দামের প্রথম মেয়াদ: {Money(moved.OldUnitAmountMinor, moved.Currency)}-এর বদলে {Money(moved.NewUnitAmountMinor, moved.Currency)}।"],
        CameBack { Price: ComeBackPrice.Kept } back => t[
            $"Came back to {names.Of(back.PlanId)}, at the price from before: {Money(back.UnitAmountMinor, back.Currency)}.",
            $"{names.Of(back.PlanId)}-এ ফিরেছেন, আগের দামে: {Money(back.UnitAmountMinor, back.Currency)}।"],
        CameBack back => t[
            $"Came back to {names.Of(back.PlanId)}, at today's price: {Money(back.UnitAmountMinor, back.Currency)}.",
            $"{names.Of(back.PlanId)}-এ ফিরেছেন, আজকের দামে: {Money(back.UnitAmountMinor, back.Currency)}।"],
        _ => null,
    };

    private string? OfBreak(Fact fact) => fact switch
    {
        BreakPlanned planned => t[
            $"A break On the Beach will begin on {Date(planned.StartsOn)}; back on {Date(planned.ReturnOn)}.",
            $"{Date(planned.StartsOn)} থেকে সৈকতের বিরতি; ফিরবেন {Date(planned.ReturnOn)}।"],
        BreakWithdrawn => t["The planned break was taken back.", "ঠিক করা বিরতি ফিরিয়ে নেওয়া হয়েছে।"],
        WentToBeach went => t[
            $"Went On the Beach; back on {Date(went.ReturnOn)}. {went.BankedDays} paid days wait.",
            $"সৈকতে বিরতিতে গেছেন; ফিরবেন {Date(went.ReturnOn)}। দাম দেওয়া {t.F.Number(went.BankedDays)} দিন জমা রইল।"],
        BreakFeeBilled fee => t[
            $"The time away through {Date(fee.To.PlusDays(-1))} was billed: {Money(fee.TotalMinor, fee.Currency)}, invoice {names.Of(fee.InvoiceId)}.",
            $"{Date(fee.To.PlusDays(-1))} পর্যন্ত বিরতির বিল: {Money(fee.TotalMinor, fee.Currency)}, বিল {names.Of(fee.InvoiceId)}।"],
        BreakExtended extended => t[$"The return was moved to {Date(extended.ReturnOn)}.", $"ফেরার দিন {Date(extended.ReturnOn)} করা হয়েছে।"],
        ReturnAnnounced announced => t[
            $"Was reminded: back on {Date(announced.ReturnOn)}, {Money(announced.DueMinor, announced.Currency)} on {Date(announced.NextBillingOn)}. {CardThen(announced.Card)}",
            $"মনে করিয়ে দেওয়া হয়েছে: ফিরবেন {Date(announced.ReturnOn)}, {Date(announced.NextBillingOn)} তারিখে {Money(announced.DueMinor, announced.Currency)}। {CardThen(announced.Card)}"],
        CameBackFromBeach { Early: true } back => t[
            $"Came back from the beach early; {back.BankedDays} paid days are used until {Date(back.NextBillingOn)}.",
            $"বিরতি থেকে আগেই ফিরেছেন; দাম দেওয়া {t.F.Number(back.BankedDays)} দিন {Date(back.NextBillingOn)} পর্যন্ত চলবে।"],
        CameBackFromBeach back => t[
            $"Came back from the beach; {back.BankedDays} paid days are used until {Date(back.NextBillingOn)}.",
            $"বিরতি থেকে ফিরেছেন; দাম দেওয়া {t.F.Number(back.BankedDays)} দিন {Date(back.NextBillingOn)} পর্যন্ত চলবে।"],
        LostOnBeach lost => t[
            $"Left for good while On the Beach; {lost.BankedDays} paid days were given back.",
            $"বিরতিতে থাকতেই ছেড়ে গেছেন; দাম দেওয়া {t.F.Number(lost.BankedDays)} দিনের টাকা ফেরত হয়েছে।"],
        _ => null,
    };

    private string? OfLeaving(Fact fact) => fact switch
    {
        SaveOfferShown shown => t[
            $"Looked at leaving and was shown an offer: {Offer(shown.Kind)}. Why this one: {shown.Why}",
            $"ছাড়তে চেয়েছিলেন; একটি প্রস্তাব দেখানো হয়েছে: {Offer(shown.Kind)}। কারণ: “{shown.Why}”।"],
        SaveOfferTaken taken => t[$"Took the offer and stayed: {Offer(taken.Kind)}.", $"প্রস্তাব নিয়ে থেকে গেছেন: {Offer(taken.Kind)}।"],
        CustomerStayed => t["Looked at leaving, and stayed.", "ছাড়ার কথা ভেবেছিলেন, থেকে গেছেন।"],
        FeedbackGiven { Ease: <= 3 } hard => t[
            $"Said that it was hard: {hard.Ease} of {Feedback.Easiest} ({Of(hard.Act)}).",
            $"বলেছেন কঠিন ছিল: {t.F.Number(Feedback.Easiest)}-এ {t.F.Number(hard.Ease)} ({Of(hard.Act)})।"],
        FeedbackGiven easy => t[
            $"Said how easy it was: {easy.Ease} of {Feedback.Easiest} ({Of(easy.Act)}).",
            $"বলেছেন কত সহজ ছিল: {t.F.Number(Feedback.Easiest)}-এ {t.F.Number(easy.Ease)} ({Of(easy.Act)})।"],
        PersonAskedFor => t["Would like to hear from a person.", "একজন মানুষের সঙ্গে কথা বলতে চান।"],
        _ => null,
    };

    private string CardThen(CardOnReturn card) => card switch
    {
        CardOnReturn.Valid => t["The card will do.", "কার্ড ঠিক আছে।"],
        CardOnReturn.Expired => t["The card's date will have passed.", "ততদিনে কার্ডের মেয়াদ পেরোবে।"],
        CardOnReturn.None => t["There is no card.", "কোনো কার্ড নেই।"],
    };

    private string Of(CustomerAct act) => act switch
    {
        CustomerAct.BreakTaken => t["taking a break", "বিরতি নেওয়া"],
        CustomerAct.BreakExtended => t["staying away longer", "বিরতি বাড়ানো"],
        CustomerAct.BreakEnded => t["coming back early", "আগে ফেরা"],
        CustomerAct.BreakWithdrawn => t["taking a break back", "বিরতি ফিরিয়ে নেওয়া"],
        CustomerAct.PlanChanged or CustomerAct.ChangePlanned => t["changing the plan", "প্ল্যান বদলানো"],
        CustomerAct.ChangeWithdrawn => t["taking a change back", "পরিবর্তন ফিরিয়ে নেওয়া"],
        CustomerAct.Left => t["leaving", "ছেড়ে যাওয়া"],
        CustomerAct.Stayed or CustomerAct.OfferTaken or CustomerAct.LeaveWithdrawn => t["staying", "থেকে যাওয়া"],
        CustomerAct.CameBack => t["coming back", "ফিরে আসা"],
        CustomerAct.CardAdded or CustomerAct.CardChosen => t["the card", "কার্ড"],
        CustomerAct.Paid => t["paying", "টাকা দেওয়া"],
        CustomerAct.DetailsChanged => t["changing details", "তথ্য বদলানো"],
        CustomerAct.DayChosen or CustomerAct.DayWithdrawn => t["choosing a day to pay", "টাকা দেওয়ার দিন বাছা"],
        CustomerAct.BackupAgreed or CustomerAct.BackupWithdrawn => t["the second card", "দ্বিতীয় কার্ড"],
    };

    private string Offer(OfferKind kind) => OfferNames.Of(kind, t);
}
