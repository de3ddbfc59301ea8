using Microsoft.Data.Sqlite;
using NodaTime;

namespace Billing.Server.Payments.Gateways.Sandbox;

/// <summary>One amount that really left a customer's account.</summary>
/// <param name="AttemptId">The attempt that asked for it.</param>
/// <param name="CustomerId">Whose card.</param>
/// <param name="InvoiceId">For which invoice.</param>
/// <param name="Amount">What was taken.</param>
/// <param name="At">When, by the sandbox's clock.</param>
public sealed record SandboxCapture(
    PaymentAttemptId AttemptId, CustomerId CustomerId, InvoiceId InvoiceId, Money Amount, Instant At);

/// <summary>The independent witness: what the sandbox was asked and what it took, whatever our own books say.</summary>
/// <remarks>Opens on the gateway's connection string, also while that runs or after it was killed.</remarks>
/// <example><c>Assert.Equal([invoice.Total], ledger.CapturesOf(invoice.Id).Select(c => c.Amount))</c></example>
public sealed class SandboxLedger : IDisposable
{
    private const string Captures =
        "SELECT attempt, customer, invoice, amount, currency, at FROM payments WHERE verdict = 'Captured'";

    private readonly SandboxStore store;
    private readonly bool ownsStore;

    /// <summary>Opens the witness's book by itself.</summary>
    public SandboxLedger(string connectionString) : this(new SandboxStore(connectionString)) => ownsStore = true;

    internal SandboxLedger(SandboxStore store) => this.store = store;

    /// <summary>Every capture, oldest first.</summary>
    public IReadOnlyList<SandboxCapture> AllCaptures() => store.Query($"{Captures} ORDER BY id", Read);

    /// <summary>The captures for one invoice, oldest first. More than one is a double charge.</summary>
    public IReadOnlyList<SandboxCapture> CapturesOf(InvoiceId invoiceId) =>
        store.Query($"{Captures} AND invoice = $1 ORDER BY id", Read, invoiceId.ToString());

    /// <summary>The captures of one attempt, oldest first.</summary>
    public IReadOnlyList<SandboxCapture> CapturesOf(PaymentAttemptId attemptId) =>
        store.Query($"{Captures} AND attempt = $1 ORDER BY id", Read, attemptId.ToString());

    /// <summary>What was captured altogether, one amount per currency, by code.</summary>
    public IReadOnlyList<Money> Totals() => store.Query(
        "SELECT sum(amount), currency FROM payments WHERE verdict = 'Captured' GROUP BY currency ORDER BY currency",
        row => new Money(row.GetInt64(0), Currency.Of(row.GetString(1))));

    /// <summary>What was captured altogether in one currency.</summary>
    public Money TotalOf(Currency currency) =>
        Totals().FirstOrDefault(total => total.Currency == currency, Money.Zero(currency));

    /// <summary>How often an attempt was sent, replays and lost calls included.</summary>
    public int ChargeCalls(PaymentAttemptId attemptId) => store.Query(
        "SELECT count(*) FROM calls WHERE attempt = $1", row => row.GetInt32(0), attemptId.ToString())[0];

    /// <summary>How often anything was sent, replays and lost calls included.</summary>
    public int ChargeCalls() => store.Query("SELECT count(*) FROM calls", row => row.GetInt32(0))[0];

    /// <summary>Every refund, whoever asked for it, oldest first; those that failed too.</summary>
    public IReadOnlyList<SandboxRefund> AllRefunds() =>
        store.Query($"SELECT {SandboxRefund.Columns} FROM refunds ORDER BY id", SandboxRefund.Read);

    /// <summary>The refunds of one payment, by the gateway's id of it, oldest first.</summary>
    public IReadOnlyList<SandboxRefund> RefundsOf(string paymentReference) => store.Query(
        $"SELECT {SandboxRefund.Columns} FROM refunds WHERE payment = $1 ORDER BY id", SandboxRefund.Read, paymentReference);

    /// <summary>Every dispute, oldest first.</summary>
    public IReadOnlyList<GatewayDispute> AllDisputes() =>
        store.Query($"SELECT {SandboxGateway.DisputeColumns} FROM disputes ORDER BY id", SandboxGateway.ReadDispute);

    /// <summary>The disputes of one payment, by the gateway's id of it, oldest first.</summary>
    public IReadOnlyList<GatewayDispute> DisputesOf(string paymentReference) => store.Query(
        $"SELECT {SandboxGateway.DisputeColumns} FROM disputes WHERE payment = $1 ORDER BY id", SandboxGateway.ReadDispute, paymentReference);

    /// <summary>How often a refund was sent, replays and lost calls included.</summary>
    public int RefundCalls(RefundId refundId) => store.Query(
        "SELECT count(*) FROM refund_calls WHERE refund = $1", row => row.GetInt32(0), refundId.ToString())[0];

    /// <inheritdoc/>
    public void Dispose()
    {
        if (ownsStore)
            store.Dispose();
    }

    private static SandboxCapture Read(SqliteDataReader row) => new(
        PaymentAttemptId.From(row.GetGuid(0)),
        CustomerId.From(row.GetGuid(1)),
        InvoiceId.From(row.GetGuid(2)),
        new Money(row.GetInt64(3), Currency.Of(row.GetString(4))),
        Instant.FromUnixTimeTicks(row.GetInt64(5)));
}
