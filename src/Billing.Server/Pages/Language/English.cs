using System.Globalization;
using Billing.Cards;
using Billing.Invoicing;
using Billing.Periods;
using Billing.Subscriptions;
using NodaTime;

namespace Billing.Server.Pages.Language;

internal sealed partial class English : Words
{
    public override string Tag => "en";
    public override Formats Formats => Formats.English;

    public override string SkipToContent => "Skip to the content";
    public override string SignOut => "Sign out";
    public override string Questions(string contact) => $"Questions? Write to {contact}; a person answers.";

    public override string FrontText => "This is where subscriptions are looked after. Open your billing page from the app, and you are let in by a link of your own.";
    public override string SignInTitle => "Welcome";
    public override string SignInToPortal => "One click, and you are on your own page.";
    public override string SignInToOffice => "One click, and you are in the office.";
    public override string SignInButton => "Open my page";
    public override string SignInOnce => "This link works once. On a shared computer, sign out when you are done.";
    public override string LinkUsedTitle => "This link no longer works";
    public override string LinkUsedPortal =>
        "Links to your page work once and for a short while, so that nobody else can use them. Open your billing page from the app again and you get a new one.";
    public override string LinkUsedOffice => "Links to the office work once and for a short while, so that nobody else can use them. Ask for a new one; it comes by mail.";
    public override string SignedOutTitle => "Please come in again";
    public override string SignedOutPortal => "You are not signed in, or were away for an hour. Open your billing page from the app again and you get a new link. Nothing has changed meanwhile.";
    public override string SignedOutOffice => "You are not signed in, or were away for an hour, or somebody ended this session. Ask for a new link; it comes by mail. Nothing has changed meanwhile.";
    public override string GoodbyeTitle => "You are signed out";
    public override string Goodbye => "See you next time. You can close this page.";
    public override string NotThereTitle => "We cannot find that page";
    public override string NotThere => "There is nothing here under this address, or it is not yours to see.";
    public override string FormTooOldTitle => "That took a little long";
    public override string FormTooOld => "The page was open for so long that we cannot be sure who is asking. Nothing was changed. Please go back, load the page again and repeat your step.";
    public override string BackHome => "Back to your page";

    public override string Hello(string? name) => name is null ? "Your subscription" : $"Hello, {name}";
    public override string WhatHappensNext => "What happens next";
    public override string WhatYouHave => "What you have";
    public override string HowYouPay => "How you pay";
    public override string YourInvoices => "Your invoices";
    public override string NoSubscription => "You have no subscription. Nothing will be charged.";
    public override string NoInvoices => "There are no invoices yet.";
    public override string HowItIsMadeUp => "How this amount is made up";

    public override string Bills(OutlookEntry.Bills step, Card? card, bool dueNow)
    {
        var date = Formats.Date(step.Period.Start);
        var trial = step.AfterTrial ? $"Your free trial runs through {Formats.Date(step.Period.Start.PlusDays(-1))}. " : "";
        var when = dueNow ? "Today" : $"On {date}";
        return trial + (step.Use switch
        {
            { Due.Minor: > 0 } use when card is not null => $"{when} we charge {Formats.Money(use.Due)} to your {CardIs(card)}.",
            { Due.Minor: > 0 } use => $"{when}, {Formats.Money(use.Due)} is due. There is no card yet to pay it with.",
            { CarriedForward.Minor: > 0 } use =>
                $"{when} your next period begins. {Formats.Money(use.CarriedForward)} is too little to charge, so it waits for the invoice after.",
            { Applied.Minor: > 0 } => $"{when} your next period begins. Your credit covers it; nothing is charged.",
            _ => $"{when} your next period begins. There is nothing to pay.",
        });
    }

    public override string ThenYouHave(string plan) => $"It is for {plan}, which you have from then on.";

    public override string Ends(OutlookEntry.Ends step) =>
        $"It ends, as you wished. {Formats.Date(step.On.PlusDays(-1))} is your last day, and nothing more is charged.";
    public override string Over(Subscription ended) => $"It ended on {Formats.Date(ended.EndedOn ?? ended.CurrentEnd)}. Nothing more is charged.";
    public override string Away(OutlookEntry.Returns step, LocalDate today) => step.On <= today
        ? "You are on your way back from the beach. Everything is in place."
        : $"You are On the Beach. On {Formats.Date(step.On)} you are back, and everything is in place. " + (step.BankedDays > 0
            ? $"The {Days(step.BankedDays)} you had paid for are used first, so the next charge is on {Formats.Date(step.NextBillingOn)}."
            : "The next charge is on that day.");
    public override string GoesAway(OutlookEntry.GoesAway step) =>
        $"On {Formats.Date(step.On)} your break On the Beach begins, and nothing is billed for your plan. You are back on {Formats.Date(step.ReturnOn)}.";
    public override string TheNextTwelveMonths => "All of the next twelve months";
    public override string NothingHappens => "Nothing will be charged and nothing will change by itself.";
    public override string Happens(OutlookEntry entry) => entry switch
    {
        OutlookEntry.Bills { Use.Due.Minor: > 0 } bills => $"We charge {Formats.Money(bills.Use.Due)} for the time through {LastDay(bills.Period.End)}.",
        OutlookEntry.Bills bills => $"Your next period begins, through {LastDay(bills.Period.End)}. Nothing is charged.",
        OutlookEntry.Changes => "Your planned change takes effect.",
        OutlookEntry.MovesPrice moves => $"The new price begins: {Formats.Money(moves.After)} instead of {Formats.Money(moves.Before)}.",
        OutlookEntry.Ends => "Your subscription ends, as you wished.",
        OutlookEntry.GoesAway goes => $"Your break On the Beach begins. You are back on {Formats.Date(goes.ReturnOn)}.",
        OutlookEntry.ChargesAway { Use.Due.Minor: > 0 } away => $"We charge {Formats.Money(away.Use.Due)} for On the Beach through {LastDay(away.To)}.",
        OutlookEntry.ChargesAway away => $"On the Beach through {LastDay(away.To)}. Nothing is charged.",
        OutlookEntry.Reminds reminds => $"We remind you that you are back on {Formats.Date(reminds.ReturnOn)}.",
        OutlookEntry.Returns back => $"You are back from the beach. The next charge is on {Formats.Date(back.NextBillingOn)}.",
        OutlookEntry.Asks asks => $"If {Formats.Money(asks.Amount)} is still open then, we write to you.",
        OutlookEntry.Parks parks => $"If {Formats.Money(parks.Amount)} is still open then, your access rests. Everything is kept, and one click brings it back.",
        OutlookEntry.EndsParked => "It ends. Pay or come back before, and everything is as it was.",
        OutlookEntry.Collects { OnBackupCard: true } collects =>
            $"We try your second card, as you agreed, for invoice {collects.Number}: {Formats.Money(collects.Amount)}.",
        OutlookEntry.Collects collects => $"We try your card again for invoice {collects.Number}: {Formats.Money(collects.Amount)}.",
        _ => throw new InvalidOperationException($"{entry} has no words."),
    };
    public override string UntilThen(IReadOnlyList<HowToStop> ways) => ways.Count == 0 ? "" : $"Until then you can {string.Join(" or ", ways.Select(Do))}.";
    public override string PriceMoves(MoveAhead move, Cadence cadence)
    {
        var costs = $"{Formats.Date(move.FirstBilledOn)} it costs {Formats.Money(move.After)} {Every(cadence)} instead of {Formats.Money(move.Before)}";
        return move.After.Minor < move.Before.Minor
            ? $"Good news: from {costs}. There is nothing you have to do."
            : $"From {costs}. If that is not for you, you can leave before then and nothing more is charged.";
    }

    public override string InDays(int days) => days switch { <= 0 => "today", 1 => "tomorrow", _ => $"in {Formats.Number(days)} days" };

    public override string Every(Cadence cadence)
    {
        var unit = cadence.Unit switch
        {
            CadenceUnit.Day => "day",
            CadenceUnit.Week => "week",
            CadenceUnit.Month => "month",
            CadenceUnit.Year => "year",
        };
        return cadence.Count == 1 ? $"every {unit}" : $"every {Formats.Number(cadence.Count)} {unit}s";
    }

    public override string Seats(int seats, Money unit) =>
        seats == 1 ? $"1 seat at {Formats.Money(unit)}" : $"{Formats.Number(seats)} seats at {Formats.Money(unit)} each";
    public override string State(Subscription subscription) => subscription.Lifecycle switch
    {
        Lifecycle.Trialing when subscription.CancelAtPeriodEnd => "Ending",
        Lifecycle.Trialing => "Free trial",
        Lifecycle.Active when subscription.CancelAtPeriodEnd => "Ending",
        Lifecycle.Active => "Active",
        Lifecycle.Paused => "On the Beach",
        Lifecycle.Parked => "Resting",
        Lifecycle.Ended => "Ended",
    };
    public override string Since(string date) => $"Since {date}";
    public override string PaidThrough(string date) => $"Current period through {date}";
    public override string AgreedWithYou => "a price agreed with you";
    public override string DiscountLeft(SubscriptionDiscount discount)
    {
        var off = discount.PercentBasisPoints is { } percent ? $"{discount.Name}: {Formats.Percent(percent)} off" : discount.Name;
        return (discount.Periods - discount.PeriodsUsed) switch
        {
            null => $"{off}, for as long as you stay",
            1 => $"{off}, one more time",
            { } times => $"{off}, {Formats.Number(times)} more times",
        };
    }

    public override string CardIs(Card card) => CardIs(card.Brand, card.LastFour);
    public override string CardExpires(Card card) => $"Valid through {MonthOf(card)}";
    public override string CardExpired(Card card) =>
        $"The printed date, {MonthOf(card)}, has passed. A new card is normally on its way; there is nothing you have to do today.";
    public override string NoCard => "There is no card yet.";
    public override string Credit(Money credit) => $"You have {Formats.Money(credit)} of credit. The next invoices use it up first.";
    public override string CarriedBefore(Money owed) => $"{Formats.Money(owed)} was too little to charge before and comes with your next invoice.";

    public override string OpenInvoice(Invoice invoice) => $"Invoice {invoice.Number}: {Formats.Money(invoice.Due)} is still to pay";
    public override string TriedAgainOn(string date) => $"The last try did not go through. We try your card again on {date}; you need not do anything.";
    public override string ToConfirm => "Your bank would like you to confirm this payment.";
    public override string WeAreOnIt => "The payment is under way.";
    public override string NothingIsLost => "Nothing is lost: your subscription goes on as before.";

    public override string Invoice => "Invoice";
    public override string Number => "Number";
    public override string Date => "Date";
    public override string Amount => "Amount";
    public override string Status => "Status";
    public override string Show => "Show";
    public override string StatusOf(InvoiceStatus status) => status switch
    {
        InvoiceStatus.Draft => "Draft",
        InvoiceStatus.Open => "To pay",
        InvoiceStatus.Paid => "Paid",
        InvoiceStatus.Void => "Cancelled",
        InvoiceStatus.Uncollectible => "Not paid",
    };
    public override string BilledTo => "Billed to";
    public override string Description => "Description";
    public override string Quantity => "Quantity";
    public override string Each => "Each";
    public override string Subtotal => "Subtotal";
    public override string Discounts => "Discounts";
    public override string Total => "Total";
    public override string CreditUsed => "Credit used";
    public override string FromBefore => "From earlier invoices";
    public override string Carried => "Moved to your next invoice";
    public override string CreditedBack => "Credited";
    public override string Paid => "Paid";
    public override string ToBeCharged => "We charge";
    public override string StillToPay => "Still to pay";
    public override string PaidOn(string date, Card card) => $"Paid on {date} with your {CardIs(card)}.";
    public override string CreditNote(string number, string date, string reason) => $"Credit note {number}, {date}: {reason}";
    public override string PrintHint => "To keep a copy, print this page or save it as PDF from your browser's menu.";

    private static string Do(HowToStop way) => way switch
    {
        HowToStop.Cancel => "leave",
        HowToStop.WithdrawCancel => "change your mind and stay",
        HowToStop.WithdrawChange => "take the change back",
        HowToStop.TakeBreak => "take a break",
        HowToStop.WithdrawBreak => "take the break back",
        HowToStop.ExtendBreak => "stay away longer",
        HowToStop.ReturnEarly => "come back earlier",
        HowToStop.PayNow => "pay with this or another card",
        HowToStop.ChooseDay => "choose a day to pay",
        HowToStop.ComeBack => "come back",
    };

    private static string Days(int days) => days == 1 ? "1 day" : $"{Formats.English.Number(days)} days";

    private string LastDay(LocalDate end) => Formats.Date(end.PlusDays(-1));

    private static string MonthOf(Card card) =>
        card.ValidThrough.ToString("MMMM uuuu", CultureInfo.GetCultureInfo("en-GB"));
}
