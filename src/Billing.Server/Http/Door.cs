using Billing.History;
using Billing.Server.Staff;
using NodaTime;

namespace Billing.Server.Http;

/// <summary>What a request brings in with it: the moment it came, read once, who is asking, and what they last saw.</summary>
public sealed class Door(IClock clock)
{
    /// <summary>The one moment the whole request happens at.</summary>
    public Instant Now { get; } = clock.GetCurrentInstant();

    /// <summary>Who is asking, as written in the history.</summary>
    public string Actor { get; set; } = "nobody";

    /// <summary>The version the caller saw and wants to change (<c>If-Match</c>), or <see langword="null"/> for any.</summary>
    public int? SeenVersion { get; set; }

    /// <summary>The form of the office that is being taken, if it is one.</summary>
    public SentForm? Form { get; set; }

    /// <summary>Refuses a change that rests on an older state than the one there is.</summary>
    /// <exception cref="Refused"><c>version_mismatch</c>.</exception>
    public T Current<T>(T found) where T : IVersioned => SeenVersion is { } seen && seen != found.Version
        ? throw new Refused(Problems.VersionMismatch, "It was changed since you read it; read it again.")
        : found;
}
