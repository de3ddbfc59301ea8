namespace Billing.Invoicing;

/// <summary>How a customer's balance and an invoice's total meet, before any card is asked.</summary>
/// <param name="Applied">Credit used; below zero when an older carried amount is collected with the invoice.</param>
/// <param name="CarriedForward">What no card can be charged, too little or below a step: moves to the balance for the next invoice.</param>
/// <param name="Due">What is left for the card.</param>
public readonly record struct BalanceUse(Money Applied, Money CarriedForward, Money Due)
{
    /// <summary>Works it out; total = applied + carried forward + due.</summary>
    /// <param name="total">The invoice's total; zero or above.</param>
    /// <param name="balance">Above zero is credit; below is what was carried forward.</param>
    /// <param name="minimumCharge">The least the gateway charges.</param>
    /// <example>
    /// Total USD 49.00, credit USD 10.00: 10.00 applied, 39.00 due. Total USD 0.30, minimum USD 0.50: carried forward; with
    /// USD 0.30 carried before, 0.60 due. Total KWD 4.905: 4.900 due and 0.005 carried forward.
    /// </example>
    public static BalanceUse Of(Money total, Money balance, Money minimumCharge)
    {
        var nothing = Money.Zero(total.Currency);
        var applied = balance.Minor > 0 ? Money.Min(balance, total)
            : balance.Minor < 0 && total - balance >= minimumCharge ? balance
            : nothing;

        var due = total - applied;
        var carried = due < minimumCharge ? due : due.BelowChargeStep;
        return new(applied, carried, due - carried);
    }

    /// <summary>The balance afterwards.</summary>
    public Money Left(Money balance) => balance - Applied - CarriedForward;
}
