namespace Billing.Server.Payments.Gateways.Sandbox;

/// <summary>Bad luck on demand: lost connections, and calls held still at the two dangerous places.</summary>
/// <example>
/// <code>
/// var hold = faults.HoldAfterCapture();
/// var charge = gateway.ChargeAsync(request, cancellationToken);
/// await hold.Arrived;          // captured and committed, and nobody has been told
/// hold.Release();
/// </code>
/// </example>
public sealed class SandboxFaults
{
    private readonly CallFaults charges = new();

    /// <summary>Bad luck of what the sandbox tells.</summary>
    public NoticeFaults Notices { get; } = new();

    /// <summary>The same for sending money back.</summary>
    public CallFaults Refunds { get; } = new();

    /// <summary>The next calls never arrive: nothing is captured, the answer is unknown.</summary>
    public void LoseBeforeCapture(int calls) => charges.LoseBefore(calls);

    /// <summary>The next calls are carried out and their answers are lost: the answer is unknown.</summary>
    public void LoseAfterCapture(int calls) => charges.LoseAfter(calls);

    /// <summary>Holds every call before the bank has seen it, until released.</summary>
    /// <param name="arrivals">How many calls complete <see cref="SandboxHold.Arrived"/>.</param>
    public SandboxHold HoldBeforeCapture(int arrivals = 1) => charges.HoldBefore(arrivals);

    /// <summary>Holds every call after its outcome is committed and before it is told, until released.</summary>
    /// <param name="arrivals">How many calls complete <see cref="SandboxHold.Arrived"/>.</param>
    public SandboxHold HoldAfterCapture(int arrivals = 1) => charges.HoldAfter(arrivals);

    internal bool TakeLostBefore() => charges.TakeLostBefore();

    internal bool TakeLostAfter() => charges.TakeLostAfter();

    internal Task PassBeforeAsync(CancellationToken cancellationToken) => charges.PassBeforeAsync(cancellationToken);

    internal Task PassAfterAsync(CancellationToken cancellationToken) => charges.PassAfterAsync(cancellationToken);
}

/// <summary>A gate that calls stand before until it is opened. Once opened it stays open.</summary>
public sealed class SandboxHold
{
    private readonly TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int missing;

    internal SandboxHold(int arrivals)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(arrivals);
        missing = arrivals;
    }

    /// <summary>Done when as many calls as asked for stand waiting.</summary>
    public Task Arrived => arrived.Task;

    /// <summary>Lets all calls pass, those waiting and those to come.</summary>
    public void Release() => released.TrySetResult();

    internal Task PassAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Decrement(ref missing) == 0)
            arrived.TrySetResult();
        return released.Task.WaitAsync(cancellationToken);
    }
}
