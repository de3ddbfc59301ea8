using NodaTime;

namespace Billing.Plans;

/// <summary>A reduction that can be given to subscriptions: a percentage or an amount, for some periods or for ever.</summary>
public sealed class Discount
{
    /// <summary>One hundred percent.</summary>
    public const int WholeInBasisPoints = 10_000;

    /// <summary>The longest duration in periods, short of for ever.</summary>
    public const int MostPeriods = 120;

    private Discount()
    {
    }

    /// <summary>The discount's id.</summary>
    public DiscountId Id { get; private set; }

    /// <summary>The merchant's own short name, unique: <c>welcome20</c>.</summary>
    public string Code { get; private set; } = null!;

    /// <summary>What the customer reads on the invoice.</summary>
    public string Name { get; private set; } = null!;

    /// <summary>Hundredths of a percent, 1 to 10 000; <see langword="null"/> when it is an amount.</summary>
    public int? PercentBasisPoints { get; private set; }

    /// <summary>Minor units a period; <see langword="null"/> when it is a percentage.</summary>
    public long? AmountMinor { get; private set; }

    /// <summary>The amount's currency; <see langword="null"/> when it is a percentage.</summary>
    public Currency? Currency { get; private set; }

    /// <summary>How many billed periods it lasts; <see langword="null"/> for ever; 1 is once.</summary>
    public int? Periods { get; private set; }

    /// <summary>When it was made.</summary>
    public Instant CreatedAt { get; private set; }

    /// <summary>Makes a percentage discount.</summary>
    /// <exception cref="Refused"><c>discount_out_of_range</c>.</exception>
    public static Discount Percent(DiscountId id, string code, string name, int basisPoints, int? periods, Instant now) =>
        basisPoints is > 0 and <= WholeInBasisPoints
            ? new() { Id = id, Code = code, Name = name, PercentBasisPoints = basisPoints, Periods = Lasting(periods), CreatedAt = now }
            : throw new Refused("discount_out_of_range", "A percentage is 0.01 to 100.", "percentBasisPoints");

    /// <summary>Makes a discount of a fixed amount a period.</summary>
    /// <exception cref="Refused"><c>discount_out_of_range</c>.</exception>
    public static Discount Amount(DiscountId id, string code, string name, Money amount, int? periods, Instant now) =>
        amount.Minor is > 0 and <= Price.LargestUnitAmount
            ? new()
            {
                Id = id,
                Code = code,
                Name = name,
                AmountMinor = amount.Minor,
                Currency = amount.Currency,
                Periods = Lasting(periods),
                CreatedAt = now,
            }
            : throw new Refused("discount_out_of_range", "A discount is above zero.", "amount");

    private static int? Lasting(int? periods) => periods is null or (> 0 and <= MostPeriods)
        ? periods
        : throw new Refused("discount_out_of_range", $"A discount lasts 1 to {MostPeriods} periods, or for ever.", "periods");
}
