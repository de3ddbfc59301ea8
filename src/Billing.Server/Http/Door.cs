using NodaTime;

namespace Billing.Server.Http;

/// <summary>What a request brings in with it: the moment it came, read once, and who is asking.</summary>
public sealed class Door(IClock clock)
{
    /// <summary>The one moment the whole request happens at.</summary>
    public Instant Now { get; } = clock.GetCurrentInstant();

    /// <summary>Who is asking, as written in the history.</summary>
    public string Actor { get; set; } = "nobody";
}
