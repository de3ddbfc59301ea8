using Billing.Payments;
using Billing.Server.Payments.Gateways;

namespace Billing.Server.Tests.Faults;

/// <summary>What goes wrong with the next call that moves money, or with the next that asks what became of it.</summary>
internal enum Trouble
{
    None,

    /// <summary>The client gives up waiting; the call never arrived.</summary>
    TimesOutBefore,

    /// <summary>The client gives up waiting; the call was carried out.</summary>
    TimesOutAfter,

    /// <summary>Nobody planned for this answer; the call never arrived.</summary>
    ThrowsBefore,

    /// <summary>Nobody planned for this answer; the call was carried out.</summary>
    ThrowsAfter,

    /// <summary>The call is carried out and the connection lost; the next question after it is answered by a 500.</summary>
    LookUpFails,
}

/// <summary>Stands before a gateway and troubles one call.</summary>
internal sealed class TroubledGateway(IPaymentGateway gateway) : GatewayBehind
{
    /// <summary>What goes wrong next; once.</summary>
    public Trouble Next { get; set; }

    private bool lookUpFails;

    protected override IPaymentGateway Behind => gateway;

    public override Task<ChargeOutcome> ChargeAsync(ChargeRequest request, CancellationToken cancellationToken) =>
        TroubledAsync(() => gateway.ChargeAsync(request, cancellationToken), new ChargeOutcome.Unknown("The connection was lost."));

    public override Task<RefundOutcome> RefundAsync(RefundRequest request, CancellationToken cancellationToken) =>
        TroubledAsync(() => gateway.RefundAsync(request, cancellationToken), new RefundOutcome.Unknown("The connection was lost."));

    public override Task<ChargeOutcome?> FindAsync(
        PaymentAttemptId attemptId, CustomerId customerId, string? reference, CancellationToken cancellationToken)
    {
        MayFail();
        return gateway.FindAsync(attemptId, customerId, reference, cancellationToken);
    }

    public override Task<RefundOutcome?> FindRefundAsync(RefundId refundId, string paymentReference, CancellationToken cancellationToken)
    {
        MayFail();
        return gateway.FindRefundAsync(refundId, paymentReference, cancellationToken);
    }

    private async Task<T> TroubledAsync<T>(Func<Task<T>> call, T lost)
    {
        var trouble = Next;
        Next = Trouble.None;
        if (trouble == Trouble.TimesOutBefore) throw new TaskCanceledException("No answer within the time of the client.");
        if (trouble == Trouble.ThrowsBefore) throw new InvalidDataException("The gateway spoke nonsense.");

        var outcome = await call();

        if (trouble == Trouble.TimesOutAfter) throw new TaskCanceledException("No answer within the time of the client.");
        if (trouble == Trouble.ThrowsAfter) throw new InvalidDataException("The gateway spoke nonsense.");
        lookUpFails = trouble == Trouble.LookUpFails;
        return lookUpFails ? lost : outcome;
    }

    private void MayFail()
    {
        if (!lookUpFails) return;
        lookUpFails = false;
        throw new GatewaySilent("The gateway answered 500.");
    }
}
