using System.Globalization;

namespace Billing;

/// <summary>An amount in whole minor units of one currency. Sums are overflow-checked; currencies never mix.</summary>
/// <remarks>
/// <para>Any <see cref="long"/> is a valid amount, so up to about 92 quadrillion dollars either way.</para>
/// <para>
/// A result that does not fit is an <see cref="OverflowException"/>; two currencies in one sum are an
/// <see cref="InvalidOperationException"/>, and so is any use of <c>default(Money)</c>, which has no currency. All
/// three are bugs and nobody catches them.
/// </para>
/// </remarks>
/// <param name="Minor">Minor units: cents for USD, yen for JPY, fils for KWD. May be negative.</param>
/// <param name="Currency">The currency.</param>
/// <example><c>new Money(4900, Currency.Of("USD"))</c> is USD 49.00; in yen it would be JPY 4900.</example>
public readonly record struct Money(long Minor, Currency Currency) : IComparable<Money>
{
    /// <summary>The currency.</summary>
    /// <exception cref="InvalidOperationException">This is <c>default(Money)</c>.</exception>
    public Currency Currency
    {
        get => field ?? throw new InvalidOperationException("default(Money) has no currency: use Money.Zero.");
        init => field = value ?? throw new ArgumentNullException(nameof(value));
    } = Currency ?? throw new ArgumentNullException(nameof(Currency));

    /// <summary>Nothing, in <paramref name="currency"/>.</summary>
    public static Money Zero(Currency currency) => new(0, currency);

    /// <summary>Whether this is exactly nothing.</summary>
    public bool IsZero => Currency is not null && Minor == 0;

    /// <summary>The part that no card can be charged; see <see cref="Billing.Currency.ChargeStep"/>.</summary>
    /// <example>KWD 0.005 of KWD 4.905; nothing of USD 49.05.</example>
    public Money BelowChargeStep => this with { Minor = Minor % Currency.ChargeStep };

    /// <summary>Adds two amounts of one currency.</summary>
    public static Money operator +(Money left, Money right) =>
        new(checked(left.Minor + Same(left, right).Minor), left.Currency);

    /// <summary>Subtracts an amount of the same currency.</summary>
    public static Money operator -(Money left, Money right) =>
        new(checked(left.Minor - Same(left, right).Minor), left.Currency);

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
    /// <param name="numerator">How many shares; may be negative, and may exceed the denominator.</param>
    /// <param name="denominator">How many shares make the whole; at least 1.</param>
    /// <exception cref="OverflowException">The part does not fit.</exception>
    /// <example>USD 10.00 times 1/3 is USD 3.33; USD -0.05 times 1/2 is USD -0.03.</example>
    public Money Part(long numerator, long denominator)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(denominator);
        var product = (Int128)Minor * numerator;
        var (whole, rest) = Int128.DivRem(Int128.Abs(product), denominator);
        var rounded = rest >= denominator - rest ? whole + 1 : whole;
        return new(checked((long)(product < 0 ? -rounded : rounded)), Currency);
    }

    /// <summary>
    /// Splits this amount in proportion to <paramref name="weights"/> so that the parts add up to the whole, by
    /// largest remainder: every part is cut down to whole minor units, and the units left over go one each to the
    /// parts that lost most, the earlier one first when they lost the same. A negative amount mirrors the positive.
    /// </summary>
    /// <param name="weights">
    /// One per part, none negative. All may be zero only when the amount is: just nothing can be shared by nobody.
    /// </param>
    /// <returns>The parts, in the order of the weights; each less than one minor unit from its exact share.</returns>
    /// <exception cref="ArgumentException">No weights, a negative one, or an amount and only zeros.</exception>
    /// <example>USD 10.00 over 1, 1, 1 is USD 3.34, 3.33, 3.33; USD 1.00 over 2, 1 is USD 0.67, 0.33.</example>
    public Money[] Allocate(params ReadOnlySpan<long> weights)
    {
        // Zero is split into zeros, even by weights that are all zero: a free invoice has such lines.
        var total = Int128.Max(Total(weights), IsZero ? 1 : 0);
        if (total == 0) throw new ArgumentException("Some weight must be above zero.", nameof(weights));

        var left = Int128.Abs(Minor);
        var parts = new Int128[weights.Length];
        var lost = new Int128[weights.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            (parts[i], lost[i]) = Int128.DivRem(Int128.Abs(Minor) * weights[i], total);
            left -= parts[i];
        }

        foreach (var i in Enumerable.Range(0, parts.Length).OrderByDescending(i => lost[i]).Take((int)left))
        {
            parts[i]++;
        }

        var (negative, currency) = (Minor < 0, Currency);
        return Array.ConvertAll(parts, part => new Money((long)(negative ? -part : part), currency));
    }

    /// <summary>Splits this amount into <paramref name="count"/> parts that differ by at most one minor unit.</summary>
    /// <param name="count">How many parts; at least 1. The larger parts come first.</param>
    /// <example>USD 100.00 in 3 is USD 33.34, 33.33, 33.33; JPY -5 in 2 is JPY -3, -2.</example>
    public Money[] AllocateEvenly(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var weights = new long[count];
        Array.Fill(weights, 1);
        return Allocate(weights);
    }

    /// <inheritdoc/>
    public int CompareTo(Money other) => Minor.CompareTo(Same(this, other).Minor);

    /// <summary>Code and amount with the currency's own decimals, the same in every culture.</summary>
    /// <example><c>USD 49.00</c>, <c>JPY 4900</c>, <c>USD -0.05</c>.</example>
    public override string ToString()
    {
        // Never throws, not even without a currency: it is what a person reads when something else went wrong.
        if (Equals(default)) return "(no currency)";

        var exponent = Currency.Exponent;
        var digits = Int128.Abs(Minor).ToString(CultureInfo.InvariantCulture).PadLeft(exponent + 1, '0');
        var amount = exponent == 0 ? digits : $"{digits[..^exponent]}.{digits[^exponent..]}";
        return $"{Currency.Code} {(Minor < 0 ? "-" : "")}{amount}";
    }

    private static Int128 Total(ReadOnlySpan<long> weights)
    {
        if (weights.IsEmpty) throw new ArgumentException("There must be at least one part.", nameof(weights));

        Int128 total = 0;
        foreach (var weight in weights)
        {
            if (weight < 0) throw new ArgumentException("No weight may be negative.", nameof(weights));
            total += weight;
        }

        return total;
    }

    private static Money Same(Money left, Money right) => ReferenceEquals(left.Currency, right.Currency)
        ? right
        : throw new InvalidOperationException($"{left.Currency} and {right.Currency} do not add up.");
}
