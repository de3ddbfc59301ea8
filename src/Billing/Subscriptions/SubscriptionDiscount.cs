using Billing.History;
using Billing.Plans;
using NodaTime;

namespace Billing.Subscriptions;

/// <summary>A discount as it was given to one subscription; a copy, so that later edits of the discount change nothing.</summary>
public sealed class SubscriptionDiscount : IVersioned
{
    /// <summary>The most discounts a subscription ever gets.</summary>
    public const int MostGiven = 20;

    private SubscriptionDiscount()
    {
    }

    /// <summary>Whose.</summary>
    public SubscriptionId SubscriptionId { get; private set; }

    /// <summary>1, 2, 3 … in the order given, which is the order they are taken off.</summary>
    public int Position { get; private set; }

    /// <summary>Which discount it was.</summary>
    public DiscountId DiscountId { get; private set; }

    /// <summary>What the invoice line says.</summary>
    public string Name { get; private set; } = null!;

    /// <summary>Hundredths of a percent, or <see langword="null"/>.</summary>
    public int? PercentBasisPoints { get; private set; }

    /// <summary>Minor units a period, or <see langword="null"/>.</summary>
    public long? AmountMinor { get; private set; }

    /// <summary>Billed periods it lasts, or <see langword="null"/> for ever.</summary>
    public int? Periods { get; private set; }

    /// <summary>Billed periods it has been taken off so far. Time on the beach does not count.</summary>
    public int PeriodsUsed { get; private set; }

    /// <summary>First day of the last period it was taken off; none once that gave way to another or to a break.</summary>
    public LocalDate? LastUsedOn { get; private set; }

    /// <summary>When it was given.</summary>
    public Instant GivenAt { get; private set; }

    /// <inheritdoc/>
    public int Version { get; private set; }

    /// <summary>Whether nothing is left of it.</summary>
    public bool IsSpent => Periods is { } most && PeriodsUsed >= most;

    /// <summary>Whether it counts in MRR: a reduction for a single period does not recur.</summary>
    public bool Recurs => Periods != 1;

    /// <summary>Gives a discount to a subscription.</summary>
    /// <exception cref="Refused"><c>currency_mismatch</c>.</exception>
    public static SubscriptionDiscount Give(SubscriptionId to, Currency currency, Discount discount, int position, Instant now) =>
        discount.Currency is { } other && other != currency
            ? throw new Refused("currency_mismatch", $"This discount is in {other}, the subscription in {currency}.", "discount")
            : new()
            {
                SubscriptionId = to,
                Position = position,
                DiscountId = discount.Id,
                Name = discount.Name,
                PercentBasisPoints = discount.PercentBasisPoints,
                AmountMinor = discount.AmountMinor,
                Periods = discount.Periods,
                GivenAt = now,
                Version = 1,
            };

    /// <summary>What it takes off <paramref name="left"/>; never more than is left.</summary>
    public Money Off(Money left) => PercentBasisPoints is { } basisPoints
        ? left.Part(basisPoints, Discount.WholeInBasisPoints)
        : Money.Min(left, left with { Minor = AmountMinor.GetValueOrDefault() });

    internal SubscriptionDiscount Copy() => (SubscriptionDiscount)MemberwiseClone();

    internal bool LastsFor(int more) => Periods is not { } most || PeriodsUsed + more < most;

    /// <summary>The period it was last taken off is over before its time: one begun on the same day is another.</summary>
    internal void Rest() => LastUsedOn = null;

    internal void Use(LocalDate periodStart) => (PeriodsUsed, LastUsedOn) = (PeriodsUsed + 1, periodStart);
}
