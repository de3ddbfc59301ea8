namespace Billing.Client.Contract;

/// <summary>A row of the chart of accounts.</summary>
/// <param name="Account">Its name in addresses: <c>deferred_revenue</c>.</param>
/// <param name="Number">As finance numbers it.</param>
/// <param name="Name">As finance reads it.</param>
/// <param name="Kind"><c>asset</c>, <c>liability</c>, <c>equity</c>, <c>revenue</c>, <c>revenue_reduction</c> or <c>expense</c>.</param>
public sealed record AccountView(string Account, string Number, string Name, string Kind);

/// <summary>Every account at the end of a day.</summary>
/// <param name="On">The day; its entries are in.</param>
/// <param name="KnownAt">What was known at that instant; <see langword="null"/> for now.</param>
/// <param name="Currencies">One balance a currency.</param>
public sealed record TrialBalanceView(string On, string? KnownAt, IReadOnlyList<TrialBalanceCurrencyView> Currencies);

/// <summary>The accounts of one currency; debits and credits are the same.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Accounts">Those that were ever used, by number.</param>
/// <param name="Debits">All debits, in minor units.</param>
/// <param name="Credits">All credits.</param>
public sealed record TrialBalanceCurrencyView(string Currency, IReadOnlyList<TrialBalanceRowView> Accounts, long Debits, long Credits);

/// <summary>One account, in minor units.</summary>
/// <param name="Account">Its name in addresses.</param>
/// <param name="Number">As finance numbers it.</param>
/// <param name="Name">As finance reads it.</param>
/// <param name="Debits">All debits.</param>
/// <param name="Credits">All credits.</param>
/// <param name="Balance">Above zero on the side the account grows on.</param>
public sealed record TrialBalanceRowView(string Account, string Number, string Name, long Debits, long Credits, long Balance);

/// <summary>An entry: an amount from one account to another.</summary>
/// <param name="Id">Its id.</param>
/// <param name="On">The day it counts for.</param>
/// <param name="OriginalOn">Its document's date; earlier than <paramref name="On"/> when that month was closed already.</param>
/// <param name="Rule">The posting rule that made it.</param>
/// <param name="Debit">The account debited.</param>
/// <param name="Credit">The account credited.</param>
/// <param name="Amount">Above zero.</param>
/// <param name="DocumentKind">What kind of document it comes from.</param>
/// <param name="DocumentId">Which; for a move of a balance the customer's id.</param>
/// <param name="DocumentNumber">Which move of the balance.</param>
/// <param name="CustomerId">Whose document it is.</param>
/// <param name="At">When it was written.</param>
public sealed record LedgerEntryView(
    Guid Id, string On, string OriginalOn, string Rule, string Debit, string Credit, Amount Amount, string DocumentKind, Guid DocumentId,
    int? DocumentNumber, Guid? CustomerId, string At);

/// <summary>An account over some days: opening + entries = closing.</summary>
/// <param name="Account">Which.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day; its entries are in.</param>
/// <param name="Opening">Before the first day; above zero on the side the account grows on.</param>
/// <param name="Closing">After the last day.</param>
/// <param name="Entries">Newest first.</param>
public sealed record StatementView(
    AccountView Account, string Currency, string From, string To, long Opening, long Closing, Page<LedgerEntryView> Entries);

/// <summary>Deferred revenue by month.</summary>
/// <param name="From">First month.</param>
/// <param name="To">Last month.</param>
/// <param name="KnownAt">What was known at that instant; <see langword="null"/> for now.</param>
/// <param name="DeliveredThrough">The last day whose revenue is recognised.</param>
/// <param name="Currencies">One table a currency.</param>
public sealed record DeferredReportView(
    string From, string To, string? KnownAt, string DeliveredThrough, IReadOnlyList<DeferredCurrencyView> Currencies);

/// <summary>Deferred revenue of one currency: balance = coming + waiting + late.</summary>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Months">Oldest first.</param>
/// <param name="Balance">All that is deferred.</param>
/// <param name="Coming">In which months it will be delivered.</param>
/// <param name="Waiting">Days of customers On the Beach, used when they return.</param>
/// <param name="Late">Days that are over and not posted yet: the next billing run does it.</param>
public sealed record DeferredCurrencyView(
    string Currency, IReadOnlyList<DeferredMonthView> Months, long Balance, IReadOnlyList<ComingMonthView> Coming, long Waiting, long Late);

/// <summary>One month: opening + billed + delivered + credited + voided = closing.</summary>
/// <param name="Month"><c>2026-04</c>.</param>
/// <param name="Opening">Before its first day.</param>
/// <param name="Billed">Service invoiced.</param>
/// <param name="Delivered">Became revenue; zero or below.</param>
/// <param name="Credited">Given back before it was delivered; zero or below.</param>
/// <param name="Voided">Of voided invoices; zero or below.</param>
/// <param name="Closing">After its last day.</param>
public sealed record DeferredMonthView(string Month, long Opening, long Billed, long Delivered, long Credited, long Voided, long Closing);

/// <summary>What will be delivered in a month.</summary>
/// <param name="Month"><c>2026-04</c>.</param>
/// <param name="Amount">In minor units.</param>
public sealed record ComingMonthView(string Month, long Amount);

/// <summary>An account beside its documents; a difference other than zero is a bug of ours.</summary>
/// <param name="Subledger">Which: <c>receivables</c>, <c>customer_credit</c>, <c>gateway_cash</c>, <c>other_cash</c>, <c>disputes</c>, <c>refunds</c>, <c>deferred_revenue</c>, <c>days_to_come</c>.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Books">What the books say, in minor units.</param>
/// <param name="Documents">What the documents add up to.</param>
/// <param name="Difference">The one less the other.</param>
public sealed record LedgerCheckView(string Subledger, string Currency, long Books, long Documents, long Difference);

/// <summary>A closed month.</summary>
/// <param name="Month"><c>2026-04</c>.</param>
/// <param name="ClosedAt">When.</param>
/// <param name="ClosedBy">Who did it.</param>
public sealed record ClosedMonthView(string Month, string ClosedAt, string ClosedBy);
