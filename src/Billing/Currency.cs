using System.Diagnostics.CodeAnalysis;

namespace Billing;

/// <summary>An ISO 4217 currency with its true number of decimals.</summary>
public sealed class Currency
{
    private static readonly Dictionary<string, Currency> Known = new Currency[]
    {
        new("USD", 2), new("EUR", 2), new("GBP", 2), new("BDT", 2), new("JPY", 0), new("KWD", 3),
    }.ToDictionary(c => c.Code, StringComparer.Ordinal);

    private Currency(string code, int exponent) => (Code, Exponent) = (code, exponent);

    /// <summary>The three-letter code, upper case.</summary>
    public string Code { get; }

    /// <summary>How many decimals the minor unit has: JPY 0, USD 2, KWD 3.</summary>
    public int Exponent { get; }

    /// <summary>Finds a currency by its code, exactly as ISO writes it.</summary>
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
