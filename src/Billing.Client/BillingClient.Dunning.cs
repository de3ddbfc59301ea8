using Billing.Client.Contract;

namespace Billing.Client;

/// <content>Payments that failed, and expired cards.</content>
public sealed partial class BillingClient
{
    /// <summary>What is being asked of a customer, what happens next and why.</summary>
    public Task<DunningView> GetDunningAsync(Guid customerId, CancellationToken cancellationToken = default) =>
        GetAsync<DunningView>($"v1/customers/{customerId}/dunning", cancellationToken);

    /// <summary>Cases, newest first: all, or those in a state.</summary>
    public IAsyncEnumerable<DunningCaseView> ListDunningCasesAsync(string? state = null, CancellationToken cancellationToken = default) =>
        ListAsync<DunningCaseView>(Query("v1/dunning/cases", ("state", state)), cancellationToken);

    /// <summary>Watches over expired cards, newest first: all, or those in a state.</summary>
    public IAsyncEnumerable<CardWatchView> ListCardWatchesAsync(string? state = null, CancellationToken cancellationToken = default) =>
        ListAsync<CardWatchView>(Query("v1/dunning/card-watches", ("state", state)), cancellationToken);

    /// <summary>How long expired cards are left alone, and the figures behind it.</summary>
    public Task<IReadOnlyList<QuietTimeView>> ListQuietTimesAsync(CancellationToken cancellationToken = default) =>
        GetAsync<IReadOnlyList<QuietTimeView>>("v1/dunning/quiet-times", cancellationToken);

    /// <summary>The versions of the policy, newest first.</summary>
    public Task<IReadOnlyList<DunningPolicyView>> ListDunningPoliciesAsync(CancellationToken cancellationToken = default) =>
        GetAsync<IReadOnlyList<DunningPolicyView>>("v1/dunning/policies", cancellationToken);

    /// <summary>Publishes a new version of the policy.</summary>
    public Task<DunningPolicyView> PublishDunningPolicyAsync(
        NewDunningPolicy policy, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<DunningPolicyView>("v1/dunning/policies", policy, once, cancellationToken);

    /// <summary>Pays everything that is open now.</summary>
    public Task<IReadOnlyList<PaymentView>> PayOpenAsync(
        Guid customerId, PayNow? how = null, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<IReadOnlyList<PaymentView>>($"v1/customers/{customerId}/dunning/pay", how ?? new(), once, cancellationToken);

    /// <summary>Chooses a day to pay.</summary>
    public Task<DunningView> ChooseDayToPayAsync(
        Guid customerId, DayToPay day, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<DunningView>($"v1/customers/{customerId}/dunning/day", day, once, cancellationToken);

    /// <summary>Takes the chosen day back.</summary>
    public Task<DunningView> WithdrawDayToPayAsync(Guid customerId, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<DunningView>($"v1/customers/{customerId}/dunning/day/withdraw", null, once, cancellationToken);

    /// <summary>Gives a customer time.</summary>
    public Task<DunningView> ExtendGraceAsync(
        Guid customerId, Grace grace, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<DunningView>($"v1/customers/{customerId}/dunning/grace", grace, once, cancellationToken);

    /// <summary>Lets go what is open.</summary>
    public Task<DunningView> ForgiveOpenAsync(
        Guid customerId, SupportAct act, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<DunningView>($"v1/customers/{customerId}/dunning/forgive", act, once, cancellationToken);

    /// <summary>Stops asking for what is open, for good.</summary>
    public Task<DunningView> StopAskingAsync(
        Guid customerId, SupportAct act, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<DunningView>($"v1/customers/{customerId}/dunning/stop", act, once, cancellationToken);

    /// <summary>Says that somebody writes in person.</summary>
    public Task<DunningView> WritePersonallyAsync(
        Guid customerId, SupportAct act, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<DunningView>($"v1/customers/{customerId}/dunning/personal", act, once, cancellationToken);

    /// <summary>Decides whether a customer is asked for money by itself.</summary>
    public Task<DunningView> ExemptCustomerAsync(
        Guid customerId, Exemption exemption, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<DunningView>($"v1/customers/{customerId}/dunning/exemption", exemption, once, cancellationToken);

    /// <summary>What became of failed payments, by the month they failed in.</summary>
    public Task<RecoveryReportView> ReadRecoveryAsync(DateOnly from, DateOnly to, CancellationToken cancellationToken = default) =>
        GetAsync<RecoveryReportView>(Query("v1/reports/recovery", ("from", Iso(from)), ("to", Iso(to))), cancellationToken);
}
