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
        List<Waiting> group;
        lock (gate)
        {
            group = new(Math.Min(waiting.Count, CaseLimits.Group));
            while (group.Count < CaseLimits.Group && waiting.TryDequeue(out var next))
            {
                group.Add(next);
            }
        }

        Write(group);
        lock (gate)
        {
            if (waiting.Count == 0)
            {
                writing = false;
                return;
            }
        }

        // Whoever led has his answer; those who came meanwhile must not make him wait.
        ThreadPool.UnsafeQueueUserWorkItem(static writer => writer.Lead(), this, preferLocal: false);
    }

    private void Write(List<Waiting> group)
    {
        try
        {
            WriteTogether(group);
        }
#pragma warning disable CA1031 // Whatever it is, whoever waits is told; a writer that died in silence would let all others wait for ever.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            if (group.Count == 1)
            {
                group[0].Done.TrySetException(failure);
                return;
            }

            // The whole transaction is undone: one may have been refused for what it is, and must not take the others with it.
            group.ForEach(each => Write([each]));
        }
    }

    private void WriteTogether(List<Waiting> group)
    {
        var batch = database.Write((store, transaction) =>
        {
            var begun = begin(store, transaction);
            foreach (var each in group)
            {
                each.Run(begun);
                KillPoint.Reach("case-written");
            }

            KillPoint.Reach("case-group-written");
            return begun;
        });
        KillPoint.Reach("case-group-committed");
        batch.Committed();
        group.ForEach(each => each.Answer());
    }

    private sealed class Waiting(Func<CaseBatch, object?> work)
    {
        private object? answer;
        private Exception? damage;

        public TaskCompletionSource<object?> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Run(CaseBatch batch)
        {
            damage = null;
            var written = batch.Written;
            try
            {
                answer = work(batch);
            }
            catch (Exception unreadable) when (unreadable is InvalidOperationException or System.Text.Json.JsonException && batch.Written == written)
            {
                // A history that cannot be read is found out before anything is written, and is nobody else's fault.
                damage = unreadable;
            }
        }

        public void Answer()
        {
            if (damage is not null)
            {
                Done.TrySetException(damage);
            }
            else
            {
                Done.TrySetResult(answer);
            }
        }
    }
}
