using Billing.History;
using Billing.Invoicing;
using Billing.Payments;
using Billing.Subscriptions;
using NodaTime;

namespace Billing.Notices;

/// <summary>Which facts are told to the customer, and when the telling begins to be looked at.</summary>
public static class FactNotices
{
    /// <summary>A trial's end is said so many days before its first charge.</summary>
    public const int TrialLead = 3;

    /// <summary>A long period's next charge is said so many days before.</summary>
    public const int RenewalLead = 30;

    /// <summary>From so many days on a period is long: who paid half a year ago may have forgotten.</summary>
    public const int LongPeriod = 180;

    /// <summary>The notice a fact gives rise to, and the day it is for; none for what nobody needs a message about.</summary>
    /// <example>A year billed for 1 May 2026 to 30 April 2027: its renewal is said from 1 April 2027 on.</example>
    public static (NoticeKind Kind, LocalDate? Day)? Of(Fact fact) => fact switch
    {
        PaymentSucceeded => (NoticeKind.Receipt, null),
        PriceMoveAnnounced => (NoticeKind.PriceMoveAhead, null),
        PriceMoveWithdrawn => (NoticeKind.PriceMoveOff, null),
        SubscriptionStarted { TrialEndsOn: { } end } => (NoticeKind.TrialEnding, end.PlusDays(-TrialLead)),
        PeriodBilled billed when IsLong(billed.On, billed.End) => (NoticeKind.RenewalAhead, billed.End.PlusDays(-RenewalLead)),
        Subscriptions.BreakPlanned => (NoticeKind.BreakPlanned, null),
        WentToBeach => (NoticeKind.BreakBegun, null),
        Subscriptions.BreakExtended => (NoticeKind.BreakExtended, null),
        ReturnAnnounced => (NoticeKind.ReturnAhead, null),
        CameBackFromBeach => (NoticeKind.BreakEnded, null),
        Subscriptions.CancelPlanned => (NoticeKind.CancelPlanned, null),
        Subscriptions.CancelWithdrawn => (NoticeKind.CancelWithdrawn, null),
        SubscriptionEnded => (NoticeKind.Ended, null),
        Subscriptions.CameBack => (NoticeKind.CameBack, null),
        Cards.CardAdded => (NoticeKind.CardAdded, null),
        InvoiceCredited => (NoticeKind.Credited, null),
        _ => null,
    };

    /// <summary>Whether a period is one whose next charge is said before.</summary>
    public static bool IsLong(LocalDate start, LocalDate end) => Period.DaysBetween(start, end) >= LongPeriod;

    /// <summary>The moment from which a notice for this day is looked at: when the day has begun anywhere.</summary>
    public static Instant From(LocalDate day) => day.AtStartOfDayInZone(DateTimeZone.ForOffset(Offset.FromHours(14))).ToInstant();

    /// <summary>
    /// Of several that one act gave rise to, one is said: which of two says more. So that whoever leaves for good gets one mail,
    /// and not another about the credit.
    /// </summary>
    public static int Tells(this NoticeKind kind) => kind switch
    {
        NoticeKind.Ended => 9,
        NoticeKind.CancelPlanned => 8,
        NoticeKind.BreakBegun or NoticeKind.BreakPlanned or NoticeKind.BreakEnded or NoticeKind.BreakExtended => 7,
        NoticeKind.CameBack => 6,
        NoticeKind.CancelWithdrawn => 5,
        NoticeKind.Credited => 4,
        NoticeKind.CardAdded => 3,
        _ => 0,
    };
}
