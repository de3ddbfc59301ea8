using NodaTime;

namespace Billing.Server.Http;

/// <summary>What a link signs in to.</summary>
public enum SignInDoor
{
    /// <summary>One customer's own page.</summary>
    Portal,

    /// <summary>The office of finance and support.</summary>
    Office,
}

/// <summary>A short-lived link that signs in once. The token is in the link only; its hash is kept.</summary>
public sealed class SignInLink
{
    /// <summary>Where a customer's link leads; the token follows.</summary>
    public const string Path = "/portal/enter?token=";

    /// <summary>How long it opens something, by the wall clock.</summary>
    public static readonly Duration Lifetime = Duration.FromMinutes(15);

    private SignInLink()
    {
    }

    /// <summary>SHA-256 of the token.</summary>
    public string TokenHash { get; private set; } = null!;

    /// <summary>What it opens.</summary>
    public SignInDoor Door { get; private set; }

    /// <summary>The customer, for the portal.</summary>
    public CustomerId? CustomerId { get; private set; }

    /// <summary>Who is signed in, for the history.</summary>
    public string Name { get; private set; } = null!;

    /// <summary>Whose of the staff, for the office; nobody's for a link made on the machine itself.</summary>
    public Guid? StaffId { get; private set; }

    /// <summary>After this it opens nothing.</summary>
    public Instant ExpiresAt { get; private set; }

    /// <summary>When it was used; a second use opens nothing.</summary>
    public Instant? UsedAt { get; private set; }

    /// <summary>Makes a link to a customer's page.</summary>
    public static SignInLink ToPortal(string token, CustomerId customer, Instant expiresAt) => new()
    {
        TokenHash = Secrets.Hash(token),
        Door = SignInDoor.Portal,
        CustomerId = customer,
        Name = "customer",
        ExpiresAt = expiresAt,
    };

    /// <summary>Makes a link to the office.</summary>
    public static SignInLink ToOffice(string token, string name, Instant expiresAt, Guid? staff = null) =>
        new() { TokenHash = Secrets.Hash(token), Door = SignInDoor.Office, Name = name, StaffId = staff, ExpiresAt = expiresAt };
}
