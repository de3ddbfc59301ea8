using Billing.Cards;
using Billing.Periods;
using Billing.Subscriptions;
using NodaTime;

namespace Billing.Notices;

/// <summary>What a notice says, as figures and days; a language makes sentences of it.</summary>
public abstract record NoticeContent
{
    private NoticeContent()
    {
    }

    /// <summary>Money arrived.</summary>
    public sealed record Receipt(Money Amount, LocalDate On, string Invoice, string What, LocalDate? From, LocalDate? To, Card Card) : NoticeContent;

    /// <summary>The price moves.</summary>
    public sealed record PriceMoveAhead(string Plan, MoveAhead Move, Cadence Cadence) : NoticeContent;

    /// <summary>The price stays after all.</summary>
    public sealed record PriceMoveOff(string Plan, Money Stays, Cadence Cadence) : NoticeContent;

    /// <summary>The trial ends, and what is charged then.</summary>
    public sealed record TrialEnding(string Plan, LocalDate On, Money Due, Card? Card) : NoticeContent;

    /// <summary>A long period begins again, and what is charged then.</summary>
    public sealed record RenewalAhead(string Plan, LocalDate On, LocalDate To, Money Due, Card? Card) : NoticeContent;

    /// <summary>A break will begin.</summary>
    public sealed record BreakPlanned(string Plan, LocalDate StartsOn, LocalDate ReturnOn, Money Fee, string Keeps) : NoticeContent;

    /// <summary>A break has begun.</summary>
    public sealed record BreakBegun(string Plan, LocalDate ReturnOn, int BankedDays, Money Fee, string Keeps) : NoticeContent;

    /// <summary>The return is on a later day.</summary>
    public sealed record BreakExtended(string Plan, LocalDate ReturnOn) : NoticeContent;

    /// <summary>Back soon: day, amount and card.</summary>
    public sealed record ReturnAhead(
        string Plan, LocalDate ReturnOn, LocalDate NextBillingOn, Money Total, Money Due, CardOnReturn CardThen, Card? Card) : NoticeContent;

    /// <summary>Back.</summary>
    public sealed record BreakEnded(string Plan, int BankedDays, LocalDate NextBillingOn) : NoticeContent;

    /// <summary>It will end.</summary>
    public sealed record CancelPlanned(string Plan, LocalDate LastDay) : NoticeContent;

    /// <summary>It will not end.</summary>
    public sealed record CancelWithdrawn(string Plan) : NoticeContent;

    /// <summary>It has ended.</summary>
    public sealed record Ended(string Plan, LocalDate LastDay, bool ByChoice, Money Credit) : NoticeContent;

    /// <summary>Here again.</summary>
    public sealed record CameBack(string Plan, Money Price, Cadence Cadence) : NoticeContent;

    /// <summary>A card was put in.</summary>
    public sealed record CardAdded(Card Card) : NoticeContent;

    /// <summary>Something was given back.</summary>
    public sealed record Credited(Money Amount, string Invoice, string CreditNote) : NoticeContent;

    /// <summary>Something is open: the words depend on why.</summary>
    /// <param name="Kind">Why.</param>
    /// <param name="Due">What is open, over all invoices.</param>
    /// <param name="Card">The card that was tried, or none.</param>
    /// <param name="NextTry">The day it is tried again by itself, if it is.</param>
    /// <param name="AccessUntil">The first day on which access rests unless something is paid, if that is near.</param>
    public sealed record Asking(NoticeKind Kind, Money Due, Card? Card, LocalDate? NextTry, LocalDate? AccessUntil) : NoticeContent;

    /// <summary>What was open is paid.</summary>
    public sealed record PaidThanks(Money Paid) : NoticeContent;
}
