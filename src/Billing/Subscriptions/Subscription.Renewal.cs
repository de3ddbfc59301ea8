using Billing.Invoicing;
using Billing.Metrics;
using NodaTime;

namespace Billing.Subscriptions;

/// <content>What happens when a period is due.</content>
public sealed partial class Subscription
{
    /// <summary>
    /// Does what is due: bills the next period from its first day, or ends where an end was planned. Called again while
    /// <see cref="NextBillingAt"/> is in the past, it catches up one period at a time, oldest first.
    /// </summary>
    /// <param name="facts">What the decision rests on; the customer's balance moves, discounts count the period.</param>
    /// <returns>What to write down.</returns>
    /// <exception cref="InvalidOperationException">Nothing is due: the caller has a bug.</exception>
    public Renewal Renew(RenewalFacts facts)
    {
        if (NextBillingAt is not { } due || due > facts.Now)
            throw new InvalidOperationException($"Subscription {Id} is not due before {NextBillingAt}.");

        return CancelAtPeriodEnd ? End(CurrentEnd, Subscriptions.EndReason.Voluntary, facts.Now) : Bill(facts);
    }

    private Renewal.Billed Bill(RenewalFacts facts)
    {
        TakePlanned();
        var period = Anchor.Period(NextPeriodIndex);
        var moved = TakeMove(period.Start);
        var invoice = Invoice.ForPeriod(facts.InvoiceId, facts.Customer, Id, period, Restarts, facts.Now);
        var recurring = WriteLines(invoice, facts);
        var entries = invoice.Issue(facts.Customer, facts.MinimumCharge, facts.Now);
        var movement = MoveMrr(Anchor.Cadence.MonthlyValueOf(recurring), period.Start, facts.Now);

        Lifecycle = Lifecycle.Active;
        NextPeriodIndex++;
        (BankedStart, BankedEnd) = (null, null);
        (CurrentStart, CurrentEnd) = (period.Start, period.End);
        // A customer who moved keeps the old zone for the period under way; the next one begins where the customer lives now.
        TimeZone = facts.Customer.TimeZone;
        NextBillingAt = DueAt(period.End);
        PlanWishedEnd();

        return new(invoice, entries, movement, new(CustomerId, period.Start, Id, invoice.Id, period.End, invoice.TotalMinor, Currency.Code))
        {
            Moved = moved,
        };
    }

    /// <summary>What its next period costs, as things stand.</summary>
    public PeriodCharge ChargeFor(string planName, IEnumerable<SubscriptionDiscount> discounts) =>
        PeriodCharge.Of(planName, PlannedQuantity ?? Quantity, NextUnit, discounts);

    private Money NextUnit => LeavesItsPrice ? Unit with { Minor = PlannedUnitAmountMinor!.Value } : UnitFrom(NextPeriod.Start);

    /// <summary>Writes the lines, lets the discounts count the period, and returns what recurs.</summary>
    private Money WriteLines(Invoice invoice, RenewalFacts facts)
    {
        var charge = ChargeFor(facts.PlanName, facts.Discounts);
        foreach (var line in charge.Lines)
        {
            invoice.AddLine(line.Kind, line.Description, line.Quantity, line.Unit);
            line.Discount?.Use(invoice.PeriodStart!.Value);
        }

        return charge.Recurring;
    }

    private Renewal.Ended End(LocalDate on, EndReason reason, Instant now)
    {
        var movement = MrrMinor == 0 ? null : Move(reason switch
        {
            Subscriptions.EndReason.Voluntary => MrrMovementKind.VoluntaryChurn,
            Subscriptions.EndReason.Involuntary => MrrMovementKind.InvoluntaryChurn,
        }, -Mrr, on, now);

        var withdrawn = WithdrawPlannedChange(now);
        Lifecycle = Lifecycle.Ended;
        EndedOn = on;
        EndReason = reason;
        (CancelAtPeriodEnd, LeavesFrom, BreakStartsOn) = (false, null, null);
        ForgetMove();
        NextBillingAt = null;
        SubscriptionEnded ended = new(CustomerId, on, Id, reason);
        return new(movement, withdrawn is null ? [ended] : [withdrawn, ended]);
    }

    private MrrMovement? MoveMrr(Money to, LocalDate on, Instant now)
    {
        var change = to - Mrr;
        if (change.IsZero) return null;

        var kind = MrrMovements == 0 ? MrrMovementKind.New
            : HasChurned ? MrrMovementKind.Reactivation
            : change.Minor > 0 ? MrrMovementKind.Expansion : MrrMovementKind.Contraction;
        return Move(kind, change, on, now);
    }

    private MrrMovement Move(MrrMovementKind kind, Money change, LocalDate on, Instant now)
    {
        MrrMinor = (Mrr + change).Minor;
        HasChurned = kind is MrrMovementKind.VoluntaryChurn or MrrMovementKind.InvoluntaryChurn or MrrMovementKind.LostOnBeach;
        PayingSince ??= on;
        return MrrMovement.Create(Id, ++MrrMovements, CustomerId, PlanId, kind, PayingSince.Value, on, change, now);
    }
}
