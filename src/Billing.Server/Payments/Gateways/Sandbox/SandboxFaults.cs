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
    private readonly Lock gate = new();
    private int lostBefore;
    private int lostAfter;
    private SandboxHold? before;
    private SandboxHold? after;

    /// <summary>The next calls never arrive: nothing is captured, the answer is unknown.</summary>
    public void LoseBeforeCapture(int calls)
    {
        lock (gate)
            lostBefore = calls;
    }

    /// <summary>The next calls are carried out and their answers are lost: the answer is unknown.</summary>
    public void LoseAfterCapture(int calls)
    {
        lock (gate)
            lostAfter = calls;
    }

    /// <summary>Holds every call before the bank has seen it, until released.</summary>
    /// <param name="arrivals">How many calls complete <see cref="SandboxHold.Arrived"/>.</param>
    public SandboxHold HoldBeforeCapture(int arrivals = 1)
    {
        lock (gate)
            return before = new(arrivals);
    }

    /// <summary>Holds every call after its outcome is committed and before it is told, until released.</summary>
    /// <param name="arrivals">How many calls complete <see cref="SandboxHold.Arrived"/>.</param>
    public SandboxHold HoldAfterCapture(int arrivals = 1)
    {
        lock (gate)
            return after = new(arrivals);
    }

    internal bool TakeLostBefore()
    {
        lock (gate)
            return lostBefore > 0 && lostBefore-- > 0;
    }

    internal bool TakeLostAfter()
    {
        lock (gate)
            return lostAfter > 0 && lostAfter-- > 0;
    }

    internal Task PassBeforeAsync(CancellationToken cancellationToken)
    {
        lock (gate)
            return before?.PassAsync(cancellationToken) ?? Task.CompletedTask;
    }

    internal Task PassAfterAsync(CancellationToken cancellationToken)
    {
        lock (gate)
            return after?.PassAsync(cancellationToken) ?? Task.CompletedTask;
    }
}

/// <summary>A gate that charge calls stand before until it is opened. Once opened it stays open.</summary>
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
