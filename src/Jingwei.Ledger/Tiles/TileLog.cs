using System.Buffers.Binary;
using Jingwei.Ledger.Merkle;
using Jingwei.Ledger.Notes;

namespace Jingwei.Ledger.Tiles;

/// <summary>
/// A transparency log in a folder (C2SP tlog-tiles): its one writer. <c>checkpoint</c> and <c>tile</c> are what any web
/// server may give out; <c>.log</c> is the writer's own. Safe for use from many threads.
/// </summary>
/// <remarks>
/// An entry is durable when <see cref="Commit"/> returned, and public when <see cref="Publish"/> returned. Entries wait in
/// a synced journal until they are published; the checkpoint is put in place last, when every tile of it is synced, so
/// that no reader sees a checkpoint of which a tile lacks, and no crash leaves one. Opening takes up behind the last
/// checkpoint. When the outcome of a write is unknown the log stops, and opening it anew is the way on.
/// </remarks>
public sealed class TileLog : IDisposable
{
    private const string OwnFolder = ".log";
    private const string CheckpointFile = "checkpoint";

    private readonly string folder;
    private readonly TileLogSettings settings;
    private readonly StepHook? hook;
    private readonly FileStream ownership;
    private readonly TileEdge edge;
    private readonly DurableFolder files;
    private readonly LogJournal journal;

    // Taken in this order. The first guards the edge and what is published, the second the journal's sync, the third its end and what is pending.
    private readonly Lock publishing = new();
    private readonly Lock syncing = new();
    private readonly Lock appending = new();

    private List<JournalRecord> pending;
    private long pendingBytes;
    private long size;
    private long durable;
    private volatile CheckpointNote published;
    private volatile bool stopped;

    private TileLog(
        string folder, TileLogSettings settings, FileStream ownership, CheckpointNote published, Func<(LogJournal Journal, List<JournalRecord> Pending)> openJournal, StepHook? hook)
    {
        (this.folder, this.settings, this.ownership, this.published, this.hook) = (folder, settings, ownership, published, hook);
        files = new(folder, Path.Combine(folder, OwnFolder, "fresh"));
        edge = new(files, hook);
        Reader = new(folder, settings.CacheBytes);
        edge.Load(Reader, published.Checkpoint.Size, published.Checkpoint.Root);
        // Last, as it cuts off what a crash tore: a log that is refused stays as it is.
        (journal, pending) = openJournal();
        pendingBytes = pending.Sum(record => (long)record.Size);
        size = durable = pending.Count > 0 ? pending[^1].End : published.Checkpoint.Size;
    }

    /// <summary>Entries appended so far, published or not.</summary>
    public long Size => Interlocked.Read(ref size);

    /// <summary>The newest checkpoint that is in place.</summary>
    public CheckpointNote Published => published;

    /// <summary>Reads entries and makes proofs, of what is published.</summary>
    public TileReader Reader { get; }

    /// <summary>Begins a log in a folder without one, with the checkpoint of no entries.</summary>
    /// <exception cref="InvalidOperationException">There is a log.</exception>
    /// <exception cref="InvalidDataException">There are remains of a log.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static TileLog Create(string folder, TileLogSettings settings) => Create(folder, settings, null);

    internal static TileLog Create(string folder, TileLogSettings settings, StepHook? hook)
    {
        var own = Path.Combine(folder, OwnFolder);
        Directory.CreateDirectory(own);
        return Owned(own, ownership =>
        {
            if (File.Exists(Path.Combine(folder, CheckpointFile)))
            {
                throw new InvalidOperationException($"There is a log in {folder}.");
            }

            if (Directory.Exists(Path.Combine(folder, "tile")))
            {
                throw new InvalidDataException($"There are tiles in {folder}, but no checkpoint.");
            }

            LogJournal.RequireEmpty(own);
            var first = CheckpointNote.Sign(new(settings.Origin, 0, MerkleHash.Empty), settings.Time, settings.Signers);
            WriteCheckpoint(folder, first, hook);
            return new(folder, settings, ownership, first, () => Journal(own, 0, hook), hook);
        });
    }

    /// <summary>Opens a log and takes up where it was left, by whatever end.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or not by these keys; nothing was changed.</exception>
    /// <exception cref="IOException">It cannot be read or written, or has a writer.</exception>
    public static TileLog Open(string folder, TileLogSettings settings) => Open(folder, settings, null);

    internal static TileLog Open(string folder, TileLogSettings settings, StepHook? hook)
    {
        var own = Path.Combine(folder, OwnFolder);
        return Owned(own, ownership =>
        {
            var keys = settings.Signers.Select(signer => signer.Verifier).ToArray();
            var (checkpoint, problem) = CheckpointNote.Open(File.ReadAllBytes(Path.Combine(folder, CheckpointFile)), settings.Origin, keys);
            if (checkpoint is null)
            {
                throw new InvalidDataException($"The checkpoint in {folder} is not by this log: {problem}");
            }

            return new(folder, settings, ownership, checkpoint, () => Journal(own, checkpoint.Checkpoint.Size, hook), hook);
        });
    }

    /// <summary>Closes the files. What was committed and not published is published after the next opening.</summary>
    public void Dispose()
    {
        stopped = true;
        lock (publishing)
        {
            lock (syncing)
            {
                lock (appending)
                {
                    journal.Dispose();
                    ownership.Dispose();
                }
            }
        }
    }

    /// <summary>Appends entries in their order. They are durable once <see cref="Commit"/> returned after it.</summary>
    /// <param name="entries">Each of up to <see cref="TileLogSettings.MaxEntry"/> bytes, together of up to half of <see cref="TileLogSettings.PendingBytes"/>.</param>
    /// <returns>The place of the first.</returns>
    /// <exception cref="ArgumentException">An entry, or the batch, is too long.</exception>
    /// <exception cref="InvalidOperationException">The log is stopped.</exception>
    /// <exception cref="IOException">A write failed; the log is stopped.</exception>
    public long Append(params IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        var record = Frame(entries);
        while (true)
        {
            lock (appending)
            {
                RequireRunning();
                if (entries.Count == 0)
                {
                    return size;
                }

                if (pendingBytes + record.Length <= settings.PendingBytes)
                {
                    return Append(record, entries.Count);
                }
            }

            Publish();
        }
    }

    /// <summary>Returns when every entry that was appended before is durable. Commits that wait for each other share a sync.</summary>
    /// <exception cref="InvalidOperationException">The log is stopped.</exception>
    /// <exception cref="IOException">The sync failed; the log is stopped, and the next opening tells what is in it.</exception>
    public void Commit()
    {
        var wanted = Size;
        lock (syncing)
        {
            RequireRunning();
            if (Interlocked.Read(ref durable) >= wanted)
            {
                return;
            }

            var covered = Size;
            Guard(journal.Sync);
            Interlocked.Exchange(ref durable, covered);
        }
    }

    /// <summary>Puts everything appended so far into tiles, and a signed checkpoint over it in place.</summary>
    /// <returns>The checkpoint; the one that is there when nothing was appended since.</returns>
    /// <exception cref="InvalidOperationException">The log is stopped.</exception>
    /// <exception cref="IOException">A write failed; the log is stopped.</exception>
    public CheckpointNote Publish()
    {
        lock (publishing)
        {
            RequireRunning();
            Guard(() =>
            {
                var batches = TakePending();
                if (batches.Count > 0)
                {
                    Integrate(batches);
                    Put(CheckpointNote.Sign(new(settings.Origin, edge.Size, edge.Root), settings.Time, settings.Signers));
                    edge.RemovePartial();
                    journal.RemoveUntil(edge.Size);
                }
            });
            return published;
        }
    }

    /// <summary>Puts witnesses' cosignatures under the checkpoint that is in place.</summary>
    /// <param name="checkpoint">The checkpoint that they cosigned.</param>
    /// <param name="cosignatures">Verified by the caller.</param>
    /// <returns>False when a newer checkpoint is in place by now.</returns>
    /// <exception cref="InvalidOperationException">The log is stopped.</exception>
    /// <exception cref="IOException">A write failed; the log is stopped.</exception>
    public bool Cosign(Checkpoint checkpoint, IEnumerable<NoteSignature> cosignatures)
    {
        lock (publishing)
        {
            RequireRunning();
            if (published.Checkpoint.Size != checkpoint.Size || published.Checkpoint.Root != checkpoint.Root)
            {
                return false;
            }

            Guard(() => Put(published.With(cosignatures)));
            return true;
        }
    }

    private static TileLog Owned(string own, Func<FileStream, TileLog> open)
    {
        var ownership = new FileStream(Path.Combine(own, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        TileLog? log = null;
        try
        {
            return log = open(ownership);
        }
        finally
        {
            if (log is null)
            {
                ownership.Dispose();
            }
        }
    }

    private static (LogJournal Journal, List<JournalRecord> Pending) Journal(string own, long published, StepHook? hook) =>
        (LogJournal.Open(own, published, hook, out var pending), pending);

    // The batch as a bundle has it, behind room for the record's header.
    private byte[] Frame(IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        var length = entries.Sum(entry => (long)TileSpan.LengthSize + entry.Length);
        if (length > settings.PendingBytes / 2 || entries.Any(entry => entry.Length > TileLogSettings.MaxEntry))
        {
            throw new ArgumentException($"An entry has at most {TileLogSettings.MaxEntry} bytes, and a batch {settings.PendingBytes / 2}.", nameof(entries));
        }

        var record = new byte[JournalRecord.HeaderSize + length];
        var rest = record.AsSpan(JournalRecord.HeaderSize);
        foreach (var entry in entries)
        {
            BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)entry.Length);
            entry.Span.CopyTo(rest[TileSpan.LengthSize..]);
            rest = rest[(TileSpan.LengthSize + entry.Length)..];
        }

        return record;
    }

    private long Append(byte[] record, int count)
    {
        var first = size;
        Guard(() =>
        {
            var written = JournalRecord.Seal(record, first, Interlocked.Read(ref durable), count);
            journal.Append(record);
            pending.Add(written);
            pendingBytes += record.Length;
            Interlocked.Exchange(ref size, written.End);
        });
        return first;
    }

    // From here on the batches are durable, and those that follow are in a segment of their own.
    private List<JournalRecord> TakePending()
    {
        lock (syncing)
        {
            lock (appending)
            {
                var batches = pending;
                if (batches.Count > 0)
                {
                    journal.Sync();
                    Interlocked.Exchange(ref durable, size);
                    journal.Roll(size);
                    (pending, pendingBytes) = ([], 0);
                }

                return batches;
            }
        }
    }

    private void Integrate(List<JournalRecord> batches)
    {
        var before = edge.Size;
        foreach (var batch in batches)
        {
            var rest = batch.Bundle.Span;
            while (rest.Length > 0)
            {
                var whole = rest;
                TileSpan.TryTake(ref rest, out var entry);
                edge.Append(entry, whole[..^rest.Length]);
            }
        }

        edge.WritePartial(before);
        hook.Take(LogStep.SyncTiles, files.Sync);
    }

    private void Put(CheckpointNote checkpoint)
    {
        WriteCheckpoint(folder, checkpoint, hook);
        published = checkpoint;
    }

    private static void WriteCheckpoint(string folder, CheckpointNote checkpoint, StepHook? hook)
    {
        var fresh = Path.Combine(folder, OwnFolder, CheckpointFile);
        hook.Take(LogStep.WriteCheckpoint, () => DurableFile.Write(fresh, checkpoint.Note.ToBytes()));
        hook.Take(LogStep.MoveCheckpoint, () => File.Move(fresh, Path.Combine(folder, CheckpointFile), overwrite: true));
        hook.Take(LogStep.SyncCheckpoint, () => DurableFile.SyncNames(folder));
    }

    private void RequireRunning()
    {
        if (stopped)
        {
            throw new InvalidOperationException("The log is closed, or stopped when the outcome of a write was unknown: open it anew.");
        }
    }

    // Whatever interrupts a write leaves unknown what of it is there.
    private void Guard(Action write)
    {
        var done = false;
        try
        {
            write();
            done = true;
        }
        finally
        {
            stopped |= !done;
        }
    }
}
