using Billing.Payments;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace Billing.Server.Payments.Gateways.Sandbox;

/// <summary>What the bank decided on one request, as it stands in the sandbox's book.</summary>
internal sealed record SandboxPayment(
    ChargeRequest Request, Instant At, BankVerdict Verdict, string? DeclineCode, string Reference)
{
    public const string Columns =
        "attempt, customer, invoice, card, amount, currency, at, verdict, code, reference";

    public ChargeOutcome Outcome => Verdict switch
    {
        BankVerdict.Captured => new ChargeOutcome.Succeeded(Reference),
        BankVerdict.Declined => new ChargeOutcome.Declined(Reference, DeclineCode!),
        BankVerdict.ConfirmationNeeded => new ChargeOutcome.ActionRequired(Reference),
        BankVerdict.GivenUp => new ChargeOutcome.Failed("given_up: It waited for the customer's confirmation and was taken back."),
        BankVerdict.NeverArrived => throw new InvalidOperationException("What never arrived is never written down."),
    };

    public static SandboxPayment Read(SqliteDataReader row) => new(
        new ChargeRequest(
            PaymentAttemptId.From(row.GetGuid(0)),
            CustomerId.From(row.GetGuid(1)),
            InvoiceId.From(row.GetGuid(2)),
            row.GetString(3),
            new Money(row.GetInt64(4), Currency.Of(row.GetString(5)))),
        Instant.FromUnixTimeTicks(row.GetInt64(6)),
        Enum.Parse<BankVerdict>(row.GetString(7)),
        row.IsDBNull(8) ? null : row.GetString(8),
        row.GetString(9));

    public void InsertInto(SandboxStore store) => store.Execute(
        $"INSERT INTO payments ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        Request.AttemptId.ToString(),
        Request.CustomerId.ToString(),
        Request.InvoiceId.ToString(),
        Request.CardToken,
        Request.Amount.Minor,
        Request.Amount.Currency.Code,
        At.ToUnixTimeTicks(),
        Verdict.ToString(),
        DeclineCode,
        Reference);
}
