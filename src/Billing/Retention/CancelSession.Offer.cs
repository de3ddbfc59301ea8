using NodaTime;

namespace Billing.Retention;

/// <content>What was offered.</content>
public sealed partial class CancelSession
{
    /// <summary>What kind of offer was shown, if any.</summary>
    public OfferKind? OfferKind { get; private set; }

    /// <summary>When it was shown.</summary>
    public Instant? OfferedAt { get; private set; }

    /// <summary>Why this one.</summary>
    public string? OfferWhy { get; private set; }

    /// <summary>The smaller plan.</summary>
    public PlanId? OfferPlanId { get; private set; }

    /// <summary>Its price version.</summary>
    public PriceId? OfferPriceId { get; private set; }

    /// <summary>Its name.</summary>
    public string? OfferPlanName { get; private set; }

    /// <summary>Minor units a period of it.</summary>
    public long? OfferPriceMinor { get; private set; }

    /// <summary>Minor units a period it costs less.</summary>
    public long? OfferSavingMinor { get; private set; }

    /// <summary>The currency of both.</summary>
    public Currency? OfferCurrency { get; private set; }

    /// <summary>Hundredths of a percent off.</summary>
    public int? OfferBasisPoints { get; private set; }

    /// <summary>Periods it is taken off, or days of a break.</summary>
    public int? OfferLength { get; private set; }

    /// <summary>The invoice that can wait.</summary>
    public InvoiceId? OfferInvoiceId { get; private set; }

    /// <summary>Until when.</summary>
    public LocalDate? OfferLatest { get; private set; }

    /// <summary>The offer as it was shown.</summary>
    public SaveOffer? Offer => OfferKind is not { } kind ? null : kind switch
    {
        Retention.OfferKind.Break => new SaveOffer.Break(OfferLength!.Value),
        Retention.OfferKind.SmallerPlan => new SaveOffer.SmallerPlan(
            OfferPlanId!.Value, OfferPriceId!.Value, OfferPlanName!, new(OfferPriceMinor!.Value, OfferCurrency!),
            new(OfferSavingMinor!.Value, OfferCurrency!)),
        Retention.OfferKind.Discount => new SaveOffer.Discount(OfferBasisPoints!.Value, OfferLength!.Value),
        Retention.OfferKind.LaterPaymentDay => new SaveOffer.LaterPaymentDay(OfferInvoiceId!.Value, OfferLatest!.Value),
        Retention.OfferKind.Talk => new SaveOffer.TalkToAPerson(),
    };

    private void Show(ChosenOffer chosen, Instant now)
    {
        (OfferKind, OfferedAt, OfferWhy) = (chosen.Offer.Kind, now, chosen.Why);
        switch (chosen.Offer)
        {
            case SaveOffer.Break away: OfferLength = away.Days; break;
            case SaveOffer.SmallerPlan plan:
                (OfferPlanId, OfferPriceId, OfferPlanName) = (plan.PlanId, plan.PriceId, plan.Name);
                (OfferPriceMinor, OfferSavingMinor, OfferCurrency) = (plan.Price.Minor, plan.Saving.Minor, plan.Price.Currency);
                break;
            case SaveOffer.Discount off: (OfferBasisPoints, OfferLength) = (off.BasisPoints, off.Periods); break;
            case SaveOffer.LaterPaymentDay later: (OfferInvoiceId, OfferLatest) = (later.InvoiceId, later.Latest); break;
        }
    }
}
