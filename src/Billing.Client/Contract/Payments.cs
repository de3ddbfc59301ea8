namespace Billing.Client.Contract;

/// <summary>One attempt to collect an invoice.</summary>
/// <param name="Id">Our id, and the key it was sent to the gateway with.</param>
/// <param name="InvoiceId">What it collects.</param>
/// <param name="CustomerId">From whom.</param>
/// <param name="CardId">By which card.</param>
/// <param name="Amount">What was asked for.</param>
/// <param name="Trigger"><c>automatic</c> or <c>manual</c>.</param>
/// <param name="State"><c>started</c>, <c>succeeded</c>, <c>declined</c>, <c>action_required</c>, <c>failed</c>, <c>unknown</c>.</param>
/// <param name="DeclineCode">The gateway's code, when declined.</param>
/// <param name="Detail">What the gateway said, when it failed or is unknown.</param>
/// <param name="GatewayReference">The gateway's own id of the payment.</param>
/// <param name="StartedAt">ISO instant, UTC.</param>
/// <param name="SettledAt">When the outcome became final.</param>
public sealed record PaymentView(
    Guid Id, Guid InvoiceId, Guid CustomerId, Guid CardId, Amount Amount, string Trigger, string State, string? DeclineCode,
    string? Detail, string? GatewayReference, string StartedAt, string? SettledAt);
