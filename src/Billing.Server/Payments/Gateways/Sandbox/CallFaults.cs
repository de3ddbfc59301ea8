namespace Billing.Server.Payments.Gateways.Sandbox;

/// <summary>Bad luck on demand for one kind of call: lost connections, and calls held still at the two dangerous places.</summary>
public sealed class CallFaults
{
    private readonly Lock gate = new();
    private int lostBefore;
    private int lostAfter;
    private SandboxHold? before;
    private SandboxHold? after;

    /// <summary>The next calls never arrive: nothing is moved, the answer is unknown.</summary>
    public void LoseBefore(int calls)
    {
        lock (gate)
            lostBefore = calls;
    }

    /// <summary>The next calls are carried out and their answers are lost: the answer is unknown.</summary>
    public void LoseAfter(int calls)
    {
        lock (gate)
            lostAfter = calls;
    }

    /// <summary>Holds every call before it is looked at, until released.</summary>
    /// <param name="arrivals">How many calls complete <see cref="SandboxHold.Arrived"/>.</param>
    public SandboxHold HoldBefore(int arrivals = 1)
    {
        lock (gate)
            return before = new(arrivals);
    }

    /// <summary>Holds every call after its outcome is committed and before it is told, until released.</summary>
    /// <param name="arrivals">How many calls complete <see cref="SandboxHold.Arrived"/>.</param>
    public SandboxHold HoldAfter(int arrivals = 1)
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
