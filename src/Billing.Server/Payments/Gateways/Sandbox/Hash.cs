using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Billing.Server.Payments.Gateways.Sandbox;

/// <summary>Names that look drawn by lot and are the same in every run.</summary>
internal static class Hash
{
    public static string Hex(string prefix, string of) =>
        prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(of)).AsSpan(0, 12));

    public static string FourDigits(string of) =>
        (BinaryPrimitives.ReadUInt16BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(of))) % 10_000)
            .ToString("D4", CultureInfo.InvariantCulture);
}
