using System.Diagnostics;

namespace Billing.Benchmarks;

/// <summary>What a piece of work took.</summary>
/// <param name="Items">Subscriptions done.</param>
/// <param name="Elapsed">Wall time.</param>
/// <param name="Allocated">Bytes allocated on all threads together.</param>
/// <param name="HeapPeak">The most bytes the managed heap held at the end of a batch, garbage included.</param>
/// <param name="ProcessPeak">The most bytes of memory the process held at the end of a batch.</param>
/// <param name="Computing">Processor time of this process; the rest is the database's and the disk's.</param>
internal sealed record Measured(int Items, TimeSpan Elapsed, long Allocated, long HeapPeak, long ProcessPeak, TimeSpan Computing)
{
    public double PerSecond => Items / Elapsed.TotalSeconds;

    public long AllocatedEach => Allocated / Math.Max(1, Items);
}

/// <summary>Time, allocations and memory from <see cref="Begin"/> to <see cref="End"/>.</summary>
internal sealed class Measure
{
    private readonly long allocated = GC.GetTotalAllocatedBytes(precise: true);
    private readonly TimeSpan computed = Environment.CpuUsage.TotalTime;
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private long heapPeak;
    private long processPeak;

    private Measure()
    {
    }

    public static Measure Begin()
    {
        // What came before shall not be counted as ours.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return new();
    }

    public void Look()
    {
        heapPeak = Math.Max(heapPeak, GC.GetTotalMemory(forceFullCollection: false));
        processPeak = Math.Max(processPeak, Environment.WorkingSet);
    }

    public Measured End(int items)
    {
        watch.Stop();
        Look();
        return new(
            items, watch.Elapsed, GC.GetTotalAllocatedBytes(precise: true) - allocated, heapPeak, processPeak,
            Environment.CpuUsage.TotalTime - computed);
    }
}
