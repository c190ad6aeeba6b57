using System.Collections.Concurrent;
using System.Collections.Immutable;
using Jingwei.Server.Telemetry.Intake;

namespace Jingwei.Server.Telemetry.Journal;

/// <summary>
/// The durable log, written by one thread: it takes every batch that waits, writes them as one frame, syncs, and only then
/// tells their senders. The next commit starts as soon as the last one ended (group commit).
/// </summary>
internal sealed class ReadingLog : IDisposable
{
    // Values in one commit; keeps a frame and what one sync waits for small.
    private const int CommitValues = 20_000;

    private readonly ILogStorage storage;
    private readonly long segmentBytes;
    private readonly Action<IReadOnlyList<CommittedBatch>> committed;
    private readonly Action<Exception> failed;
    private readonly BlockingCollection<PendingBatch> queue = [];
    private readonly LogBuffer frame = new();
    private readonly Thread thread;

    // Guards the list of segments, which the engine's side shortens.
    private readonly Lock gate = new();
    private readonly List<LogSegment> segments;

    private ILogFile? file;
    private ulong nextSequence;
    private volatile Exception? fault;

    /// <param name="nextSequence">The first number to be given; above every number ever used.</param>
    /// <param name="segments">What recovery found; appending starts in a new segment after these.</param>
    /// <param name="committed">Told of each commit after the sync and before the senders; must not block or throw.</param>
    /// <param name="failed">Told why the writer stopped, before the senders; must not block or throw.</param>
    public ReadingLog(
        ILogStorage storage, ulong nextSequence, IReadOnlyList<LogSegment> segments, long segmentBytes,
        Action<IReadOnlyList<CommittedBatch>> committed, Action<Exception> failed)
    {
        this.storage = storage;
        this.nextSequence = nextSequence;
        this.segmentBytes = segmentBytes;
        this.committed = committed;
        this.failed = failed;
        this.segments = [.. segments];
        thread = new Thread(Run) { IsBackground = true, Name = "log writer" };
        thread.Start();
    }

    /// <summary>Why the writer stopped; null while it runs.</summary>
    public Exception? Fault => fault;

    /// <summary>The last number that was given.</summary>
    public ulong LastSequence => Volatile.Read(ref nextSequence) - 1;

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

    /// <summary>Deletes segments whose every value is at or below <paramref name="sequence"/>, but not the one being written.</summary>
    public void DeleteThrough(ulong sequence)
    {
        lock (gate)
        {
            while (segments.Count > 1 && segments[0].LastSequence <= sequence)
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
        file?.Dispose();
        queue.Dispose();
    }

    private void Run()
    {
        List<PendingBatch> group = [];
        foreach (var first in queue.GetConsumingEnumerable())
        {
            Gather(first, group);
            try
            {
                Commit(group);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or ObjectDisposedException)
            {
                // Whether the frame is on disk is unknown: nothing more is written, recovery at the next start decides.
                fault = error;
                failed(error);
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
        var firstSequence = nextSequence;
        List<CommittedBatch> batches = new(group.Count);
        foreach (var pending in group)
        {
            LogFrame.WriteEntry(frame, nextSequence, pending.Batch);
            batches.Add(new CommittedBatch(nextSequence, pending.Batch));
            nextSequence += (ulong)pending.Batch.Count;
        }

        LogFrame.Seal(frame);
        var target = FileFor(firstSequence);
        target.Write(frame.Written);
        target.Sync();
        Extend(frame.Length);

        committed(batches);
        foreach (var pending in group)
        {
            pending.Done.SetResult(true);
        }
    }

    private ILogFile FileFor(ulong firstSequence)
    {
        if (file is not null && segments[^1].Length < segmentBytes)
        {
            return file;
        }

        file?.Dispose();
        var name = LogSegment.NameOf(firstSequence);
        file = storage.Append(name, 0);
        lock (gate)
        {
            // A segment of that name can only be an empty one that an earlier start left.
            segments.RemoveAll(segment => segment.Name == name);
            segments.Add(new LogSegment(name, firstSequence, firstSequence - 1, 0));
        }

        return file;
    }

    private void Extend(int bytes)
    {
        lock (gate)
        {
            segments[^1] = segments[^1] with { Length = segments[^1].Length + bytes, LastSequence = nextSequence - 1 };
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

/// <summary>A batch that is in the synced log, with the sequence number of its first value.</summary>
internal sealed record CommittedBatch(ulong FirstSequence, IntakeBatch Batch)
{
    public ulong LastSequence => FirstSequence + (ulong)Batch.Count - 1;

    // The engine and the subscribers.
    private int holders = 2;

    /// <summary>What was accepted, as subscribers get it.</summary>
    public ImmutableArray<Reading> Readings { get; set; } = [];

    /// <summary>True for the last of the two that are done with it.</summary>
    public bool Release() => Interlocked.Decrement(ref holders) == 0;

    /// <summary>The batch as recovery would read it from the log.</summary>
    public LogEntry ToEntry()
    {
        var stored = new StoredReading[Batch.Accepted.Count];
        for (var index = 0; index < stored.Length; index++)
        {
            var reading = Batch.Accepted[index];
            stored[index] = new StoredReading(
                FirstSequence + (ulong)index, reading.Series, reading.Time, reading.Arrived, reading.Value, reading.Quality, reading.Flag);
        }

        return new LogEntry(FirstSequence, Batch.Channel, Batch.Arrived, stored, Batch.Rejected) { Origin = Batch.Origin, Replayed = Batch.Replayed };
    }
}
