using Billing.Customers;
using Billing.History;
using Billing.Periods;
using Billing.Plans;
using NodaTime;

namespace Billing.Subscriptions;

/// <summary>Where a subscription is in its life. Says nothing about access or about what is owed.</summary>
public enum Lifecycle
{
    /// <summary>Using it before paying for it.</summary>
    Trialing,

    /// <summary>Billed period by period.</summary>
    Active,

    /// <summary>On the Beach: away, with everything in place.</summary>
    Paused,

    /// <summary>Nothing could be collected: access rests, everything is kept, one click returns.</summary>
    Parked,

    /// <summary>Over.</summary>
    Ended,
}

/// <summary>Why a subscription ended.</summary>
public enum EndReason
{
    /// <summary>The customer left.</summary>
    Voluntary,

    /// <summary>Nothing could be collected.</summary>
    Involuntary,
}

/// <summary>One customer's use of one plan, billed at the start of every period.</summary>
public sealed partial class Subscription : IVersioned
{
    /// <summary>The most seats.</summary>
    public const int MostSeats = 1_000_000;

    private Subscription()
    {
    }

    /// <summary>The subscription's id.</summary>
    public SubscriptionId Id { get; private set; }

    /// <summary>Whose.</summary>
    public CustomerId CustomerId { get; private set; }

    /// <summary>Of what.</summary>
    public PlanId PlanId { get; private set; }

    /// <summary>The price version it was sold at.</summary>
    public PriceId PriceId { get; private set; }

    /// <summary>Where it is in its life.</summary>
    public Lifecycle Lifecycle { get; private set; }

    /// <summary>Seats; 1 for a flat plan.</summary>
    public int Quantity { get; private set; }

    /// <summary>Minor units a period and seat: the price version's, or what was negotiated.</summary>
    public long UnitAmountMinor { get; private set; }

    /// <summary>Whether the unit amount was negotiated for this customer.</summary>
    public bool IsNegotiated { get; private set; }

    /// <summary>The customer's currency.</summary>
    public Currency Currency { get; private set; } = null!;

    /// <summary>First day of period 0.</summary>
    public LocalDate AnchorDate { get; private set; }

    /// <summary>The unit of the cadence.</summary>
    public CadenceUnit CadenceUnit { get; private set; }

    /// <summary>Units a period.</summary>
    public int CadenceCount { get; private set; }

    /// <summary>IANA id of the zone its days are counted in.</summary>
    public string TimeZone { get; private set; } = null!;

    /// <summary>The index of the period that is billed next.</summary>
    public int NextPeriodIndex { get; private set; }

    /// <summary>First day of the trial, of the last billed period, or of the banked days used since a return.</summary>
    public LocalDate CurrentStart { get; private set; }

    /// <summary>First day after what <see cref="CurrentStart"/> begins; on it the next period is billed, or a break begins.</summary>
    public LocalDate CurrentEnd { get; private set; }

    /// <summary>
    /// The instant the next period is due: the start of its first day in the zone; none once ended, away, or about to go.
    /// </summary>
    public Instant? NextBillingAt { get; private set; }

    /// <summary>First day of service.</summary>
    public LocalDate StartedOn { get; private set; }

    /// <summary>First day after the trial.</summary>
    public LocalDate? TrialEndsOn { get; private set; }

    /// <summary>Whether it ends instead of being billed again.</summary>
    public bool CancelAtPeriodEnd { get; private set; }

    /// <summary>First day without service.</summary>
    public LocalDate? EndedOn { get; private set; }

    /// <summary>Why it ended.</summary>
    public EndReason? EndReason { get; private set; }

    /// <summary>Whether discounts were ever given to it.</summary>
    public bool HasDiscounts { get; private set; }

    /// <summary>What it adds to monthly recurring revenue now, in minor units; the sum of its movements.</summary>
    public long MrrMinor { get; private set; }

    /// <summary>How many movements there are.</summary>
    public int MrrMovements { get; private set; }

    /// <summary>The day it was first worth something; <see langword="null"/> before.</summary>
    public LocalDate? PayingSince { get; private set; }

    /// <summary>When it was made.</summary>
    public Instant CreatedAt { get; private set; }

    /// <inheritdoc/>
    public int Version { get; private set; }

    /// <summary>The day everything is counted from.</summary>
    public BillingAnchor Anchor => new(AnchorDate, new(CadenceUnit, CadenceCount));

    /// <summary>The amount a period and seat.</summary>
    public Money Unit => new(UnitAmountMinor, Currency);

    /// <summary>What it adds to monthly recurring revenue now.</summary>
    public Money Mrr => new(MrrMinor, Currency);

    /// <summary>
    /// Starts a subscription today. Without a trial its first period is due at once; with one, when the trial ends.
    /// </summary>
    /// <exception cref="Refused"><c>plan_retired</c>, <c>currency_mismatch</c>, <c>quantity_out_of_range</c>,
    /// <c>amount_out_of_range</c>, <c>trial_out_of_range</c>.</exception>
    public static Subscription Start(SubscriptionId id, Customer customer, Plan plan, Price price, StartTerms terms, Instant now)
    {
        if (plan.RetiredAt is not null)
            throw new Refused("plan_retired", "This plan is no longer sold.", "plan");
        if (price.Currency != customer.Currency || terms.NegotiatedUnit is { } unit && unit.Currency != customer.Currency)
            throw new Refused("currency_mismatch", $"This customer is billed in {customer.Currency}.", "currency");

        var today = customer.Today(now);
        var trialEnd = today.PlusDays(Plan.Trial(terms.TrialDays ?? plan.TrialDays));
        var subscription = new Subscription
        {
            Id = id,
            CustomerId = customer.Id,
            PlanId = plan.Id,
            PriceId = price.Id,
            Lifecycle = trialEnd > today ? Lifecycle.Trialing : Lifecycle.Active,
            Quantity = Seats(plan, terms.Quantity),
            UnitAmountMinor = Price.Checked(terms.NegotiatedUnit ?? price.Unit, "negotiatedUnitAmount").Minor,
            IsNegotiated = terms.NegotiatedUnit is not null,
            Currency = customer.Currency,
            AnchorDate = trialEnd,
            CadenceUnit = price.CadenceUnit,
            CadenceCount = price.CadenceCount,
            TimeZone = customer.TimeZone,
            CurrentStart = today,
            CurrentEnd = trialEnd,
            StartedOn = today,
            TrialEndsOn = trialEnd > today ? trialEnd : null,
            CreatedAt = now,
            Version = 1,
        };
        subscription.NextBillingAt = subscription.DueAt(trialEnd);
        return subscription;
    }

    /// <summary>Gives it a discount, from the next billed period on.</summary>
    /// <exception cref="Refused"><c>subscription_ended</c>, <c>currency_mismatch</c>.</exception>
    public SubscriptionDiscount Give(Discount discount, int position, Instant now)
    {
        MustLive();
        HasDiscounts = true;
        return SubscriptionDiscount.Give(Id, Currency, discount, position, now);
    }

    /// <summary>Lets it end when what is paid for is used up.</summary>
    /// <exception cref="Refused"><c>subscription_ended</c>, <c>cancel_already_planned</c>.</exception>
    /// <remarks>A planned change goes with it: there is one slot, and the end comes first.</remarks>
    /// <returns>For the history: the change taken back, if there was one, and the end planned.</returns>
    public IReadOnlyList<Fact> CancelAtEnd(Instant now)
    {
        MustLive();
        MustBeHere();
        if (CancelAtPeriodEnd) throw new Refused("cancel_already_planned", $"It ends on {CurrentEnd:uuuu'-'MM'-'dd} already.");
        var withdrawn = WithdrawPlannedChange(now);
        (CancelAtPeriodEnd, LeavesFrom) = (true, null);
        CancelPlanned planned = new(CustomerId, Today(now), Id, CurrentEnd);
        return withdrawn is null ? [planned] : [withdrawn, planned];
    }

    /// <summary>Takes a planned end back.</summary>
    /// <exception cref="Refused"><c>subscription_ended</c>, <c>no_cancel_planned</c>.</exception>
    public CancelWithdrawn KeepGoing(Instant now)
    {
        MustLive();
        if (PlannedEnd is null) throw new Refused("no_cancel_planned", "No end is planned.");
        (CancelAtPeriodEnd, LeavesFrom) = (false, null);
        return new(CustomerId, Today(now), Id);
    }

    /// <summary>Ends it today. What is given back is <see cref="LeaveNow"/>'s business, not decided here.</summary>
    /// <exception cref="Refused"><c>subscription_ended</c>.</exception>
    public Renewal.Ended CancelNow(EndReason reason, Instant now)
    {
        MustLive();
        MustBeHere();
        return End(LocalDate.Max(Today(now), StartedOn), reason, now);
    }

    /// <summary>The date it is in its zone.</summary>
    public LocalDate Today(Instant now) => CustomerZone.DateAt(now, CustomerZone.Of(TimeZone));

    private static int Seats(Plan plan, int quantity) => (plan.Pricing, quantity) switch
    {
        (PlanPricing.Flat, not 1) => throw new Refused("quantity_out_of_range", "A flat plan has one seat.", "quantity"),
        (_, < 1 or > MostSeats) => throw new Refused("quantity_out_of_range", $"Seats are 1 to {MostSeats}.", "quantity"),
        _ => quantity,
    };

    private Instant DueAt(LocalDate date) => CustomerZone.StartOfDay(date, CustomerZone.Of(TimeZone));

    private void MustLive()
    {
        if (Lifecycle == Lifecycle.Ended) throw new Refused("subscription_ended", "This subscription has ended.");
    }
}

/// <summary>What may be agreed at the start.</summary>
/// <param name="Quantity">Seats; 1 for a flat plan.</param>
/// <param name="TrialDays">Days of trial, or <see langword="null"/> for the plan's.</param>
/// <param name="NegotiatedUnit">An amount agreed with this customer, or <see langword="null"/> for the price's.</param>
public sealed record StartTerms(int Quantity = 1, int? TrialDays = null, Money? NegotiatedUnit = null);
