namespace Billing.Notices;

/// <summary>What a notice says. One kind is one message, in every language.</summary>
public enum NoticeKind
{
    /// <summary>Money arrived; what for, and by which card.</summary>
    Receipt,

    /// <summary>The price will move on a day that is far enough away.</summary>
    PriceMoveAhead,

    /// <summary>The announced move was taken back.</summary>
    PriceMoveOff,

    /// <summary>The free trial ends soon; what happens then.</summary>
    TrialEnding,

    /// <summary>A long period, such as a year, is billed again soon.</summary>
    RenewalAhead,

    /// <summary>A break will begin on a day that was chosen.</summary>
    BreakPlanned,

    /// <summary>The break has begun.</summary>
    BreakBegun,

    /// <summary>The return was moved to a later day.</summary>
    BreakExtended,

    /// <summary>Back in a week: the day, the amount and the card.</summary>
    ReturnAhead,

    /// <summary>The customer is back from the beach.</summary>
    BreakEnded,

    /// <summary>It will end on a day that was chosen.</summary>
    CancelPlanned,

    /// <summary>The planned end was taken back.</summary>
    CancelWithdrawn,

    /// <summary>It has ended.</summary>
    Ended,

    /// <summary>Somebody who had left came back.</summary>
    CameBack,

    /// <summary>Another card is charged from now on.</summary>
    CardAdded,

    /// <summary>All or part of an invoice was given back.</summary>
    Credited,

    /// <summary>The card's printed date has passed and the bank has said no: is there a new one?</summary>
    CardExpiredAsk,

    /// <summary>A payment did not go through and is tried again: short of money, most often.</summary>
    PaymentFailed,

    /// <summary>Something in the card's data wants a look.</summary>
    PaymentFixData,

    /// <summary>This card will not work any more; another one would.</summary>
    PaymentNewCard,

    /// <summary>The bank wants the customer to confirm.</summary>
    PaymentToConfirm,

    /// <summary>The same in neutral words, where the reason is the bank's and the customer's own.</summary>
    PaymentNeutral,

    /// <summary>The bank says that the customer no longer agrees: perhaps they want to leave.</summary>
    ConsentWithdrawn,

    /// <summary>The day the customer chose came, and the payment did not go through.</summary>
    PromiseBroken,

    /// <summary>Access rests soon unless something is paid.</summary>
    LastCall,

    /// <summary>Access rests now; nothing is lost, one click returns.</summary>
    Parked,

    /// <summary>What was open is paid.</summary>
    PaidThanks,
}
