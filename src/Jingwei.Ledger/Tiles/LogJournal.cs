using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Jingwei.Ledger.Tiles;

/// <summary>
/// Batches that are not in published tiles yet, in segments named by the first entry that may be in them. Whole segments
/// go once a checkpoint covers them; the newest takes what comes.
/// </summary>
internal sealed class LogJournal : IDisposable
{
    private const string Extension = ".journal";

    private readonly string folder;
    private readonly StepHook? hook;
    private SafeFileHandle newest;
    private long end;

    private LogJournal(string folder, StepHook? hook, SafeFileHandle newest, long end) =>
        (this.folder, this.hook, this.newest, this.end) = (folder, hook, newest, end);

    public void Dispose() => newest.Dispose();

    /// <summary>Sees that a new log takes nothing for its own that an older one left.</summary>
    /// <exception cref="InvalidDataException">There is a journal with something in it.</exception>
    public static void RequireEmpty(string folder)
    {
        if (Segments(folder).Any(path => new FileInfo(path).Length > 0))
        {
            throw new InvalidDataException("The log has a journal, but no checkpoint.");
        }
    }

    /// <summary>Reads what stands behind the entries that are in tiles, and cuts off what was torn by a crash.</summary>
    /// <param name="published">Entries that the checkpoint covers.</param>
    /// <param name="pending">The batches behind them, in their order.</param>
    /// <exception cref="InvalidDataException">Something that was committed is gone or damaged.</exception>
    public static LogJournal Open(string folder, long published, StepHook? hook, out List<JournalRecord> pending)
    {
        pending = [];
        var next = published;
        var segments = Segments(folder);
        var whole = 0L;
        for (var at = 0; at < segments.Length; at++)
        {
            var bytes = File.ReadAllBytes(segments[at]);
            whole = Read(bytes, pending, ref next);
            if (whole < bytes.Length && (at < segments.Length - 1 || IsDamaged(bytes, (int)whole, next)))
            {
                throw new InvalidDataException($"{segments[at]} is damaged at byte {whole}, before entries that were committed.");
            }
        }

        if (segments.Length == 0)
        {
            return new(folder, hook, BeginSegment(folder, published), 0);
        }

        var newest = File.OpenHandle(segments[^1], FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        RandomAccess.SetLength(newest, whole);
        // What was read may be in memory only, when the writer was killed before its sync.
        RandomAccess.FlushToDisk(newest);
        return new(folder, hook, newest, whole);
    }

    /// <summary>Writes a batch; not durable before <see cref="Sync"/>.</summary>
    public void Append(ReadOnlySpan<byte> record)
    {
        hook?.Invoke(LogStep.WriteBatch, false);
        RandomAccess.Write(newest, record, end);
        end += record.Length;
        hook?.Invoke(LogStep.WriteBatch, true);
    }

    /// <summary>Makes durable all that was appended before.</summary>
    public void Sync() => hook.Take(LogStep.SyncJournal, () => RandomAccess.FlushToDisk(newest));

    /// <summary>Begins a segment for the entries from <paramref name="first"/> on. What was appended before must be synced.</summary>
    public void Roll(long first) => hook.Take(LogStep.BeginSegment, () =>
    {
        var next = BeginSegment(folder, first);
        newest.Dispose();
        (newest, end) = (next, 0);
    });

    /// <summary>Removes the segments of whose entries all are published; the newest stays.</summary>
    public void RemoveUntil(long published)
    {
        var segments = Segments(folder);
        for (var at = 0; at < segments.Length - 1; at++)
        {
            if (FirstOf(segments[at + 1]) <= published)
            {
                hook.Take(LogStep.RemoveSegment, () => File.Delete(segments[at]));
            }
        }
    }

    // Takes whole records; gives where they end.
    private static long Read(ReadOnlyMemory<byte> bytes, List<JournalRecord> pending, ref long next)
    {
        var at = 0;
        while (JournalRecord.TryRead(bytes[at..], out var record))
        {
            at += record.Size;
            if (record.End <= next)
            {
                continue;
            }

            if (record.First != next)
            {
                throw new InvalidDataException($"Entries from {next} on are missing in the journal before entry {record.First}.");
            }

            if (TileSpan.LengthOf(record.Bundle.Span, record.Count) != record.Bundle.Length)
            {
                throw new InvalidDataException($"The batch of entry {record.First} in the journal is malformed.");
            }

            pending.Add(record);
            next = record.End;
        }

        return at;
    }

    // A crash tears what was not synced; a record behind it that knows of more as durable tells of another kind of damage.
    private static bool IsDamaged(ReadOnlyMemory<byte> bytes, int from, long next)
    {
        while (JournalRecord.FindNext(bytes, from + 1, out var record) is var at && at >= 0)
        {
            if (record.Durable > next)
            {
                return true;
            }

            from = at;
        }

        return false;
    }

    private static string[] Segments(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*" + Extension).Order(StringComparer.Ordinal)];

    private static long FirstOf(string segment) =>
        long.Parse(Path.GetFileNameWithoutExtension(segment), NumberStyles.None, CultureInfo.InvariantCulture);

    private static SafeFileHandle BeginSegment(string folder, long first)
    {
        var path = Path.Combine(folder, first.ToString("d20", CultureInfo.InvariantCulture) + Extension);
        var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        DurableFile.SyncNames(folder);
        return file;
    }
}
