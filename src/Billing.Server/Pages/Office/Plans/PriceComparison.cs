using Billing.Periods;

namespace Billing.Server.Pages.Office.Plans;

/// <summary>A price beside what customers of the same plan, currency and cadence pay today.</summary>
/// <param name="To">The price.</param>
/// <param name="Lines">Versions that somebody pays, newest first.</param>
/// <param name="Negotiated">How many have an amount of their own, which no version touches.</param>
public sealed record PriceComparison(Money To, IReadOnlyList<PriceLine> Lines, int Negotiated)
{
    public int Subscriptions => Lines.Sum(l => l.Subscriptions);

    /// <summary>What all of them would pay more a period.</summary>
    public Money More => Lines.Aggregate(Money.Zero(To.Currency), (sum, line) => sum + line.More(To));

    public static PriceComparison Of(PlanFile file, Money to, Cadence cadence, int? before = null)
    {
        var versions = file.Versions(to.Currency, cadence).Where(l => before is null || l.Price.VersionNumber < before).ToList();
        return new(to, [.. versions.Where(l => l.Subscriptions > 0)], versions.Sum(l => l.Negotiated));
    }
}
