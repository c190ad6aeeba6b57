using System.Buffers.Binary;
using System.Numerics;
using Jingwei.Server.Access;
using Jingwei.Server.Telemetry.Intake;
using Jingwei.Server.Telemetry.Store;

namespace Jingwei.Server.Telemetry.Journal;

/// <summary>
/// What one commit writes: mark, length, CRC-32C of length and body, body. The mark tells whether everything before the frame was synced when
/// it was written. If so, a damaged frame before it is decay; if not, a power cut may have kept the later frame and lost the earlier one.
/// </summary>
internal static class LogFrame
{
    public const int HeaderBytes = 12;

    /// <summary>Everything before the frame was synced: what a search behind damage looks for.</summary>
    public static ReadOnlySpan<byte> Mark => "JWF3"u8;

    /// <summary>What is before the frame may not have been synced yet (<see cref="LogSync.Interval"/>, <see cref="LogSync.Os"/>).</summary>
    private static ReadOnlySpan<byte> LooseMark => "JWL3"u8;

    /// <summary>Appends a message.</summary>
    public static void WriteEntry(LogBuffer buffer, long stamp, IntakeBatch batch)
    {
        buffer.Unsigned((ulong)stamp);
        buffer.Text(batch.Channel);
        buffer.Signed(batch.Arrived - stamp);
        WriteOrigin(buffer, batch);
        WriteReplayed(buffer, batch.Replayed);
        buffer.Unsigned((ulong)batch.Accepted);
        WriteColumns(buffer, batch);
        WriteRemarks(buffer, batch.Remarks);
        WriteRejects(buffer, batch);
    }

    /// <summary>Fills in the header that was reserved at the start of the buffer.</summary>
    /// <param name="isLoose">What is before the frame is not synced yet.</param>
    public static void Seal(LogBuffer buffer, bool isLoose)
    {
        var frame = buffer.Written;
        (isLoose ? LooseMark : Mark).CopyTo(frame);
        BinaryPrimitives.WriteInt32LittleEndian(frame[4..], frame.Length - HeaderBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[8..], Checksum(frame));
    }

    /// <summary>The length of the whole frame that starts here, or 0 when there is none.</summary>
    public static int Measure(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderBytes || (!bytes.StartsWith(Mark) && !bytes.StartsWith(LooseMark)))
        {
            return 0;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]);
        return length >= 0 && length <= bytes.Length - HeaderBytes
            && BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]) == Checksum(bytes[..(HeaderBytes + length)])
            ? HeaderBytes + length
            : 0;
    }

    /// <summary>The messages of a whole frame, in order.</summary>
    public static List<CommittedBatch> Read(ReadOnlySpan<byte> frame, SeriesRegistry series)
    {
        List<CommittedBatch> entries = [];
        var cursor = new LogCursor(frame[HeaderBytes..]);
        while (cursor.More)
        {
            entries.Add(ReadEntry(ref cursor, series));
        }

        return entries;
    }

    // By column, each value as its difference to the one before: in a message series follow each other and times repeat.
    private static void WriteColumns(LogBuffer buffer, IntakeBatch batch)
    {
        var previous = 0L;
        foreach (var series in batch.Series)
        {
            buffer.Signed(series - previous);
            previous = series;
        }

        previous = batch.Arrived;
        foreach (var time in batch.Times)
        {
            buffer.Signed(time - previous);
            previous = time;
        }

        foreach (var number in batch.Numbers)
        {
            buffer.Number(number);
        }
    }

    private static void WriteRemarks(LogBuffer buffer, List<Remark>? remarks)
    {
        buffer.Unsigned((ulong)(remarks?.Count ?? 0));
        if (remarks is null)
        {
            return;
        }

        foreach (var remark in remarks)
        {
            buffer.Unsigned((ulong)remark.Row);
            buffer.Byte((byte)((int)remark.Quality | (remark.Text is null ? 0 : 4) | (remark.Flag is null ? 0 : 8)));
            if (remark.Text is not null)
            {
                buffer.Text(remark.Text);
            }

            if (remark.Flag is not null)
            {
                buffer.Text(remark.Flag);
            }
        }
    }

    private static void WriteRejects(LogBuffer buffer, IntakeBatch batch)
    {
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
            buffer.Signed(reject.At - batch.Arrived);
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

    private static void WriteReplayed(LogBuffer buffer, IReadOnlyList<ReplayedReject> replayed)
    {
        buffer.Unsigned((ulong)replayed.Count);
        foreach (var (id, reason) in replayed)
        {
            buffer.Unsigned((ulong)id);
            buffer.Text(reason);
        }
    }

    private static ReplayedReject[] ReadReplayed(ref LogCursor cursor)
    {
        var count = (int)cursor.Unsigned();
        var replayed = count == 0 ? [] : new ReplayedReject[count];
        for (var index = 0; index < replayed.Length; index++)
        {
            replayed[index] = new ReplayedReject((long)cursor.Unsigned(), cursor.Text());
        }

        return replayed;
    }

    private static CommittedBatch ReadEntry(ref LogCursor cursor, SeriesRegistry series)
    {
        var stamp = (long)cursor.Unsigned();
        var channel = cursor.Text();
        var batch = new IntakeBatch(channel, stamp + cursor.Signed()) { Origin = ReadOrigin(ref cursor), Replayed = ReadReplayed(ref cursor) };
        ReadRows(ref cursor, batch, series);
        for (var left = cursor.Unsigned(); left > 0; left--)
        {
            batch.Add(new Reject(
                cursor.Text(), cursor.Text(), NullIfEmpty(cursor.Text()), NullIfEmpty(cursor.Text()), cursor.Text(), (int)cursor.Unsigned(), cursor.Byte() != 0)
            {
                At = batch.Arrived + cursor.Signed(),
            });
        }

        return new CommittedBatch(stamp, batch);
    }

    private static void ReadRows(ref LogCursor cursor, IntakeBatch batch, SeriesRegistry series)
    {
        var count = (int)cursor.Unsigned();
        var (numbers, times, values) = (new int[count], new long[count], new double[count]);
        var previous = 0L;
        for (var row = 0; row < count; row++)
        {
            numbers[row] = (int)(previous += cursor.Signed());
        }

        previous = batch.Arrived;
        for (var row = 0; row < count; row++)
        {
            times[row] = previous += cursor.Signed();
        }

        for (var row = 0; row < count; row++)
        {
            values[row] = cursor.Number();
        }

        var remarks = cursor.Unsigned();
        var next = remarks > 0 ? (int)cursor.Unsigned() : -1;
        batch.Reserve(count);
        for (var row = 0; row < count; row++)
        {
            if (row != next)
            {
                batch.Add(series[numbers[row]], times[row], values[row]);
                continue;
            }

            var bits = cursor.Byte();
            var text = (bits & 4) == 0 ? null : cursor.Text();
            var flag = (bits & 8) == 0 ? null : cursor.Text();
            batch.Add(series[numbers[row]], times[row], values[row], text, (Quality)(bits & 3), flag);
            next = --remarks > 0 ? (int)cursor.Unsigned() : -1;
        }
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    // CRC-32C (RFC 3720, appendix B.4) over the length field and the body; the two marks differ in more than one bit.
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
