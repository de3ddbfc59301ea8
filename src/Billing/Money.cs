namespace Billing;

/// <summary>An amount in whole minor units of one currency. Sums are overflow-checked; currencies never mix.</summary>
/// <param name="Minor">Minor units: cents for USD, yen for JPY, fils for KWD. May be negative.</param>
/// <param name="Currency">The currency.</param>
public readonly record struct Money(long Minor, Currency Currency) : IComparable<Money>
{
    /// <summary>Nothing, in <paramref name="currency"/>.</summary>
    public static Money Zero(Currency currency) => new(0, currency);

    /// <summary>Whether this is exactly nothing.</summary>
    public bool IsZero => Minor == 0;

    /// <summary>Adds two amounts of one currency.</summary>
    public static Money operator +(Money left, Money right) => new(checked(left.Minor + Same(left, right).Minor), left.Currency);

    /// <summary>Subtracts an amount of the same currency.</summary>
    public static Money operator -(Money left, Money right) => new(checked(left.Minor - Same(left, right).Minor), left.Currency);

    /// <summary>The opposite amount.</summary>
    public static Money operator -(Money money) => new(checked(-money.Minor), money.Currency);

    /// <summary>A whole multiple: unit amount times seats.</summary>
    public static Money operator *(Money money, long times) => new(checked(money.Minor * times), money.Currency);

    /// <summary>Less, in one currency.</summary>
    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;

    /// <summary>More, in one currency.</summary>
    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;

    /// <summary>Less or the same, in one currency.</summary>
    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;

    /// <summary>More or the same, in one currency.</summary>
    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    /// <summary>The smaller of two amounts of one currency.</summary>
    public static Money Min(Money left, Money right) => left <= right ? left : right;

    /// <summary>The larger of two amounts of one currency.</summary>
    public static Money Max(Money left, Money right) => left >= right ? left : right;

    /// <summary>
    /// The part <paramref name="numerator"/> / <paramref name="denominator"/> of this amount, rounded half away from
    /// zero on the absolute value. The one place in the project where money is rounded.
    /// </summary>
    /// <example>USD 10.00 times 1/3 is USD 3.33; USD -0.05 times 1/2 is USD -0.03.</example>
    public Money Part(long numerator, long denominator)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(denominator);
        var product = (Int128)Minor * numerator;
        var rounded = (Int128.Abs(product) * 2 + denominator) / ((Int128)denominator * 2);
        return new(checked((long)(product < 0 ? -rounded : rounded)), Currency);
    }

    /// <inheritdoc/>
    public int CompareTo(Money other) => Minor.CompareTo(Same(this, other).Minor);

    private static Money Same(Money left, Money right) => ReferenceEquals(left.Currency, right.Currency)
        ? right
        : throw new InvalidOperationException($"{left.Currency} and {right.Currency} do not add up.");
}
