using Billing.Ledger;
using Billing.Server.Persistence;
using NodaTime;

namespace Billing.Server.Ledger;

/// <summary>
/// What one transaction moved on an account on a day by a rule: the sums that reports read instead of a million entries.
/// Written with the entries, and as append-only as they are.
/// </summary>
public sealed class LedgerDay
{
    public Guid Id { get; init; }
    public Currency Currency { get; init; } = null!;
    public Account Account { get; init; }
    public LocalDate On { get; init; }
    public PostingRule Rule { get; init; }
    public long DebitMinor { get; init; }
    public long CreditMinor { get; init; }
    public Instant At { get; init; }

    /// <summary>The sums of entries written together.</summary>
    public static IReadOnlyList<LedgerDay> Of(IReadOnlyList<LedgerEntry> entries, Instant now) =>
        [.. entries.Select(e => (e.Debit, Entry: e, Debited: e.AmountMinor, Credited: 0L))
            .Concat(entries.Select(e => (Debit: e.Credit, Entry: e, Debited: 0L, Credited: e.AmountMinor)))
            .GroupBy(e => (e.Entry.Currency, Account: e.Debit, e.Entry.On, e.Entry.Rule))
            .Select(g => new LedgerDay
            {
                Id = NewId.At(now),
                Currency = g.Key.Currency,
                Account = g.Key.Account,
                On = g.Key.On,
                Rule = g.Key.Rule,
                DebitMinor = Sum(g.Select(e => e.Debited)),
                CreditMinor = Sum(g.Select(e => e.Credited)),
                At = now,
            })];

    private static long Sum(IEnumerable<long> amounts) => amounts.Aggregate(0L, (sum, amount) => checked(sum + amount));
}

/// <summary>
/// What is to be delivered on a day, as one transaction added it to the days or took it away; append-only. The day's delivery is
/// their sum, so closing a day costs the same however many lines are being delivered.
/// </summary>
public sealed class DeliveryDay
{
    public Guid Id { get; init; }
    public Currency Currency { get; init; } = null!;

    /// <summary>What it becomes.</summary>
    public Account Revenue { get; init; }

    public LocalDate On { get; init; }
    public long AmountMinor { get; init; }
    public Instant At { get; init; }

    /// <summary>The run that delivered it; none while it is still to come.</summary>
    public Guid? DeliveredBy { get; private set; }
}

/// <summary>A month that takes no more entries.</summary>
public sealed class ClosedMonth
{
    /// <summary>Its first day.</summary>
    public LocalDate Month { get; init; }

    public Instant ClosedAt { get; init; }

    /// <summary>Who closed it.</summary>
    public string ClosedBy { get; init; } = null!;

    /// <summary>The first day that is open when this is the last closed month.</summary>
    public LocalDate FirstOpen => Month.PlusMonths(1);
}

/// <summary>The zone in which finance counts its days and months.</summary>
/// <param name="Zone">Of the merchant.</param>
internal sealed record BooksZone(DateTimeZone Zone)
{
    /// <summary>The last day that is over.</summary>
    public LocalDate Yesterday(Instant now) => now.InZone(Zone).Date.PlusDays(-1);
}
