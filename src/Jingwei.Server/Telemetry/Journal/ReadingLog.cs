using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Jingwei.Server.Telemetry.Intake;

namespace Jingwei.Server.Telemetry.Journal;

/// <summary>
/// The durable log, written by one thread: it takes every batch that waits, writes them as one frame, syncs, and only then
/// tells their senders. The next commit starts as soon as the last one ended (group commit).
/// </summary>
internal sealed class ReadingLog : IDisposable
{
    // Values in one commit: what one sync waits for, some 2 MB.
    private const int CommitValues = 500_000;

    private readonly ILogStorage storage;
    private readonly TelemetryOptions options;
    private readonly Action<IReadOnlyList<CommittedBatch>> committed;
    private readonly Action<Exception> failed;
    private readonly BlockingCollection<PendingBatch> queue = [];
    private readonly LogBuffer frame = new();
    private readonly Thread thread;

    // Guards the list of segments, which the engine's side shortens.
    private readonly Lock gate = new();
    private readonly List<LogSegment> segments;

    private ILogFile? file;
    private long stamp;
    private long syncedAt = Stopwatch.GetTimestamp();
    private bool unsynced;
    private volatile Exception? fault;

    /// <param name="stamp">The last stamp that was ever given.</param>
    /// <param name="segments">What recovery found; appending starts in a new segment after these.</param>
    /// <param name="committed">Told of each commit after the sync and before the senders; must not block or throw.</param>
    /// <param name="failed">Told why the writer stopped, before the senders; must not block or throw.</param>
    public ReadingLog(
        ILogStorage storage, long stamp, IReadOnlyList<LogSegment> segments, TelemetryOptions options,
        Action<IReadOnlyList<CommittedBatch>> committed, Action<Exception> failed)
    {
        this.storage = storage;
        this.stamp = stamp;
        this.options = options;
        this.committed = committed;
        this.failed = failed;
        this.segments = [.. segments];
        thread = new Thread(Run) { IsBackground = true, Name = "log writer" };
        thread.Start();
    }

    /// <summary>The last stamp that was given.</summary>
    public long LastStamp => Volatile.Read(ref stamp);

    /// <summary>Why the writer stopped; null while it runs.</summary>
    public Exception? Fault => fault;

    /// <summary>Bytes and number of segments on disk.</summary>
    public (long Bytes, int Segments) Size
    {
        get
        {
            lock (gate)
            {
                return (segments.Sum(segment => segment.Length), segments.Count);
            }
        }
    }

    /// <summary>Queues a batch. The task ends true after the sync, false when the writer stopped: then the outcome is unknown.</summary>
    /// <remarks>The queue is bounded by whoever hands batches in (<see cref="ValueBudget"/>).</remarks>
    public Task<bool> AppendAsync(IntakeBatch batch)
    {
        if (fault is not null)
        {
            return Task.FromResult(false);
        }

        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            queue.Add(new PendingBatch(batch, done));
        }
        catch (InvalidOperationException) when (queue.IsAddingCompleted)
        {
            return Task.FromResult(false);
        }

        return done.Task;
    }

    /// <summary>Deletes segments whose every message is at or below <paramref name="settled"/>, but not the one being written.</summary>
    public void DeleteThrough(long settled)
    {
        lock (gate)
        {
            while (segments.Count > 1 && segments[0].LastStamp <= settled)
            {
                storage.Delete(segments[0].Name);
                segments.RemoveAt(0);
            }
        }
    }

    public void Dispose()
    {
        queue.CompleteAdding();
        thread.Join();
        if (unsynced && fault is null)
        {
            TrySync();
        }

        file?.Dispose();
        queue.Dispose();
    }

    private void Run()
    {
        List<PendingBatch> group = [];
        while (Next(out var first))
        {
            Gather(first, group);
            try
            {
                Commit(group);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or ObjectDisposedException)
            {
                Stop(error);
                Refuse(group);
                break;
            }

            group.Clear();
        }

        while (fault is not null && queue.TryTake(out var waiting, Timeout.Infinite))
        {
            waiting.Done.SetResult(false);
        }
    }

    // Waits for a batch; with a sync that is due later, no longer than until then.
    private bool Next([NotNullWhen(true)] out PendingBatch? first)
    {
        while (fault is null)
        {
            if (queue.TryTake(out first, unsynced ? (int)options.SyncInterval.TotalMilliseconds : Timeout.Infinite))
            {
                return true;
            }

            if (queue.IsCompleted)
            {
                return false;
            }

            TrySync();
        }

        first = null;
        return false;
    }

    private void TrySync()
    {
        try
        {
            SyncNow(file!);
        }
        catch (IOException error)
        {
            Stop(error);
        }
    }

    // Whether what was written is on disk is unknown: nothing more is written, recovery at the next start decides.
    private void Stop(Exception error)
    {
        fault = error;
        failed(error);
    }

    private void Gather(PendingBatch first, List<PendingBatch> group)
    {
        group.Add(first);
        var values = first.Batch.Count;
        while (values < CommitValues && queue.TryTake(out var next))
        {
            group.Add(next);
            values += next.Batch.Count;
        }
    }

    private void Commit(List<PendingBatch> group)
    {
        frame.Clear();
        frame.Reserve(LogFrame.HeaderBytes);
        List<CommittedBatch> batches = new(group.Count);
        var last = stamp;
        foreach (var pending in group)
        {
            var batch = new CommittedBatch(Math.Max(last + 1, pending.Batch.Arrived), pending.Batch);
            LogFrame.WriteEntry(frame, batch.Stamp, pending.Batch);
            batches.Add(batch);
            last = batch.LastStamp;
        }

        LogFrame.Seal(frame);
        var target = FileFor(batches[0].Stamp);
        target.Write(frame.Written);
        Sync(target);
        Volatile.Write(ref stamp, last);
        Extend(frame.Length);

        committed(batches);
        foreach (var pending in group)
        {
            pending.Done.SetResult(true);
        }
    }

    private void Sync(ILogFile target)
    {
        if (options.Sync == LogSync.Always || (options.Sync == LogSync.Interval && Stopwatch.GetElapsedTime(syncedAt) >= options.SyncInterval))
        {
            SyncNow(target);
        }
        else
        {
            unsynced = options.Sync == LogSync.Interval;
        }
    }

    private void SyncNow(ILogFile target)
    {
        target.Sync();
        syncedAt = Stopwatch.GetTimestamp();
        unsynced = false;
    }

    private ILogFile FileFor(long firstStamp)
    {
        if (file is not null && segments[^1].Length < options.SegmentBytes)
        {
            return file;
        }

        if (unsynced)
        {
            SyncNow(file!);
        }

        file?.Dispose();
        var name = LogSegment.NameOf(firstStamp);
        file = storage.Append(name, 0);
        lock (gate)
        {
            // A segment of that name can only be an empty one that an earlier start left.
            segments.RemoveAll(segment => segment.Name == name);
            segments.Add(new LogSegment(name, firstStamp, firstStamp - 1, 0));
        }

        return file;
    }

    private void Extend(int bytes)
    {
        lock (gate)
        {
            segments[^1] = segments[^1] with { Length = segments[^1].Length + bytes, LastStamp = stamp };
        }
    }

    private static void Refuse(List<PendingBatch> group)
    {
        foreach (var pending in group)
        {
            pending.Done.TrySetResult(false);
        }
    }

    private sealed record PendingBatch(IntakeBatch Batch, TaskCompletionSource<bool> Done);
}

/// <summary>A batch that is in the synced log.</summary>
/// <param name="Stamp">
/// Its place in the order of all that was taken in, and when that was: microseconds since the epoch UTC, moved on where two came at once
/// or the clock was set back. A message with rejects has a stamp for each of them, from this one on.
/// </param>
internal sealed record CommittedBatch(long Stamp, IntakeBatch Batch)
{
    // The engine and the subscribers.
    private int holders = 2;

    public long LastStamp => Stamp + Math.Max(1, Batch.Rejected.Count) - 1;

    /// <summary>Values in it; known also when the batch was given back.</summary>
    public int Count { get; } = Batch.Count;

    /// <summary>What was accepted and is followed, as subscribers get it.</summary>
    public ImmutableArray<Reading> Followed { get; set; } = [];

    /// <summary>True for the last of the two that are done with it.</summary>
    public bool Release() => Interlocked.Decrement(ref holders) == 0;
}
