using System.Buffers.Binary;
using System.Security.Cryptography;
using NodaTime;

namespace Billing.Server.Persistence;

/// <summary>
/// Ids made here, never by a database: UUIDs of version 7 (RFC 9562) whose order within a millisecond is the order they were
/// made in, so that history reads in order and indexes grow at their end. A standing clock that is asked for more than a
/// millisecond holds lends from the milliseconds after it.
/// </summary>
internal static class NewId
{
    private const int MostInAMillisecond = 0xFFF;

    private static readonly Lock Gate = new();
    private static long asked;
    private static long last;
    private static int count;

    /// <summary>The next id for something that happens at <paramref name="now"/>.</summary>
    public static Guid At(Instant now)
    {
        var (milliseconds, counter) = Next(now.ToUnixTimeMilliseconds());
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes[8..]);
        BinaryPrimitives.WriteInt64BigEndian(bytes, (milliseconds << 16) | 0x7000L | (long)counter);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new(bytes, bigEndian: true);
    }

    private static (long Milliseconds, int Counter) Next(long milliseconds)
    {
        lock (Gate)
        {
            if (milliseconds != asked) (asked, last, count) = (milliseconds, milliseconds, 0);
            else if (count < MostInAMillisecond) count++;
            else (last, count) = (last + 1, 0);
            return (last, count);
        }
    }
}
