using NodaTime;

namespace Billing.Server.Ledger;

/// <summary>Which documents an account is held against.</summary>
public enum Subledger
{
    /// <summary>Receivables: what is due on open invoices.</summary>
    Receivables,

    /// <summary>Customer credit: the customers' balances.</summary>
    CustomerCredit,

    /// <summary>Cash at the gateway: what was captured less what went back.</summary>
    GatewayCash,

    /// <summary>Cash by other means: what came past the gateway.</summary>
    OtherCash,

    /// <summary>Disputed payments: what banks hold.</summary>
    Disputes,

    /// <summary>Refunds under way: what was asked for and has not arrived.</summary>
    Refunds,

    /// <summary>Deferred revenue: what is to be delivered on days to come, and what waits.</summary>
    DeferredRevenue,

    /// <summary>The days to come: what the invoices' lines say of them.</summary>
    DaysToCome,
}

/// <summary>An account held against its documents on a day; kept, so that finance sees that it was done.</summary>
public sealed class LedgerCheck
{
    /// <summary>The day, where the merchant is.</summary>
    public LocalDate On { get; init; }

    public Currency Currency { get; init; } = null!;
    public Subledger Subledger { get; init; }

    /// <summary>What the books say.</summary>
    public long BooksMinor { get; init; }

    /// <summary>What the documents add up to.</summary>
    public long DocumentsMinor { get; init; }

    public Instant At { get; init; }

    public long Difference => BooksMinor - DocumentsMinor;

    /// <summary>What an alarm about it is about: the same for each currency and account, whatever the day.</summary>
    public Guid Subject => new(
        (int)Subledger, 0, 0, 0x6c, 0x65, 0x64, 0x67, 0x65, (byte)Currency.Code[0], (byte)Currency.Code[1], (byte)Currency.Code[2]);
}
