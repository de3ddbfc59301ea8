using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace Billing.Server.Payments.Gateways.Sandbox;

// The book read out, a page at a time.
public sealed partial class SandboxGateway
{
    private const int PageOfBook = 100;

    /// <inheritdoc/>
    public Task<GatewayPayment?> ReadPaymentAsync(string reference, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(store.Query(
            $"SELECT {SandboxPayment.Columns} FROM payments WHERE reference = $1", ToGateway, reference).SingleOrDefault());
    }

    /// <inheritdoc/>
    public Task<GatewayRefund?> ReadRefundAsync(string reference, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var now = CatchUp();
        return Task.FromResult(store.Query(
            $"SELECT {SandboxRefund.Columns} FROM refunds WHERE reference = $1", row => ToGateway(row, now), reference).SingleOrDefault());
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<GatewayPayment> PaymentsSinceAsync(Instant since, CancellationToken cancellationToken) =>
        PagesAsync("payments", SandboxPayment.Columns, since, ToGateway, p => p.CreatedAt, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<GatewayRefund> RefundsSinceAsync(Instant since, CancellationToken cancellationToken)
    {
        var now = CatchUp();
        return PagesAsync("refunds", SandboxRefund.Columns, since, row => ToGateway(row, now), r => r.CreatedAt, cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<GatewayDispute> DisputesSinceAsync(Instant since, CancellationToken cancellationToken)
    {
        CatchUp();
        return PagesAsync("disputes", DisputeColumns, since, ReadDispute, d => d.OpenedAt, cancellationToken);
    }

    /// <summary>Somebody takes money at the gateway itself, past this house.</summary>
    /// <returns>The gateway's id of the payment.</returns>
    public string ChargeAtTheGateway(CustomerId customer, string cardToken, Money amount) => store.InTransaction(() =>
    {
        var earlier = store.Query("SELECT count(*) FROM payments WHERE attempt = $1", row => row.GetInt32(0), Guid.Empty.ToString())[0];
        var request = new ChargeRequest(new(Guid.Empty), customer, new(Guid.Empty), cardToken, amount);
        var payment = new SandboxPayment(
            request, clock.GetCurrentInstant(), BankVerdict.Captured, null, Hash.Hex("sbx_pay_", $"itself {customer} {earlier}"));
        payment.InsertInto(store);
        return payment.Reference;
    });

    private static GatewayPayment ToGateway(SqliteDataReader row)
    {
        var payment = SandboxPayment.Read(row);
        var isOurs = payment.Request.AttemptId.Value != Guid.Empty;
        return new(
            payment.Reference, isOurs ? payment.Request.AttemptId : null, isOurs ? payment.Request.InvoiceId : null, payment.Request.Amount,
            payment.Outcome, payment.At);
    }

    private static GatewayRefund ToGateway(SqliteDataReader row, Instant now)
    {
        var refund = SandboxRefund.Read(row);
        return new(refund.Reference, refund.RefundId, refund.PaymentReference, refund.Amount, refund.OutcomeAt(now), refund.At);
    }

    private async IAsyncEnumerable<T> PagesAsync<T>(
        string table, string columns, Instant since, Func<SqliteDataReader, T> read, Func<T, Instant> when,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (at, id) = (since.ToUnixTimeTicks(), -1L);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
            var page = store.Query(
                $"SELECT {columns}, id FROM {table} WHERE (at, id) > ($1, $2) ORDER BY at, id LIMIT {PageOfBook}",
                row => (Id: row.GetInt64(row.FieldCount - 1), Row: read(row)), at, id);
            foreach (var (_, row) in page) yield return row;
            if (page.Count < PageOfBook) yield break;
            (at, id) = (when(page[^1].Row).ToUnixTimeTicks(), page[^1].Id);
        }
    }
}
