using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Jingwei.Server;

/// <summary>
/// Carries the store's write-ahead log over into the store, beside the writer: most of it without the store's lock, and the little that came
/// meanwhile within it, so that the next transaction begins the log anew.
/// </summary>
internal sealed class Checkpoints(SqliteConnection writer, Lock writing, Func<SqliteConnection> open) : IDisposable
{
    // 16 MiB of log. Each page that was written several times since is carried over once; a start reads this much at most.
    private const int Pages = 4_096;

    // 256 MiB: where a disk is so slow that writers outrun this, they wait for it.
    private const int MostPages = 65_536;

    // sqlite.org/c3ref/c_dbstatus_options.html: pages that the connection wrote.
    private const int CacheWrite = 9;

    private readonly SqliteConnection connection = open();
    private readonly Lock carrying = new();
    private long carried;
    private volatile bool running;
    private bool disposed;

    /// <summary>Called under the store's lock after a commit.</summary>
    public void Consider()
    {
        var since = Written() - carried;
        if (since > MostPages)
        {
            Carry(writer);
        }
        else if (since > Pages && !running)
        {
            running = true;
            ThreadPool.UnsafeQueueUserWorkItem(static mine => mine.CarryBeside(), this, preferLocal: false);
        }
    }

    public void Dispose()
    {
        lock (carrying)
        {
            disposed = true;
            connection.Dispose();
        }
    }

    private void CarryBeside()
    {
        lock (carrying)
        {
            if (!disposed)
            {
                CarryMost();
            }

            running = false;
        }
    }

    private void CarryMost()
    {
        try
        {
            connection.Execute("PRAGMA wal_checkpoint(PASSIVE)");
            lock (writing)
            {
                Carry(writer);
            }
        }
        catch (SqliteException)
        {
            // A full disk: what is in the log stays there and is read from there; the next one tries again, and a writer that the log
            // holds no more fails for all to see.
        }
    }

    private void Carry(SqliteConnection by)
    {
        by.Execute("PRAGMA wal_checkpoint(PASSIVE)");
        carried = Written();
    }

    private long Written()
    {
        _ = raw.sqlite3_db_status(writer.Handle, CacheWrite, out var pages, out _, 0);
        return pages;
    }
}
