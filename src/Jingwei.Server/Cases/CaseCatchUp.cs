using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Cases;

// How the tables that lists read follow the history. What happened is on disk before anybody is answered; these tables, which are made of
// it, are written a moment later, or before they are read.
public sealed partial class CaseStore
{
    // Held while the timer's work is done, which the end waits for.
    private readonly Lock catching = new();
    private bool ended;

    // 1 while the timer runs.
    private int awaited;

    /// <summary>Brings the tables that lists read up to date with everything that was answered before.</summary>
    /// <exception cref="SqliteException">The store refused it.</exception>
    /// <exception cref="IOException">The disk did not take an earlier transaction.</exception>
    internal void CatchUp()
    {
        // Oldest first: what comes meanwhile may wait.
        for (var left = backlog.Count; left > 0; left -= CaseLimits.CatchUp)
        {
            CatchUpPiece();
        }
    }

    private void CatchUpPiece() => database.Commit(WritePiece, written => written.ForEach(lag => backlog.Remove(lag.Now.State.Id)));

    private List<Lag> WritePiece(SqliteConnection store, SqliteTransaction transaction)
    {
        var oldest = backlog.Oldest(CaseLimits.CatchUp, out var mark);
        if (oldest.Count == 0)
        {
            return oldest;
        }

        foreach (var lag in oldest)
        {
            statements.Projection.Save(lag.Projected, lag.Now.State, lag.Now.Ordinal);
        }

        KillPoint.Reach("case-lists-written");
        statements.Mark.With(mark).Run();
        return oldest;
    }

    private T ReadLists<T>(Func<SqliteConnection, T> query)
    {
        TryCatchUp();
        return database.Read(query);
    }

    private void TryCatchUp() => Try(CatchUp);

    private void Try(Action catchUp)
    {
        try
        {
            catchUp();
        }
        catch (Exception refused) when (refused is SqliteException or IOException)
        {
            // A disk that takes nothing more must not keep anybody from reading what is there; whoever writes is told.
            Await(CaseLimits.Lag);
        }
    }

    // Called after a case moved on.
    private void FellBehind()
    {
        if (backlog.Count >= CaseLimits.Behind)
        {
            Try(CatchUpPiece);
        }
        else if (backlog.Count > 0)
        {
            Await(CaseLimits.Lag);
        }
    }

    private void Await(TimeSpan pause)
    {
        if (Interlocked.Exchange(ref awaited, 1) == 0)
        {
            catchingUp.Change(pause, Timeout.InfiniteTimeSpan);
        }
    }

    private void LagIsOver()
    {
        lock (catching)
        {
            if (ended)
            {
                return;
            }

            Volatile.Write(ref awaited, 0);
            Try(CatchUpPiece);
            if (backlog.Count > 0)
            {
                // Others write meanwhile.
                Await(CaseLimits.Pause);
            }
        }
    }

    // What the timer had begun is over, and it begins nothing more.
    private void EndCatchingUp()
    {
        lock (catching)
        {
            ended = true;
        }

        catchingUp.Dispose();
        TryCatchUp();
    }
}
