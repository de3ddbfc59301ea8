using NodaTime;

namespace Billing.Notices;

/// <summary>How much hangs on a notice: who goes first when little may be said, and what may wait.</summary>
public enum NoticeWeight
{
    /// <summary>Kind, and nobody misses it: may be switched off by the customer.</summary>
    Courtesy,

    /// <summary>Confirms what the customer just did.</summary>
    Answer,

    /// <summary>Asks for something, such as another card: never on a weekend.</summary>
    Asking,

    /// <summary>Says what will happen before it does: on weekends too.</summary>
    Promise,
}

/// <summary>What belongs to each kind.</summary>
public static class NoticeKinds
{
    /// <summary>How much hangs on it.</summary>
    public static NoticeWeight Weight(this NoticeKind kind) => kind switch
    {
        NoticeKind.Receipt or NoticeKind.BreakBegun or NoticeKind.BreakEnded or NoticeKind.CameBack
            or NoticeKind.PaidThanks => NoticeWeight.Courtesy,
        NoticeKind.BreakPlanned or NoticeKind.BreakExtended or NoticeKind.CancelPlanned or NoticeKind.CancelWithdrawn
            or NoticeKind.Ended or NoticeKind.CardAdded or NoticeKind.Credited => NoticeWeight.Answer,
        NoticeKind.CardExpiredAsk or NoticeKind.PaymentFailed or NoticeKind.PaymentFixData or NoticeKind.PaymentNewCard
            or NoticeKind.PaymentToConfirm or NoticeKind.PaymentNeutral or NoticeKind.ConsentWithdrawn
            or NoticeKind.PromiseBroken => NoticeWeight.Asking,
        NoticeKind.PriceMoveAhead or NoticeKind.PriceMoveOff or NoticeKind.TrialEnding or NoticeKind.RenewalAhead
            or NoticeKind.ReturnAhead or NoticeKind.LastCall or NoticeKind.Parked => NoticeWeight.Promise,
    };

    /// <summary>How long after its moment it is still worth saying; later it is withdrawn, so that nobody reads old news.</summary>
    public static Duration UsefulFor(this NoticeKind kind) => kind.Weight() switch
    {
        NoticeWeight.Courtesy => Duration.FromDays(7),
        NoticeWeight.Answer => Duration.FromDays(14),
        NoticeWeight.Asking => Duration.FromDays(21),
        NoticeWeight.Promise => Duration.FromDays(45),
    };

    /// <summary>Whether the customer may say "not this kind, please".</summary>
    public static bool MayBeSwitchedOff(this NoticeKind kind) => kind.Weight() == NoticeWeight.Courtesy;
}
