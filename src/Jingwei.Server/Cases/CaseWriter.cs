using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Cases;

/// <summary>
/// Group commit: whoever comes while a transaction is being written waits, and all who wait go into the next one together, so that many
/// share a sync. Each is answered once his work is on disk. Work that the store refuses is done again alone, and fails alone.
/// </summary>
internal sealed class CaseWriter(Database database, Func<SqliteConnection, SqliteTransaction, CaseBatch> begin) : IDisposable
{
    private readonly SemaphoreSlim room = new(CaseLimits.Waiting);
    private readonly Lock gate = new();
    private readonly Queue<Waiting> waiting = new();
    private bool writing;

    // The commits of the last two groups; whoever leads alone sets them.
    private long last;
    private long beforeLast;

    /// <summary>Runs work on the store's writer; when the task ends what it wrote is on disk, when it fails nothing of it is.</summary>
    public async Task<T> WriteAsync<T>(Func<CaseBatch, T> work, CancellationToken cancellation)
    {
        await room.WaitAsync(cancellation);
        try
        {
            var mine = new Waiting(batch => work(batch));
            if (Joins(mine))
            {
                Lead();
            }

            return (T)(await mine.Done.Task)!;
        }
        finally
        {
            room.Release();
        }
    }

    public void Dispose() => room.Dispose();

    // True for the one who has to write.
    private bool Joins(Waiting mine)
    {
        lock (gate)
        {
            waiting.Enqueue(mine);
            if (writing)
            {
                return false;
            }

            return writing = true;
        }
    }

    private void Lead()
    {
        // Not further ahead of the disk: so that those who come meanwhile are one group, and no more groups than one are told late.
        Await(beforeLast);
        var group = Gather();
        var commit = Write(group);
        (beforeLast, last) = (last, Math.Max(commit, last));
        HandOver();
        // The next group is written while the disk takes this one.
        var failure = Await(commit);
        group.ForEach(each => each.Answer(failure));
    }

    private List<Waiting> Gather()
    {
        lock (gate)
        {
            var group = new List<Waiting>(Math.Min(waiting.Count, CaseLimits.Group));
            while (group.Count < CaseLimits.Group && waiting.TryDequeue(out var next))
            {
                group.Add(next);
            }

            return group;
        }
    }

    private void HandOver()
    {
        lock (gate)
        {
            if (waiting.Count == 0)
            {
                writing = false;
                return;
            }
        }

        ThreadPool.UnsafeQueueUserWorkItem(static writer => writer.Lead(), this, preferLocal: false);
    }

    // What is to be waited for; 0 when nothing was written.
    private long Write(List<Waiting> group)
    {
        try
        {
            return WriteTogether(group);
        }
#pragma warning disable CA1031 // Whatever it is, whoever waits is told; a writer that died in silence would let all others wait for ever.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            if (group.Count == 1)
            {
                group[0].Fail(failure);
                return 0;
            }

            // The whole transaction is undone: one may have been refused for what it is, and must not take the others with it.
            return group.Max(each => Write([each]));
        }
    }

    private long WriteTogether(List<Waiting> group)
    {
        var (_, commit) = database.Commit((store, transaction) =>
        {
            var begun = begin(store, transaction);
            foreach (var each in group)
            {
                each.Run(begun);
                KillPoint.Reach("case-written");
            }

            begun.Mark();
            KillPoint.Reach("case-group-written");
            return begun;
        }, static begun => begun.Committed());
        KillPoint.Reach("case-group-committed");
        return commit;
    }

    private IOException? Await(long commit)
    {
        try
        {
            database.Await(commit);
            return null;
        }
        catch (IOException failure)
        {
            return failure;
        }
    }

    private sealed class Waiting(Func<CaseBatch, object?> work)
    {
        private object? answer;
        private Exception? failure;

        public TaskCompletionSource<object?> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Run(CaseBatch batch)
        {
            failure = null;
            var written = batch.Written;
            try
            {
                answer = work(batch);
            }
            catch (Exception unreadable) when (unreadable is InvalidOperationException or System.Text.Json.JsonException && batch.Written == written)
            {
                // A history that cannot be read is found out before anything is written, and is nobody else's fault.
                failure = unreadable;
            }
        }

        public void Fail(Exception why) => failure = why;

        public void Answer(IOException? unsynced)
        {
            if ((failure ?? unsynced) is { } why)
            {
                Done.TrySetException(why);
            }
            else
            {
                Done.TrySetResult(answer);
            }
        }
    }
}
