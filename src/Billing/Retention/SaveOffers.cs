using Billing.Plans;
using Billing.Subscriptions;

namespace Billing.Retention;

/// <summary>Chooses at most one offer that fits a reason for leaving. Always the same one for the same facts.</summary>
public static class SaveOffers
{
    /// <summary>The first kind of offer the reason names that is within its limits and has something to offer; or none.</summary>
    /// <example>Too expensive: a smaller plan when there is one, else a discount when none was offered for a year, else nothing.</example>
    public static ChosenOffer? Choose(LeavingReason reason, OfferFacts facts, OfferPolicy policy)
    {
        if (reason.InPeace || facts.ConsentWithdrawn) return null;
        var offer = reason.Offers.Where(kind => IsAllowed(kind, facts, policy)).Select(kind => Make(kind, facts, policy)).FirstOrDefault(o => o is not null);
        return offer is null ? null : new(offer, $"{reason.Code}: {Why(offer, facts)}");
    }

    /// <summary>Whether an offer that was shown can still be taken as it was.</summary>
    public static bool StillFits(SaveOffer offer, OfferFacts facts, OfferPolicy policy) => offer switch
    {
        SaveOffer.LaterPaymentDay shown => Later(facts, policy) is SaveOffer.LaterPaymentDay now && now.InvoiceId == shown.InvoiceId,
        _ => offer == Make(offer.Kind, facts, policy),
    };

    private static bool IsAllowed(OfferKind kind, OfferFacts facts, OfferPolicy policy)
    {
        var limit = policy.Limits[kind];
        return facts.Since.PlusMonths(limit.FromMonths) <= facts.Today
            && !facts.Earlier.Any(e => e.Kind == kind && e.On.PlusMonths(limit.MonthsBetween) > facts.Today);
    }

    private static SaveOffer? Make(OfferKind kind, OfferFacts facts, OfferPolicy policy) => kind switch
    {
        OfferKind.Break => facts.LongestBreak is > 0 and var longest ? new SaveOffer.Break(Math.Min(policy.BreakDays, longest)) : null,
        OfferKind.SmallerPlan => Smaller(facts),
        OfferKind.Discount => Off(facts, policy),
        OfferKind.LaterPaymentDay => Later(facts, policy),
        OfferKind.Talk => new SaveOffer.TalkToAPerson(),
    };

    /// <summary>The nearest plan below: it takes away least.</summary>
    private static SaveOffer.SmallerPlan? Smaller(OfferFacts facts)
    {
        var now = facts.Unit * facts.Quantity;
        return facts.ChangePlanned ? null : facts.Plans
            .Where(p => p.Price.Currency == now.Currency && p.Price < now)
            .OrderByDescending(p => p.Price.Minor).ThenBy(p => p.PlanId)
            .Select(p => new SaveOffer.SmallerPlan(p.PlanId, p.PriceId, p.Name, p.Price, now - p.Price))
            .FirstOrDefault();
    }

    /// <summary>None at all rather than a smaller one, where the floor would be broken.</summary>
    private static SaveOffer.Discount? Off(OfferFacts facts, OfferPolicy policy)
    {
        if (facts.Discounts.Count >= SubscriptionDiscount.MostGiven) return null;
        // Discounts that run now only end: the next period is the cheapest there will be.
        var left = PeriodCharge.Of(facts.PlanName, facts.Quantity, facts.Unit, facts.Discounts).Total;
        var pays = left - left.Part(policy.DiscountBasisPoints, Discount.WholeInBasisPoints);
        var floor = (facts.ListUnit * facts.Quantity).Part(policy.FloorBasisPoints, Discount.WholeInBasisPoints);
        return left.Minor > 0 && pays >= floor ? new(policy.DiscountBasisPoints, policy.DiscountPeriods) : null;
    }

    private static SaveOffer.LaterPaymentDay? Later(OfferFacts facts, OfferPolicy policy)
    {
        var latest = facts.Today.PlusDays(policy.LaterPaymentDays);
        return facts.Open.FirstOrDefault(o => o is { Moved: false, NextTry: { } next } && next < latest) is { } open
            ? new(open.InvoiceId, latest)
            : null;
    }

    private static string Why(SaveOffer offer, OfferFacts facts) => offer switch
    {
        SaveOffer.Break away => $"away for {away.Days} days, {facts.PlanName} waits.",
        SaveOffer.SmallerPlan plan => $"{plan.Name} costs {plan.Saving} less a period.",
        SaveOffer.Discount off => $"{off.BasisPoints / 100}% off for {off.Periods} periods keeps the floor.",
        SaveOffer.LaterPaymentDay later => $"something is open, and can wait until {later.Latest:uuuu'-'MM'-'dd}.",
        SaveOffer.TalkToAPerson => "a person listens.",
        _ => throw new InvalidOperationException($"{offer.GetType().Name} is no offer we know."),
    };
}
