namespace Billing.Client.Contract;

/// <summary>One attempt to collect an invoice.</summary>
/// <param name="Id">Our id, and the key it was sent to the gateway with.</param>
/// <param name="InvoiceId">What it collects.</param>
/// <param name="CustomerId">From whom.</param>
/// <param name="CardId">By which card.</param>
/// <param name="Amount">What was asked for.</param>
/// <param name="Trigger"><c>automatic</c> or <c>manual</c>.</param>
/// <param name="State"><c>started</c>, <c>succeeded</c>, <c>declined</c>, <c>action_required</c>, <c>failed</c>, <c>unknown</c>; and
/// <c>captured_late</c>, when it was held for over and was taken after all.</param>
/// <param name="DeclineCode">The gateway's code, when declined.</param>
/// <param name="Detail">What the gateway said, when it failed or is unknown.</param>
/// <param name="GatewayReference">The gateway's own id of the payment.</param>
/// <param name="StartedAt">ISO instant, UTC.</param>
/// <param name="SettledAt">When the outcome became final.</param>
/// <param name="Refunded">Sent back of it, or on its way back.</param>
/// <param name="ConfirmBy">While the customer has to confirm: when it is given up. ISO instant, UTC.</param>
public sealed record PaymentView(
    Guid Id, Guid InvoiceId, Guid CustomerId, Guid CardId, Amount Amount, string Trigger, string State, string? DeclineCode,
    string? Detail, string? GatewayReference, string StartedAt, string? SettledAt, Amount Refunded, string? ConfirmBy);

/// <summary>The customer is to confirm a payment with the bank.</summary>
/// <param name="ReturnTo">Where the customer goes afterwards: a whole address of yours.</param>
public sealed record NewConfirmation(string ReturnTo);

/// <summary>Where a payment is confirmed.</summary>
/// <param name="Url">The page, for this customer only; none when there is nothing to confirm any more.</param>
/// <param name="Payment">The payment as it is now.</param>
public sealed record ConfirmationView(string? Url, PaymentView Payment);

/// <summary>What a person found out about a payment that nobody knew the outcome of.</summary>
/// <param name="Captured">Whether money was taken.</param>
/// <param name="Reason">How that is known; 300 letters at most, kept in the history.</param>
/// <param name="GatewayReference">The gateway's own id of the payment, when it was taken; without it, it cannot be refunded from here.</param>
public sealed record PaymentAnswer(bool Captured, string Reason, string? GatewayReference = null);

/// <summary>What a person found out about a refund that nobody knew the outcome of.</summary>
/// <param name="Sent">Whether the money went back; if not, it is the customer's credit again.</param>
/// <param name="Reason">How that is known; 300 letters at most, kept in the history.</param>
/// <param name="GatewayReference">The gateway's own id of the refund, when it went back.</param>
public sealed record RefundAnswer(bool Sent, string Reason, string? GatewayReference = null);

/// <summary>Captured money to send back to the card.</summary>
/// <param name="Reason">Why; 500 letters at most, printed on the credit note.</param>
/// <param name="Amount">How much; all that is left when left out.</param>
/// <param name="FromCredit">Takes it out of credit that the customer has, without a credit note on the invoice.</param>
public sealed record NewRefund(string Reason, Amount? Amount = null, bool FromCredit = false);

/// <summary>Money on its way back to a card.</summary>
/// <param name="Id">Our id, and the key it was sent to the gateway with.</param>
/// <param name="PaymentId">The payment it takes back from.</param>
/// <param name="InvoiceId">The invoice that was paid by it.</param>
/// <param name="CustomerId">To whom.</param>
/// <param name="CreditNoteId">The credit note written with it, if one was.</param>
/// <param name="Amount">How much.</param>
/// <param name="Cause"><c>asked</c>, <c>overpayment</c> or <c>leaving</c>.</param>
/// <param name="Reason">Why.</param>
/// <param name="State"><c>requested</c>, <c>pending</c>, <c>succeeded</c>, <c>failed</c>, <c>unknown</c>. What failed is the customer's credit.</param>
/// <param name="Detail">What the gateway said, when it failed or is unknown.</param>
/// <param name="GatewayReference">The gateway's own id of the refund.</param>
/// <param name="RequestedAt">ISO instant, UTC.</param>
/// <param name="SettledAt">When it arrived or failed.</param>
public sealed record RefundView(
    Guid Id, Guid PaymentId, Guid InvoiceId, Guid CustomerId, Guid? CreditNoteId, Amount Amount, string Cause, string Reason, string State,
    string? Detail, string? GatewayReference, string RequestedAt, string? SettledAt);

/// <summary>Money for an invoice that came past the gateway.</summary>
/// <param name="By"><c>bank_transfer</c>, <c>cash</c>, <c>cheque</c> or <c>other</c>.</param>
/// <param name="Amount">How much; less than is due pays in part, more becomes the customer's credit.</param>
/// <param name="Reference">What it is found again by; the same one again is the same money. 100 letters at most.</param>
/// <param name="ReceivedOn">ISO date it arrived on.</param>
public sealed record NewReceivedPayment(string By, Amount Amount, string Reference, string ReceivedOn);

/// <summary>Money that came past the gateway; it never changes.</summary>
/// <param name="Id">Our id.</param>
/// <param name="InvoiceId">What it pays.</param>
/// <param name="CustomerId">From whom.</param>
/// <param name="By"><c>bank_transfer</c>, <c>cash</c>, <c>cheque</c> or <c>other</c>.</param>
/// <param name="Reference">What it is found again by.</param>
/// <param name="Amount">How much.</param>
/// <param name="Excess">The part that was not due and became the customer's credit.</param>
/// <param name="ReceivedOn">ISO date.</param>
/// <param name="RecordedBy">Who wrote it down.</param>
/// <param name="RecordedAt">ISO instant, UTC.</param>
public sealed record ReceivedPaymentView(
    Guid Id, Guid InvoiceId, Guid CustomerId, string By, string Reference, Amount Amount, Amount Excess, string ReceivedOn, string RecordedBy,
    string RecordedAt);
