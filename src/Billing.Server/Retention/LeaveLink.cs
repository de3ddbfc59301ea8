using Billing.Server.Http;
using NodaTime;

namespace Billing.Server.Retention;

/// <summary>A mailed link that ends one subscription, once, within a day. The token is in the mail only; its hash is kept.</summary>
public sealed class LeaveLink
{
    /// <summary>Where it leads; the token follows.</summary>
    public const string Path = "/leave/confirm?token=";

    /// <summary>How long it opens something, by the wall clock.</summary>
    public static readonly Duration Lifetime = Duration.FromDays(1);

    /// <summary>How long an address is left alone after a mail.</summary>
    public static readonly Duration Quiet = Duration.FromHours(1);

    private LeaveLink()
    {
    }

    /// <summary>SHA-256 of the token.</summary>
    public string TokenHash { get; private set; } = null!;

    /// <summary>Which session it confirms.</summary>
    public CancelSessionId SessionId { get; private set; }

    /// <summary>The address it was mailed to, as it is looked for.</summary>
    public string MailKey { get; private set; } = null!;

    /// <summary>When it was made.</summary>
    public Instant MadeAt { get; private set; }

    /// <summary>After this it opens nothing.</summary>
    public Instant ExpiresAt { get; private set; }

    /// <summary>When it was used; a second use opens nothing.</summary>
    public Instant? UsedAt { get; private set; }

    /// <summary>Makes a link for a session.</summary>
    public static LeaveLink To(CancelSessionId session, string token, string mailKey, Instant wallNow) => new()
    {
        TokenHash = Secrets.Hash(token), SessionId = session, MailKey = mailKey, MadeAt = wallNow, ExpiresAt = wallNow + Lifetime,
    };
}
