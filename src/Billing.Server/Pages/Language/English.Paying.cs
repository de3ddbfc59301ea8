using Billing.Cards;
using Billing.Subscriptions;
using NodaTime;

namespace Billing.Server.Pages.Language;

/// <content>A payment that did not go through, and all that can be done about it.</content>
internal sealed partial class English
{
    public override string WhatSuitsYou => "Choose what suits you";
    public override string WhatSuitsYouText => "It happens, and there is no hurry. Each of these settles it, or gives you time.";
    public override string PerhapsLeave => "Perhaps you would like to leave?";
    public override string PerhapsLeaveText =>
        "Your bank tells us that you no longer want us to charge your card. If you want to leave, here is the way out, and nobody asks twice. If not, each of the others puts things right.";
    public override string WeHaveStopped => "We have stopped, and do not try your card again.";
    public override string BillsUnlessLeft(OutlookEntry.Bills step) =>
        $"On {Formats.Date(step.Period.Start)} your next period begins, unless you leave before. Your card is not charged for it.";

    public override string PayAll(Money due) => $"Pay {Formats.Money(due)} now";
    public override string PayAllMeans => "Everything that is open, at once.";
    public override string OtherCardMeans => "With another card, what is open is paid within minutes, once.";
    public override string OtherCardWaits(LocalDate day) => $"Another card is charged on {Formats.Date(day)}, the day you chose, and not before.";
    public override string BreakMeans(string plan) => $"Let {plan} wait for you, for a small fee, until you need it again.";
    public override string SmallerPlan => "Move to a smaller plan";
    public override string SmallerPlanMeans(string plan) => $"If {plan} is more than you need, pay less from your next period on.";
    public override string LeaveMeans(string plan) => $"If {plan} is nothing for you any more. You can come back at any time.";

    public override string ChooseDayToPay => "Choose a day to pay";
    public override string ChooseDayMeans => "Pay when it suits you. Until that morning we try nothing and ask for nothing.";
    public override string ChooseOtherDay => "Choose another day";
    public override string DayIsChosen(LocalDate day) =>
        $"You chose to pay on {Formats.Date(day)}. Until that morning we try nothing and ask for nothing.";
    public override string TakeDayBack => "Take the day back";
    public override string DayLead => "Choose the day on which paying suits you. Nothing is done before you press the button.";
    public override string PayOnDay(LocalDate day) => $"Pay on {Formats.Date(day)}";
    public override string UntilMorning => "Until that morning";
    public override string UntilMorningMeans => "We try no card and ask for nothing. Everything goes on as before.";
    public override string DayMeans(Money due, Card? card, bool needsOther) => (card, needsOther) switch
    {
        (null, _) => $"In the morning we charge {Formats.Money(due)}, once. Please put in a card before then.",
        (not null, true) => $"Your {CardIs(card)} will not work for it. Please put in another card before then; we charge {Formats.Money(due)} to it that morning, once.",
        (not null, false) => $"In the morning we charge {Formats.Money(due)} to your {CardIs(card)}, once.",
    };
    public override string DayConfirm => "Choose this day";
    public override string DayCanBeTakenBack => "You can take it back with one click, and change it once.";
    public override string DayIsTheLast => "This is the second day you choose; a third is not possible.";

    public override string SecondCard => "Second card";
    public override string SecondCardTitle => "A second card";
    public override string SecondCardMeans(Card usual) =>
        $"If your {CardIs(usual)} will not do, we charge this one instead, once. You see it on your page at least a day before, and it is charged for nothing else. You can take this back with one click.";
    public override string SecondCardAgree => "I agree";
    public override string AgreeSecond => "Use as second card";
    public override string AgreeSecondFor(Card card) => $"Use as second card: {CardIs(card)}";
    public override string AgreeSecondMeans(Card card) => $"If the usual card will not do, your {CardIs(card)} can step in.";
    public override string WithdrawSecond => "Not as second card any more";

    public override string Rests => "Your subscription rests. Nothing is deleted, and nothing more is charged. One click brings it all back.";
    public override string RestsShort => "Nothing is deleted; your subscription rests until you come back.";
}
