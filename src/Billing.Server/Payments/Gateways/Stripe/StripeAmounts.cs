using System.Collections.Frozen;

namespace Billing.Server.Payments.Gateways.Stripe;

/// <summary>Amounts as Stripe counts them: minor units, with exceptions.</summary>
/// <remarks>
/// Source: Stripe's documentation "Supported currencies", its lists of zero-decimal and three-decimal currencies and of
/// special cases, as of November 2026. The forint and the Taiwan dollar are special in payouts only.
/// </remarks>
/// <example>ISK 512 is sent as 51200; MGA 500.00 as 500; KWD 4.900 as 4900; KWD 4.905 cannot be charged.</example>
internal static class StripeAmounts
{
    /// <summary>Whole coins only, and yet written with two decimals, for the sake of older integrations.</summary>
    private static readonly FrozenSet<string> WrittenWithTwoZeros = FrozenSet.Create(StringComparer.Ordinal, "ISK", "UGX");

    /// <summary>ISO gives it two decimals; Stripe charges whole ones.</summary>
    private static readonly FrozenSet<string> WholeOnly = FrozenSet.Create(StringComparer.Ordinal, "MGA");

    /// <summary>The number to send; <see langword="null"/> for an amount Stripe cannot charge.</summary>
    public static long? Of(Money money) => money switch
    {
        { Currency.Exponent: 0 } when WrittenWithTwoZeros.Contains(money.Currency.Code) => checked(money.Minor * 100),
        { Currency.Exponent: 2 } when WholeOnly.Contains(money.Currency.Code) => money.Minor % 100 == 0 ? money.Minor / 100 : null,
        // Three decimals: the partners behind Stripe know two of them, so the last has to be a zero.
        { Currency.Exponent: 3 } => money.Minor % 10 == 0 ? money.Minor : null,
        { Currency.Exponent: <= 2 } => money.Minor,
        _ => null,
    };

    /// <summary>In what steps a currency can be charged, for whoever is told that an amount cannot.</summary>
    public static Money? StepOf(Currency currency) => currency.Exponent > 3 ? null : new(currency.ChargeStep, currency);

    /// <summary>What Stripe's number is in our units.</summary>
    public static Money Read(long amount, string currency)
    {
        var known = Currency.Of(currency.ToUpperInvariant());
        if (WholeOnly.Contains(known.Code)) return new(checked(amount * 100), known);
        if (!WrittenWithTwoZeros.Contains(known.Code)) return new(amount, known);
        return amount % 100 == 0
            ? new(amount / 100, known)
            : throw new InvalidOperationException($"Stripe tells of a part of a coin: {amount} {known}.");
    }
}
