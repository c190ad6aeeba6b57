using System.Buffers.Binary;
using System.Buffers.Text;

namespace Jingwei.Server.Facts.Queries;

/// <summary>Where a page ended: the next one begins behind it.</summary>
/// <param name="Time">Event time of the last fact that was looked at, in microseconds; 0 where the order is that of recording.</param>
/// <param name="Sequence">Its number; where an extension gives the order, how many events were told.</param>
/// <param name="Left">How many events may still be told; -1 for any number.</param>
internal readonly record struct FactCursor(long Time, ulong Sequence, int Left)
{
    private const int Bytes = 8 + 8 + 4;

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Time);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Sequence);
        BinaryPrimitives.WriteInt32BigEndian(bytes[16..], Left);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads what a page told; null where it is none.</summary>
    public static FactCursor? Read(string token)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        return Base64Url.IsValid(token, out var length) && length == Bytes && Base64Url.TryDecodeFromChars(token, bytes, out _)
            ? new(BinaryPrimitives.ReadInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]), BinaryPrimitives.ReadInt32BigEndian(bytes[16..]))
            : null;
    }
}
