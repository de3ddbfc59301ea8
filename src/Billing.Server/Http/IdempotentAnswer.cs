using NodaTime;

namespace Billing.Server.Http;

/// <summary>The answer given to a POST with an <c>Idempotency-Key</c>, kept so that a retry gets the same one.</summary>
public sealed class IdempotentAnswer
{
    /// <summary>The longest key a caller may send.</summary>
    public const int LongestKey = 100;

    /// <summary>Who asked: the API key's id.</summary>
    public string Caller { get; set; } = null!;

    /// <summary>The key as sent.</summary>
    public string Key { get; set; } = null!;

    /// <summary>SHA-256 of method, path and body: the same key for something else is refused.</summary>
    public string RequestHash { get; set; } = null!;

    /// <summary>The status answered; 0 while the answer is being worked on.</summary>
    public int Status { get; set; }

    /// <summary>The body answered; sealed with the caller's secret when it holds one.</summary>
    public string? Body { get; set; }

    /// <summary>The <c>Location</c> answered.</summary>
    public string? Location { get; set; }

    /// <summary>The <c>ETag</c> answered.</summary>
    public string? ETag { get; set; }

    /// <summary>When.</summary>
    public Instant At { get; set; }
}
