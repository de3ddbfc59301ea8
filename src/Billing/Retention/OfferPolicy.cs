namespace Billing.Retention;

/// <summary>How often a kind of offer may be made, and to whom.</summary>
/// <param name="MonthsBetween">At most once in so many months to a customer; 0 for always.</param>
/// <param name="FromMonths">Only to who has been here for so many months.</param>
public sealed record OfferLimit(int MonthsBetween, int FromMonths);

/// <summary>The merchant's limits to offers, as data.</summary>
/// <param name="Limits">By kind; each has one.</param>
/// <param name="BreakDays">How long a break is suggested.</param>
/// <param name="DiscountBasisPoints">How much is taken off, in hundredths of a percent.</param>
/// <param name="DiscountPeriods">For how many billed periods.</param>
/// <param name="FloorBasisPoints">How much of the list price must be paid, over all discounts together.</param>
/// <param name="LaterPaymentDays">How far ahead a payment can be moved.</param>
public sealed record OfferPolicy(
    IReadOnlyDictionary<OfferKind, OfferLimit> Limits, int BreakDays, int DiscountBasisPoints, int DiscountPeriods,
    int FloorBasisPoints, int LaterPaymentDays);
