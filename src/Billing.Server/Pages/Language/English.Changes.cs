using Billing.Cards;
using Billing.Client.Contract;
using Billing.Payments;
using Billing.Periods;
using Billing.Retention;
using NodaTime;

namespace Billing.Server.Pages.Language;

/// <content>Changing plan and card, paying, and leaving step by step.</content>
internal sealed partial class English
{
    public override string ChangePlan => "Change plan";
    public override string ChangeLead => "Choose, and see what it costs to the cent. Nothing changes before you confirm.";
    public override string SeatsLabel => "Seats";
    public override string ShowCost => "Show what it costs";
    public override string ForEachSeat => " for each seat";
    public override string YoursNow => "Yours now";
    public override string Choose => "Choose";
    public override string ChooseThis(string plan, Cadence cadence) => $"Choose {plan}, {Every(cadence)}";
    public override string QuoteRenewed => "Something changed since you looked, so nothing was done. This is what it costs now.";
    public override string QuoteGone => "Something changed since you looked, so nothing was done a second time and nothing was charged twice.";
    public override string QuoteInShort(string what, string date, bool now, Money due, Card? card) =>
        !now ? $"{what} from {date} on. Nothing is charged today."
        : due.Minor <= 0 ? $"{what} from today on. Nothing is charged today."
        : card is null ? $"{what} from today on. {Formats.Money(due)} is due today; there is no card yet to pay it with."
        : $"{what} from today on. We charge {Formats.Money(due)} to your {CardIs(card)}.";
    public override string QuoteLine(QuoteLineView line, Money whole)
    {
        var what = line.Quantity == 1 ? line.PlanName : $"{line.PlanName} × {Formats.Number(line.Quantity)}";
        var days = $"{Formats.Number(line.Days)} of {Formats.Number(line.OfDays)} days of {what} at {Formats.Money(whole)}";
        return line.Kind == "proration_credit" ? $"Not used: {days}" : days;
    }

    public override string QuoteToCredit(Money credit) => $"{Formats.Money(credit)} that you had paid becomes your credit.";
    public override string QuoteNext(string date, Money total) => $"Then {Formats.Money(total)} on {date}, and so on.";
    public override string QuoteConfirm(bool now) => now ? "Change now" : "Plan this change";
    public override string QuoteHolds => "This holds for a quarter of an hour. It is charged exactly so, or not at all.";
    public override string WithdrawChange => "Take the change back";

    public override string PayNow(Money due) => $"Pay {Formats.Money(due)} now";
    public override string PaidWith(Card card) => $"With your {CardIs(card)}.";
    public override string PaymentTitle(AttemptState state) => state switch
    {
        AttemptState.Succeeded or AttemptState.CapturedLate => "It is paid",
        AttemptState.Declined or AttemptState.Failed => "It did not go through",
        AttemptState.ActionRequired => "Your bank would like a word",
        AttemptState.Started or AttemptState.Unknown => "We are asking your bank",
    };
    public override string PaymentIs(PaymentAttempt attempt) => attempt.State switch
    {
        AttemptState.Succeeded or AttemptState.CapturedLate => $"Thank you. {Formats.Money(attempt.Amount)} arrived.",
        AttemptState.Declined => DeclineCodes.RuleOf(attempt.DeclineCode!).Class switch
        {
            DeclineClass.Soft => "Your bank said no for now; that happens, and often it goes through on another day. Nothing was charged. You can also use another card.",
            DeclineClass.Technical => "A machine on the way to your bank did not answer. It is not your doing, and nothing was charged. Please try again a little later.",
            DeclineClass.FixCardData or DeclineClass.NeedsNewCard => "This card does not work for it any more. Nothing was charged. With another card it is settled in a minute.",
            DeclineClass.NeedsAuthentication => ToConfirm,
            DeclineClass.Fraud => "Your bank did not allow it. Nothing was charged. With another card it is settled in a minute.",
            DeclineClass.ConsentWithdrawn => "Your bank tells us not to charge this card, and we do not. You can use another card, take a break, or leave.",
            DeclineClass.OurFault => "Something went wrong on our side. Nothing was charged, and we look into it.",
        },
        AttemptState.Failed => "Something went wrong on our side. Nothing was charged, and we look into it.",
        AttemptState.ActionRequired => ToConfirm,
        AttemptState.Started or AttemptState.Unknown => "The answer is on its way. You need not do anything, and nothing is charged twice. Look again in a few minutes.",
    };

    public override string YourCards => "Your cards";
    public override string KeptCards => "Cards we may charge";
    public override string AddCard => "Put in a card";
    public override string ReplaceCard => "Use another card";
    public override string NewCardPays(Money open) => $"{Formats.Money(open)} is open. A new card pays it within minutes, once.";
    public override string SandboxCards => "This is a sandbox: no money moves. Choose one of its test cards.";
    public override string UseThisCard => "Use this card";
    public override string UseThis(string card) => $"Use this card: {card}";
    public override string ChargedNow => "Charged";
    public override string CardsAreSafe => "We know the last four digits and the date, never the number.";
    public override string CardIs(string brand, string lastFour) => brand == "mastercard"
        ? $"Mastercard ending in {lastFour}"
        : $"{Brand(brand)} card ending in {lastFour}";
    public override string CreditNoteTitle => "Credit note";
    public override string CreditNoteFor => "For invoice";
    public override string BecameCredit => "Of this, now your credit";

    public override string Leave => "Leave";
    public override string LeavingLead => "You can leave here and now. Nobody asks you twice.";
    public override string LeavingWays => "Cancel";
    public override string LeaveToday => "Cancel now";
    public override string LeaveThen(LocalDate end) => $"Cancel as of {Formats.Date(end.PlusDays(-1))}";
    public override string Stay => "Stay as it is";
    public override string OfferTitle => "Perhaps this suits you better";
    public override string TakeOffer(SaveOffer offer) => offer switch
    {
        SaveOffer.Break => "Take a break",
        SaveOffer.SmallerPlan plan => $"Move to {plan.Name}",
        SaveOffer.Discount => "Stay at this price",
        SaveOffer.LaterPaymentDay => "Pay on that day",
        SaveOffer.TalkToAPerson => "Let a person write to me",
        _ => throw new InvalidOperationException($"{offer.GetType().Name} is no offer we know."),
    };
    public override string WhichDay => "On which day?";
    public override string WhyTitle => "Would you tell us why? You need not.";
    public override string WhyText => "In your own words, if you like";
    public override string WhyThanks => "Thank you for telling us.";
}
