using System.Security.Cryptography;
using System.Text;
using Billing.Server.BillingRun;
using Microsoft.AspNetCore.DataProtection;
using NodaTime;

namespace Billing.Server.Webhooks;

/// <summary>Makes, seals and uses the secrets of endpoints, as the Standard Webhooks scheme has it.</summary>
internal sealed class WebhookSecrets(IDataProtectionProvider protection, BillingClock clock)
{
    /// <summary>What every secret begins with; base64 follows.</summary>
    public const string Prefix = "whsec_";

    private const int Bytes = 32, FewestBytes = 24, MostBytes = 64;

    private readonly IDataProtector seal = protection.CreateProtector("Billing.Webhooks.v1");

    public static string New() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Whether this is a secret of the scheme: 24 to 64 bytes.</summary>
    public static bool IsOne(string secret)
    {
        var room = new byte[MostBytes + 1];
        return secret.StartsWith(Prefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(secret[Prefix.Length..], room, out var length) && length is >= FewestBytes and <= MostBytes;
    }

    public string Seal(string secret) => seal.Protect(secret);

    /// <summary>The signatures a message carries: with the secret, and for a while with the one before.</summary>
    public string Sign(WebhookEndpoint endpoint, string id, Instant at, string body)
    {
        var signed = $"{id}.{at.ToUnixTimeSeconds()}.{body}";
        var now = Signature(endpoint.SealedSecret, signed);
        return endpoint is { SealedOldSecret: { } old, OldSecretUntil: { } until } && clock.WallNow < until ? $"{now} {Signature(old, signed)}" : now;
    }

    private string Signature(string sealedSecret, string signed)
    {
        var key = Convert.FromBase64String(seal.Unprotect(sealedSecret)[Prefix.Length..]);
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(signed)));
    }
}
