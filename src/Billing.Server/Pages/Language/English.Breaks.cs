using Billing.Invoicing;
using Billing.Plans;
using Billing.Subscriptions;
using NodaTime;

namespace Billing.Server.Pages.Language;

/// <content>Taking a break, staying longer, coming back.</content>
internal sealed partial class English
{
    public override string TakeABreak => "Take a break";
    public override string YourBreak => "Your break";
    public override string BreakLead => "Choose the day you want to be back. Nothing is done before you press the button below it.";
    public override string BreakTermsInWords(BreakTerms terms)
    {
        var price = terms.Fee.IsZero ? "It costs nothing" : $"It costs {Formats.Money(terms.Fee)} for each month away";
        return $"{price}, and days you have paid for are kept for you. What stays: {terms.Keeps}. From {Days(terms.ShortestDays)} to {Days(terms.LongestDays)}.";
    }

    public override string BreakStands(Break live) => live.State == BreakState.Planned
        ? $"It begins on {Formats.Date(live.StartsOn)}; you are back on {Formats.Date(live.ReturnOn)}."
        : $"You are On the Beach since {Formats.Date(live.StartsOn)}, and back on {Formats.Date(live.ReturnOn)}.";

    public override string BreakBegins => "When it begins";
    public override string BreakNow => "Begin today";
    public override string BreakAtEnd(LocalDate end) => $"Begin on {Formats.Date(end)}, when what you paid for is used up";
    public override string BreakDay => "The day you are back";
    public override string BreakOtherDay => "Or type a day";
    public override string EarlierMonth => "The month before";
    public override string LaterMonth => "The month after";
    public override string BackOnDay(LocalDate day) => $"Back on {Formats.Date(day)}";
    public override string BreakStarts(Break away) => away.BankedDays > 0
        ? $"Your break begins. {Days(away.BankedDays)} you have paid for wait for you."
        : "Your break begins.";
    public override string BreakFirstFee(Invoice fee) => fee switch
    {
        { DueMinor: > 0 } => $"We charge {Formats.Money(fee.Due)} for the first days away.",
        { CarriedForwardMinor: > 0 } => $"The first days away cost {Formats.Money(fee.Total)}; that is too little to charge now and waits for a later invoice.",
        _ => $"The first days away cost {Formats.Money(fee.Total)}; your credit covers it.",
    };
    public override string BreakCosts(Money cost) => cost.IsZero ? "It costs you nothing more." : $"In all it costs {Formats.Money(cost)}.";
    public override string BreakOffUnpaid(Money amount) => $"{Formats.Money(amount)} for days you do not use comes off what is to pay.";
    public override string BreakFeeBack(Money amount) => $"{Formats.Money(amount)} of the fee, for days you do not need, is given back.";
    public override string BackToday(Break ended) => ended.BankedDays > 0
        ? $"You are back. The {Days(ended.BankedDays)} you had paid for are used first."
        : "You are back.";
    public override string BreakConfirm(ChangeWhen when) => when switch
    {
        ChangeWhen.Now => "Begin my break",
        ChangeWhen.PeriodEnd => "Plan my break",
    };
    public override string BreakExtendConfirm(LocalDate day) => $"Stay away until {Formats.Date(day)}";
    public override string ComeBackToday => "Come back today";
    public override string WithdrawBreak => "Take the break back";
}
