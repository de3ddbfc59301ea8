using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Billing;

/// <summary>An ISO 4217 currency with its true number of decimals. There is one object per currency.</summary>
/// <remarks>
/// Every currency in use, and CLF; no metals, accounting units, funds or test codes. Edition of 1 January 2026.
/// </remarks>
/// <example><c>Currency.Of("KWD")</c> is the Kuwaiti dinar, number 414, with 3 decimals.</example>
public sealed class Currency
{
    private static readonly FrozenDictionary<string, Currency> Known =
        CurrencyTable.Rows.ToFrozenDictionary(c => c.Code, StringComparer.Ordinal);

    internal Currency(string code, int number, int exponent, string name)
    {
        Code = code;
        NumericCode = number.ToString("000", CultureInfo.InvariantCulture);
        Exponent = exponent;
        Name = name;
        ChargeStep = exponent == 3 ? 10 : code == "MGA" ? 100 : 1;
    }

    /// <summary>Every currency we know, in the order of their codes.</summary>
    public static ImmutableArray<Currency> All { get; } = [.. CurrencyTable.Rows];

    /// <summary>The three-letter code, upper case: <c>BDT</c>.</summary>
    public string Code { get; }

    /// <summary>The three-digit code, with its zeros: <c>050</c> for BDT.</summary>
    public string NumericCode { get; }

    /// <summary>How many decimals the minor unit has: JPY 0, USD 2, KWD 3, CLF 4.</summary>
    public int Exponent { get; }

    /// <summary>
    /// In what steps, in minor units, money goes to and from cards: card networks know two decimals of a currency that has
    /// three, and of the ariary only whole ones.
    /// </summary>
    /// <example>USD 1, JPY 1; KWD 10, so that KWD 4.900 can be charged and KWD 4.905 cannot; MGA 100.</example>
    public int ChargeStep { get; }

    /// <summary>The English name, as ISO writes it: <c>Taka</c>.</summary>
    public string Name { get; }

    /// <summary>Finds a currency by its code, exactly as ISO writes it; <c>usd</c> is not a code.</summary>
    /// <exception cref="Refused"><c>unknown_currency</c>.</exception>
    public static Currency Of(string code) => TryOf(code, out var currency)
        ? currency
        : throw new Refused("unknown_currency", "That is not the code of a currency in use (ISO 4217).", "currency");

    /// <summary>Finds a currency by its code, or says there is none.</summary>
    public static bool TryOf(string? code, [NotNullWhen(true)] out Currency? currency)
    {
        currency = null;
        return code is not null && Known.TryGetValue(code, out currency);
    }

    /// <inheritdoc/>
    public override string ToString() => Code;
}
