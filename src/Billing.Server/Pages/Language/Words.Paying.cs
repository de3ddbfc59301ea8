using Billing.Cards;
using Billing.Subscriptions;
using NodaTime;

namespace Billing.Server.Pages.Language;

/// <content>A payment that did not go through, and all that can be done about it.</content>
public abstract partial class Words
{
    public abstract string WhatSuitsYou { get; }
    public abstract string WhatSuitsYouText { get; }

    /// <summary>When the bank says that the customer wants to be charged no more.</summary>
    public abstract string PerhapsLeave { get; }
    public abstract string PerhapsLeaveText { get; }
    public abstract string WeHaveStopped { get; }
    public abstract string BillsUnlessLeft(OutlookEntry.Bills step);

    public abstract string PayAll(Money due);
    public abstract string PayAllMeans { get; }
    public abstract string OtherCardMeans { get; }

    /// <summary>The same, while a day is chosen: it waits for that day.</summary>
    public abstract string OtherCardWaits(LocalDate day);
    public abstract string BreakMeans(string plan);
    public abstract string SmallerPlan { get; }
    public abstract string SmallerPlanMeans(string plan);
    public abstract string LeaveMeans(string plan);

    public abstract string ChooseDayToPay { get; }
    public abstract string ChooseDayMeans { get; }
    public abstract string ChooseOtherDay { get; }
    public abstract string DayIsChosen(LocalDate day);
    public abstract string TakeDayBack { get; }
    public abstract string DayLead { get; }
    public abstract string PayOnDay(LocalDate day);
    public abstract string UntilMorning { get; }
    public abstract string UntilMorningMeans { get; }

    /// <summary>What happens on the morning of the chosen day.</summary>
    public abstract string DayMeans(Money due, Card? card, bool needsOther);
    public abstract string DayConfirm { get; }
    public abstract string DayCanBeTakenBack { get; }
    public abstract string DayIsTheLast { get; }

    public abstract string SecondCard { get; }
    public abstract string SecondCardTitle { get; }
    public abstract string SecondCardMeans(Card usual);
    public abstract string SecondCardAgree { get; }
    public abstract string AgreeSecond { get; }
    public abstract string AgreeSecondFor(Card card);
    public abstract string AgreeSecondMeans(Card card);
    public abstract string WithdrawSecond { get; }

    /// <summary>Nothing helped: access rests, and one click brings it back.</summary>
    public abstract string Rests { get; }
    public abstract string RestsShort { get; }
}
