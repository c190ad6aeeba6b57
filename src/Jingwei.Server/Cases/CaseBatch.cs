using System.Collections.Immutable;
using System.Text;
using Dapper;
using Jingwei.Ledger;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Jingwei.Server.Cases;

/// <summary>One transaction of the store: each signal in it is decided on what those before it left.</summary>
internal sealed class CaseBatch(
    CaseStatements statements, HeldCases held, ProjectionBacklog backlog, SqliteConnection store, SqliteTransaction transaction)
{
    private readonly Dictionary<string, HeldCase> touched = new(StringComparer.Ordinal);

    // What is behind from now on; null for what has caught up.
    private readonly Dictionary<string, Lag?> lags = new(StringComparer.Ordinal);
    private readonly List<Action> afterwards = [];
    private ChainHead? head;

    public SqliteConnection Store => store;

    public SqliteTransaction Transaction => transaction;

    /// <summary>Events that were written so far.</summary>
    public long Written { get; private set; }

    /// <summary>A case as it stands; null when there is none.</summary>
    /// <exception cref="InvalidOperationException">Its history was tampered with.</exception>
    public HeldCase? Find(string id) => Held(id) ?? Load(id);

    /// <summary>The next number of a year; given up with the transaction.</summary>
    public long NextNumber(int year) => statements.Number.With(year).Read(row => raw.sqlite3_column_int64(row, 0)).ToList()[0];

    /// <summary>Writes the next events of a case.</summary>
    /// <param name="before">As it stands; null for a new one.</param>
    public CaseOutcome Append(HeldCase? before, string id, string actor, ImmutableArray<CaseEvent> events, DateTimeOffset at)
    {
        var state = before?.State;
        var placed = new PlacedEvent[events.Length];
        for (var index = 0; index < events.Length; index++)
        {
            placed[index] = new(id, (state?.Version ?? 0) + 1, at, actor, events[index]);
            state = CaseFold.Apply(state, placed[index]);
        }

        head ??= statements.Head.Read(row => new ChainHead(raw.sqlite3_column_int64(row, 0), Statement.Bytes(row, 1)!)).ToList().FirstOrDefault() ?? ChainHead.Origin;
        var ordinal = before?.Ordinal ?? head.Position + 1;
        foreach (var each in placed)
        {
            Append(each);
        }

        var erasing = events.OfType<CaseErased>().ToList();
        foreach (var erased in erasing)
        {
            Erase(id, erased.Seq);
            state = Load(id)!.State;
        }

        var now = touched[id] = new(state!, ordinal);
        Project(before?.State, now, head.Position - placed.Length + 1, erasing.Count == 0);
        var moved = before is null || before.State.Timers != state!.Timers;
        return new(CaseRow.Of(now.State, ordinal), null, true)
        {
            Next = moved ? state!.Timers.Where(timer => !timer.Fired).Min(timer => (DateTimeOffset?)timer.At) : null,
        };
    }

    /// <summary>A case that is held as it stands; null does not mean that there is none.</summary>
    public HeldCase? Held(string id) => touched.GetValueOrDefault(id) ?? held.Find(id);

    /// <summary>Does something once the transaction is committed.</summary>
    public void Afterwards(Action action) => afterwards.Add(action);

    /// <summary>Notes how far the tables that lists read are, the last that is written.</summary>
    public void Mark()
    {
        if (head is not null && backlog.Count == 0)
        {
            statements.Mark.With(lags.Values.Min(lag => lag?.Since - 1) ?? head.Position).Run();
        }
    }

    /// <summary>What was written is committed: it is what is held from now on.</summary>
    public void Committed()
    {
        afterwards.ForEach(action => action());
        backlog.Head = head?.Position ?? backlog.Head;
        foreach (var (id, lag) in lags)
        {
            if (lag is null)
            {
                backlog.Remove(id);
            }
            else
            {
                backlog.Put(id, lag);
            }
        }

        foreach (var each in touched.Values)
        {
            held.Hold(each);
        }
    }

    // Lists, deadlines and holders may wait for a moment; what the writer itself looks up, and what was erased, may not.
    private void Project(Case? before, HeldCase now, long since, bool mayWait)
    {
        var lag = before is null ? null : lags.TryGetValue(now.State.Id, out var mine) ? mine : backlog.Find(now.State.Id);
        if (mayWait && before is not null && CaseProjection.MayWait(before, now.State))
        {
            lags[now.State.Id] = new(lag?.Projected ?? before, now, lag?.Since ?? since);
            return;
        }

        statements.Projection.Save(lag?.Projected ?? before, now.State, now.Ordinal);
        lags[now.State.Id] = null;
    }

    private void Append(PlacedEvent it)
    {
        var (kind, content, at) = (CaseEventText.KindOf(it.Event), CaseEventText.Write(it.Event), CaseTime.Of(it.At));
        var row = HashChain.Seal(
            head!.Link, head.Position + 1, CaseHistory.Header(it.Case, it.Seq, at, it.Actor, kind), Encoding.UTF8.GetBytes(content));
        Written++;
        statements.Event
            .With(row.Sequence).With(it.Case).With(it.Seq).With(at).With(it.Actor).With(kind).With(content).With(row.Salt).With(row.Commitment).With(row.Link)
            .Run();
        statements.Words.Add(row.Sequence, it);
        head = new(row.Sequence, row.Link);
    }

    private void Erase(string id, long seq)
    {
        // Freed bytes are overwritten, not left for whoever reads the file (sqlite.org/pragma.html#pragma_secure_delete).
        store.Execute("PRAGMA secure_delete = ON", transaction: transaction);
        var row = store.QuerySingle<CaseEventRow>(
            $"SELECT {CaseHistory.Columns} FROM case_event WHERE case_id = @id AND seq = @seq", new { id, seq }, transaction);
        statements.Words.Erase(row.Position, row.Placed);
        store.Execute(
            "UPDATE case_event SET content = NULL, salt = NULL WHERE case_id = @id AND seq = @seq", new { id, seq }, transaction);
        CaseAnswers.Forget(store, transaction, id);
    }

    private HeldCase? Load(string id)
    {
        Case? state = null;
        var ordinal = 0L;
        foreach (var (position, placed) in statements.History.With(id).Read(row => (raw.sqlite3_column_int64(row, 0), Placed(id, row))))
        {
            ordinal = ordinal == 0 ? position : ordinal;
            state = CaseFold.Apply(state, placed);
        }

        return state is null ? null : new(state, ordinal);
    }

    private static PlacedEvent Placed(string id, sqlite3_stmt row) => new(
        id, raw.sqlite3_column_int64(row, 1), CaseTime.Of(raw.sqlite3_column_int64(row, 2)), Statement.Text(row, 3)!,
        CaseEventText.Read(Statement.Text(row, 4)!, Statement.Text(row, 5)));
}

/// <summary>What the writer has prepared on the store's connection.</summary>
internal sealed class CaseStatements(SqliteConnection store) : IDisposable
{
    public Statement Event { get; } = new(store, """
        INSERT INTO case_event (position, case_id, seq, at, actor, kind, content, salt, commitment, link) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """);

    public Statement Head { get; } = new(store, "SELECT position, link FROM case_event ORDER BY position DESC LIMIT 1");

    public Statement History { get; } = new(store, "SELECT position, seq, at, actor, kind, content FROM case_event WHERE case_id = ? ORDER BY seq");

    public Statement Mark { get; } = new(store, "UPDATE case_projected SET position = ?");

    public Statement Number { get; } = new(
        store, "INSERT INTO case_number (year, last) VALUES (?, 1) ON CONFLICT (year) DO UPDATE SET last = last + 1 RETURNING last");

    public CaseProjection Projection { get; } = new(store);

    public CaseWords Words { get; } = new(store);

    public void Dispose()
    {
        Event.Dispose();
        Head.Dispose();
        History.Dispose();
        Mark.Dispose();
        Number.Dispose();
        Projection.Dispose();
        Words.Dispose();
    }
}
