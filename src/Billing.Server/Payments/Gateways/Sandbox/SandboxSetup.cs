using Microsoft.Data.Sqlite;

namespace Billing.Server.Payments.Gateways.Sandbox;

/// <summary>A card that is being put in on the sandbox's page; its token once it is.</summary>
public sealed record SandboxSetup(string Reference, CustomerId CustomerId, Uri ReturnTo, string? CardToken)
{
    internal static SandboxSetup Read(SqliteDataReader row) => new(
        row.GetString(0), CustomerId.From(row.GetGuid(1)), new Uri(row.GetString(2)), row.IsDBNull(3) ? null : row.GetString(3));
}

/// <summary>A payment the bank asks its customer about on the sandbox's page.</summary>
public sealed record SandboxQuestion(string Reference, Money Amount, bool Open, Uri ReturnTo)
{
    internal static SandboxQuestion Read(SqliteDataReader row) => new(
        row.GetString(0),
        new Money(row.GetInt64(1), Currency.Of(row.GetString(2))),
        row.GetString(3) == nameof(BankVerdict.ConfirmationNeeded),
        new Uri(row.GetString(4)));
}
