using Billing.Payments;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace Billing.Server.Payments.Gateways.Sandbox;

// Disputes on demand, and what time does by itself: banks decide, refunds arrive, networks replace cards.
public sealed partial class SandboxGateway
{
    /// <summary>How long a bank thinks about a dispute that a test card says the end of.</summary>
    public static readonly Duration DisputesTake = Duration.FromDays(7);

    internal const string DisputeColumns = "reference, payment, amount, currency, state, reason, at";

    /// <inheritdoc/>
    public Task<GatewayDispute?> FindDisputeAsync(string reference, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        CatchUp();
        return Task.FromResult(store.Query(
            $"SELECT {DisputeColumns} FROM disputes WHERE reference = $1", ReadDispute, reference).SingleOrDefault());
    }

    /// <summary>A customer's bank asks for the money of a payment back.</summary>
    /// <param name="paymentReference">The sandbox's id of a captured payment.</param>
    /// <param name="amount">How much; what is left of it after refunds when not said.</param>
    /// <param name="reason">The bank's word for why.</param>
    /// <returns>The sandbox's id of the dispute.</returns>
    public string OpenDispute(string paymentReference, Money? amount = null, string reason = "fraudulent")
    {
        var now = clock.GetCurrentInstant();
        return store.InTransaction(() => Dispute(paymentReference, amount, new(reason, null), now));
    }

    /// <summary>The bank decides. Deciding twice changes nothing.</summary>
    public void DecideDispute(string reference, DisputeState verdict) => store.Execute(
        "UPDATE disputes SET state = $1 WHERE reference = $2 AND state = 'Open'", verdict.ToString(), reference);

    private string Dispute(string paymentReference, Money? amount, DisputeCourse course, Instant now)
    {
        var payment = Captured(paymentReference) ?? throw new ArgumentException("Nothing was captured by this reference.", nameof(paymentReference));
        var earlier = store.Query("SELECT count(*) FROM disputes WHERE payment = $1", row => row.GetInt32(0), paymentReference)[0];
        var (reference, asked) = (Hash.Hex("sbx_dp_", $"{paymentReference} {earlier}"), amount ?? Refundable(payment, now));
        store.Execute(
            $"INSERT INTO disputes ({DisputeColumns}, verdict, verdict_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            reference,
            paymentReference,
            asked.Minor,
            asked.Currency.Code,
            nameof(DisputeState.Open),
            course.Reason,
            now.ToUnixTimeTicks(),
            course.Verdict?.ToString(),
            course.Verdict is null ? null : (now + DisputesTake).ToUnixTimeTicks());
        return reference;
    }

    /// <summary>Lets everything happen that time alone makes happen, and tells of it once.</summary>
    /// <returns>The time it is.</returns>
    private Instant CatchUp()
    {
        var now = clock.GetCurrentInstant();
        store.InTransaction(() =>
        {
            store.Execute(
                "UPDATE disputes SET state = verdict WHERE state = 'Open' AND verdict_at <= $1", now.ToUnixTimeTicks());
            store.Execute(
                """
                INSERT OR IGNORE INTO notices (type, about, reference, refund, at, occasion)
                SELECT 'refund.changed', 'Refund', reference, refund, at + $2, 'decided' FROM refunds
                WHERE course IN ('PendingFirst', 'ReturnedLater') AND at + $2 <= $1
                """,
                now.ToUnixTimeTicks(), SandboxRefund.Takes.BclCompatibleTicks);
            foreach (var update in CardUpdatesSince(Instant.MinValue))
            {
                store.Execute(
                    "INSERT OR IGNORE INTO notices (type, about, reference, customer, at, occasion) VALUES ('card.updated_by_network', 'Card', $1, $2, $3, 'replaced')",
                    update.Card.Token, update.CustomerId.ToString(), update.At.ToUnixTimeTicks());
            }

            return now;
        });
        return now;
    }

    internal static GatewayDispute ReadDispute(SqliteDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        new Money(row.GetInt64(2), Currency.Of(row.GetString(3))),
        Enum.Parse<DisputeState>(row.GetString(4)),
        row.GetString(5),
        Instant.FromUnixTimeTicks(row.GetInt64(6)));
}

/// <summary>What becomes of a payment that the customer's bank asks back.</summary>
/// <param name="Reason">The bank's word for why.</param>
/// <param name="Verdict">How it ends after a while; <see langword="null"/> when somebody has to say so.</param>
internal sealed record DisputeCourse(string Reason, DisputeState? Verdict);
