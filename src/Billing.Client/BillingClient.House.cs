using Billing.Client.Contract;

namespace Billing.Client;

/// <content>Runs, reports, keys and the sandbox's clock.</content>
public sealed partial class BillingClient
{
    /// <summary>Starts a billing run and returns at once.</summary>
    public Task<RunView> StartRunAsync(Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<RunView>("v1/runs", null, once, cancellationToken);

    /// <summary>A run with the progress of its passes.</summary>
    public Task<RunView> GetRunAsync(Guid id, CancellationToken cancellationToken = default) =>
        GetAsync<RunView>($"v1/runs/{id}", cancellationToken);

    /// <summary>All runs, newest first.</summary>
    public IAsyncEnumerable<RunView> ListRunsAsync(CancellationToken cancellationToken = default) =>
        ListAsync<RunView>("v1/runs", cancellationToken);

    /// <summary>What the runs could not do.</summary>
    public IAsyncEnumerable<SetAsideView> ListSetAsideAsync(CancellationToken cancellationToken = default) =>
        ListAsync<SetAsideView>("v1/set-aside", cancellationToken);

    /// <summary>Lets the next run take up one item.</summary>
    public Task<RetriedView> RetrySetAsideAsync(
        string pass, Guid subjectId, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<RetriedView>($"v1/set-aside/{Uri.EscapeDataString(pass)}/{subjectId}/retry", null, once, cancellationToken);

    /// <summary>Lets the next run take up everything that was set aside.</summary>
    public Task<RetriedView> RetryAllSetAsideAsync(Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<RetriedView>("v1/set-aside/retry", null, once, cancellationToken);

    /// <summary>What a person is asked to look at; the closed ones on request.</summary>
    public IAsyncEnumerable<AlarmView> ListAlarmsAsync(bool closed = false, CancellationToken cancellationToken = default) =>
        ListAsync<AlarmView>(closed ? "v1/alarms?closed=true" : "v1/alarms", cancellationToken);

    /// <summary>Says that an alarm is seen to.</summary>
    public Task<AlarmView> CloseAlarmAsync(Guid id, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<AlarmView>($"v1/alarms/{id}/close", null, once, cancellationToken);

    /// <summary>What the gateway told, all or in one state, newest first.</summary>
    public IAsyncEnumerable<GatewayNoticeView> ListGatewayNoticesAsync(string? state = null, CancellationToken cancellationToken = default) =>
        ListAsync<GatewayNoticeView>(Query("v1/gateway-notices", ("state", state)), cancellationToken);

    /// <summary>What the gateway told once, with its raw body.</summary>
    public Task<GatewayNoticeView> GetGatewayNoticeAsync(Guid id, CancellationToken cancellationToken = default) =>
        GetAsync<GatewayNoticeView>($"v1/gateway-notices/{id}", cancellationToken);

    /// <summary>Has the next run work through it once more.</summary>
    public Task<GatewayNoticeView> ReplayGatewayNoticeAsync(Guid id, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<GatewayNoticeView>($"v1/gateway-notices/{id}/replay", null, once, cancellationToken);

    /// <summary>Comparisons of our books with the gateway's, newest first.</summary>
    public IAsyncEnumerable<ReconciliationView> ListReconciliationsAsync(CancellationToken cancellationToken = default) =>
        ListAsync<ReconciliationView>("v1/reconciliations", cancellationToken);

    /// <summary>Has the next run compare, whenever it was planned.</summary>
    public Task<ReconciliationView> ReconcileSoonAsync(Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<ReconciliationView>("v1/reconciliations", null, once, cancellationToken);

    /// <summary>Payments that banks ask back, all or one customer's, newest first.</summary>
    public IAsyncEnumerable<DisputeView> ListDisputesAsync(Guid? customerId = null, CancellationToken cancellationToken = default) =>
        ListAsync<DisputeView>(Query("v1/disputes", ("customerId", customerId?.ToString())), cancellationToken);

    /// <summary>A payment that a bank asks back.</summary>
    public Task<DisputeView> GetDisputeAsync(Guid id, CancellationToken cancellationToken = default) =>
        GetAsync<DisputeView>($"v1/disputes/{id}", cancellationToken);

    /// <summary>Says that the customer's billing goes on after a lost dispute.</summary>
    public Task<DisputeView> ReleaseDisputeAsync(Guid id, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<DisputeView>($"v1/disputes/{id}/release", null, once, cancellationToken);

    /// <summary>MRR and its movements, both days in.</summary>
    public Task<MrrReportView> ReadMrrAsync(
        DateOnly from, DateOnly to, string by = "month", CancellationToken cancellationToken = default) =>
        GetAsync<MrrReportView>(Query("v1/reports/mrr", ("from", Iso(from)), ("to", Iso(to)), ("by", by)), cancellationToken);

    /// <summary>What became of those who looked at leaving, of offers and breaks, and how hard customers found it; both days in.</summary>
    public Task<RetentionReportView> ReadRetentionAsync(DateOnly from, DateOnly to, CancellationToken cancellationToken = default) =>
        GetAsync<RetentionReportView>(Query("v1/reports/retention", ("from", Iso(from)), ("to", Iso(to))), cancellationToken);

    /// <summary>Retention, churn, cohorts and survival by month, each with its definition. Months are written <c>2026-04</c>.</summary>
    public Task<MetricsReportView> ReadMetricsAsync(
        string from, string to, DateTimeOffset? knownAt = null, CancellationToken cancellationToken = default) =>
        GetAsync<MetricsReportView>(Query("v1/reports/metrics", ("from", from), ("to", to), ("knownAt", Iso(knownAt))), cancellationToken);

    /// <summary>What the live subscriptions are worth, by plan, as of now.</summary>
    public Task<IReadOnlyList<PlanMrrView>> ReadMrrByPlanAsync(CancellationToken cancellationToken = default) =>
        GetAsync<IReadOnlyList<PlanMrrView>>("v1/reports/mrr-by-plan", cancellationToken);

    /// <summary>The subscriptions that moved in a month: the rows behind a figure.</summary>
    public IAsyncEnumerable<MovedSubscriptionView> ListMovementsAsync(
        string currency, string month, string? kind = null, CancellationToken cancellationToken = default) =>
        ListAsync<MovedSubscriptionView>(Query("v1/reports/movements", ("currency", currency), ("month", month), ("kind", kind)), cancellationToken);

    /// <summary>What was spent in a month on winning customers; entered again, the newest counts.</summary>
    public Task<AcquisitionCostView> EnterAcquisitionCostAsync(
        NewAcquisitionCost cost, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<AcquisitionCostView>("v1/reports/acquisition-costs", cost, once, cancellationToken);

    /// <summary>Makes a key; its secret is shown this once.</summary>
    public Task<NewApiKeyView> CreateApiKeyAsync(
        NewApiKey key, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<NewApiKeyView>("v1/api-keys", key, once, cancellationToken);

    /// <summary>All keys, without their secrets.</summary>
    public IAsyncEnumerable<ApiKeyView> ListApiKeysAsync(CancellationToken cancellationToken = default) =>
        ListAsync<ApiKeyView>("v1/api-keys", cancellationToken);

    /// <summary>Makes a successor; the old key works beside it for a while.</summary>
    public Task<NewApiKeyView> RotateApiKeyAsync(
        Guid id, ApiKeyRotation rotation, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<NewApiKeyView>($"v1/api-keys/{id}/rotate", rotation, once, cancellationToken);

    /// <summary>Ends a key at once.</summary>
    public Task<ApiKeyView> RevokeApiKeyAsync(
        Guid id, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<ApiKeyView>($"v1/api-keys/{id}/revoke", null, once, cancellationToken);

    /// <summary>The sandbox's clock.</summary>
    public Task<ClockView> GetClockAsync(CancellationToken cancellationToken = default) =>
        GetAsync<ClockView>("v1/sandbox/clock", cancellationToken);

    /// <summary>Moves the sandbox's clock ahead, billing on the way whatever becomes due.</summary>
    public Task<ClockView> AdvanceClockAsync(
        ClockAdvance advance, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<ClockView>("v1/sandbox/clock/advance", advance, once, cancellationToken);

    private static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
