using Billing.Cards;
using Billing.Notices;
using Billing.Subscriptions;
using NodaTime;

namespace Billing.Server.Pages.Language;

/// <content>What we write to customers.</content>
internal sealed partial class English
{
    private const string MyPage = "Open my page";

    public override string Greeting(string? name) => name is null ? "Hello," : $"Hello {name},";
    public override string Regards => "Warm regards";
    public override string ButtonOnce => "The button lets you in once, within a week. After that, open your billing page from the app.";
    public override string OpenFromApp => "You find all of it on your billing page; open it from the app.";
    public override string WhyThisMail(string merchant) => $"You get this because you have a subscription with {merchant}.";
    public override string NotThisKind => "Rather no mails of this kind? One click:";

    public override string AsText => "As plain text";

    public override string PreferencesTitle => "Which mails would you like?";
    public override string PreferencesLead => "Choose what suits you. It holds from now on.";
    public override string WantReceipts => "A receipt for every payment; your invoices are on your page either way";
    public override string WantCourtesies => "Kind words that nothing hangs on, such as a welcome back";
    public override string AlwaysSaid => "What you have to know is always said: what will be charged, what changes, what you asked for.";
    public override string PreferencesSavedTitle => "Done";
    public override string PreferencesSaved(bool receipts, bool courtesies) => (receipts, courtesies) switch
    {
        (true, true) => "You get receipts and kind words from us.",
        (true, false) => "You get receipts, and nothing that is only meant kindly.",
        (false, true) => "No more receipts by mail; your invoices stay on your page.",
        (false, false) => "No more receipts and kind words by mail; your invoices stay on your page.",
    };
    public override string PreferencesLinkUnknownTitle => "We do not know this link";
    public override string PreferencesLinkUnknown => "Perhaps a part of it got lost on the way. The same link is at the foot of every other mail of that kind.";

    public override Said Say(NoticeContent content) => content switch
    {
        NoticeContent.Receipt paid => new(
            $"Thank you: {Formats.Money(paid.Amount)} for {paid.What}", "Your payment has arrived.",
            Rows(
                ("Amount", Formats.Money(paid.Amount)), ("For", paid.What),
                ("Time", paid is { From: { } from, To: { } to } ? Formats.Span(from, to) : null), ("Paid on", Formats.Date(paid.On)),
                ("With", CardIs(paid.Card)), ("Invoice", paid.Invoice)),
            "There is nothing you have to do.", "See my invoices"),
        NoticeContent.PriceMoveAhead moves => PriceMove(moves),
        NoticeContent.PriceMoveOff off => new(
            $"{off.Plan}: your price stays at {Formats.Money(off.Stays)}", $"We had told you of a new price for {off.Plan}. It is off.",
            Rows(("You go on paying", $"{Formats.Money(off.Stays)} {Every(off.Cadence)}")), "There is nothing you have to do.", MyPage),
        NoticeContent.TrialEnding trial => new(
            $"Your free trial of {trial.Plan} runs through {Formats.Date(trial.On.PlusDays(-1))}",
            $"We hope you enjoy {trial.Plan}. Your free trial runs through {Formats.Date(trial.On.PlusDays(-1))}; after that the first period begins.",
            Rows(("First charge", Formats.Date(trial.On)), ("Amount", Formats.Money(trial.Due)), ("Card", CardOrNone(trial.Card))),
            $"Not for you? Leave before {Formats.Date(trial.On)}, and nothing is charged.", MyPage),
        NoticeContent.RenewalAhead ahead => new(
            $"{ahead.Plan} begins anew on {Formats.Date(ahead.On)}",
            $"So that nothing surprises you: on {Formats.Date(ahead.On)} your next period of {ahead.Plan} begins.",
            Rows(
                ("Time", Formats.Span(ahead.On, ahead.To)), ("We charge", Formats.Money(ahead.Due)), ("Card", CardOrNone(ahead.Card))),
            Sentences(CardBy(ahead.Card, ahead.On), "Until then you can change it or leave."), MyPage),
        NoticeContent.CancelPlanned planned => new(
            $"{planned.Plan} ends, as you wished", $"It is done: {Formats.Date(planned.LastDay)} is your last day with {planned.Plan}.",
            Rows(("Last day", Formats.Date(planned.LastDay)), ("Still to be charged for later periods", "Nothing")),
            "There is nothing else you have to do. Should you change your mind, one click takes it back until then. Thank you for your time with us.", MyPage),
        NoticeContent.CancelWithdrawn stays => new(
            $"{stays.Plan} goes on", $"Good to have you with us: {stays.Plan} goes on as before.", [], "There is nothing you have to do.", MyPage),
        NoticeContent.Ended ended => new(
            $"{ended.Plan} has ended",
            ended.ByChoice ? $"{ended.Plan} has ended, as you wished. Thank you for your time with us."
                : $"{ended.Plan} has ended, because a payment stayed open for long.",
            Rows(
                ("Last day", Formats.Date(ended.LastDay)), ("Still to be charged for later periods", "Nothing"),
                ("Your credit stays yours", ended.Credit.Minor > 0 ? Formats.Money(ended.Credit) : null)),
            "Should you want to come back one day, you are welcome.", MyPage),
        NoticeContent.CameBack back => new(
            "Good to have you back", $"{back.Plan} is yours again.", Rows(("Price", $"{Formats.Money(back.Price)} {Every(back.Cadence)}")),
            "There is nothing you have to do.", MyPage),
        NoticeContent.CardAdded added => new(
            "Your card is in place", $"From now on we charge your {CardIs(added.Card)}.", [],
            "It was not you? Then please write to us at once.", MyPage),
        NoticeContent.Credited credited => new(
            $"{Formats.Money(credited.Amount)} credited", $"We have credited you {Formats.Money(credited.Amount)}.",
            Rows(("Amount", Formats.Money(credited.Amount)), ("Invoice", credited.Invoice), ("Credit note", credited.CreditNote)),
            "It comes off what was open; what was paid already is your credit, and is used for your next invoice.", "See my invoices"),
        NoticeContent.Asking asking => Ask(asking),
        NoticeContent.PaidThanks thanks => new(
            "Thank you, all is paid", "Your payment has arrived, and nothing is open any more. Thank you.", Rows(("Paid", Formats.Money(thanks.Paid))),
            "There is nothing you have to do.", MyPage),
        _ => SayBreak(content),
    };

    private Said PriceMove(NoticeContent.PriceMoveAhead told)
    {
        var (move, every) = (told.Move, Every(told.Cadence));
        var costs = $"from {Formats.Date(move.FirstBilledOn)} {told.Plan} costs {Formats.Money(move.After)} {every} instead of {Formats.Money(move.Before)}";
        var lower = move.After.Minor < move.Before.Minor;
        return new(
            $"{told.Plan}: a new price from {Formats.Date(move.FirstBilledOn)}", lower ? $"Good news: {costs}." : $"We want you to know early: {costs}.",
            Rows(("Until then", $"{Formats.Money(move.Before)} {every}"), ("From then on", $"{Formats.Money(move.After)} {every}")),
            lower ? "There is nothing you have to do." : "If that is not for you, you can leave before then, and the new price is never charged.", MyPage);
    }

    private Said SayBreak(NoticeContent content) => content switch
    {
        NoticeContent.BreakPlanned planned => new(
            $"Your break begins on {Formats.Date(planned.StartsOn)}", "Your break On the Beach is planned.",
            Rows(
                ("Away from", Formats.Date(planned.StartsOn)), ("Back on", Formats.Date(planned.ReturnOn)), ("A month away", Formats.Money(planned.Fee)),
                ("What stays", planned.Keeps)),
            "Until it begins you can take it back. A week before you return we remind you.", MyPage),
        NoticeContent.BreakBegun begun => new(
            "Enjoy the beach", $"Your break from {begun.Plan} has begun. Everything waits for you.",
            Rows(
                ("Back on", Formats.Date(begun.ReturnOn)), ("A month away", Formats.Money(begun.Fee)),
                ("Paid days that wait for you", begun.BankedDays > 0 ? Formats.Number(begun.BankedDays) : null), ("What stays", begun.Keeps)),
            "A week before you return we remind you. You can come back any day, stay longer, or leave.", MyPage),
        NoticeContent.BreakExtended extended => new(
            $"Your break: back on {Formats.Date(extended.ReturnOn)}", $"Done: you stay On the Beach longer, and {extended.Plan} waits for you.",
            Rows(("Back on", Formats.Date(extended.ReturnOn))), "Before you return we remind you.", MyPage),
        NoticeContent.ReturnAhead ahead => new(
            $"Back from the beach on {Formats.Date(ahead.ReturnOn)}", $"Soon you are back with {ahead.Plan}, and everything is in place.",
            Rows(
                ("Back on", Formats.Date(ahead.ReturnOn)), ("Next charge", Formats.Date(ahead.NextBillingOn)),
                ("Price", ahead.Due == ahead.Total ? null : Formats.Money(ahead.Total)), ("We charge", Formats.Money(ahead.Due)),
                ("Card", CardOrNone(ahead.Card))),
            Sentences(
                ahead.CardThen == CardOnReturn.Expired ? "The date printed on this card will have passed by then; a new one is normally on its way." : null,
                "Until then you can stay away longer or leave."), MyPage),
        NoticeContent.BreakEnded ended => new(
            "Welcome back", $"Good to have you back with {ended.Plan}. Everything is in place.",
            Rows(
                ("Paid days that are used first", ended.BankedDays > 0 ? Formats.Number(ended.BankedDays) : null),
                ("Next charge", Formats.Date(ended.NextBillingOn))),
            "There is nothing you have to do.", MyPage),
        _ => throw new InvalidOperationException($"{content.GetType().Name} has no English words."),
    };

    private string CardOrNone(Card? card) => card is null ? "None yet; you can put one in on your page" : CardIs(card);

    private static string? CardBy(Card? card, LocalDate day) =>
        card?.ValidThrough < day ? "The date printed on this card will have passed by then; a new one is normally on its way." : null;

    private static string Sentences(params string?[] sentences) => string.Join(' ', sentences.Where(s => s is not null));

    private static IReadOnlyList<SaidRow> Rows(params (string Label, string? Value)[] rows) =>
        [.. rows.Where(r => !string.IsNullOrEmpty(r.Value)).Select(r => new SaidRow(r.Label, r.Value!))];
}
