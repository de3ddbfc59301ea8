using Billing.Periods;
using Billing.Subscriptions;

namespace Billing.Server.Import;

/// <summary>One subscription as the file tells it. What it does not tell is <see langword="null"/>.</summary>
internal sealed record ImportRow(
    ImportRecord Record, string ExternalId, Currency Currency, string? Name, string? Email, string? Country, string? Locale,
    string? TimeZone, string? CardToken, string Plan, Money Unit, int Quantity, ImportTerms Terms)
{
    /// <summary>Counted from 1.</summary>
    public int Line => Record.Line;

    /// <summary>How often it is billed.</summary>
    public Cadence Cadence => Terms.Anchor.Cadence;
}

/// <summary>Why a line was not taken. The value itself is never repeated: it may be personal, or a secret.</summary>
/// <param name="Line">Counted from 1, header and empty lines too.</param>
/// <param name="Column">Which column.</param>
/// <param name="Reason">What is wrong, in one sentence.</param>
internal sealed record Trouble(int Line, string Column, string Reason)
{
    public override string ToString() => $"line {Line}, {Column}: {Reason}";
}
