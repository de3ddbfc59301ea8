using System.Data.Common;
using Billing.Payments;
using Billing.Server.Payments.Gateways;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Billing.Server.Tests.Faults;

/// <summary>The process died here. Nobody may catch this and live on: every later call dies too.</summary>
internal sealed class Died() : Exception("The process was killed.");

/// <summary>
/// Kills the house at its n-th call: of the database (each command, each beginning of a transaction, before and after each
/// commit) or of the gateway (before it hears of a charge, and after it has carried it out). Once dead, nothing gets through
/// any more, as from a process that is gone; what was not committed is rolled back by the database.
/// </summary>
internal sealed class SuddenDeath : DbCommandInterceptor, IDbTransactionInterceptor, IDbConnectionInterceptor
{
    private int calls;
    private int deadline = int.MaxValue;
    private volatile bool dead;

    /// <summary>Calls since it was last armed.</summary>
    public int Calls => calls;

    public bool Struck => dead;

    /// <summary>Whether calls count: what a test itself looks up does not.</summary>
    public bool Watches { get; set; } = true;

    /// <summary>Lets the house live until its <paramref name="call"/>-th call from now.</summary>
    public void StrikeAt(int call) => (calls, deadline, dead) = (0, call, false);

    /// <summary>A new process: everything gets through again.</summary>
    public void Restart() => StrikeAt(int.MaxValue);

    public void Reach()
    {
        if (dead || Watches && Interlocked.Increment(ref calls) == deadline)
        {
            dead = true;
            throw new Died();
        }
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) =>
        Passing(result);

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
        Passing(result);

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default) =>
        Passing(result);

    public ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result,
        CancellationToken cancellationToken = default) => Passing(result);

    public ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default) =>
        Passing(result);

    public Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Reach();
        return Task.CompletedTask;
    }

    public ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        if (dead) throw new Died();
        return new(result);
    }

    private ValueTask<T> Passing<T>(T result)
    {
        Reach();
        return new(result);
    }
}

/// <summary>Stands before a gateway and dies before it hears of a charge, or after it has carried it out.</summary>
internal sealed class MortalGateway(IPaymentGateway gateway, SuddenDeath death) : GatewayBehind
{
    protected override IPaymentGateway Behind => gateway;

    public override async Task<ChargeOutcome> ChargeAsync(ChargeRequest request, CancellationToken cancellationToken)
    {
        death.Reach();
        var outcome = await gateway.ChargeAsync(request, cancellationToken);
        death.Reach();
        return outcome;
    }

    public override async Task<ChargeOutcome?> FindAsync(
        PaymentAttemptId attemptId, CustomerId customerId, string? reference, CancellationToken cancellationToken)
    {
        death.Reach();
        return await gateway.FindAsync(attemptId, customerId, reference, cancellationToken);
    }

    public override async Task<ChargeOutcome> GiveUpAsync(PaymentAttemptId attemptId, string reference, CancellationToken cancellationToken)
    {
        death.Reach();
        var outcome = await gateway.GiveUpAsync(attemptId, reference, cancellationToken);
        death.Reach();
        return outcome;
    }

    public override async Task<RefundOutcome> RefundAsync(RefundRequest request, CancellationToken cancellationToken)
    {
        death.Reach();
        var outcome = await gateway.RefundAsync(request, cancellationToken);
        death.Reach();
        return outcome;
    }

    public override async Task<RefundOutcome?> FindRefundAsync(RefundId refundId, string paymentReference, CancellationToken cancellationToken)
    {
        death.Reach();
        return await gateway.FindRefundAsync(refundId, paymentReference, cancellationToken);
    }
}
