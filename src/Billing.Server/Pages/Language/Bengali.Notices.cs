using Billing.Cards;
using Billing.Notices;
using Billing.Subscriptions;
using NodaTime;

namespace Billing.Server.Pages.Language;

/// <content>What we write to customers.</content>
internal sealed partial class Bengali
{
    private const string MyPage = "আমার পাতা খুলুন", NothingToDo = "আপনার কিছু করতে হবে না।";

    public override string Greeting(string? name) => name is null ? "শুভেচ্ছা," : $"প্রিয় {name},";
    public override string Regards => "শুভেচ্ছান্তে";
    public override string ButtonOnce => "এই বোতাম এক সপ্তাহের মধ্যে একবার কাজ করে। তারপর অ্যাপ থেকে বিলের পাতা খুলুন।";
    public override string OpenFromApp => "সবকিছু আপনার বিলের পাতায় আছে; অ্যাপ থেকে পাতাটি খুলুন।";
    public override string WhyThisMail(string merchant) => $"{merchant}-এ আপনার সাবস্ক্রিপশন আছে বলে এই মেইল পেয়েছেন।";
    public override string NotThisKind => "এ ধরনের মেইল চান না? একটি ক্লিকই যথেষ্ট:";

    public override string AsText => "সাধারণ লেখায়";

    public override string PreferencesTitle => "কোন মেইলগুলো পেতে চান?";
    public override string PreferencesLead => "আপনার পছন্দ জানান। এখন থেকেই তা মানা হবে।";
    public override string WantReceipts => "প্রতিটি পেমেন্টের রসিদ; আপনার বিল এমনিতেও আপনার পাতায় থাকবে";
    public override string WantCourtesies => "শুধু শুভেচ্ছার কথা, যেমন ফিরে আসার অভিনন্দন";
    public override string AlwaysSaid => "যা আপনার জানা দরকার তা সবসময়ই জানানো হবে: কত টাকা নেওয়া হবে, কী বদলাবে, আপনি কী চেয়েছেন।";
    public override string PreferencesSavedTitle => "হয়ে গেছে";
    public override string PreferencesSaved(bool receipts, bool courtesies) => (receipts, courtesies) switch
    {
        (true, true) => "আপনি রসিদ ও শুভেচ্ছার মেইল পাবেন।",
        (true, false) => "আপনি রসিদ পাবেন; শুধু শুভেচ্ছার মেইল আর পাঠানো হবে না।",
        (false, true) => "রসিদ আর মেইলে পাঠানো হবে না; আপনার বিল আপনার পাতায় থাকবে।",
        (false, false) => "রসিদ ও শুভেচ্ছার মেইল আর পাঠানো হবে না; আপনার বিল আপনার পাতায় থাকবে।",
    };
    public override string PreferencesLinkUnknownTitle => "এই লিংক আমাদের চেনা নয়";
    public override string PreferencesLinkUnknown => "হয়তো পথে এর একটি অংশ হারিয়ে গেছে। একই লিংক ওই ধরনের প্রতিটি মেইলের নিচে আছে।";

    public override Said Say(NoticeContent content) => content switch
    {
        NoticeContent.Receipt paid => new(
            $"ধন্যবাদ: {paid.What}-এর জন্য {Formats.Money(paid.Amount)}", "আপনার টাকা পৌঁছেছে।",
            Rows(
                ("টাকা", Formats.Money(paid.Amount)), ("যার জন্য", paid.What),
                ("সময়", paid is { From: { } from, To: { } to } ? Formats.Span(from, to) : null), ("তারিখ", Formats.Date(paid.On)),
                ("কার্ড", CardIs(paid.Card)), ("বিল", paid.Invoice)),
            NothingToDo, "আমার বিল দেখুন"),
        NoticeContent.PriceMoveAhead moves => PriceMove(moves),
        NoticeContent.PriceMoveOff off => new(
            $"{off.Plan}: আপনার দাম {Formats.Money(off.Stays)}-ই থাকছে", $"{off.Plan}-এর নতুন দামের কথা জানিয়েছিলাম। তা আর হচ্ছে না।",
            Rows(("আপনি দেবেন", $"{Every(off.Cadence)} {Formats.Money(off.Stays)}")), NothingToDo, MyPage),
        NoticeContent.TrialEnding trial => new(
            $"{Formats.Date(trial.On.PlusDays(-1))} পর্যন্ত {trial.Plan} বিনামূল্যে",
            $"আশা করি {trial.Plan} আপনার ভালো লাগছে। {Formats.Date(trial.On.PlusDays(-1))} পর্যন্ত বিনামূল্যে ব্যবহার করতে পারবেন; তারপর প্রথম মেয়াদ শুরু।",
            Rows(("প্রথমবার টাকা নেওয়া হবে", Formats.Date(trial.On)), ("টাকা", Formats.Money(trial.Due)), ("কার্ড", CardOrNone(trial.Card))),
            $"আপনার জন্য ঠিক না হলে {Formats.Date(trial.On)} তারিখের আগেই ছেড়ে যেতে পারেন; কোনো টাকা কাটা হবে না।", MyPage),
        NoticeContent.RenewalAhead ahead => new(
            $"{Formats.Date(ahead.On)} তারিখে {ahead.Plan}-এর নতুন মেয়াদ শুরু",
            $"আগেভাগেই জানিয়ে রাখি: {Formats.Date(ahead.On)} তারিখে {ahead.Plan}-এর পরের মেয়াদ শুরু হবে।",
            Rows(("সময়", Formats.Span(ahead.On, ahead.To)), ("নেওয়া হবে", Formats.Money(ahead.Due)), ("কার্ড", CardOrNone(ahead.Card))),
            Sentences(CardBy(ahead.Card, ahead.On), "তার আগে বদলাতে বা ছেড়ে যেতে পারেন।"), MyPage),
        NoticeContent.CancelPlanned planned => new(
            $"আপনার ইচ্ছা অনুযায়ী {planned.Plan} শেষ হবে", $"হয়ে গেছে: {Formats.Date(planned.LastDay)} {planned.Plan}-এ আপনার শেষ দিন।",
            Rows(("শেষ দিন", Formats.Date(planned.LastDay)), ("পরের মেয়াদের জন্য নেওয়া হবে", "কিছুই না")),
            "আর কিছু করতে হবে না। মত বদলালে তার আগে এক ক্লিকেই থেকে যেতে পারেন। এতদিন আমাদের সঙ্গে থাকার জন্য ধন্যবাদ।", MyPage),
        NoticeContent.CancelWithdrawn stays => new(
            $"{stays.Plan} চলছে", $"আপনি থাকছেন, ভালো লাগল: {stays.Plan} আগের মতোই চলছে।", [], NothingToDo, MyPage),
        NoticeContent.Ended ended => new(
            $"{ended.Plan} শেষ হয়েছে",
            ended.ByChoice ? $"আপনার ইচ্ছা অনুযায়ী {ended.Plan} শেষ হয়েছে। এতদিন আমাদের সঙ্গে থাকার জন্য ধন্যবাদ।"
                : $"অনেক দিন একটি বিল বাকি থাকায় {ended.Plan} শেষ হয়েছে।",
            Rows(
                ("শেষ দিন", Formats.Date(ended.LastDay)), ("পরের মেয়াদের জন্য নেওয়া হবে", "কিছুই না"),
                ("আপনার জমা আপনারই থাকছে", ended.Credit.Minor > 0 ? Formats.Money(ended.Credit) : null)),
            "কোনোদিন ফিরে আসতে চাইলে আপনাকে স্বাগতম।", MyPage),
        NoticeContent.CameBack back => new(
            "আপনাকে আবার পেয়ে ভালো লাগছে", $"{back.Plan} আবার আপনার।", Rows(("দাম", $"{Every(back.Cadence)} {Formats.Money(back.Price)}")), NothingToDo, MyPage),
        NoticeContent.CardAdded added => new(
            "আপনার কার্ড যোগ হয়েছে", $"এখন থেকে আপনার {CardIs(added.Card)} থেকে টাকা নেওয়া হবে।", [],
            "আপনি এটি না করে থাকলে এখনই আমাদের লিখে জানান।", MyPage),
        NoticeContent.Credited credited => new(
            $"{Formats.Money(credited.Amount)} ফেরত জমা", $"আপনাকে {Formats.Money(credited.Amount)} ফেরত জমা দেওয়া হয়েছে।",
            Rows(("টাকা", Formats.Money(credited.Amount)), ("বিল", credited.Invoice), ("ফেরতপত্র", credited.CreditNote)),
            "বাকি থাকলে তা থেকে কমে যাবে; আগে দেওয়া হয়ে থাকলে আপনার জমা থাকবে, পরের বিলে কাজে লাগবে।", "আমার বিল দেখুন"),
        NoticeContent.Asking asking => Ask(asking),
        NoticeContent.PaidThanks thanks => new(
            "ধন্যবাদ, সব পরিশোধিত", "আপনার টাকা পৌঁছেছে, আর কিছুই বাকি নেই। ধন্যবাদ।", Rows(("পরিশোধ", Formats.Money(thanks.Paid))), NothingToDo, MyPage),
        _ => SayBreak(content),
    };

    private Said PriceMove(NoticeContent.PriceMoveAhead told)
    {
        var (move, every) = (told.Move, Every(told.Cadence));
        var costs = $"{Formats.Date(move.FirstBilledOn)} থেকে {told.Plan}-এর দাম {every} {Formats.Money(move.Before)}-এর বদলে {Formats.Money(move.After)}";
        var lower = move.After.Minor < move.Before.Minor;
        return new(
            $"{told.Plan}: {Formats.Date(move.FirstBilledOn)} থেকে নতুন দাম", lower ? $"সুখবর: {costs}।" : $"আগেভাগেই জানিয়ে রাখি: {costs}।",
            Rows(("তার আগে পর্যন্ত", $"{every} {Formats.Money(move.Before)}"), ("তখন থেকে", $"{every} {Formats.Money(move.After)}")),
            lower ? NothingToDo : "আপনার জন্য ঠিক না হলে তার আগেই ছেড়ে যেতে পারেন; নতুন দাম কখনোই নেওয়া হবে না।", MyPage);
    }

    private Said SayBreak(NoticeContent content) => content switch
    {
        NoticeContent.BreakPlanned planned => new(
            $"{Formats.Date(planned.StartsOn)} তারিখে আপনার বিরতি শুরু", "সৈকতে আপনার বিরতি ঠিক হয়ে গেছে।",
            Rows(
                ("বিরতি শুরু", Formats.Date(planned.StartsOn)), ("ফিরবেন", Formats.Date(planned.ReturnOn)), ("বিরতির মাসে", Formats.Money(planned.Fee)),
                ("যা থাকবে", planned.Keeps)),
            "শুরুর আগে তা ফিরিয়ে নিতে পারেন। ফেরার এক সপ্তাহ আগে মনে করিয়ে দেব।", MyPage),
        NoticeContent.BreakBegun begun => new(
            "সৈকতের দিনগুলো আনন্দে কাটুক", $"{begun.Plan} থেকে আপনার বিরতি শুরু হয়েছে। সবকিছু আপনার অপেক্ষায় থাকবে।",
            Rows(
                ("ফিরবেন", Formats.Date(begun.ReturnOn)), ("বিরতির মাসে", Formats.Money(begun.Fee)),
                ("দাম দেওয়া যত দিন জমা রইল", begun.BankedDays > 0 ? Formats.Number(begun.BankedDays) : null), ("যা থাকবে", begun.Keeps)),
            "ফেরার এক সপ্তাহ আগে মনে করিয়ে দেব। যেকোনো দিন ফিরতে, আরও থাকতে বা ছেড়ে যেতে পারেন।", MyPage),
        NoticeContent.BreakExtended extended => new(
            $"আপনার বিরতি: {Formats.Date(extended.ReturnOn)} তারিখে ফিরবেন", $"হয়ে গেছে: আপনি আরও কিছুদিন সৈকতে থাকছেন, {extended.Plan} আপনার অপেক্ষায় থাকবে।",
            Rows(("ফিরবেন", Formats.Date(extended.ReturnOn))), "ফেরার আগে মনে করিয়ে দেব।", MyPage),
        NoticeContent.ReturnAhead ahead => new(
            $"{Formats.Date(ahead.ReturnOn)} তারিখে সৈকত থেকে ফিরছেন", $"শিগগিরই আপনি {ahead.Plan}-এ ফিরছেন, সবকিছু আগের মতোই আছে।",
            Rows(
                ("ফিরবেন", Formats.Date(ahead.ReturnOn)), ("পরের টাকা নেওয়া হবে", Formats.Date(ahead.NextBillingOn)),
                ("দাম", ahead.Due == ahead.Total ? null : Formats.Money(ahead.Total)), ("নেওয়া হবে", Formats.Money(ahead.Due)),
                ("কার্ড", CardOrNone(ahead.Card))),
            Sentences(ahead.CardThen == CardOnReturn.Expired ? PrintedDate : null, "তার আগে আরও কিছুদিন থাকতে বা ছেড়ে যেতে পারেন।"), MyPage),
        NoticeContent.BreakEnded ended => new(
            "ফিরে আসায় স্বাগতম", $"{ended.Plan}-এ আপনাকে আবার পেয়ে ভালো লাগছে। সবকিছু আগের মতোই আছে।",
            Rows(
                ("আগে ব্যবহার হবে, দাম দেওয়া দিন", ended.BankedDays > 0 ? Formats.Number(ended.BankedDays) : null),
                ("পরের টাকা নেওয়া হবে", Formats.Date(ended.NextBillingOn))),
            NothingToDo, MyPage),
        _ => throw new InvalidOperationException($"{content.GetType().Name} has no Bengali words."),
    };

    private const string PrintedDate = "ততদিনে এই কার্ডে ছাপা মেয়াদ পেরিয়ে যাবে; সাধারণত নতুন কার্ড পথেই থাকে।";

    private string CardOrNone(Card? card) => card is null ? "এখনও নেই; আপনার পাতায় যোগ করতে পারেন" : CardIs(card);

    private static string? CardBy(Card? card, LocalDate day) => card?.ValidThrough < day ? PrintedDate : null;

    private static string Sentences(params string?[] sentences) => string.Join(' ', sentences.Where(s => s is not null));

    private static IReadOnlyList<SaidRow> Rows(params (string Label, string? Value)[] rows) =>
        [.. rows.Where(r => !string.IsNullOrEmpty(r.Value)).Select(r => new SaidRow(r.Label, r.Value!))];
}
