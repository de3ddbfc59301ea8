using Billing.Cards;
using Billing.Customers;
using Billing.Dunning;
using Billing.History;
using Billing.Invoicing;
using NodaTime;

namespace Billing.Subscriptions;

/// <summary>What happens next, when, how much, and how to stop it: the billing run, played forward on copies.</summary>
/// <remarks>
/// There is no second calendar. The run does what is due by <see cref="Subscription.Renew"/> and
/// <see cref="Subscription.DoNext"/>; the outlook calls the same two at the instants at which they will be due, so that word
/// and deed cannot differ. It assumes that nobody does anything and that charges succeed.
/// </remarks>
public static class Outlook
{
    /// <summary>How far it looks, in days: a year.</summary>
    public const int Days = 366;

    /// <summary>Long enough to see the first charge after the longest break, with the days of the longest period banked.</summary>
    public static readonly Duration Longest = Duration.FromDays(Plans.BreakTerms.MostDays + Periods.Cadence.MaxYears * 366);

    /// <summary>All that will happen before <paramref name="until"/>, soonest first. Nothing of <paramref name="facts"/> moves.</summary>
    public static IReadOnlyList<OutlookEntry> Of(OutlookFacts facts, Instant until)
    {
        var customer = facts.Customer.Copy();
        var lives = facts.Subscriptions.Select(s => new Life(s, facts)).ToList();
        var planned = facts.Open.Where(i => i is { NextAttemptAt: not null, DueMinor: > 0 }).ToLookup(i => i.Due >= facts.MinimumCharge);
        List<OutlookEntry> entries = [.. planned[true].Select(Collects)];
        // What a credit note made too small to charge, wholly or in part, is not tried again but carried to the next invoice.
        var small = new Queue<Invoice>(
            planned[false].Concat(planned[true].Where(i => !i.Due.BelowChargeStep.IsZero)).OrderBy(i => i.NextAttemptAt).Select(i => i.Copy()));

        while (lives.Where(l => l.NextAt < until).OrderBy(l => l.Turn).FirstOrDefault() is { } life)
        {
            while (small.TryPeek(out var next) && AttemptAt(next) < life.NextAt)
                small.Dequeue().CarryForwardIfSmall(customer, facts.MinimumCharge, AttemptAt(next));
            entries.AddRange(life.Step(customer));
        }

        if (facts.Dunning is { } dunning) entries.AddRange(Asked(dunning, facts));
        return [.. entries.Where(e => e.At < until).OrderBy(e => e.At)];

        Instant AttemptAt(Invoice invoice) => Instant.Max(invoice.NextAttemptAt ?? facts.Now, facts.Now);

        OutlookEntry Collects(Invoice invoice)
        {
            var at = AttemptAt(invoice);
            return new OutlookEntry.Collects(at, facts.Customer.Today(at), invoice.Id, invoice.Number, invoice.Due - invoice.Due.BelowChargeStep, invoice.OnBackupCard);
        }
    }

    /// <summary>What a case does by itself if nothing is paid: the same decision as the run's, played forward.</summary>
    private static IEnumerable<OutlookEntry> Asked(DunningFacts dunning, OutlookFacts facts)
    {
        var open = facts.Open.Aggregate(Money.Zero(facts.Customer.Currency), (sum, i) => sum + i.Due);
        foreach (var act in Dunning.Dunning.Ahead(dunning))
        {
            var (at, on) = (act.At, facts.Customer.Today(act.At));
            if (act.Step == DunningStep.Write) yield return new OutlookEntry.Asks(at, on, dunning.Case.Id, act.Template!.Value, open);
            if (act.Step == DunningStep.Park) yield return new OutlookEntry.Parks(at, on, dunning.Case.Id, open);
            foreach (var ended in facts.Subscriptions.Where(s => EndsWith(act, s.Subscription, dunning)))
                yield return new OutlookEntry.EndsParked(at, on, ended.Subscription.Id);
        }
    }

    private static bool EndsWith(DunningAct act, Subscription subscription, DunningFacts dunning) => act.Step switch
    {
        DunningStep.End => dunning.Case.State == CaseState.Parked && subscription.Lifecycle == Lifecycle.Parked,
        // Nobody stays parked under such a policy.
        DunningStep.Park => dunning.Policy.EndAfterMonths == 0 && subscription.Lifecycle is Lifecycle.Active or Lifecycle.Trialing,
        DunningStep.Retry or DunningStep.Write or DunningStep.Wait => false,
    };

    /// <summary>The same for a year from now.</summary>
    public static IReadOnlyList<OutlookEntry> Of(OutlookFacts facts) => Of(facts, facts.Now + Duration.FromDays(Days));

    /// <summary>A copy of one subscription and its break, living ahead.</summary>
    private sealed class Life(SubscriptionFacts start, OutlookFacts facts)
    {
        private readonly Subscription subscription = start.Subscription.Copy();
        private readonly Break? away = start.Break?.Copy();
        private readonly List<SubscriptionDiscount> discounts = [.. start.Discounts.Select(d => d.Copy())];

        /// <summary>When it does something next; what is late is done now.</summary>
        public Instant NextAt => Instant.Max(DueAt, facts.Now);

        /// <summary>Breaks before renewals, as the run's passes are; then the oldest.</summary>
        public (Instant, bool, Instant, Guid) Turn => (NextAt, !BreakIsNext, DueAt, subscription.Id.Value);

        private Instant DueAt => BreakIsNext ? away!.NextStepAt!.Value : subscription.NextBillingAt ?? Instant.MaxValue;

        private bool BreakIsNext => away?.NextStepAt <= (subscription.NextBillingAt ?? Instant.MaxValue);

        private string PlanName => subscription.NextPlanId == start.Subscription.PlanId ? start.PlanName : start.NextPlanName;

        public List<OutlookEntry> Step(Customer customer) => BreakIsNext ? OfBreak(customer) : OfPeriod(customer);

        private List<OutlookEntry> OfBreak(Customer customer)
        {
            var at = NextAt;
            var moved = subscription.DoNext(away!, new(customer, PlanName, discounts, facts.Card, facts.MinimumCharge, default, at));
            return [.. moved.Facts.Select(fact => OfFact(fact, at, moved.Invoice)).OfType<OutlookEntry>()];
        }

        private List<OutlookEntry> OfPeriod(Customer customer)
        {
            var (at, trial) = (NextAt, subscription.Lifecycle == Lifecycle.Trialing);
            var (planned, period) = (subscription.PlannedPlanId is not null, subscription.NextPeriod);
            var charge = subscription.ChargeFor(PlanName, discounts);
            switch (subscription.Renew(new(customer, PlanName, discounts, facts.MinimumCharge, default, at)))
            {
                case Renewal.Billed billed:
                    List<OutlookEntry> entries = [];
                    if (planned)
                        entries.Add(new OutlookEntry.Changes(at, period.Start, subscription.Id, subscription.PlanId, subscription.Quantity));
                    if (billed.Moved is { } moved)
                        entries.Add(new OutlookEntry.MovesPrice(at, period.Start, subscription.Id, Of(moved.OldUnitAmountMinor), Of(moved.NewUnitAmountMinor)));
                    entries.Add(new OutlookEntry.Bills(at, period.Start, subscription.Id, period, charge, UseOf(billed.Invoice), trial, start.HasBreaks));
                    return entries;
                case Renewal.Ended:
                    return [new OutlookEntry.Ends(at, subscription.EndedOn!.Value, subscription.Id)];
                case var other:
                    throw new InvalidOperationException($"The outlook does not know {other}.");
            }
        }

        private Money Of(long minor) => new(minor, subscription.Currency);

        private OutlookEntry? OfFact(Fact fact, Instant at, Invoice? fee) => fact switch
        {
            WentToBeach went => new OutlookEntry.GoesAway(at, went.On, subscription.Id, went.ReturnOn),
            BreakFeeBilled billed => new OutlookEntry.ChargesAway(at, billed.On, subscription.Id, billed.To, fee!.Total, UseOf(fee)),
            ReturnAnnounced told => new OutlookEntry.Reminds(
                at, told.On, subscription.Id, told.ReturnOn, told.NextBillingOn, new(told.TotalMinor, subscription.Currency)),
            CameBackFromBeach back => new OutlookEntry.Returns(at, back.On, subscription.Id, back.BankedDays, back.NextBillingOn),
            _ => throw new InvalidOperationException($"The outlook does not know {fact}."),
        };

        private static BalanceUse UseOf(Invoice invoice) => new(
            new(invoice.BalanceAppliedMinor, invoice.Currency), new(invoice.CarriedForwardMinor, invoice.Currency), invoice.Due);
    }
}

/// <summary>What an outlook is worked out from: everything of one customer that moves by itself.</summary>
/// <param name="Customer">The customer.</param>
/// <param name="Subscriptions">All subscriptions; those that are over have nothing to say.</param>
/// <param name="Open">Open invoices.</param>
/// <param name="Card">The card that is charged, or none.</param>
/// <param name="MinimumCharge">The least the gateway charges, in the customer's currency.</param>
/// <param name="Now">When.</param>
/// <param name="Dunning">What is being asked for, or rests parked; none without a case.</param>
public sealed record OutlookFacts(
    Customer Customer, IReadOnlyList<SubscriptionFacts> Subscriptions, IReadOnlyList<Invoice> Open, Card? Card, Money MinimumCharge,
    Instant Now, DunningFacts? Dunning = null);

/// <summary>One subscription and all that belongs to it.</summary>
/// <param name="Subscription">The subscription.</param>
/// <param name="PlanName">The plan it has.</param>
/// <param name="NextPlanName">The plan its next period is of.</param>
/// <param name="Discounts">Its discounts.</param>
/// <param name="Break">Its break, planned or under way.</param>
/// <param name="HasBreaks">Whether its plan has breaks in its currency.</param>
public sealed record SubscriptionFacts(
    Subscription Subscription, string PlanName, string NextPlanName, IReadOnlyList<SubscriptionDiscount> Discounts, Break? Break = null,
    bool HasBreaks = false);
