using NodaTime;

namespace Billing.Server.Demo;

/// <summary>How far the making of the demo merchant is; what the front page shows meanwhile and afterwards.</summary>
internal sealed class DemoProgress
{
    private readonly Lock gate = new();
    private (DemoPhase Phase, LocalDate? Day, int Percent, string? Key, string? Trouble) state;

    public DemoPhase Phase => Read().Phase;

    /// <summary>The day the merchant lives through.</summary>
    public LocalDate? Day => Read().Day;

    public int Percent => Read().Percent;

    /// <summary>The secret of this start's key; held here and nowhere else.</summary>
    public string? Key => Read().Key;

    /// <summary>What it waits for.</summary>
    public string? Trouble => Read().Trouble;

    public void Lives(LocalDate day, int percent)
    {
        lock (gate) state = state with { Phase = DemoPhase.Living, Day = day, Percent = percent, Trouble = null };
    }

    public void Waits(string forWhat)
    {
        lock (gate) state.Trouble = forWhat;
    }

    public void IsReady(string? key)
    {
        lock (gate) state = state with { Phase = DemoPhase.Ready, Percent = 100, Key = key, Trouble = null };
    }

    public void IsNotWanted()
    {
        lock (gate) state = state with { Phase = DemoPhase.OwnData, Trouble = null };
    }

    private (DemoPhase Phase, LocalDate? Day, int Percent, string? Key, string? Trouble) Read()
    {
        lock (gate) return state;
    }
}

/// <summary>Where the making of the demo stands.</summary>
public enum DemoPhase
{
    /// <summary>Not looked yet.</summary>
    Starting,

    /// <summary>Its months are being lived through.</summary>
    Living,

    /// <summary>There it is.</summary>
    Ready,

    /// <summary>The database holds somebody's own data: no demo is made in it.</summary>
    OwnData,
}
