using System.Buffers.Binary;
using System.Security.Cryptography;
using NodaTime;

namespace Billing.Server.Persistence;

/// <summary>
/// Ids made here, never by a database: UUIDs of version 7 (RFC 9562, with the counter of its method 1) whose order within a
/// millisecond is the order this process made them in, so that history reads in order and indexes grow at their end.
/// </summary>
internal static class NewId
{
    /// <summary>26 bits of counter, 12 before the variant and 14 after; the 48 that follow are random.</summary>
    private const int CounterBits = 26;

    private const int LowBits = 14;

    private static long count = RandomNumberGenerator.GetInt32(1 << (CounterBits - 1));

    /// <summary>The next id for something that happens at <paramref name="now"/>.</summary>
    public static Guid At(Instant now)
    {
        var counter = Interlocked.Increment(ref count) & ((1L << CounterBits) - 1);
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes[10..]);
        BinaryPrimitives.WriteInt64BigEndian(bytes, (now.ToUnixTimeMilliseconds() << 16) | 0x7000L | (counter >> LowBits));
        BinaryPrimitives.WriteUInt16BigEndian(bytes[8..], (ushort)(0x8000 | (counter & ((1 << LowBits) - 1))));
        return new(bytes, bigEndian: true);
    }
}
