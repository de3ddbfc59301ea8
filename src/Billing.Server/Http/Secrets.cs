using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Billing.Server.Http;

/// <summary>Random secrets and what is kept of them.</summary>
internal static class Secrets
{
    /// <summary>A secret of 256 random bits, safe in a URL, recognisable by its prefix.</summary>
    public static string New(string prefix) => prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>SHA-256 as 64 hexadecimal digits.</summary>
    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
