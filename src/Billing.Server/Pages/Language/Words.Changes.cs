using Billing.Cards;
using Billing.Client.Contract;
using Billing.Payments;
using Billing.Periods;
using Billing.Retention;
using NodaTime;

namespace Billing.Server.Pages.Language;

/// <content>Changing plan and card, paying, and leaving step by step.</content>
public abstract partial class Words
{
    public abstract string ChangePlan { get; }
    public abstract string ChangeLead { get; }
    public abstract string SeatsLabel { get; }
    public abstract string ShowCost { get; }
    public abstract string ForEachSeat { get; }
    public abstract string YoursNow { get; }
    public abstract string Choose { get; }
    public abstract string ChooseThis(string plan, Cadence cadence);
    public abstract string QuoteRenewed { get; }
    public abstract string QuoteGone { get; }
    public abstract string QuoteInShort(string what, string date, bool now, Money due, Card? card);
    public abstract string QuoteLine(QuoteLineView line, Money whole);
    public abstract string QuoteToCredit(Money credit);
    public abstract string QuoteNext(string date, Money total);
    public abstract string QuoteConfirm(bool now);
    public abstract string QuoteHolds { get; }
    public abstract string WithdrawChange { get; }

    public abstract string PayNow(Money due);
    public abstract string PaidWith(Card card);
    public abstract string PaymentTitle(AttemptState state);

    /// <summary>What came of a payment; nothing in it would help whoever found a card.</summary>
    public abstract string PaymentIs(PaymentAttempt attempt);

    public abstract string YourCards { get; }
    public abstract string KeptCards { get; }
    public abstract string AddCard { get; }
    public abstract string ReplaceCard { get; }
    public abstract string NewCardPays(Money open);
    public abstract string SandboxCards { get; }
    public abstract string UseThisCard { get; }
    public abstract string UseThis(string card);
    public abstract string ChargedNow { get; }
    public abstract string CardsAreSafe { get; }
    public abstract string CardIs(string brand, string lastFour);
    public abstract string CreditNoteTitle { get; }
    public abstract string CreditNoteFor { get; }
    public abstract string BecameCredit { get; }

    public abstract string Leave { get; }
    public abstract string LeavingLead { get; }
    public abstract string LeavingWays { get; }
    public abstract string LeaveToday { get; }
    public abstract string LeaveThen(LocalDate end);
    public abstract string Stay { get; }
    public abstract string OfferTitle { get; }
    public abstract string TakeOffer(SaveOffer offer);
    public abstract string WhichDay { get; }
    public abstract string WhyTitle { get; }
    public abstract string WhyText { get; }
    public abstract string WhyThanks { get; }
}
