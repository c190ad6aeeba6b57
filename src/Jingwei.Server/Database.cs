using System.Collections.Concurrent;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Win32.SafeHandles;

namespace Jingwei.Server;

/// <summary>
/// The transactional store (SQLite, WAL): one writer at a time, readers beside it. A write that returned is on disk.
/// </summary>
public sealed class Database : IDisposable
{
    // A reader connection per concurrent request; more than this are opened and closed as needed.
    private const int IdleReaders = 8;

    private readonly string connectionString;
    private readonly Lock writing = new();
    private readonly SqliteConnection writer;
    private readonly SafeFileHandle log;
    private readonly CommitSync sync;
    private readonly Checkpoints checkpoints;
    private readonly ConcurrentBag<SqliteConnection> readers = [];

    static Database()
    {
        SQLitePCL.Batteries_V2.Init();
        RowMap.Use();
    }

    public Database(string path)
    {
        connectionString = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString();
        writer = Open();
        // NORMAL leaves the sync after a commit to us (sqlite.org/pragma.html): it is done outside of the lock, one for all who wait for it.
        writer.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 0;");
        // With the library's 2 MiB, changes spread over a hundred thousand rows read most pages anew. Taken as it is needed, 32 MiB at most.
        writer.Execute("PRAGMA cache_size = -32768");
        writer.Execute("CREATE TABLE IF NOT EXISTS schema_step (slice TEXT PRIMARY KEY, step INTEGER NOT NULL)");
        log = File.OpenHandle(path + "-wal", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        sync = new(() => RandomAccess.FlushToDisk(log));
        checkpoints = new(writer, writing, Open);
    }

    /// <summary>Brings a slice's tables up to date: runs the steps that this store has not seen yet, in order.</summary>
    public void Migrate(string slice, params ReadOnlySpan<string> steps)
    {
        long commit;
        lock (writing)
        {
            var done = writer.ExecuteScalar<int>("SELECT step FROM schema_step WHERE slice = @slice", new { slice });
            if (done > steps.Length)
            {
                throw new CannotStartException(
                    $"The store was written by a newer version: \"{slice}\" is at step {done}, and this version knows {steps.Length}. Start that version, or restore a backup.");
            }

            for (var step = done; step < steps.Length; step++)
            {
                using var transaction = writer.BeginTransaction();
                writer.Execute(steps[step], transaction: transaction);
                writer.Execute(
                    "INSERT INTO schema_step (slice, step) VALUES (@slice, @step) ON CONFLICT (slice) DO UPDATE SET step = @step",
                    new { slice, step = step + 1 },
                    transaction);
                transaction.Commit();
            }

            commit = sync.Committed();
        }

        sync.Await(commit);
    }

    /// <summary>Runs queries on a reader connection; sees everything that was committed before.</summary>
    public T Read<T>(Func<SqliteConnection, T> query)
    {
        if (!readers.TryTake(out var connection))
        {
            connection = Open();
        }

        try
        {
            return query(connection);
        }
        finally
        {
            if (readers.Count < IdleReaders)
            {
                readers.Add(connection);
            }
            else
            {
                connection.Dispose();
            }
        }
    }

    /// <summary>Runs one transaction; when this returns it is on disk, when it throws nothing of it is.</summary>
    /// <exception cref="IOException">The disk did not take it, or an earlier one: nobody knows what of it is there.</exception>
    public T Write<T>(Func<SqliteConnection, SqliteTransaction, T> work)
    {
        var (result, commit) = Commit(work);
        Await(commit);
        return result;
    }

    /// <summary>Runs one transaction, which is not on disk before its commit was awaited; others may write meanwhile.</summary>
    /// <param name="committed">Called with what the work gave once it is committed, before anybody else writes; must not fail.</param>
    /// <returns>What the work gave, and what <see cref="Await"/> takes.</returns>
    internal (T Result, long Commit) Commit<T>(Func<SqliteConnection, SqliteTransaction, T> work, Action<T>? committed = null)
    {
        lock (writing)
        {
            sync.ThrowIfBroken();
            using var transaction = Begin();
            try
            {
                var result = work(writer, transaction);
                transaction.Commit();
                committed?.Invoke(result);
                checkpoints.Consider();
                return (result, sync.Committed());
            }
            catch (SqliteException)
            {
                Reopen();
                throw;
            }
        }
    }

    /// <summary>Waits until a commit is on disk, and with it all before it.</summary>
    /// <exception cref="IOException">The disk did not take it.</exception>
    internal void Await(long commit) => sync.Await(commit);

    /// <summary>Waits until everything that a reader can see by now is on disk.</summary>
    /// <exception cref="IOException">The disk did not take it.</exception>
    internal void Settle() => sync.Settle();

    /// <inheritdoc cref="Write{T}"/>
    public void Write(Action<SqliteConnection, SqliteTransaction> work) =>
        Write((connection, transaction) =>
        {
            work(connection, transaction);
            return true;
        });

    public void Dispose()
    {
        checkpoints.Dispose();
        lock (writing)
        {
            writer.Dispose();
        }

        foreach (var reader in readers)
        {
            reader.Dispose();
        }

        log.Dispose();
    }

    // On a full or failing disk SQLite itself ends the transaction (sqlite.org/lang_transaction.html, response to errors). Its object may
    // not know, and neither it nor the connection could be used again, unless there is one that it can roll back.
    private void Reopen()
    {
        _ = SQLitePCL.raw.sqlite3_exec(writer.Handle, "ROLLBACK");
        _ = SQLitePCL.raw.sqlite3_exec(writer.Handle, "BEGIN");
    }

    // Where the object did know, what was begun for it is still open.
    private SqliteTransaction Begin()
    {
        if (SQLitePCL.raw.sqlite3_get_autocommit(writer.Handle) == 0)
        {
            _ = SQLitePCL.raw.sqlite3_exec(writer.Handle, "ROLLBACK");
        }

        return writer.BeginTransaction();
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        connection.Execute("PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 10000;");
        return connection;
    }
}
