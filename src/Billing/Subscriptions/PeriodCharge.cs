using Billing.Invoicing;

namespace Billing.Subscriptions;

/// <summary>
/// What one period of a subscription costs, line by line. The invoice is written from it and the preview shows it, so word
/// and deed cannot differ.
/// </summary>
/// <param name="Lines">The plan, then each discount in the order given.</param>
/// <param name="Total">The sum of the lines; never below zero.</param>
/// <param name="Recurring">The part of the total that counts in MRR: a reduction for a single period is not taken off.</param>
/// <example>3 seats at USD 10.00, 20 percent off: lines 30.00 and -6.00, total 24.00.</example>
public sealed record PeriodCharge(IReadOnlyList<ChargeLine> Lines, Money Total, Money Recurring)
{
    /// <summary>Works the period out. Nothing moves: the discounts do not count it yet.</summary>
    /// <param name="planName">What the first line says.</param>
    /// <param name="quantity">Seats.</param>
    /// <param name="unit">A period and seat.</param>
    /// <param name="discounts">The subscription's discounts, in any order; spent ones are passed over.</param>
    public static PeriodCharge Of(string planName, int quantity, Money unit, IEnumerable<SubscriptionDiscount> discounts) =>
        InForce(planName, quantity, unit, discounts.Where(d => !d.IsSpent));

    /// <summary>The same with exactly these discounts, spent or not: those of a period under way.</summary>
    internal static PeriodCharge InForce(string planName, int quantity, Money unit, IEnumerable<SubscriptionDiscount> discounts)
    {
        List<ChargeLine> lines = [new(InvoiceLineKind.Plan, planName, quantity, unit, null)];
        var left = unit * quantity;
        var recurring = left;

        foreach (var discount in discounts.OrderBy(d => d.Position))
        {
            var off = discount.Off(left);
            left -= off;
            // What recurs is worked out as if discounts for once were not there: next period they will not be.
            if (discount.Recurs) recurring -= discount.Off(recurring);
            lines.Add(new(InvoiceLineKind.Discount, discount.Name, 1, -off, discount));
        }

        return new(lines, left, recurring);
    }
}

/// <summary>One line of what a period costs.</summary>
/// <param name="Kind">The plan or a discount.</param>
/// <param name="Description">What the invoice line says.</param>
/// <param name="Quantity">Seats; 1 for a discount.</param>
/// <param name="Unit">The amount each; below zero for a discount.</param>
/// <param name="Discount">The discount it takes off.</param>
public readonly record struct ChargeLine(
    InvoiceLineKind Kind, string Description, int Quantity, Money Unit, SubscriptionDiscount? Discount)
{
    /// <summary>Quantity times unit.</summary>
    public Money Amount => Unit * Quantity;
}
