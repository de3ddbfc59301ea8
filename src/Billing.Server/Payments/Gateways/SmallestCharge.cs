using System.Collections.Frozen;
using NodaTime;

namespace Billing.Server.Payments.Gateways;

/// <summary>The smallest amount Stripe charges, by currency, in minor units.</summary>
/// <remarks>
/// Stripe publishes a minimum for the currencies it settles in ("minimum and maximum charge amounts"); for any other
/// the amount must be worth at least USD 0.50 on the day. For those the table holds USD 0.50 at a rate of the date
/// below, rounded up generously so that a move of the rate does not turn an accepted amount into a refused one. A
/// currency that is in neither list asks for one whole unit.
/// </remarks>
internal static class SmallestCharge
{
    /// <summary>The day the table was last looked at.</summary>
    public static readonly LocalDate AsOf = new(2026, 11, 24);

    private static readonly FrozenDictionary<string, long> Minor = new Dictionary<string, long>
    {
        // Published.
        ["AED"] = 200, ["AUD"] = 50, ["BRL"] = 50, ["CAD"] = 50, ["CHF"] = 50, ["CZK"] = 1500, ["DKK"] = 250,
        ["EUR"] = 50, ["GBP"] = 30, ["HKD"] = 400, ["HUF"] = 17500, ["INR"] = 50, ["JPY"] = 50, ["MXN"] = 1000,
        ["MYR"] = 200, ["NOK"] = 300, ["NZD"] = 50, ["PLN"] = 200, ["RON"] = 200, ["SEK"] = 300, ["SGD"] = 50,
        ["THB"] = 1000, ["USD"] = 50,

        // Worth USD 0.50, rounded up.
        ["BDT"] = 7000, ["KWD"] = 200,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static Money Of(Currency currency) =>
        new(Minor.TryGetValue(currency.Code, out var minor) ? minor : OneWholeUnit(currency), currency);

    private static long OneWholeUnit(Currency currency)
    {
        var minor = 1L;
        for (var i = 0; i < currency.Exponent; i++)
            minor *= 10;
        return minor;
    }
}
