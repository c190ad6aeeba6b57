using System.Globalization;
using Jingwei.Server.Telemetry.Store;

namespace Jingwei.Server.Telemetry.Journal;

/// <summary>A log segment is damaged where it was whole before: reading on would lose acknowledged values in silence.</summary>
public sealed class LogDamagedException(string file, long offset)
    : Exception($"The log segment {file} is damaged at byte {offset}: a checksum is wrong and whole frames that were written later follow. Restore it from a backup.");

/// <summary>What was found in the log at start.</summary>
/// <param name="Segments">Segments oldest first with their good length and the last stamp in them.</param>
/// <param name="TornBytes">Bytes of an unfinished commit that were cut off; nothing of it was acknowledged.</param>
internal sealed record LogRecovery(IReadOnlyList<LogSegment> Segments, long TornBytes);

/// <summary>One file of the log.</summary>
internal sealed record LogSegment(string Name, long FirstStamp, long LastStamp, long Length)
{
    public static string NameOf(long firstStamp) => firstStamp.ToString("D20", CultureInfo.InvariantCulture) + ".log";

    /// <summary>Reads all segments in order, hands over each frame's messages after <paramref name="after"/>, and cuts a torn tail off.</summary>
    /// <exception cref="LogDamagedException">A frame is damaged that is not the end of the last segment.</exception>
    public static async Task<LogRecovery> ReadAllAsync(
        ILogStorage storage, SeriesRegistry series, long after, Func<IReadOnlyList<CommittedBatch>, Task> replay)
    {
        var names = storage.Names();
        List<LogSegment> segments = [];
        long torn = 0;
        for (var index = 0; index < names.Count; index++)
        {
            var bytes = storage.Read(names[index]);
            var segment = await ReadOneAsync(names[index], bytes, series, after, replay);
            var length = (int)segment.Length;
            var isLast = index == names.Count - 1;
            if (length < bytes.Length && (!isLast || HasFrame(bytes.AsSpan(length + 1))))
            {
                throw new LogDamagedException(names[index], length);
            }

            if (isLast)
            {
                // Cuts off what is torn, and syncs what a killed process had written only: the next segment's frames say that it is.
                torn = bytes.Length - length;
                storage.Append(segment.Name, length).Dispose();
            }

            segments.Add(segment);
        }

        return new LogRecovery(segments, torn);
    }

    private static async Task<LogSegment> ReadOneAsync(
        string name, byte[] bytes, SeriesRegistry series, long after, Func<IReadOnlyList<CommittedBatch>, Task> replay)
    {
        var first = long.Parse(Path.GetFileNameWithoutExtension(name), CultureInfo.InvariantCulture);
        var last = first - 1;
        var offset = 0;
        while (LogFrame.Measure(bytes.AsSpan(offset)) is var size and > 0)
        {
            var entries = LogFrame.Read(bytes.AsSpan(offset, size), series);
            last = entries[^1].LastStamp;
            if (last > after)
            {
                await replay(entries.FindAll(entry => entry.LastStamp > after));
            }

            offset += size;
        }

        return new LogSegment(name, first, last, offset);
    }

    // One that was written after everything before it was synced.
    private static bool HasFrame(ReadOnlySpan<byte> bytes)
    {
        while (bytes.IndexOf(LogFrame.Mark) is var at and >= 0)
        {
            if (LogFrame.Measure(bytes[at..]) > 0)
            {
                return true;
            }

            bytes = bytes[(at + 1)..];
        }

        return false;
    }
}
