using Billing.Customers;
using Billing.History;
using Billing.Metrics;
using Billing.Plans;
using NodaTime;

namespace Billing.Subscriptions;

/// <content>Subscriptions that began in another system.</content>
public sealed partial class Subscription
{
    /// <summary>
    /// Takes over a subscription from another system. What it was worth there becomes movements of MRR on the days it
    /// began and ended; its value stands, so the first bill here is no second beginning. A retired plan is no obstacle.
    /// </summary>
    /// <param name="id">The new subscription's id.</param>
    /// <param name="customer">Whose.</param>
    /// <param name="plan">Of what.</param>
    /// <param name="price">The price version, of the cadence in <paramref name="terms"/>.</param>
    /// <param name="quantity">Seats; 1 for a flat plan.</param>
    /// <param name="negotiatedUnit">What this customer pays a period and seat, when it is not the price's.</param>
    /// <param name="terms">What the other system's books say.</param>
    /// <param name="now">When it is taken over.</param>
    /// <exception cref="Refused"><c>currency_mismatch</c>, <c>quantity_out_of_range</c>, <c>amount_out_of_range</c>.</exception>
    public static Imported Import(
        SubscriptionId id, Customer customer, Plan plan, Price price, int quantity, Money? negotiatedUnit, ImportTerms terms,
        Instant now)
    {
        if (price.Currency != customer.Currency || negotiatedUnit is { } unit && unit.Currency != customer.Currency)
            throw new Refused("currency_mismatch", $"This customer is billed in {customer.Currency}.", "currency");
        if (price.Cadence != terms.Anchor.Cadence)
            throw new InvalidOperationException($"The price is {price.Cadence}, the subscription {terms.Anchor.Cadence}.");

        var subscription = new Subscription
        {
            Id = id,
            CustomerId = customer.Id,
            PlanId = plan.Id,
            PriceId = price.Id,
            Lifecycle = terms.TrialEndsOn > terms.AsOf ? Lifecycle.Trialing : Lifecycle.Active,
            Quantity = Seats(plan, quantity),
            UnitAmountMinor = Price.Checked(negotiatedUnit ?? price.Unit, "unitAmountMinor").Minor,
            IsNegotiated = negotiatedUnit is not null,
            Currency = customer.Currency,
            AnchorDate = terms.Anchor.Date,
            CadenceUnit = price.CadenceUnit,
            CadenceCount = price.CadenceCount,
            TimeZone = customer.TimeZone,
            StartedOn = terms.StartedOn,
            TrialEndsOn = terms.TrialEndsOn,
            CancelAtPeriodEnd = terms.EndIsPlanned,
            CreatedAt = now,
            Version = 1,
        };
        return subscription.TakeUp(terms, now);
    }

    private Imported TakeUp(ImportTerms terms, Instant now)
    {
        List<MrrMovement> movements = [];
        List<Fact> facts = [new SubscriptionStarted(CustomerId, StartedOn, Id, PlanId, TrialEndsOn)];

        NextPeriodIndex = terms.PeriodsBefore;
        (CurrentStart, CurrentEnd) = NextPeriodIndex == 0
            ? (StartedOn, AnchorDate)
            : (Anchor.StartOf(NextPeriodIndex - 1), Anchor.StartOf(NextPeriodIndex));
        NextBillingAt = DueAt(CurrentEnd);

        var worthSomethingUntil = terms.HasEnded ? terms.EndedOn!.Value : terms.AsOf.PlusDays(1);
        if (AnchorDate < worthSomethingUntil && MoveMrr(Anchor.Cadence.MonthlyValueOf(Unit * Quantity), AnchorDate, now) is { } began)
            movements.Add(began);

        if (terms.HasEnded)
        {
            var ended = End(terms.EndedOn!.Value, terms.EndReason, now);
            if (ended.Movement is not null) movements.Add(ended.Movement);
            facts.AddRange(ended.Facts);
        }
        else if (terms.EndIsPlanned)
        {
            facts.Add(new CancelPlanned(CustomerId, Today(now), Id, CurrentEnd));
        }

        return new(this, movements, facts);
    }
}
