using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodaTime;

namespace Billing.Server.Payments.Gateways;

/// <summary>
/// How gateways sign their notices: HMAC-SHA256 over the second they sent it and the raw body, written
/// <c>t=1767225600,v1=5f1c…</c>. While a secret is being changed there are several <c>v1</c>, and we know several secrets; one
/// match is enough.
/// </summary>
internal static class NoticeSignature
{
    /// <summary>How far the sender's clock may be from ours, to either side.</summary>
    public static readonly Duration Tolerance = Duration.FromMinutes(5);

    private const string Time = "t", Scheme = "v1";

    /// <summary>The header for a body sent at a moment, signed with each of the secrets.</summary>
    public static string Sign(ReadOnlySpan<byte> body, Instant at, params ReadOnlySpan<string> secrets)
    {
        var header = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{Time}={at.ToUnixTimeSeconds()}");
        foreach (var secret in secrets)
            header.Append(CultureInfo.InvariantCulture, $",{Scheme}={Convert.ToHexStringLower(Mac(body, at.ToUnixTimeSeconds(), secret))}");
        return header.ToString();
    }

    /// <summary>Checks who sent it first, and when second: only what is signed says when it was sent.</summary>
    /// <exception cref="Refused"><c>notice_not_signed</c>, <c>notice_too_old</c>, <c>notice_too_new</c>.</exception>
    public static void Check(ReadOnlySpan<byte> body, string? header, IReadOnlyList<string> secrets, Instant receivedAt)
    {
        var parts = (header ?? "").Split(',').Select(part => part.Split('=', 2)).Where(part => part.Length == 2).ToList();
        var times = parts.Where(part => part[0].Trim() == Time).Select(part => part[1].Trim()).ToList();
        if (times is not [var time] || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) throw NotSigned;

        var matches = false;
        foreach (var secret in secrets)
        {
            var expected = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(Mac(body, seconds, secret)));
            foreach (var part in parts)
                matches |= part[0].Trim() == Scheme && CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(part[1].Trim()));
        }

        if (!matches) throw NotSigned;
        var age = receivedAt.ToUnixTimeSeconds() - seconds;
        if (age > Tolerance.TotalSeconds) throw new Refused("notice_too_old", "This was signed too long ago by our clock.");
        if (-age > Tolerance.TotalSeconds) throw new Refused("notice_too_new", "This was signed in the future by our clock.");
    }

    private static Refused NotSigned => new("notice_not_signed", "This is not signed with a secret we know.");

    private static byte[] Mac(ReadOnlySpan<byte> body, long seconds, string secret)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        mac.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seconds}.")));
        mac.AppendData(body);
        return mac.GetHashAndReset();
    }
}
