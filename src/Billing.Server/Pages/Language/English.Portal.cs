using Billing.Periods;
using Billing.Retention;
using NodaTime;

namespace Billing.Server.Pages.Language;

/// <content>What one can do on one's own page, what was done, and what could not be.</content>
internal sealed partial class English
{
    public override string OwnName => "English";

    public override string Offline => "You are offline just now, so nothing was sent. Everything is as it was; press again when you are connected.";
    public override string TroubleTitle => "Nothing was changed";
    public override string Trouble(string code) => code switch
    {
        "version_mismatch" or "changed_meanwhile" or "already_exists" or "quote_stale" =>
            "The page you were on was older than what is so now. Perhaps you pressed twice, or changed something in another window. Nothing was done twice, and nothing was charged twice. Your page shows how things stand.",
        "payment_in_progress" => "A payment is under way. Please give it a minute; nothing is charged twice.",
        "invoice_not_open" => "This invoice is settled already. Nothing was charged a second time.",
        "no_card" => "There is no card yet to pay with. Please put one in first.",
        "card_declined" => "The bank did not accept this card. You still have the card you had; please try another.",
        "card_token_unknown" => "We do not know this card. You still have the card you had; please try again.",
        "no_breaks" => "This plan has no breaks.",
        "break_in_trial" => "Your trial costs nothing, so there is nothing to pause.",
        "break_too_short" => "A break is a little longer than that. Please choose a later day.",
        "break_too_long" => "A break cannot be that long. Please choose an earlier day.",
        "too_many_breaks" => "You have had all the breaks of this year. You can leave and come back at any time; everything stays in place.",
        "break_too_soon" => "It is a little early for another break. You can leave and come back at any time; everything stays in place.",
        "on_a_break" => "You are On the Beach already.",
        "break_planned" => "A break is planned already. You can take it back or change it on your page.",
        "not_on_a_break" or "no_break_planned" => "You are not on a break any more.",
        "return_not_later" => "That is not later than the day you are back already.",
        "cancel_planned" or "cancel_already_planned" => "Your subscription is about to end. You can take that back on your page first.",
        "no_cancel_planned" => "You are staying already.",
        "renewal_due" => "Your next period is just being billed. Please try again in a few minutes.",
        "subscription_ended" => "This subscription has ended. You can come back to it on your page.",
        "subscription_not_ended" => "You are back already.",
        "plan_retired" or "no_price" or "unknown_plan" => "This plan is no longer offered.",
        "already_subscribed" => "You have this plan already.",
        "nothing_changes" => "That is what you have already, so there is nothing to change.",
        "quantity_out_of_range" => "Please choose a number of seats between 1 and 1,000,000.",
        "no_change_planned" => "No change is planned any more.",
        "session_closed" => "You have decided this already. Your page shows how things stand.",
        "offer_expired" or "no_offer" => "This offer no longer holds. You can still leave, or stay as you are.",
        "day_out_of_range" or "payment_day_missing" => "Please choose another day.",
        "promises_used_up" => "You have chosen a day as often as that is possible. You can still pay now, use another card, take a break, or leave.",
        "case_closed" => "Nothing is being asked for any more, so there is no day to choose.",
        "no_day_chosen" => "No day is chosen any more.",
        "card_is_default" => "This card is the one that is charged anyway.",
        "no_backup_card" => "There is no second card any more.",
        "nothing_open" => "Nothing is open any more. Nothing was charged a second time.",
        "card_not_usable" => "Your bank will not take this card for this payment. Nothing was charged. With another card it is settled in a minute.",
        "card_limit_reached" => "This card was tried often enough for now, so it was not tried again. Nothing was charged. You can use another card, or choose a day.",
        _ => "This cannot be done just now. Nothing was changed and nothing was charged. If it stays so, please write to us.",
    };

    public override string ComeBack => "Come back";
    public override string ComeBackMeans(string plan, Money price, Cadence cadence, LocalDate nextOn, LocalDate today) =>
        $"Everything is as you left it: {plan}, {Formats.Money(price)} {Every(cadence)}. " + (nextOn <= today
            ? "A new period begins today, and is charged today."
            : $"What you paid for runs on; the next charge is on {Formats.Date(nextOn)}.");
    public override string StayAfterAll => "Stay after all";
    public override string WhatThisMeans => "What this means";

    public override string DoneSay(CustomerAct act) => act switch
    {
        CustomerAct.BreakTaken => "Done. Your break is set.",
        CustomerAct.BreakExtended => "Done. You stay away a little longer.",
        CustomerAct.BreakEnded => "Welcome back.",
        CustomerAct.BreakWithdrawn => "Done. The break is taken back.",
        CustomerAct.PlanChanged => "Done. Your plan is changed.",
        CustomerAct.ChangePlanned => "Done. The change is planned.",
        CustomerAct.ChangeWithdrawn => "Done. You keep what you have.",
        CustomerAct.Left => "Done. Thank you for having been with us.",
        CustomerAct.Stayed => "We are glad you stay.",
        CustomerAct.OfferTaken => "Done. We are glad you stay.",
        CustomerAct.LeaveWithdrawn => "Done. We are glad you stay.",
        CustomerAct.CameBack => "Welcome back.",
        CustomerAct.CardAdded => "Done. Your new card is in place.",
        CustomerAct.CardChosen => "Done. That card is charged from now on.",
        CustomerAct.Paid => "Thank you. It is paid.",
        CustomerAct.DetailsChanged => "Saved.",
        CustomerAct.DayChosen => "Done. Until that morning we ask for nothing.",
        CustomerAct.DayWithdrawn => "Done. The day is taken back.",
        CustomerAct.BackupAgreed => "Thank you. That card steps in only when the usual one will not do.",
        CustomerAct.BackupWithdrawn => "Done. That card does not step in any more.",
    };

    public override string HowEasy => "How easy was that?";
    public override string VeryHard => "very hard";
    public override string VeryEasy => "very easy";
    public override string EaseOf(int ease) => $"{ease} of {Feedback.Easiest}, where {Feedback.Easiest} is very easy";
    public override string OneSentence => "One sentence, if you like, before you click a number";
    public override string ThanksForWords => "Thank you. A person reads this.";

    public override string YourDetails => "Your details";
    public override string DetailsAndData => "Language, time zone, your data";
    public override string LanguageLabel => "Language of pages and mails";
    public override string ZoneLabel => "Time zone";
    public override string ZoneHint => "Your days are counted there. A change counts from your next period on.";
    public override string WhatWeHold => "What we hold about you";
    public override string WhatWeHoldText => "All of it in one file: who you are to us, what you have, invoices, payments, mails, and everything that happened, with its date. Card numbers are not in it: we never have them.";
    public override string Download => "Download";
    public override string Save => "Save";
    public override string ConfirmWithBank => "Confirm with your bank";
}
