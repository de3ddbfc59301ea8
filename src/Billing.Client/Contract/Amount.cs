namespace Billing.Client.Contract;

/// <summary>Money on the wire: whole minor units and a currency, never a fraction.</summary>
/// <param name="Value">Minor units: 4900 is USD 49.00, JPY 4900, KWD 4.900. Sent as <c>amount</c>.</param>
/// <param name="Currency">ISO 4217, upper case.</param>
public sealed record Amount([property: System.Text.Json.Serialization.JsonPropertyName("amount")] long Value, string Currency);
