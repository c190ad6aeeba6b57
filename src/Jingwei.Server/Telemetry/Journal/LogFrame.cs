using System.Buffers.Binary;
using System.Numerics;
using Jingwei.Server.Access;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry.Intake;

namespace Jingwei.Server.Telemetry.Journal;

/// <summary>
/// What one commit writes: mark, length, CRC-32C of length and body, body. A frame is written only after the one before it
/// is synced, so after a power cut only the last can be damaged: a damaged frame with a whole one behind it is decay, not a torn tail.
/// </summary>
internal static class LogFrame
{
    public const int HeaderBytes = 12;

    // "JWF2" as it stands in the file: what a search for the next whole frame looks for.
    public static ReadOnlySpan<byte> Mark => "JWF2"u8;

    /// <summary>Appends the body of an entry; the frame's first entry decides its first sequence number.</summary>
    public static void WriteEntry(LogBuffer buffer, ulong firstSequence, IntakeBatch batch)
    {
        buffer.Unsigned(firstSequence);
        buffer.Text(batch.Channel);
        buffer.Signed(batch.Arrived);
        buffer.Unsigned((ulong)batch.Accepted.Count);
        foreach (var reading in batch.Accepted)
        {
            WriteReading(buffer, reading, batch.Arrived);
        }

        buffer.Unsigned((ulong)batch.Rejected.Count);
        foreach (var reject in batch.Rejected)
        {
            buffer.Text(reject.Reason);
            buffer.Text(reject.Detail);
            buffer.Text(reject.Thing);
            buffer.Text(reject.Property);
            buffer.Text(reject.Payload);
            buffer.Unsigned((ulong)reject.Line);
            buffer.Byte(reject.IsWhole ? (byte)1 : (byte)0);
        }

        WriteOrigin(buffer, batch);
        buffer.Unsigned((ulong)batch.Replayed.Count);
        foreach (var (id, reason) in batch.Replayed)
        {
            buffer.Unsigned((ulong)id);
            buffer.Text(reason);
        }
    }

    // Only rejects are ever judged again. The first byte: 0 for unknown, 1 for JSON, 2 for line protocol.
    private static void WriteOrigin(LogBuffer buffer, IntakeBatch batch)
    {
        if (batch.Rejected.Count == 0 || batch.Origin is not { } origin)
        {
            buffer.Byte(0);
            return;
        }

        buffer.Byte(origin.Precision is null ? (byte)1 : (byte)2);
        buffer.Byte((byte)origin.Kind);
        buffer.Text(origin.Publisher);
        buffer.Text(origin.Precision);
    }

    private static Origin? ReadOrigin(ref LogCursor cursor)
    {
        var form = cursor.Byte();
        if (form == 0)
        {
            return null;
        }

        var (kind, publisher, precision) = ((CallerKind)cursor.Byte(), cursor.Text(), cursor.Text());
        return new Origin(kind, publisher, form == 1 ? null : precision);
    }

    private static ReplayedReject[] ReadReplayed(ref LogCursor cursor)
    {
        var replayed = new ReplayedReject[cursor.Unsigned()];
        for (var index = 0; index < replayed.Length; index++)
        {
            replayed[index] = new ReplayedReject((long)cursor.Unsigned(), cursor.Text());
        }

        return replayed;
    }

    /// <summary>Fills in the header that was reserved at the start of the buffer.</summary>
    public static void Seal(LogBuffer buffer)
    {
        var frame = buffer.Written;
        Mark.CopyTo(frame);
        BinaryPrimitives.WriteInt32LittleEndian(frame[4..], frame.Length - HeaderBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[8..], Checksum(frame));
    }

    /// <summary>The length of the whole frame that starts here, or 0 when there is none.</summary>
    public static int Measure(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderBytes || !bytes.StartsWith(Mark))
        {
            return 0;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]);
        return length >= 0 && length <= bytes.Length - HeaderBytes
            && BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]) == Checksum(bytes[..(HeaderBytes + length)])
            ? HeaderBytes + length
            : 0;
    }

    /// <summary>The entries of a whole frame, in order.</summary>
    public static List<LogEntry> Read(ReadOnlySpan<byte> frame)
    {
        List<LogEntry> entries = [];
        var cursor = new LogCursor(frame[HeaderBytes..]);
        while (cursor.More)
        {
            entries.Add(ReadEntry(ref cursor));
        }

        return entries;
    }

    private static LogEntry ReadEntry(ref LogCursor cursor)
    {
        var sequence = cursor.Unsigned();
        var channel = cursor.Text();
        var arrived = cursor.Signed();
        var accepted = new StoredReading[cursor.Unsigned()];
        for (var index = 0; index < accepted.Length; index++)
        {
            accepted[index] = ReadReading(ref cursor, sequence + (ulong)index, arrived);
        }

        var rejected = new Reject[cursor.Unsigned()];
        for (var index = 0; index < rejected.Length; index++)
        {
            rejected[index] = new Reject(
                cursor.Text(), cursor.Text(), NullIfEmpty(cursor.Text()), NullIfEmpty(cursor.Text()), cursor.Text(), (int)cursor.Unsigned(), cursor.Byte() != 0);
        }

        return new LogEntry(sequence, channel, arrived, accepted, rejected) { Origin = ReadOrigin(ref cursor), Replayed = ReadReplayed(ref cursor) };
    }

    // Kind in the low three bits, quality in the next two, then whether there is a flag.
    private static void WriteReading(LogBuffer buffer, in Reading reading, long arrived)
    {
        buffer.Unsigned((ulong)reading.Series);
        buffer.Signed(reading.Time - arrived);
        buffer.Byte((byte)((int)reading.Value.Kind | ((int)reading.Quality << 3) | (reading.Flag is null ? 0 : 1 << 5)));
        if (reading.Flag is not null)
        {
            buffer.Text(reading.Flag);
        }

        if (reading.Value.Kind is PropertyKind.Number or PropertyKind.Boolean)
        {
            buffer.Double(reading.Value.Number);
        }
        else
        {
            buffer.Text(reading.Value.Text);
        }
    }

    private static StoredReading ReadReading(ref LogCursor cursor, ulong sequence, long arrived)
    {
        var series = (long)cursor.Unsigned();
        var time = arrived + cursor.Signed();
        var bits = cursor.Byte();
        var kind = (PropertyKind)(bits & 7);
        var flag = (bits & (1 << 5)) == 0 ? null : cursor.Text();
        var value = kind is PropertyKind.Number or PropertyKind.Boolean
            ? new ReadingValue(kind, cursor.Double(), null)
            : new ReadingValue(kind, 0, cursor.Text());
        return new StoredReading(sequence, series, time, arrived, value, (Quality)((bits >> 3) & 3), flag);
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    // CRC-32C (RFC 3720, appendix B.4) over the length field and the body.
    private static uint Checksum(ReadOnlySpan<byte> frame)
    {
        var crc = Add(uint.MaxValue, frame[4..8]);
        return ~Add(crc, frame[HeaderBytes..]);
    }

    private static uint Add(uint crc, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var one in bytes)
        {
            crc = BitOperations.Crc32C(crc, one);
        }

        return crc;
    }
}
