using Billing.Cards;
using Billing.Subscriptions;
using NodaTime;

namespace Billing.Server.Pages.Language;

/// <content>A payment that did not go through, and all that can be done about it.</content>
internal sealed partial class Bengali
{
    public override string WhatSuitsYou => "যেটি সুবিধা হয় বেছে নিন";
    public override string WhatSuitsYouText => "এমন হতেই পারে, তাড়া নেই। এর প্রতিটিতেই ব্যাপারটি মিটে যায়, অথবা আপনি সময় পান।";
    public override string PerhapsLeave => "আপনি কি ছেড়ে যেতে চান?";
    public override string PerhapsLeaveText =>
        "ব্যাংক জানিয়েছে, আপনি চান না যে আমরা আর আপনার কার্ড থেকে টাকা নিই। ছেড়ে যেতে চাইলে পথ এখানেই, কেউ দুবার জিজ্ঞাসা করবে না। না চাইলে নিচের যেকোনো একটিতেই সব ঠিক হয়ে যাবে।";
    public override string WeHaveStopped => "আমরা থেমে গেছি, আপনার কার্ডে আর চেষ্টা করব না।";
    public override string BillsUnlessLeft(OutlookEntry.Bills step) =>
        $"তার আগে ছেড়ে না গেলে {Formats.Date(step.Period.Start)} তারিখে আপনার পরের মেয়াদ শুরু। এর জন্য আপনার কার্ড থেকে কিছু নেওয়া হবে না।";

    public override string PayAll(Money due) => $"এখনই {Formats.Money(due)} দিন";
    public override string PayAllMeans => "যা কিছু বাকি, সব একসঙ্গে।";
    public override string OtherCardMeans => "অন্য কার্ড দিলে যা বাকি তা কয়েক মিনিটেই একবার নেওয়া হবে।";
    public override string OtherCardWaits(LocalDate day) => $"অন্য কার্ড দিলে আপনার বেছে নেওয়া দিনে, {Formats.Date(day)} তারিখে নেওয়া হবে; তার আগে নয়।";
    public override string BreakMeans(string plan) => $"সামান্য খরচে {plan} আপনার জন্য অপেক্ষা করুক, যতদিন না আবার দরকার হয়।";
    public override string SmallerPlan => "ছোট প্ল্যানে যান";
    public override string SmallerPlanMeans(string plan) => $"{plan} দরকারের চেয়ে বড় হলে পরের মেয়াদ থেকে কম দিন।";
    public override string LeaveMeans(string plan) => $"{plan} আর দরকার না হলে। যেকোনো সময় ফিরে আসতে পারেন।";

    public override string ChooseDayToPay => "টাকা দেওয়ার দিন বেছে নিন";
    public override string ChooseDayMeans => "যেদিন সুবিধা সেদিন দিন। সেদিন সকালের আগে আমরা কোনো চেষ্টা করব না, কিছু চাইবও না।";
    public override string ChooseOtherDay => "অন্য দিন বেছে নিন";
    public override string DayIsChosen(LocalDate day) =>
        $"আপনি {Formats.Date(day)} তারিখে টাকা দেবেন বলে বেছে নিয়েছেন। সেদিন সকালের আগে আমরা কোনো চেষ্টা করব না, কিছু চাইবও না।";
    public override string TakeDayBack => "দিনটি ফিরিয়ে নিন";
    public override string DayLead => "যেদিন টাকা দিতে সুবিধা হয় সেই দিনটি বেছে নিন। আপনি বোতাম চাপার আগে কিছুই হবে না।";
    public override string PayOnDay(LocalDate day) => $"{Formats.Date(day)} তারিখে টাকা দেব";
    public override string UntilMorning => "সেদিন সকাল পর্যন্ত";
    public override string UntilMorningMeans => "কোনো কার্ডে চেষ্টা হবে না, কিছু চাওয়াও হবে না। সবকিছু আগের মতোই চলবে।";
    public override string DayMeans(Money due, Card? card, bool needsOther) => (card, needsOther) switch
    {
        (null, _) => $"সকালে {Formats.Money(due)} একবার নেওয়া হবে। তার আগে একটি কার্ড দিন।",
        (not null, true) => $"আপনার {CardIs(card)} দিয়ে আর হবে না। তার আগে অন্য একটি কার্ড দিন; সেদিন সকালে সেখান থেকে {Formats.Money(due)} একবার নেওয়া হবে।",
        (not null, false) => $"সকালে আপনার {CardIs(card)} থেকে {Formats.Money(due)} একবার নেওয়া হবে।",
    };
    public override string DayConfirm => "এই দিনটি বেছে নিন";
    public override string DayCanBeTakenBack => "এক ক্লিকেই ফিরিয়ে নিতে পারবেন, আর একবার বদলাতে পারবেন।";
    public override string DayIsTheLast => "এটি আপনার বেছে নেওয়া দ্বিতীয় দিন; তৃতীয়টি বাছা যাবে না।";

    public override string SecondCard => "দ্বিতীয় কার্ড";
    public override string SecondCardTitle => "দ্বিতীয় একটি কার্ড";
    public override string SecondCardMeans(Card usual) =>
        $"আপনার {CardIs(usual)} দিয়ে না হলে এই কার্ড থেকে একবার নেওয়া হবে। অন্তত এক দিন আগে তা আপনার পাতায় দেখতে পাবেন, আর অন্য কিছুর জন্য এখান থেকে নেওয়া হবে না। এক ক্লিকেই সম্মতি ফিরিয়ে নিতে পারবেন।";
    public override string SecondCardAgree => "আমি রাজি";
    public override string AgreeSecond => "দ্বিতীয় কার্ড হিসেবে রাখুন";
    public override string AgreeSecondFor(Card card) => $"দ্বিতীয় কার্ড হিসেবে রাখুন: {CardIs(card)}";
    public override string AgreeSecondMeans(Card card) => $"সাধারণ কার্ডে না হলে আপনার {CardIs(card)} কাজে লাগতে পারে।";
    public override string WithdrawSecond => "আর দ্বিতীয় কার্ড নয়";

    public override string Rests => "আপনার সাবস্ক্রিপশন থেমে আছে। কিছুই মুছে যায়নি, আর কোনো টাকা কাটা হবে না। এক ক্লিকেই সব ফিরে আসবে।";
    public override string RestsShort => "কিছুই মুছে যায়নি; আপনি ফিরে না আসা পর্যন্ত সাবস্ক্রিপশন থেমে থাকবে।";
}
