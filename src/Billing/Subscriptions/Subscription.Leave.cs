using Billing.Customers;
using Billing.History;
using Billing.Invoicing;
using NodaTime;

namespace Billing.Subscriptions;

/// <content>Leaving, and what is given back.</content>
public sealed partial class Subscription
{
    /// <summary>Ends it today and takes off or gives back what will not be used; today is the first day that is not.</summary>
    /// <param name="facts">Its customer, discounts and invoices; the balance moves.</param>
    /// <param name="rule">What becomes of paid days.</param>
    /// <param name="newNote">Ids for credit notes.</param>
    /// <exception cref="Refused"><c>subscription_ended</c>.</exception>
    public Left LeaveNow(ChangeFacts facts, RefundRule rule, Func<CreditNoteId> newNote)
    {
        MustLive();
        var unused = UnusedIfLeft(facts);
        var ended = CancelNow(Subscriptions.EndReason.Voluntary, facts.Now);

        List<BalanceEntry> entries = [];
        var credits = UnusedTime.Credit(
            unused.OffUnpaid, Refund(unused, rule), "Unused time after leaving.", facts, newNote, entries);
        // What was given back, or was never paid, runs no longer: whoever comes back begins anew.
        if (credits.Count > 0 || entries.Count > 0)
        {
            CurrentEnd = LocalDate.Min(CurrentEnd, EndedOn!.Value);
            LeavePeriod(facts.Discounts);
        }

        return new(ended, credits, entries);
    }

    /// <summary>The furthest an end can be planned ahead, in years.</summary>
    public const int FurthestEnd = 2;

    /// <summary>The day from which the customer wants to be gone, when that is after the period under way.</summary>
    public LocalDate? LeavesFrom { get; private set; }

    /// <summary>The day it ends on, as planned, if anything is.</summary>
    public LocalDate? PlannedEnd => CancelAtPeriodEnd ? CurrentEnd : LeavesFrom is { } wished ? EndFrom(wished) : null;

    /// <summary>The day it would end on if the customer left as soon as possible, or as wished; an end that is planned sooner stays.</summary>
    public LocalDate EndIfLeft(LocalDate? wished) =>
        wished > CurrentEnd ? PlannedEnd ?? EndFrom(wished.Value) : CurrentEnd;

    /// <summary>Lets it end with the first period that ends on a wished day or later; the periods before are billed as usual.</summary>
    /// <exception cref="Refused"><c>subscription_ended</c>, <c>cancel_already_planned</c>, <c>day_out_of_range</c>.</exception>
    /// <example>Billed to 30 April, wished for 10 June: May and June are billed, and it ends on 1 July.</example>
    public IReadOnlyList<Fact> LeaveFrom(LocalDate wished, Instant now)
    {
        MustLive();
        MustBeHere();
        if (wished <= CurrentEnd) return CancelAtEnd(now);
        if (wished > Today(now).PlusYears(FurthestEnd))
            throw new Refused("day_out_of_range", $"An end can be planned {FurthestEnd} years ahead.", "end");
        if (PlannedEnd is { } end) throw new Refused("cancel_already_planned", $"It ends on {end:uuuu'-'MM'-'dd} already.");
        LeavesFrom = wished;
        return [new CancelPlanned(CustomerId, Today(now), Id, EndFrom(wished))];
    }

    /// <summary>What would not be used if it ended today; nothing moves.</summary>
    public UnusedTime UnusedIfLeft(ChangeFacts facts)
    {
        var from = LocalDate.Max(Today(facts.Now), CurrentStart);
        var days = Billed is { } billed && from < CurrentEnd ? Unused(billed, from)
            : Proration.Rest(NextPeriod, NextPeriod.End);
        return UnusedTime.Of(days, UnderWay(facts.PlanName, facts.Discounts).Total, facts.Invoices);
    }

    /// <summary>The part of unused paid time that is given back under a rule.</summary>
    public static Money Refund(UnusedTime unused, RefundRule rule) => rule switch
    {
        RefundRule.None => Money.Zero(unused.Paid.Currency),
        RefundRule.Prorated or RefundRule.ToCard => unused.Paid,
    };

    /// <summary>The period that was billed is the last one wanted: its end is planned.</summary>
    private void PlanWishedEnd()
    {
        if (LeavesFrom <= CurrentEnd) (CancelAtPeriodEnd, LeavesFrom) = (true, null);
    }

    private LocalDate EndFrom(LocalDate wished)
    {
        var period = NextPeriod;
        var anchor = period.Index == 0 && PlannedPlanId is not null && PlannedCadence != Anchor.Cadence ? new(CurrentEnd, PlannedCadence) : Anchor;
        while (period.End < wished) period = anchor.Period(period.Index + 1);
        return period.End;
    }
}

/// <summary>What leaving now made.</summary>
/// <param name="End">The end itself.</param>
/// <param name="Credits">Credit notes, without numbers yet.</param>
/// <param name="BalanceEntries">Other moves of the customer's balance.</param>
public sealed record Left(Renewal.Ended End, IReadOnlyList<Credited> Credits, IReadOnlyList<BalanceEntry> BalanceEntries);
