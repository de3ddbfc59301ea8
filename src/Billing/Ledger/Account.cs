using System.Collections.Immutable;

namespace Billing.Ledger;

/// <summary>Where money stands in the books.</summary>
public enum Account
{
    /// <summary>What customers owe on open invoices.</summary>
    Receivables,

    /// <summary>Captured by the payment gateway.</summary>
    GatewayCash,

    /// <summary>Received past the gateway.</summary>
    OtherCash,

    /// <summary>Held by a bank until a dispute is decided.</summary>
    Disputes,

    /// <summary>Billed, and still to be delivered.</summary>
    DeferredRevenue,

    /// <summary>The balances of customers; what is carried to a next invoice makes it smaller.</summary>
    CustomerCredit,

    /// <summary>Money on its way back to customers.</summary>
    Refunds,

    /// <summary>Collected for the state.</summary>
    TaxPayable,

    /// <summary>What the books before these hold or owe.</summary>
    OpeningBalances,

    /// <summary>Days of plans that were delivered.</summary>
    PlanRevenue,

    /// <summary>Days On the Beach.</summary>
    BreakRevenue,

    /// <summary>Things sold once.</summary>
    OneOffRevenue,

    /// <summary>Given back of what was delivered; makes revenue smaller.</summary>
    CreditsGiven,

    /// <summary>Credit granted by the merchant.</summary>
    Goodwill,

    /// <summary>Given up on, or lost to a bank.</summary>
    BadDebt,
}

/// <summary>What kind of account it is: on which side it grows.</summary>
public enum AccountKind
{
    /// <summary>Owned; grows by debits.</summary>
    Asset,

    /// <summary>Owed; grows by credits.</summary>
    Liability,

    /// <summary>Brought over from other books; grows by credits.</summary>
    Equity,

    /// <summary>Earned; grows by credits.</summary>
    Revenue,

    /// <summary>Earned and given back; grows by debits.</summary>
    RevenueReduction,

    /// <summary>Spent or lost; grows by debits.</summary>
    Expense,
}

/// <summary>One row of the chart of accounts.</summary>
/// <param name="Account">Which.</param>
/// <param name="Number">As finance numbers it; the chart is in this order.</param>
/// <param name="Name">As finance reads it.</param>
/// <param name="Kind">On which side it grows.</param>
public sealed record ChartRow(Account Account, string Number, string Name, AccountKind Kind)
{
    /// <summary>Whether it grows by debits.</summary>
    public bool GrowsByDebit => Kind is AccountKind.Asset or AccountKind.RevenueReduction or AccountKind.Expense;
}

/// <summary>The chart of accounts. Every posting is between two of these.</summary>
public static class ChartOfAccounts
{
    /// <summary>All accounts, by number.</summary>
    public static ImmutableArray<ChartRow> Rows { get; } =
    [
        new(Account.GatewayCash, "1000", "Cash at the gateway", AccountKind.Asset),
        new(Account.OtherCash, "1010", "Cash by other means", AccountKind.Asset),
        new(Account.Disputes, "1090", "Disputed payments", AccountKind.Asset),
        new(Account.Receivables, "1100", "Receivables", AccountKind.Asset),
        new(Account.DeferredRevenue, "2000", "Deferred revenue", AccountKind.Liability),
        new(Account.CustomerCredit, "2100", "Customer credit", AccountKind.Liability),
        new(Account.Refunds, "2150", "Refunds under way", AccountKind.Liability),
        new(Account.TaxPayable, "2200", "Tax payable", AccountKind.Liability),
        new(Account.OpeningBalances, "3000", "Opening balances", AccountKind.Equity),
        new(Account.PlanRevenue, "4000", "Revenue: plans", AccountKind.Revenue),
        new(Account.BreakRevenue, "4010", "Revenue: breaks", AccountKind.Revenue),
        new(Account.OneOffRevenue, "4020", "Revenue: sold once", AccountKind.Revenue),
        new(Account.CreditsGiven, "4900", "Credits given", AccountKind.RevenueReduction),
        new(Account.Goodwill, "5000", "Goodwill", AccountKind.Expense),
        new(Account.BadDebt, "5100", "Bad debt", AccountKind.Expense),
    ];

    /// <summary>An account's row.</summary>
    public static ChartRow Of(Account account) => Rows.Single(r => r.Account == account);
}
