using Jingwei.Mqtt.Publishing;
using Jingwei.Mqtt.Sessions;
using Microsoft.Extensions.Logging;

namespace Jingwei.Mqtt.Journal;

/// <summary>
/// What sessions and retained messages must not forget, as an append-only log. One thread writes whatever has gathered as one frame, syncs,
/// and only then tells those who wait (group commit); it also writes the living anew now and then, so that old segments can go.
/// </summary>
/// <remarks>
/// What waits to be written is bounded by those who wait for it: a connection goes on only when its publishes are on disk.
/// When a write fails nobody knows what is on disk: nothing is written any more, and whoever waits is told so.
/// </remarks>
internal sealed class SessionJournal : IDisposable
{
    // What a compaction adds to one commit: what a publisher may have to wait for.
    private const int CompactionSlice = 1 << 20;

    private readonly Lock gate = new();
    private readonly ReaderWriterLockSlim together = new();
    private readonly SemaphoreSlim work = new(0);
    private readonly JournalFolder folder;
    private readonly ILogger logger;
    private readonly long compactAfter;
    private readonly Thread thread;
    private readonly Gathering[] gatherings = [new(), new()];

    // Guarded by gate.
    private Gathering current;
    private Gathering? writing;
    private bool isSignalled;
    private bool isClosing;
    private int generation = 1;
    private ulong lastSession;
    private ulong lastMessage;
    private ulong commit = 1;
    private Exception? fault;

    private ulong synced;

    // Of the writer's thread alone.
    private long written;
    private long compacted;
    private IEnumerator<Action>? compaction;

    private SessionJournal(JournalFolder folder, long size, JournalReplay replay, long compactAfter, ILogger logger)
    {
        (this.folder, this.compactAfter, this.logger) = (folder, compactAfter, logger);
        (written, lastSession, lastMessage) = (size, replay.LastSession, replay.LastMessage);
        current = gatherings[0];
        thread = new(Run) { IsBackground = true, Name = "mqtt journal" };
    }

    /// <summary>Gives, on the journal's thread, one action for each thing to be written anew.</summary>
    public Func<IEnumerable<Action>> Living { get; set; } = () => [];

    /// <summary>Bytes on disk.</summary>
    public long Size => Interlocked.Read(ref written);

    /// <summary>Reads what there is and opens a new segment behind it.</summary>
    /// <exception cref="MqttJournalDamagedException">What was acknowledged cannot be read any more.</exception>
    /// <exception cref="IOException">The folder cannot be read or written.</exception>
    public static SessionJournal Open(string path, long compactAfter, ILogger logger, out JournalReplay replay)
    {
        var folder = new JournalFolder(path);
        replay = new JournalReplay();
        var size = folder.Replay(replay.Take);
        folder.Roll();
        return new(folder, size, replay, compactAfter, logger);
    }

    /// <summary>Begins to write; before this records only gather.</summary>
    public void Start() => thread.Start();

    public SessionRecorder Begin(Session session)
    {
        lock (gate)
        {
            return new(this, session, ++lastSession);
        }
    }

    /// <summary>The recorder of a session that the journal gave.</summary>
    public SessionRecorder Resume(Session session, ulong number) => new(this, session, number);

    /// <summary>A session that the journal gave and nobody wants.</summary>
    public void Forget(ulong session) => Append(records => records.Begin(RecordKind.Ended, session), out _);

    public bool IsSynced(ulong asked) => asked <= Volatile.Read(ref synced);

    /// <summary>Completes when the commit is on disk.</summary>
    /// <exception cref="MqttJournalFailedException">It is unknown whether it is.</exception>
    public ValueTask SyncedAsync(ulong asked)
    {
        if (IsSynced(asked))
        {
            return ValueTask.CompletedTask;
        }

        lock (gate)
        {
            return fault is not null ? ValueTask.FromException(fault)
                : IsSynced(asked) ? ValueTask.CompletedTask
                : new((asked == commit ? current : writing!).Done.Task);
        }
    }

    /// <summary>Until it is disposed, on the same thread: everything appended is on disk together or not at all.</summary>
    public Together InOneCommit() => new(together);

    public void Append(Action<JournalRecords> write, out ulong at)
    {
        lock (gate)
        {
            write(current.Records);
            at = Appended(null);
        }
    }

    public ulong Plain(RecordKind kind, ulong session, ulong value, Session? wakes = null)
    {
        lock (gate)
        {
            current.Records.Plain(kind, session, value);
            return Appended(wakes);
        }
    }

    public ulong Queued(ulong session, Delivery delivery, Session? wakes)
    {
        lock (gate)
        {
            current.Records.Queued(session, delivery, NumberOf(delivery.Routed));
            return Appended(wakes);
        }
    }

    public ulong Retained(MqttMessage message, DateTimeOffset expiresAt)
    {
        lock (gate)
        {
            current.Records.Retained(message, expiresAt);
            return Appended(null);
        }
    }

    public ulong Cleared(string topic)
    {
        lock (gate)
        {
            current.Records.Cleared(topic);
            return Appended(null);
        }
    }

    /// <summary>The message's number, after it was written into a segment that stays as long as the reference to come. The caller holds the gate.</summary>
    public ulong NumberOf(RoutedMessage message)
    {
        if (message.Generation != generation)
        {
            message.Generation = generation;
            message.Number = message.Number == 0 ? ++lastMessage : message.Number;
            current.Records.Message(message.Number, message.Message, message.ExpiresAt);
        }

        return message.Number;
    }

    public void Dispose()
    {
        lock (gate)
        {
            isClosing = true;
        }

        work.Release();
        thread.Join();
        folder.Dispose();
        work.Dispose();
        together.Dispose();
    }

    private ulong Appended(Session? wakes)
    {
        if (fault is not null)
        {
            current.Reset();
            return commit;
        }

        if (wakes is not null)
        {
            current.Wakes.Add(wakes);
        }

        if (!isSignalled)
        {
            isSignalled = true;
            work.Release();
        }

        return commit;
    }

    private void Run()
    {
        var goesOn = true;
        while (goesOn)
        {
            if (compaction is null)
            {
                work.Wait();
            }

            try
            {
                Compact();
                goesOn = Commit();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                Fail(error);
                goesOn = false;
            }
        }
    }

    /// <summary>Writes what has gathered; false when the journal closes and nothing is left.</summary>
    private bool Commit()
    {
        if (!TrySwap(out var closing))
        {
            return !closing;
        }

        folder.Write(writing!.Buffer);
        Interlocked.Add(ref written, writing.Buffer.Length);
        var done = writing;
        lock (gate)
        {
            Volatile.Write(ref synced, done.Commit);
            writing = null;
        }

        done.Done.SetResult();
        foreach (var session in done.Wakes)
        {
            session.Connection?.Wake();
        }

        return true;
    }

    private bool TrySwap(out bool closing)
    {
        together.EnterWriteLock();
        try
        {
            lock (gate)
            {
                closing = isClosing;
                if (!isSignalled)
                {
                    return false;
                }

                isSignalled = false;
                writing = current;
                writing.Commit = commit++;
                current = gatherings[0] == writing ? gatherings[1] : gatherings[0];
                current.Reset();
                return true;
            }
        }
        finally
        {
            together.ExitWriteLock();
        }
    }

    /// <summary>Begins a compaction when it is due, and does a slice of one that is under way.</summary>
    private void Compact()
    {
        if (compaction is null)
        {
            if (written < Math.Max(compactAfter, 2 * compacted))
            {
                return;
            }

            folder.Roll();
            Interlocked.Exchange(ref written, 0);
            lock (gate)
            {
                generation++;
            }

            compaction = Living().GetEnumerator();
        }

        while (Gathered() < CompactionSlice)
        {
            if (!compaction.MoveNext())
            {
                FinishCompaction();
                return;
            }

            compaction.Current();
        }
    }

    private int Gathered()
    {
        lock (gate)
        {
            return current.Buffer.Length;
        }
    }

    private void FinishCompaction()
    {
        compaction!.Dispose();
        compaction = null;
        Commit();
        folder.DeleteOlder();
        compacted = written;
    }

    private void Fail(Exception error)
    {
        Log.JournalFailed(logger, error);
        var unknown = new MqttJournalFailedException(error);
        Gathering? lost;
        lock (gate)
        {
            fault = unknown;
            lost = writing;
            current.Done.TrySetException(unknown);
        }

        lost?.Done.TrySetException(unknown);
    }

    /// <summary>What is written by one commit, and who waits for it.</summary>
    private sealed class Gathering
    {
        public Gathering()
        {
            Records = new(Buffer);
            Reset();
        }

        public JournalBuffer Buffer { get; } = new();

        public JournalRecords Records { get; }

        public List<Session> Wakes { get; } = [];

        public ulong Commit { get; set; }

        public TaskCompletionSource Done { get; private set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Reset()
        {
            Buffer.Clear();
            Buffer.Reserve(JournalFolder.HeaderBytes);
            Wakes.Clear();
            if (Done.Task.IsCompleted)
            {
                Done = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }
}

/// <summary>Keeps the journal's thread from ending a commit in the middle of what belongs together; the default keeps it from nothing.</summary>
internal readonly ref struct Together
{
    private readonly ReaderWriterLockSlim? gate;

    public Together(ReaderWriterLockSlim gate)
    {
        this.gate = gate;
        gate.EnterReadLock();
    }

    public void Dispose() => gate?.ExitReadLock();
}
