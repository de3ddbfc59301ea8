using Billing.Client.Contract;

namespace Billing.Client;

/// <content>Invoices and payments.</content>
public sealed partial class BillingClient
{
    /// <summary>Invoices without their lines, newest first.</summary>
    public IAsyncEnumerable<InvoiceView> ListInvoicesAsync(
        Guid? customerId = null, string? status = null, CancellationToken cancellationToken = default) =>
        ListAsync<InvoiceView>(Query("v1/invoices", ("customerId", customerId?.ToString()), ("status", status)), cancellationToken);

    /// <summary>An invoice with its lines.</summary>
    public Task<InvoiceView> GetInvoiceAsync(Guid id, CancellationToken cancellationToken = default) =>
        GetAsync<InvoiceView>($"v1/invoices/{id}", cancellationToken);

    /// <summary>Begins an invoice for something sold once.</summary>
    public Task<InvoiceView> DraftInvoiceAsync(
        Guid customerId, NewInvoice invoice, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<InvoiceView>($"v1/customers/{customerId}/invoices", invoice, once, cancellationToken);

    /// <summary>Adds an item to a draft.</summary>
    public Task<InvoiceView> AddInvoiceItemAsync(
        Guid id, NewInvoiceItem item, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<InvoiceView>($"v1/invoices/{id}/items", item, once, cancellationToken);

    /// <summary>Issues a draft.</summary>
    public Task<InvoiceView> IssueInvoiceAsync(
        Guid id, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<InvoiceView>($"v1/invoices/{id}/issue", null, once, cancellationToken);

    /// <summary>Takes back an invoice issued by mistake.</summary>
    public Task<InvoiceView> VoidInvoiceAsync(
        Guid id, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<InvoiceView>($"v1/invoices/{id}/void", null, once, cancellationToken);

    /// <summary>Gives up on collecting an invoice.</summary>
    public Task<InvoiceView> WriteOffInvoiceAsync(
        Guid id, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<InvoiceView>($"v1/invoices/{id}/write-off", null, once, cancellationToken);

    /// <summary>Credits part or all of an issued invoice.</summary>
    public Task<CreditNoteView> CreditInvoiceAsync(
        Guid id, NewCreditNote note, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<CreditNoteView>($"v1/invoices/{id}/credit-notes", note, once, cancellationToken);

    /// <summary>An invoice's credit notes, newest first.</summary>
    public IAsyncEnumerable<CreditNoteView> ListCreditNotesAsync(
        Guid invoiceId, CancellationToken cancellationToken = default) =>
        ListAsync<CreditNoteView>($"v1/invoices/{invoiceId}/credit-notes", cancellationToken);

    /// <summary>Tries the customer's card now; a declined card is an answer, not a problem.</summary>
    public Task<PaymentView> PayInvoiceAsync(
        Guid id, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<PaymentView>($"v1/invoices/{id}/pay", null, once, cancellationToken);

    /// <summary>Writes down money that came past the gateway; the same reference again is the same money.</summary>
    public Task<ReceivedPaymentView> RecordPaymentAsync(
        Guid invoiceId, NewReceivedPayment payment, Once? once = null, CancellationToken cancellationToken = default) =>
        PostAsync<ReceivedPaymentView>($"v1/invoices/{invoiceId}/received-payments", payment, once, cancellationToken);

    /// <summary>Money that came past the gateway, newest first.</summary>
    public IAsyncEnumerable<ReceivedPaymentView> ListReceivedPaymentsAsync(
        Guid? customerId = null, Guid? invoiceId = null, CancellationToken cancellationToken = default) => ListAsync<ReceivedPaymentView>(
            Query("v1/received-payments", ("customerId", customerId?.ToString()), ("invoiceId", invoiceId?.ToString())), cancellationToken);

    /// <summary>Attempts to collect, newest first.</summary>
    public IAsyncEnumerable<PaymentView> ListPaymentsAsync(
        Guid? customerId = null, Guid? invoiceId = null, CancellationToken cancellationToken = default) =>
        ListAsync<PaymentView>(Query("v1/payments", ("customerId", customerId?.ToString()), ("invoiceId", invoiceId?.ToString())), cancellationToken);

    /// <summary>An attempt to collect.</summary>
    public Task<PaymentView> GetPaymentAsync(Guid id, CancellationToken cancellationToken = default) =>
        GetAsync<PaymentView>($"v1/payments/{id}", cancellationToken);
}
