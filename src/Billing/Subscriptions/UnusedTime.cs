using Billing.Customers;
using Billing.Invoicing;

namespace Billing.Subscriptions;

/// <summary>What becomes of paid days that are not used because the customer leaves now.</summary>
public enum RefundRule
{
    /// <summary>They are not given back.</summary>
    None,

    /// <summary>They become the customer's credit, day by day, by credit notes.</summary>
    Prorated,

    /// <summary>They go back to the card that paid, as far as a card did; the rest becomes credit.</summary>
    ToCard,
}

/// <summary>Days of the period under way that were billed and will not be used, and what is done about them.</summary>
/// <param name="Days">Which days; none when the period is over, free or still to be billed.</param>
/// <param name="OffUnpaid">Was not paid for: comes off what is due, whatever the rule, and is never credit.</param>
/// <param name="Paid">Was paid for.</param>
/// <example>49.00 for April, paid, left on the 17th: 14 of 30 days, 22.87 paid for. Unpaid: 22.87 come off what is due.</example>
public sealed record UnusedTime(Proration Days, Money OffUnpaid, Money Paid)
{
    /// <summary>Works it out; nothing moves.</summary>
    /// <param name="days">What is left of the period.</param>
    /// <param name="whole">What the full period costs, net of discounts.</param>
    /// <param name="invoices">Those whose period is not over, oldest first.</param>
    public static UnusedTime Of(Proration days, Money whole, IReadOnlyList<Invoice> invoices)
    {
        var nothing = Money.Zero(whole.Currency);
        var newest = invoices.Count == 0 ? null : invoices[^1];
        var worth = newest is { Status: InvoiceStatus.Void } ? nothing : days.Of(whole);
        var offUnpaid = Money.Min(worth, invoices.Aggregate(nothing, (sum, i) => sum + i.CreditableDue));
        return new(days, offUnpaid, worth - offUnpaid);
    }

    /// <summary>Unpaid time comes off what is due, newest first; paid time becomes credit, by credit notes where the invoice is ours.</summary>
    internal static List<Credited> Credit(
        Money offUnpaid, Money toBalance, string why, Creditables facts, Func<CreditNoteId> newNote, List<BalanceEntry> entries)
    {
        List<Credited> credits = [];
        foreach (var invoice in facts.Invoices.Reverse())
        {
            offUnpaid -= Write(invoice, Money.Min(offUnpaid, invoice.CreditableDue));
        }

        foreach (var invoice in facts.Invoices.Reverse().Where(i => i.Status == InvoiceStatus.Paid))
        {
            toBalance -= Write(invoice, Money.Min(toBalance, invoice.Creditable));
        }

        // Time whose documents are elsewhere: billed before the import, or paid by the credit of a change before.
        if (toBalance.Minor > 0) entries.Add(facts.Customer.MoveBalance(toBalance, BalanceReason.Proration, facts.Now));
        return credits;

        Money Write(Invoice invoice, Money amount)
        {
            if (amount.Minor > 0) credits.Add(invoice.Credit(newNote(), facts.Customer, amount, why, facts.Now));
            return amount;
        }
    }
}

/// <summary>Where time that is not used can be taken back.</summary>
/// <param name="Customer">Whose balance gets what was paid.</param>
/// <param name="Invoices">Those the time was billed on, oldest first.</param>
/// <param name="Now">When.</param>
internal readonly record struct Creditables(Customer Customer, IReadOnlyList<Invoice> Invoices, NodaTime.Instant Now)
{
    public static implicit operator Creditables(ChangeFacts facts) => new(facts.Customer, facts.Invoices, facts.Now);
}
