using Billing.Customers;
using Billing.History;
using Billing.Metrics;
using NodaTime;

namespace Billing.Subscriptions;

/// <content>Parked: what could not be paid for rests, and one click returns.</content>
public sealed partial class Subscription
{
    private const string UnusedParked = "Days not used and not paid for.";

    /// <summary>The day access began to rest.</summary>
    public LocalDate? ParkedOn { get; private set; }

    /// <summary>
    /// Lets it rest from today: no access, nothing billed, nothing deleted. Days that will not be used come off what is due; paid
    /// ones become credit.
    /// </summary>
    /// <exception cref="Refused"><c>subscription_ended</c>, <c>on_a_break</c>, <c>break_planned</c>, <c>parked</c>.</exception>
    /// <example>49.00 for April, unpaid, parked on the 28th: 4.90 for three days come off, 44.10 stay due, nothing is billed in May.</example>
    public Left Park(ChangeFacts facts, Func<CreditNoteId> newNote)
    {
        MustLive();
        MustBeHere();
        var today = LocalDate.Max(Today(facts.Now), StartedOn);
        var unused = UnusedIfLeft(facts);
        var worth = Mrr;
        var withdrawn = WithdrawPlannedChange(facts.Now);

        (Lifecycle, ParkedOn, NextBillingAt) = (Lifecycle.Parked, today, null);
        (CancelAtPeriodEnd, LeavesFrom) = (false, null);
        ForgetMove();
        List<BalanceEntry> entries = [];
        var credits = UnusedTime.Credit(unused.OffUnpaid, unused.Paid, UnusedParked, facts, newNote, entries);
        CurrentEnd = LocalDate.Min(CurrentEnd, LocalDate.Max(today, CurrentStart));
        LeavePeriod(facts.Discounts);

        var movement = worth.IsZero ? null : Move(MrrMovementKind.InvoluntaryChurn, -worth, today, facts.Now);
        SubscriptionParked parked = new(CustomerId, today, Id);
        return new(new(movement, withdrawn is null ? [parked] : [withdrawn, parked]), credits, entries);
    }

    /// <summary>Ends for good what is parked; nothing of it is owed to anybody.</summary>
    public Renewal.Ended EndParked(EndReason reason, Instant now) => Lifecycle == Lifecycle.Parked
        ? End(LocalDate.Max(Today(now), ParkedOn!.Value), reason, now)
        : throw new InvalidOperationException($"Subscription {Id} is {Lifecycle}.");
}

/// <summary>Access rests because nothing could be collected; everything is kept.</summary>
public sealed record SubscriptionParked(CustomerId CustomerId, LocalDate On, SubscriptionId SubscriptionId) : Fact(CustomerId, On);
