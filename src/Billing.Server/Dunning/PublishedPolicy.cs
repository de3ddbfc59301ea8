using NodaTime;

namespace Billing.Server.Dunning;

/// <summary>A version of the dunning policy as it was published. It never changes: cases that began with it keep it.</summary>
public sealed class PublishedPolicy
{
    /// <summary>The longest policy.</summary>
    public const int LongestData = 20_000;

    /// <summary>1, 2, 3 …; 1 is the one that comes with the program.</summary>
    public int Number { get; set; }

    /// <summary>The policy as JSON.</summary>
    public string Data { get; set; } = null!;

    public Instant PublishedAt { get; set; }
    public string PublishedBy { get; set; } = null!;
}
