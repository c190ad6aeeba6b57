using System.Buffers.Binary;
using System.Numerics;

namespace Jingwei.Ledger.Tiles;

/// <summary>
/// A batch in the journal: mark, CRC-32C, first index, entries known durable when it was written, number of entries,
/// length, and the entries as a bundle has them. Integers are big-endian; the CRC covers all behind it.
/// </summary>
/// <param name="First">Place of the first entry in the log.</param>
/// <param name="Durable">Entries of the log that a commit had returned for.</param>
/// <param name="Count">Entries of the batch.</param>
/// <param name="Bundle">Each with its length before it.</param>
internal readonly record struct JournalRecord(long First, long Durable, int Count, ReadOnlyMemory<byte> Bundle)
{
    public const int HeaderSize = 32;

    private const uint Mark = 0x4a57544c;
    private const int CrcAt = 4;
    private const int FirstAt = 8;
    private const int DurableAt = 16;
    private const int CountAt = 24;
    private const int LengthAt = 28;

    public int Size => HeaderSize + Bundle.Length;

    public long End => First + Count;

    /// <summary>Writes the header before a bundle that stands at <see cref="HeaderSize"/> already.</summary>
    public static JournalRecord Seal(byte[] record, long first, long durable, int count)
    {
        BinaryPrimitives.WriteUInt32BigEndian(record, Mark);
        BinaryPrimitives.WriteInt64BigEndian(record.AsSpan(FirstAt), first);
        BinaryPrimitives.WriteInt64BigEndian(record.AsSpan(DurableAt), durable);
        BinaryPrimitives.WriteInt32BigEndian(record.AsSpan(CountAt), count);
        BinaryPrimitives.WriteInt32BigEndian(record.AsSpan(LengthAt), record.Length - HeaderSize);
        BinaryPrimitives.WriteUInt32BigEndian(record.AsSpan(CrcAt), Crc(record.AsSpan(FirstAt)));
        return new(first, durable, count, record.AsMemory(HeaderSize));
    }

    /// <summary>Reads the record at the front; false where it is torn, damaged or none.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, out JournalRecord record)
    {
        record = default;
        var span = bytes.Span;
        if (span.Length < HeaderSize || BinaryPrimitives.ReadUInt32BigEndian(span) != Mark)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt32BigEndian(span[LengthAt..]);
        if (length < 0 || length > span.Length - HeaderSize
            || Crc(span[FirstAt..(HeaderSize + length)]) != BinaryPrimitives.ReadUInt32BigEndian(span[CrcAt..]))
        {
            return false;
        }

        record = new(
            BinaryPrimitives.ReadInt64BigEndian(span[FirstAt..]), BinaryPrimitives.ReadInt64BigEndian(span[DurableAt..]),
            BinaryPrimitives.ReadInt32BigEndian(span[CountAt..]), bytes.Slice(HeaderSize, length));
        return true;
    }

    /// <summary>Finds the next record behind something that is none; below 0 where there is no other.</summary>
    public static int FindNext(ReadOnlyMemory<byte> bytes, int from, out JournalRecord record)
    {
        Span<byte> mark = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(mark, Mark);
        for (var at = from; at < bytes.Length; at++)
        {
            var next = bytes.Span[at..].IndexOf(mark);
            if (next < 0)
            {
                break;
            }

            at += next;
            if (TryRead(bytes[at..], out record))
            {
                return at;
            }
        }

        record = default;
        return -1;
    }

    // CRC-32C (RFC 3720, appendix B.4).
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (var one in bytes)
        {
            crc = BitOperations.Crc32C(crc, one);
        }

        return ~crc;
    }
}
