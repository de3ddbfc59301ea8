using Billing.Server.Payments.Gateways;

namespace Billing.Server.Payments;

/// <summary>A gateway that does not answer holds nobody up: it is left alone, and the outcome is unknown.</summary>
/// <param name="longestCall">After what time; a minute by default.</param>
internal sealed class GatewayPatience(TimeSpan? longestCall)
{
    private readonly TimeSpan longestCall = longestCall ?? TimeSpan.FromMinutes(1);

    /// <summary>Asks, and answers for the gateway when it does not.</summary>
    public async Task<T> InTimeAsync<T>(Func<CancellationToken, Task<T>> ask, Func<string, T> unknown, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(longestCall);
        try
        {
            return await ask(limit.Token).WaitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return unknown("The gateway did not answer in time.");
        }
        catch (GatewaySilent e)
        {
            return unknown(e.Message);
        }
    }
}
