using Billing.Invoicing;
using Billing.Notices;
using Billing.Periods;
using NodaTime;

namespace Billing.Subscriptions;

/// <summary>What a customer can do about something that is going to happen.</summary>
public enum HowToStop
{
    /// <summary>Leave: at the end of the period, or now.</summary>
    Cancel,

    /// <summary>Take the planned end back.</summary>
    WithdrawCancel,

    /// <summary>Take the planned change back.</summary>
    WithdrawChange,

    /// <summary>Go On the Beach instead.</summary>
    TakeBreak,

    /// <summary>Take the planned break back.</summary>
    WithdrawBreak,

    /// <summary>Stay away longer.</summary>
    ExtendBreak,

    /// <summary>Come back before the agreed day.</summary>
    ReturnEarly,

    /// <summary>Pay now, with this card or another.</summary>
    PayNow,

    /// <summary>Choose a day to pay; until then nothing is asked.</summary>
    ChooseDay,

    /// <summary>Come back: everything is as it was.</summary>
    ComeBack,
}

/// <summary>
/// Something that will happen to a customer by itself unless somebody does something: when, how much, and how to stop it.
/// </summary>
/// <param name="At">The instant it is due.</param>
/// <param name="On">Its day, where the customer lives.</param>
/// <param name="SubscriptionId">Which subscription it concerns; none when it is about an invoice alone.</param>
public abstract record OutlookEntry(Instant At, LocalDate On, SubscriptionId? SubscriptionId)
{
    /// <summary>What the customer can do about it.</summary>
    public abstract IReadOnlyList<HowToStop> HowToStop { get; }

    /// <summary>A period is billed.</summary>
    /// <param name="At">The start of its first day.</param>
    /// <param name="On">Its first day.</param>
    /// <param name="Of">Of which subscription.</param>
    /// <param name="Period">The period that will be paid for.</param>
    /// <param name="Charge">Its lines.</param>
    /// <param name="Use">What the balance takes over and what is left for the card.</param>
    /// <param name="AfterTrial">Whether it is the first charge, at the end of a trial.</param>
    /// <param name="HasBreaks">Whether the plan has breaks: then one can go On the Beach instead.</param>
    public sealed record Bills(
        Instant At, LocalDate On, SubscriptionId Of, BillingPeriod Period, PeriodCharge Charge, BalanceUse Use, bool AfterTrial,
        bool HasBreaks) : OutlookEntry(At, On, Of)
    {
        /// <inheritdoc/>
        public override IReadOnlyList<HowToStop> HowToStop => HasBreaks && !AfterTrial
            ? [Subscriptions.HowToStop.Cancel, Subscriptions.HowToStop.TakeBreak]
            : [Subscriptions.HowToStop.Cancel];
    }

    /// <summary>It has other terms from that day.</summary>
    /// <param name="At">The start of the day.</param>
    /// <param name="On">The first day of the new terms.</param>
    /// <param name="Of">Which subscription.</param>
    /// <param name="PlanId">The plan it will have.</param>
    /// <param name="Quantity">The seats it will have.</param>
    public sealed record Changes(Instant At, LocalDate On, SubscriptionId Of, PlanId PlanId, int Quantity) : OutlookEntry(At, On, Of)
    {
        /// <inheritdoc/>
        public override IReadOnlyList<HowToStop> HowToStop => [Subscriptions.HowToStop.WithdrawChange];
    }

    /// <summary>An announced price takes effect.</summary>
    /// <param name="At">The start of the day.</param>
    /// <param name="On">The first day of the first period that costs it.</param>
    /// <param name="Of">Which subscription.</param>
    /// <param name="Before">A period and seat until then.</param>
    /// <param name="After">A period and seat from then on.</param>
    public sealed record MovesPrice(Instant At, LocalDate On, SubscriptionId Of, Money Before, Money After) : OutlookEntry(At, On, Of)
    {
        /// <inheritdoc/>
        public override IReadOnlyList<HowToStop> HowToStop => [Subscriptions.HowToStop.Cancel];
    }

    /// <summary>It ends, as planned; nothing is charged.</summary>
    /// <param name="At">The start of the day.</param>
    /// <param name="On">First day without service.</param>
    /// <param name="Of">Which subscription.</param>
    public sealed record Ends(Instant At, LocalDate On, SubscriptionId Of) : OutlookEntry(At, On, Of)
    {
        /// <inheritdoc/>
        public override IReadOnlyList<HowToStop> HowToStop => [Subscriptions.HowToStop.WithdrawCancel];
    }

    /// <summary>A planned break begins.</summary>
    /// <param name="At">The start of the day.</param>
    /// <param name="On">First day away.</param>
    /// <param name="Of">From which subscription.</param>
    /// <param name="ReturnOn">First day back.</param>
    public sealed record GoesAway(Instant At, LocalDate On, SubscriptionId Of, LocalDate ReturnOn) : OutlookEntry(At, On, Of)
    {
        /// <inheritdoc/>
        public override IReadOnlyList<HowToStop> HowToStop => [Subscriptions.HowToStop.WithdrawBreak, Subscriptions.HowToStop.Cancel];
    }

    /// <summary>Days away are charged.</summary>
    /// <param name="At">The start of the first of them.</param>
    /// <param name="On">The first of them.</param>
    /// <param name="Of">From which subscription the customer is away.</param>
    /// <param name="To">First day after.</param>
    /// <param name="Total">The fee.</param>
    /// <param name="Use">What the balance takes over and what is left for the card.</param>
    public sealed record ChargesAway(Instant At, LocalDate On, SubscriptionId Of, LocalDate To, Money Total, BalanceUse Use)
        : OutlookEntry(At, On, Of)
    {
        /// <inheritdoc/>
        public override IReadOnlyList<HowToStop> HowToStop => [Subscriptions.HowToStop.ReturnEarly, Subscriptions.HowToStop.Cancel];
    }

    /// <summary>The return is announced.</summary>
    /// <param name="At">The start of the day.</param>
    /// <param name="On">The day the customer is told.</param>
    /// <param name="Of">To which subscription the customer returns.</param>
    /// <param name="ReturnOn">First day back.</param>
    /// <param name="NextBillingOn">The first charge after it.</param>
    /// <param name="Total">Of that charge, before the balance.</param>
    public sealed record Reminds(Instant At, LocalDate On, SubscriptionId Of, LocalDate ReturnOn, LocalDate NextBillingOn, Money Total)
        : OutlookEntry(At, On, Of)
    {
        /// <inheritdoc/>
        public override IReadOnlyList<HowToStop> HowToStop => [];
    }

    /// <summary>The customer is back.</summary>
    /// <param name="At">The start of the day.</param>
    /// <param name="On">First day back.</param>
    /// <param name="Of">To which subscription.</param>
    /// <param name="BankedDays">Paid days that are used first.</param>
    /// <param name="NextBillingOn">The first charge after them.</param>
    public sealed record Returns(Instant At, LocalDate On, SubscriptionId Of, int BankedDays, LocalDate NextBillingOn)
        : OutlookEntry(At, On, Of)
    {
        /// <inheritdoc/>
        public override IReadOnlyList<HowToStop> HowToStop => [Subscriptions.HowToStop.ExtendBreak, Subscriptions.HowToStop.Cancel];
    }

    /// <summary>An open invoice is tried again.</summary>
    /// <param name="At">When.</param>
    /// <param name="On">The day.</param>
    /// <param name="InvoiceId">The invoice.</param>
    /// <param name="Number">As printed.</param>
    /// <param name="Amount">What is due on it.</param>
    /// <param name="OnBackupCard">Whether on the second card, as agreed.</param>
    public sealed record Collects(Instant At, LocalDate On, InvoiceId InvoiceId, string? Number, Money Amount, bool OnBackupCard = false)
        : OutlookEntry(At, On, null)
    {
        /// <inheritdoc/>
        public override IReadOnlyList<HowToStop> HowToStop => [Subscriptions.HowToStop.PayNow];
    }

    /// <summary>The customer is written to about what is open, unless it is paid before.</summary>
    /// <param name="At">When.</param>
    /// <param name="On">The day.</param>
    /// <param name="CaseId">By which case.</param>
    /// <param name="Template">Which message.</param>
    /// <param name="Amount">What is open now.</param>
    public sealed record Asks(Instant At, LocalDate On, DunningCaseId CaseId, NoticeKind Template, Money Amount) : OutlookEntry(At, On, null)
    {
        /// <inheritdoc/>
        public override IReadOnlyList<HowToStop> HowToStop =>
            [Subscriptions.HowToStop.PayNow, Subscriptions.HowToStop.ChooseDay, Subscriptions.HowToStop.Cancel];
    }

    /// <summary>Access rests from then on, unless it is paid before; everything is kept.</summary>
    /// <param name="At">When.</param>
    /// <param name="On">The day.</param>
    /// <param name="CaseId">By which case.</param>
    /// <param name="Amount">What is open now.</param>
    public sealed record Parks(Instant At, LocalDate On, DunningCaseId CaseId, Money Amount) : OutlookEntry(At, On, null)
    {
        /// <inheritdoc/>
        public override IReadOnlyList<HowToStop> HowToStop =>
            [Subscriptions.HowToStop.PayNow, Subscriptions.HowToStop.ChooseDay, Subscriptions.HowToStop.Cancel];
    }

    /// <summary>What is parked ends for good, unless the customer comes back before.</summary>
    /// <param name="At">When.</param>
    /// <param name="On">The day.</param>
    /// <param name="Of">Which subscription.</param>
    public sealed record EndsParked(Instant At, LocalDate On, SubscriptionId Of) : OutlookEntry(At, On, Of)
    {
        /// <inheritdoc/>
        public override IReadOnlyList<HowToStop> HowToStop => [Subscriptions.HowToStop.ComeBack];
    }
}
