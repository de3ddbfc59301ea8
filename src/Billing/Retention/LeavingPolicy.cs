using Billing.Plans;
using Billing.Subscriptions;

namespace Billing.Retention;

/// <summary>The merchant's choices about leaving, as data.</summary>
/// <param name="Refund">What becomes of paid days that are not used.</param>
/// <param name="Reasons">What customers may choose from, in this order.</param>
/// <param name="Offers">Limits to what may be offered.</param>
/// <param name="SignedOut">Who may leave without signing in.</param>
public sealed record LeavingPolicy(
    RefundRule Refund, IReadOnlyList<LeavingReason> Reasons, OfferPolicy Offers, SignedOutRules SignedOut)
{
    /// <summary>Languages every sentence must be there in.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "bn"];

    /// <summary>The longest code of a reason.</summary>
    public const int LongestCode = 40;

    private const int WholeYears = 120, LongestLater = 14, LongestBreak = 366;

    /// <summary>The reason with this code.</summary>
    /// <exception cref="Refused"><c>unknown_reason</c>.</exception>
    public LeavingReason Reason(string code) => Reasons.FirstOrDefault(r => r.Code == code)
        ?? throw new Refused("unknown_reason", "That is not one of the reasons to choose from.", "reason");

    /// <summary>What is wrong with it, in sentences; empty when it can be used.</summary>
    public IEnumerable<string> Troubles()
    {
        if (Reasons.Count == 0) yield return "There is no reason to choose from.";
        foreach (var code in Reasons.CountBy(r => r.Code, StringComparer.Ordinal).Where(c => c.Value > 1))
            yield return $"Reason {code.Key} is there more than once.";
        foreach (var trouble in Reasons.SelectMany(TroublesOf)) yield return trouble;

        foreach (var kind in Enum.GetValues<OfferKind>())
        {
            if (!Offers.Limits.TryGetValue(kind, out var limit)) yield return $"Offer {kind} has no limit.";
            else if (limit.MonthsBetween is < 0 or > WholeYears || limit.FromMonths is < 0 or > WholeYears)
                yield return $"The months of offer {kind} are 0 to {WholeYears}.";
        }

        foreach (var trouble in SignedOut.Countries.SelectMany(c => c.Troubles())) yield return trouble;
        if (Offers.BreakDays is < 1 or > LongestBreak) yield return $"A break lasts 1 to {LongestBreak} days.";
        if (Offers.DiscountBasisPoints is < 1 or >= Discount.WholeInBasisPoints) yield return "A discount takes off 0.01 to 99.99 percent.";
        if (Offers.DiscountPeriods is < 1 or > Discount.MostPeriods) yield return $"A discount lasts 1 to {Discount.MostPeriods} periods.";
        if (Offers.FloorBasisPoints is < 0 or > Discount.WholeInBasisPoints) yield return "The floor is 0 to 100 percent of the list price.";
        if (Offers.LaterPaymentDays is < 1 or > LongestLater) yield return $"A payment moves by 1 to {LongestLater} days.";
    }

    private static IEnumerable<string> TroublesOf(LeavingReason reason)
    {
        if (reason.Code.Length is 0 or > LongestCode) yield return $"The code of a reason has 1 to {LongestCode} letters: \"{reason.Code}\".";
        foreach (var language in Languages.Where(l => string.IsNullOrWhiteSpace(reason.Labels.GetValueOrDefault(l))))
            yield return $"Reason {reason.Code} has no label in {language}.";
        if (reason.InPeace && reason.Offers.Count > 0) yield return $"Reason {reason.Code} may have no offers: they leave in peace.";
        if (reason.Offers.Distinct().Count() < reason.Offers.Count) yield return $"Reason {reason.Code} names an offer twice.";
    }
}
