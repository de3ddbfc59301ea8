using NodaTime;

namespace Billing.Server.Staff;

/// <summary>One browser that is signed in to the office. Times are the wall's, never the sandbox's.</summary>
public sealed class OfficeSession
{
    /// <summary>How long it lives unused, and at most.</summary>
    public static readonly Duration Idle = Duration.FromHours(1), Longest = Duration.FromHours(12);

    /// <summary>How exactly we know when it was used last.</summary>
    public static readonly Duration Seldom = Duration.FromMinutes(5);

    private const int LongestDevice = 120;

    private OfficeSession()
    {
    }

    public Guid Id { get; private set; }

    /// <summary>Whose; nobody's for a link that was made on the machine itself, whose owner owns the database anyway.</summary>
    public Guid? StaffId { get; private set; }

    /// <summary>As the history names them.</summary>
    public string Name { get; private set; } = null!;

    /// <summary>What the browser says it is.</summary>
    public string Device { get; private set; } = null!;

    /// <summary>The language chosen in it; otherwise the browser's.</summary>
    public string? Language { get; private set; }

    public Instant BegunAt { get; private set; }
    public Instant SeenAt { get; private set; }
    public Instant? EndedAt { get; private set; }

    public static OfficeSession Begin(Guid id, Guid? staff, string name, string device, Instant wallNow) => new()
    {
        Id = id,
        StaffId = staff,
        Name = name,
        Device = device[..Math.Min(device.Length, LongestDevice)],
        BegunAt = wallNow,
        SeenAt = wallNow,
    };
}
