using Billing.Payments;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace Billing.Server.Payments.Gateways.Sandbox;

/// <summary>What becomes of the refunds of a card.</summary>
public enum RefundCourse
{
    /// <summary>Sent back at once.</summary>
    Straight,

    /// <summary>On its way for an hour, then sent back.</summary>
    PendingFirst,

    /// <summary>Sent back at once; after an hour the bank returns it.</summary>
    ReturnedLater,

    /// <summary>Refused at once.</summary>
    Refused,
}

/// <summary>Money the sandbox sent back, as it stands in its book.</summary>
/// <param name="RefundId">Our refund; <see langword="null"/> when somebody refunded at the gateway itself.</param>
/// <param name="PaymentReference">The gateway's id of the payment.</param>
/// <param name="Amount">How much.</param>
/// <param name="At">When it was asked for, by the sandbox's clock.</param>
/// <param name="Course">What becomes of it.</param>
/// <param name="Reference">The gateway's id of the refund.</param>
public sealed record SandboxRefund(
    RefundId? RefundId, string PaymentReference, Money Amount, Instant At, RefundCourse Course, string Reference)
{
    internal const string Columns = "refund, payment, amount, currency, at, course, reference";

    /// <summary>How long a pending refund is on its way, and after what time a bank returns one.</summary>
    public static Duration Takes { get; } = Duration.FromHours(1);

    /// <summary>When the outcome changes; <see langword="null"/> when the first one stays.</summary>
    public Instant? ChangesAt => Course is RefundCourse.PendingFirst or RefundCourse.ReturnedLater ? At + Takes : null;

    /// <summary>Where it stands at an instant.</summary>
    public RefundOutcome OutcomeAt(Instant now) => (Course, now >= At + Takes) switch
    {
        (RefundCourse.PendingFirst, false) => new RefundOutcome.Pending(Reference),
        (RefundCourse.ReturnedLater, true) => new RefundOutcome.Failed(Reference, "expired_or_canceled_card: The bank returned the refund."),
        (RefundCourse.Refused, _) => new RefundOutcome.Failed(Reference, "declined: The bank does not take refunds for this card."),
        (RefundCourse.Straight or RefundCourse.PendingFirst or RefundCourse.ReturnedLater, _) => new RefundOutcome.Succeeded(Reference),
        _ => throw new InvalidOperationException($"No refund goes the way of {Course}."),
    };

    internal static SandboxRefund Read(SqliteDataReader row) => new(
        row.IsDBNull(0) ? null : Billing.RefundId.From(row.GetGuid(0)),
        row.GetString(1),
        new Money(row.GetInt64(2), Currency.Of(row.GetString(3))),
        Instant.FromUnixTimeTicks(row.GetInt64(4)),
        Enum.Parse<RefundCourse>(row.GetString(5)),
        row.GetString(6));

    internal void InsertInto(SandboxStore store) => store.Execute(
        $"INSERT INTO refunds ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        RefundId?.ToString(),
        PaymentReference,
        Amount.Minor,
        Amount.Currency.Code,
        At.ToUnixTimeTicks(),
        Course.ToString(),
        Reference);
}
