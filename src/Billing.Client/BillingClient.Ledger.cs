using Billing.Client.Contract;

namespace Billing.Client;

/// <content>The ledger.</content>
public sealed partial class BillingClient
{
    /// <summary>The chart of accounts.</summary>
    public Task<IReadOnlyList<AccountView>> ListAccountsAsync(CancellationToken cancellationToken = default) =>
        GetAsync<IReadOnlyList<AccountView>>("v1/ledger/accounts", cancellationToken);

    /// <summary>Every account at the end of a day, as known now or at an earlier instant.</summary>
    public Task<TrialBalanceView> ReadTrialBalanceAsync(
        DateOnly on, DateTimeOffset? knownAt = null, CancellationToken cancellationToken = default) =>
        GetAsync<TrialBalanceView>(Query("v1/ledger/trial-balance", ("on", Iso(on)), ("knownAt", Iso(knownAt))), cancellationToken);

    /// <summary>One account over some days, with a page of its entries, newest first.</summary>
    public Task<StatementView> ReadStatementAsync(
        string account, string currency, DateOnly from, DateOnly to, string? cursor = null, CancellationToken cancellationToken = default) =>
        GetAsync<StatementView>(
            Query($"v1/ledger/accounts/{Uri.EscapeDataString(account)}/statement", ("currency", currency), ("from", Iso(from)), ("to", Iso(to)), ("cursor", cursor)),
            cancellationToken);

    /// <summary>The entries of a document or a customer, newest first.</summary>
    public IAsyncEnumerable<LedgerEntryView> ListLedgerEntriesAsync(
        Guid? documentId = null, Guid? customerId = null, CancellationToken cancellationToken = default) =>
        ListAsync<LedgerEntryView>(
            Query("v1/ledger/entries", ("documentId", documentId?.ToString()), ("customerId", customerId?.ToString())), cancellationToken);

    /// <summary>Deferred revenue by month, and the months to come. Months are written <c>2026-04</c>.</summary>
    public Task<DeferredReportView> ReadDeferredAsync(
        string from, string to, DateTimeOffset? knownAt = null, CancellationToken cancellationToken = default) =>
        GetAsync<DeferredReportView>(Query("v1/ledger/deferred", ("from", from), ("to", to), ("knownAt", Iso(knownAt))), cancellationToken);

    /// <summary>Each account beside its documents, now.</summary>
    public Task<IReadOnlyList<LedgerCheckView>> ReadLedgerChecksAsync(CancellationToken cancellationToken = default) =>
        GetAsync<IReadOnlyList<LedgerCheckView>>("v1/ledger/checks", cancellationToken);

    /// <summary>The closed months, newest first.</summary>
    public Task<IReadOnlyList<ClosedMonthView>> ListClosedMonthsAsync(CancellationToken cancellationToken = default) =>
        GetAsync<IReadOnlyList<ClosedMonthView>>("v1/ledger/months", cancellationToken);

    /// <summary>Closes a month: it takes no more entries.</summary>
    public Task<ClosedMonthView> CloseMonthAsync(string month, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<ClosedMonthView>($"v1/ledger/months/{Uri.EscapeDataString(month)}/close", null, once, cancellationToken);

    private static string? Iso(DateTimeOffset? at) => at?.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
}
