using Billing.History;
using Billing.Server.Payments.Gateways;
using NodaTime;

namespace Billing.Server.Payments.Inbox;

/// <summary>Where a gateway's notice stands.</summary>
public enum InboxState
{
    /// <summary>Stored, and to be worked through.</summary>
    Waiting,

    /// <summary>Our books are where it says the gateway's are.</summary>
    Done,

    /// <summary>Of a type or version nobody planned for: kept, and shown to a person.</summary>
    Unknown,

    /// <summary>Tried many times in vain: a person looks, and may have it tried again.</summary>
    Dead,
}

/// <summary>What a gateway told us, as it came. Stored before it is answered; the same notice is stored once.</summary>
public sealed class InboxNotice : IVersioned
{
    /// <summary>After how many tries in vain it is left to a person: a little more than a day.</summary>
    public const int MostTries = 12;

    /// <summary>The longest id, type, version and reference there may be.</summary>
    public const int LongestWord = 200;

    /// <summary>The most that is kept of what went wrong.</summary>
    public const int LongestError = 500;

    /// <summary>How long whoever works on it has; afterwards somebody else takes it up.</summary>
    public static readonly Duration Patience = Duration.FromMinutes(2);

    private static readonly Duration LongestWait = Duration.FromHours(6);

    private InboxNotice()
    {
    }

    /// <summary>Our id of it.</summary>
    public Guid Id { get; private set; }

    /// <summary>Which gateway told.</summary>
    public string Gateway { get; private set; } = null!;

    /// <summary>The gateway's id of it, the same for every delivery.</summary>
    public string NoticeId { get; private set; } = null!;

    /// <summary>The gateway's word for what happened.</summary>
    public string Type { get; private set; } = null!;

    /// <summary>The version it is written in, if it says so.</summary>
    public string? FormatVersion { get; private set; }

    /// <summary>What kind of thing it is about.</summary>
    public NoticeSubject About { get; private set; }

    /// <summary>The gateway's id of that thing.</summary>
    public string? Reference { get; private set; }

    /// <summary>Our customer, where the notice tells.</summary>
    public CustomerId? CustomerId { get; private set; }

    /// <summary>When the gateway made it, by its clock.</summary>
    public Instant CreatedAt { get; private set; }

    /// <summary>When it first came.</summary>
    public Instant ReceivedAt { get; private set; }

    /// <summary>When it last came.</summary>
    public Instant LastReceivedAt { get; private set; }

    /// <summary>How often it came.</summary>
    public int Deliveries { get; private set; }

    /// <summary>The raw body, byte for byte as it first came.</summary>
    public byte[] Body { get; private set; } = [];

    /// <summary>Where it stands.</summary>
    public InboxState State { get; private set; }

    /// <summary>How often working it through failed since it came or was last asked for again.</summary>
    public int Tries { get; private set; }

    /// <summary>When it is worked through next; <see langword="null"/> when it is not.</summary>
    public Instant? NextTryAt { get; private set; }

    /// <summary>What went wrong last.</summary>
    public string? Error { get; private set; }

    /// <summary>When it was done.</summary>
    public Instant? DoneAt { get; private set; }

    /// <inheritdoc/>
    public int Version { get; private set; }

    internal static InboxNotice Keep(Guid id, string gateway, GatewayNotice read, byte[] body, Instant now) => new()
    {
        Id = id,
        Gateway = gateway,
        NoticeId = read.Id,
        Type = read.Type,
        FormatVersion = read.FormatVersion,
        About = read.About,
        Reference = read.Reference,
        CustomerId = read.CustomerId,
        CreatedAt = read.CreatedAt,
        ReceivedAt = now,
        LastReceivedAt = now,
        Deliveries = 1,
        Body = body,
        State = read.About == NoticeSubject.Unknown ? InboxState.Unknown : InboxState.Waiting,
        NextTryAt = read.About == NoticeSubject.Unknown ? null : now,
        Version = 1,
    };

    internal void Done(Instant now) => (State, NextTryAt, Error, DoneAt) = (InboxState.Done, null, null, now);

    /// <summary>It went wrong: 1, 2, 4 … minutes, at most six hours; then a person looks.</summary>
    internal void Failed(string error, Instant now)
    {
        Error = error[..Math.Min(error.Length, LongestError)];
        NextTryAt = now + Duration.Min(Duration.FromMinutes(1L << Math.Min(Tries++, 20)), LongestWait);
        if (Tries >= MostTries) (State, NextTryAt) = (InboxState.Dead, null);
    }

    /// <summary>Has it worked through once more, whatever came of it before.</summary>
    internal void Again(Instant now) => (State, Tries, NextTryAt) = (InboxState.Waiting, 0, now);
}
