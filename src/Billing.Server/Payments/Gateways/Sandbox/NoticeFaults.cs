namespace Billing.Server.Payments.Gateways.Sandbox;

/// <summary>Bad luck of notices, on demand and the same in every run: lost for good, sent several times, out of order.</summary>
public sealed class NoticeFaults
{
    private readonly Lock gate = new();
    private Random luck = new(1);
    private int lostPercent;
    private int times = 1;
    private bool disordered;

    /// <summary>So many of a hundred are lost for good.</summary>
    public void Lose(int percent, int seed)
    {
        lock (gate)
            (lostPercent, luck) = (percent, new(seed));
    }

    /// <summary>Each is sent so many times.</summary>
    public void Repeat(int howOften)
    {
        lock (gate)
            times = howOften;
    }

    /// <summary>What waits is sent in no order at all.</summary>
    public void Disorder(int seed)
    {
        lock (gate)
            (disordered, luck) = (true, new(seed));
    }

    /// <summary>What is sent of these, how often and in which order; and what never will be.</summary>
    internal IReadOnlyList<T> Disturb<T>(IReadOnlyList<T> waiting, out IReadOnlyList<T> lost)
    {
        lock (gate)
        {
            var fates = waiting.ToLookup(_ => luck.Next(100) < lostPercent);
            lost = [.. fates[true]];
            T[] sent = [.. fates[false].SelectMany(notice => Enumerable.Repeat(notice, times))];
            if (disordered) luck.Shuffle(sent);
            return sent;
        }
    }
}
