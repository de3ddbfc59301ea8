using Billing.Client.Contract;

namespace Billing.Client;

/// <content>What can be done about a payment.</content>
public sealed partial class BillingClient
{
    /// <summary>The page where the customer confirms a payment with the bank.</summary>
    public Task<ConfirmationView> ConfirmPaymentAsync(
        Guid id, NewConfirmation confirmation, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<ConfirmationView>($"v1/payments/{id}/confirmation", confirmation, once, cancellationToken);

    /// <summary>Asks the gateway now what became of a payment, as when the customer comes back from the bank.</summary>
    public Task<PaymentView> LookUpPaymentAsync(Guid id, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<PaymentView>($"v1/payments/{id}/look-up", null, once, cancellationToken);

    /// <summary>Waits no longer for the customer to confirm a payment; what was confirmed before counts.</summary>
    public Task<PaymentView> GiveUpPaymentAsync(Guid id, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<PaymentView>($"v1/payments/{id}/give-up", null, once, cancellationToken);

    /// <summary>Says whether money was taken, when the gateway was asked in vain.</summary>
    public Task<PaymentView> AnswerPaymentAsync(
        Guid id, PaymentAnswer answer, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<PaymentView>($"v1/payments/{id}/answer", answer, once, cancellationToken);

    /// <summary>Sends captured money back to the card.</summary>
    public Task<RefundView> RefundPaymentAsync(
        Guid id, NewRefund refund, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<RefundView>($"v1/payments/{id}/refunds", refund, once, cancellationToken);

    /// <summary>Refunds, newest first.</summary>
    public IAsyncEnumerable<RefundView> ListRefundsAsync(
        Guid? customerId = null, Guid? paymentId = null, CancellationToken cancellationToken = default) =>
        ListAsync<RefundView>(Query("v1/refunds", ("customerId", customerId?.ToString()), ("paymentId", paymentId?.ToString())), cancellationToken);

    /// <summary>A refund.</summary>
    public Task<RefundView> GetRefundAsync(Guid id, CancellationToken cancellationToken = default) =>
        GetAsync<RefundView>($"v1/refunds/{id}", cancellationToken);

    /// <summary>Says whether money went back, when the gateway was asked in vain.</summary>
    public Task<RefundView> AnswerRefundAsync(
        Guid id, RefundAnswer answer, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<RefundView>($"v1/refunds/{id}/answer", answer, once, cancellationToken);

    /// <summary>The gateway's own page where the customer puts in a card.</summary>
    public Task<CardSetupView> BeginCardSetupAsync(
        Guid customerId, NewCardSetup setup, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<CardSetupView>($"v1/customers/{customerId}/card-setups", setup, once, cancellationToken);

    /// <summary>Charges the card from now on that the customer put in on the gateway's page.</summary>
    public Task<CardView> FinishCardSetupAsync(
        Guid customerId, string reference, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<CardView>(
            $"v1/customers/{customerId}/card-setups/{Uri.EscapeDataString(reference)}/finish", null, once, cancellationToken);

    /// <summary>Records that the customer agrees to a second card being charged when the usual one will not do.</summary>
    public Task<CardView> AgreeToBackupCardAsync(
        Guid customerId, Guid cardId, BackupConsent consent, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<CardView>($"v1/customers/{customerId}/cards/{cardId}/agree-to-backup", consent, once, cancellationToken);

    /// <summary>Records that the customer no longer agrees to a second card.</summary>
    public Task<CustomerView> WithdrawBackupCardAsync(
        Guid customerId, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<CustomerView>($"v1/customers/{customerId}/backup-card/withdraw", null, once, cancellationToken);
}
