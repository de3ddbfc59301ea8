using Billing.Periods;
using Billing.Plans;
using Microsoft.EntityFrameworkCore;

namespace Billing.Server.Plans;

internal static class PlanQueries
{
    /// <summary>The price version sold now for a plan, currency and cadence.</summary>
    /// <exception cref="Refused"><c>no_price</c>.</exception>
    public static async Task<Price> SoldAsync(
        this IQueryable<Price> prices, PlanId plan, Currency currency, Cadence cadence, CancellationToken cancellationToken) =>
        await prices.NewestAsync(plan, currency, cadence, cancellationToken)
            ?? throw new Refused("no_price", $"This plan has no price in {currency} for this cadence.", "cadence");

    /// <summary>The newest price version, if there is one.</summary>
    public static Task<Price?> NewestAsync(
        this IQueryable<Price> prices, PlanId plan, Currency currency, Cadence cadence, CancellationToken cancellationToken) => prices
        .Where(p => p.PlanId == plan && p.Currency == currency && p.CadenceUnit == cadence.Unit && p.CadenceCount == cadence.Count)
        .OrderByDescending(p => p.VersionNumber)
        .FirstOrDefaultAsync(cancellationToken);

    /// <summary>The discounts with these codes, in this order.</summary>
    /// <exception cref="Refused"><c>unknown_discount</c>.</exception>
    public static async Task<IReadOnlyList<Discount>> NamedAsync(
        this IQueryable<Discount> discounts, IReadOnlyList<string> codes, CancellationToken cancellationToken)
    {
        if (codes.Count == 0) return [];
        var found = await discounts.Where(d => codes.Contains(d.Code)).ToDictionaryAsync(d => d.Code, cancellationToken);
        return [.. codes.Distinct().Select(code => found.GetValueOrDefault(code)
            ?? throw new Refused("unknown_discount", "There is no discount with this code.", "discounts"))];
    }
}
