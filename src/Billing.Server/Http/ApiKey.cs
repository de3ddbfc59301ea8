using NodaTime;

namespace Billing.Server.Http;

/// <summary>What a key may do. A key has the sum of its scopes.</summary>
[Flags]
public enum ApiScope
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Read everything but reports.</summary>
    Read = 1,

    /// <summary>Change things; reading is included.</summary>
    Write = 2,

    /// <summary>Make portal links.</summary>
    Portal = 4,

    /// <summary>Read reports.</summary>
    Reports = 8,

    /// <summary>Keys, runs, the sandbox clock; everything else is included.</summary>
    Admin = 16,
}

/// <summary>A caller of the API. The secret is shown once; its hash is kept.</summary>
public sealed class ApiKey
{
    private ApiKey()
    {
    }

    /// <summary>The key's id.</summary>
    public Guid Id { get; private set; }

    /// <summary>Who it was given to; appears in the history as <c>key:name</c>.</summary>
    public string Name { get; private set; } = null!;

    /// <summary>SHA-256 of the secret, hexadecimal; the secret has 256 random bits, so no salt is needed.</summary>
    public string Hash { get; private set; } = null!;

    /// <summary>What it may do.</summary>
    public int Scopes { get; private set; }

    /// <summary>When it was made.</summary>
    public Instant CreatedAt { get; private set; }

    /// <summary>When it stops working; a rotated key works a while longer beside its successor.</summary>
    public Instant? ExpiresAt { get; private set; }

    /// <summary>Makes a key for a secret.</summary>
    public static ApiKey Create(Guid id, string name, string secret, ApiScope scopes, Instant now) =>
        new() { Id = id, Name = name, Hash = Secrets.Hash(secret), Scopes = (int)scopes, CreatedAt = now };

    /// <summary>Lets it work until <paramref name="at"/> and no longer.</summary>
    public void ExpireAt(Instant at) => ExpiresAt = ExpiresAt is { } earlier ? Instant.Min(earlier, at) : at;

    /// <summary>Whether a key with the scopes <paramref name="held"/> may do what needs <paramref name="wanted"/>.</summary>
    public static bool Allows(ApiScope held, ApiScope wanted) =>
        held.HasFlag(wanted) || held.HasFlag(ApiScope.Admin) || (wanted == ApiScope.Read && held.HasFlag(ApiScope.Write));
}
