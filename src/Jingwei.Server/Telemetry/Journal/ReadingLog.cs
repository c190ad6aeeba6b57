using System.Collections.Concurrent;
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

    private readonly TelemetryOptions options;
    private readonly Action<IReadOnlyList<CommittedBatch>> committed;
    private readonly Action<Exception> failed;
    private readonly BlockingCollection<PendingBatch> queue = [];
    private readonly LogBuffer frame = new();
    private readonly Thread thread;

    // Held while bytes are written or synced: by the log's thread, and by the engine's side before it takes what may not be synced yet.
    private readonly Lock writing = new();

    private ILogFile? file;
    private long stamp;
    private long unsyncedSince;
    private volatile bool unsynced;
    private volatile Exception? fault;

    /// <param name="stamp">The last stamp that was ever given.</param>
    /// <param name="segments">What recovery found; appending starts in a new segment after these.</param>
    /// <param name="committed">Told of each commit after the sync and before the senders; must not block or throw.</param>
    /// <param name="failed">Told why the writer stopped, before the senders; must not block or throw.</param>
    public ReadingLog(
        ILogStorage storage, long stamp, IReadOnlyList<LogSegment> segments, TelemetryOptions options,
        Action<IReadOnlyList<CommittedBatch>> committed, Action<Exception> failed)
    {
        this.stamp = stamp;
        this.options = options;
        this.committed = committed;
        this.failed = failed;
        Segments = new SegmentList(storage, segments);
        thread = new Thread(Run) { IsBackground = true, Name = "log writer" };
        thread.Start();
    }

    /// <summary>The last stamp that was given.</summary>
    public long LastStamp => Volatile.Read(ref stamp);

    /// <summary>Why the writer stopped; null while it runs.</summary>
    public Exception? Fault => fault;

    /// <summary>The files.</summary>
    public SegmentList Segments { get; }

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

    /// <summary>
    /// Syncs what a policy other than <see cref="LogSync.Always"/> left unsynced. Called before the engine takes it: after a power cut the engine must
    /// hold nothing that the log has not, or it could not be told apart and counted.
    /// </summary>
    /// <exception cref="IOException">The sync failed, now or earlier.</exception>
    public void SyncWritten()
    {
        if (unsynced)
        {
            TrySync();
            if (fault is not null)
            {
                throw new IOException("The log could not be synced before the engine took it.", fault);
            }
        }
    }

    public void Dispose()
    {
        queue.CompleteAdding();
        thread.Join();
        TrySync();
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
            if (queue.TryTake(out first, unsynced && options.Sync == LogSync.Interval ? Math.Max(0, (int)Math.Ceiling(SyncDueIn.TotalMilliseconds)) : Timeout.Infinite))
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
        lock (writing)
        {
            try
            {
                if (unsynced && fault is null)
                {
                    SyncNow(file!);
                }
            }
            catch (IOException error)
            {
                Stop(error);
            }
        }
    }

    // Whether what was written is on disk is unknown: nothing more is written, recovery at the next start decides.
    private void Stop(Exception error)
    {
        if (fault is not null)
        {
            return;
        }

        fault = error;
        failed(error);
    }

    private void Gather(PendingBatch first, List<PendingBatch> group)
    {
        group.Add(first);
        var values = first.Batch.Weight;
        while (values < CommitValues && queue.TryTake(out var next))
        {
            group.Add(next);
            values += next.Batch.Weight;
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

        WriteFrame(batches[0].Stamp);
        Volatile.Write(ref stamp, last);
        Segments.Extend(frame.Length, last);

        committed(batches);
        foreach (var pending in group)
        {
            pending.Done.SetResult(true);
        }
    }

    private void WriteFrame(long firstStamp)
    {
        lock (writing)
        {
            if (fault is not null)
            {
                throw new IOException("The log has stopped.", fault);
            }

            var target = FileFor(firstStamp);
            LogFrame.Seal(frame, isLoose: unsynced);
            target.Write(frame.Written);
            Sync(target);
        }
    }

    private void Sync(ILogFile target)
    {
        if (options.Sync == LogSync.Always || (options.Sync == LogSync.Interval && unsynced && SyncDueIn <= TimeSpan.Zero))
        {
            SyncNow(target);
        }
        else if (!unsynced)
        {
            unsyncedSince = Stopwatch.GetTimestamp();
            unsynced = true;
        }
    }

    // The oldest of what is not synced counts, however much came since.
    private TimeSpan SyncDueIn => options.SyncInterval - Stopwatch.GetElapsedTime(unsyncedSince);

    private void SyncNow(ILogFile target)
    {
        target.Sync();
        unsynced = false;
    }

    private ILogFile FileFor(long firstStamp)
    {
        if (file is not null && Segments.LastLength < options.SegmentBytes)
        {
            return file;
        }

        if (unsynced)
        {
            SyncNow(file!);
        }

        file?.Dispose();
        file = Segments.Begin(firstStamp);
        return file;
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
