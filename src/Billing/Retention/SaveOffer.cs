using NodaTime;

namespace Billing.Retention;

/// <summary>What kinds of offer there are.</summary>
public enum OfferKind
{
    /// <summary>Some time away, at a low fee.</summary>
    Break,

    /// <summary>A plan that costs less.</summary>
    SmallerPlan,

    /// <summary>A percentage off for some periods.</summary>
    Discount,

    /// <summary>A later day for what is open.</summary>
    LaterPaymentDay,

    /// <summary>A person who listens.</summary>
    Talk,
}

/// <summary>What is shown beside "cancel now" because it fits the reason; never in the way.</summary>
public abstract record SaveOffer
{
    private SaveOffer()
    {
    }

    /// <summary>Its kind.</summary>
    public OfferKind Kind => this switch
    {
        Break => OfferKind.Break,
        SmallerPlan => OfferKind.SmallerPlan,
        Discount => OfferKind.Discount,
        LaterPaymentDay => OfferKind.LaterPaymentDay,
        TalkToAPerson => OfferKind.Talk,
        _ => throw new InvalidOperationException($"{GetType().Name} is no offer we know."),
    };

    /// <summary>A break of about so many days.</summary>
    /// <param name="Days">How long is suggested.</param>
    public sealed record Break(int Days) : SaveOffer;

    /// <summary>A plan that costs less, from the next period on.</summary>
    /// <param name="PlanId">Which plan.</param>
    /// <param name="PriceId">At which price version.</param>
    /// <param name="Name">What the customer reads.</param>
    /// <param name="Price">A period, for all seats, before discounts.</param>
    /// <param name="Saving">What it costs less; above zero.</param>
    public sealed record SmallerPlan(PlanId PlanId, PriceId PriceId, string Name, Money Price, Money Saving) : SaveOffer;

    /// <summary>A percentage off.</summary>
    /// <param name="BasisPoints">Hundredths of a percent.</param>
    /// <param name="Periods">For how many billed periods.</param>
    public sealed record Discount(int BasisPoints, int Periods) : SaveOffer;

    /// <summary>Another day for the next try of the card.</summary>
    /// <param name="InvoiceId">Of which invoice.</param>
    /// <param name="Latest">The last day that can be chosen.</param>
    public sealed record LaterPaymentDay(InvoiceId InvoiceId, LocalDate Latest) : SaveOffer;

    /// <summary>A person writes or calls.</summary>
    public sealed record TalkToAPerson : SaveOffer;
}

/// <summary>The one offer that was chosen.</summary>
/// <param name="Offer">What.</param>
/// <param name="Why">Why this one, for the office.</param>
public sealed record ChosenOffer(SaveOffer Offer, string Why);
