using System.Text.Json;
using Dapper;
using Jingwei.Server.Packs.Model;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Cases;

/// <summary>The tables that lists, deadlines and searches read; everything in them can be made again from the history.</summary>
internal sealed class CaseProjection : IDisposable
{
    public const string Columns =
        """
        id, ordinal, type, title_zh AS TitleZh, title_en AS TitleEn, state, final, severity, thing, party, region, assignee, delegate,
        opened_at AS OpenedAt, opened_by AS OpenedBy, entered_at AS EnteredAt, due, late, level, closed_at AS ClosedAt, alarm, rule, tasks,
        tasks_over AS TasksOver, evidence, merged_into AS MergedInto, mark, definition, exercise, supervisions, version
        """;

    /// <summary>What the first version had; the step after it replaces it.</summary>
    public const string FirstSchema =
        """
        CREATE TABLE case_row (
            id TEXT PRIMARY KEY, ordinal INTEGER NOT NULL UNIQUE, type TEXT NOT NULL, title_zh TEXT NOT NULL, title_en TEXT NOT NULL,
            state TEXT NOT NULL, final INTEGER NOT NULL, severity TEXT NOT NULL, thing TEXT, party TEXT NOT NULL, region TEXT NOT NULL,
            assignee TEXT, opened_at INTEGER NOT NULL, opened_by TEXT NOT NULL, due INTEGER, late INTEGER NOT NULL, closed_at INTEGER,
            alarm TEXT, rule TEXT, version INTEGER NOT NULL, search TEXT NOT NULL);
        CREATE INDEX case_row_due ON case_row (due) WHERE late = 0 AND due IS NOT NULL;
        CREATE INDEX case_row_thing ON case_row (thing);
        CREATE INDEX case_row_assignee ON case_row (assignee);
        CREATE UNIQUE INDEX case_row_open ON case_row (rule, thing) WHERE rule IS NOT NULL AND final = 0;
        CREATE TABLE case_alarm (alarm TEXT PRIMARY KEY, case_id TEXT NOT NULL);
        CREATE TABLE case_gram (gram TEXT NOT NULL, case_id TEXT NOT NULL, PRIMARY KEY (gram, case_id)) WITHOUT ROWID;
        CREATE INDEX case_gram_case ON case_gram (case_id);
        """;

    // case_words: bigrams of Chinese, because the tokenizer of trigrams finds nothing for words of two characters. Every event that
    // says something is a document of its own, by its position; every character but a space and quotes is one of a token.
    public const string Schema =
        """
        DROP TABLE case_row; DROP TABLE case_gram; DELETE FROM case_alarm;
        CREATE TABLE case_row (
            id TEXT PRIMARY KEY, ordinal INTEGER NOT NULL UNIQUE, type TEXT NOT NULL, title_zh TEXT NOT NULL, title_en TEXT NOT NULL,
            state TEXT NOT NULL, final INTEGER NOT NULL, severity TEXT NOT NULL, thing TEXT, party TEXT NOT NULL, region TEXT NOT NULL,
            assignee TEXT, delegate TEXT, opened_at INTEGER NOT NULL, opened_by TEXT NOT NULL, entered_at INTEGER NOT NULL, due INTEGER,
            late INTEGER NOT NULL, level INTEGER NOT NULL, closed_at INTEGER, alarm TEXT, rule TEXT, tasks INTEGER NOT NULL,
            tasks_over INTEGER NOT NULL, evidence INTEGER NOT NULL, merged_into TEXT, mark INTEGER, definition TEXT, version INTEGER NOT NULL);
        CREATE INDEX case_row_thing ON case_row (thing);
        CREATE INDEX case_row_state ON case_row (type, state, ordinal);
        CREATE UNIQUE INDEX case_row_open ON case_row (rule, thing) WHERE rule IS NOT NULL AND final = 0;
        CREATE TABLE case_deadline (
            case_id TEXT NOT NULL, key TEXT NOT NULL, at INTEGER NOT NULL, fired INTEGER NOT NULL, PRIMARY KEY (case_id, key)) WITHOUT ROWID;
        CREATE INDEX case_deadline_next ON case_deadline (at) WHERE fired = 0;
        CREATE TABLE case_holder (user TEXT NOT NULL, case_id TEXT NOT NULL, PRIMARY KEY (user, case_id)) WITHOUT ROWID;
        CREATE VIRTUAL TABLE case_words USING fts5(grams, content='', tokenize="ascii tokenchars '!#$%&()*+,-./:;<=>?@[\]^_`{|}~'");
        """;

    /// <summary>Position up to which the tables know every event. What is behind it they may know or not.</summary>
    public const string MarkSchema =
        """
        CREATE TABLE case_projected (position INTEGER NOT NULL);
        INSERT INTO case_projected SELECT coalesce(max(position), 0) FROM case_event;
        """;

    /// <summary>What was opened before is real.</summary>
    public const string ExerciseSchema = "ALTER TABLE case_row ADD COLUMN exercise INTEGER NOT NULL DEFAULT 0";

    /// <summary>How often somebody above waits for an answer.</summary>
    public const string SupervisionSchema = "ALTER TABLE case_row ADD COLUMN supervisions INTEGER NOT NULL DEFAULT 0";

    private readonly Statement insert;
    private readonly Statement update;
    private readonly Statement setDeadline;
    private readonly Statement dropDeadline;
    private readonly Statement addHolder;
    private readonly Statement dropHolder;
    private readonly Statement addAlarm;
    private readonly Statement dropAlarms;

    public CaseProjection(SqliteConnection store)
    {
        insert = new(store, """
            INSERT INTO case_row (state, final, severity, title_zh, title_en, assignee, delegate, entered_at, due, late, level, closed_at, alarm, tasks,
                tasks_over, evidence, merged_into, mark, definition, region, supervisions, version, id, ordinal, type, thing, party, opened_at, opened_by, rule, exercise)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """);
        update = new(store, """
            UPDATE case_row SET state = ?, final = ?, severity = ?, title_zh = ?, title_en = ?, assignee = ?, delegate = ?, entered_at = ?, due = ?,
                late = ?, level = ?, closed_at = ?, alarm = ?, tasks = ?, tasks_over = ?, evidence = ?, merged_into = ?, mark = ?, definition = ?,
                region = ?, supervisions = ?, version = ?
            WHERE id = ?
            """);
        setDeadline = new(store, "INSERT OR REPLACE INTO case_deadline (case_id, key, at, fired) VALUES (?, ?, ?, ?)");
        dropDeadline = new(store, "DELETE FROM case_deadline WHERE case_id = ? AND key = ?");
        addHolder = new(store, "INSERT INTO case_holder (user, case_id) VALUES (?, ?)");
        dropHolder = new(store, "DELETE FROM case_holder WHERE user = ? AND case_id = ?");
        addAlarm = new(store, "INSERT OR REPLACE INTO case_alarm (alarm, case_id) VALUES (?, ?)");
        dropAlarms = new(store, "DELETE FROM case_alarm WHERE case_id = ?");
    }

    /// <summary>Who a case waits for: whoever has it, acts for him, or has one of its tasks that can begin.</summary>
    public static IReadOnlyCollection<string> Holders(Case state)
    {
        if (state.Final || (state.Assignee is null && state.Tasks.IsEmpty))
        {
            return [];
        }

        var holders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var user in state.Tasks.Where(task => task.Progress == TaskProgress.Ready).Select(task => task.Assignee).Append(state.Assignee).Append(state.Delegate))
        {
            if (user is not null)
            {
                holders.Add(user);
            }
        }

        return holders;
    }

    /// <summary>The alarms that lead to a case: those of one that became a part of another lead to that.</summary>
    public static IReadOnlyList<string> Alarms(Case state) => state.MergedInto is null ? state.Alarms : [];

    /// <summary>True when nothing differs by which alarms find their case, or by which it is shown to somebody.</summary>
    public static bool MayWait(Case before, Case state) =>
        before.Region == state.Region && before.Alarms.Length == state.Alarms.Length && before.MergedInto == state.MergedInto && (state.Rule is null || before.Final == state.Final);

    /// <summary>Stores a case as it now stands.</summary>
    /// <param name="before">As it was stored; null when it was not.</param>
    public CaseRow Save(Case? before, Case state, long ordinal)
    {
        var row = CaseRow.Of(state, ordinal);
        Changing(before is null ? insert : update, row);
        SaveDeadlines(before, state);
        SaveHolders(before, state);
        if (Alarms(state).Count != (before is null ? 0 : Alarms(before).Count))
        {
            dropAlarms.With(state.Id).Run();
            foreach (var alarm in Alarms(state))
            {
                addAlarm.With(alarm).With(state.Id).Run();
            }
        }

        return row;
    }

    /// <summary>Makes every row again from the history.</summary>
    public void Rebuild(SqliteConnection store, SqliteTransaction transaction, CaseWords words)
    {
        words.Clear();
        foreach (var row in store.Query<CaseEventRow>($"SELECT {CaseHistory.Columns} FROM case_event ORDER BY position", transaction: transaction, buffered: false))
        {
            words.Add(row.Position, row.Placed);
        }

        Remake(store, transaction, 0);
    }

    /// <summary>Makes the rows of the cases again that have an event behind the mark.</summary>
    public void CatchUp(SqliteConnection store, SqliteTransaction transaction) =>
        Remake(store, transaction, store.ExecuteScalar<long>("SELECT position FROM case_projected", transaction: transaction));

    private void Remake(SqliteConnection store, SqliteTransaction transaction, long mark)
    {
        var changed = store.Query<string>(
            "SELECT case_id FROM case_event WHERE position > @mark GROUP BY case_id ORDER BY min(position)", new { mark }, transaction).AsList();
        var cases = changed.Select(id => Fold(store, transaction, id)).OfType<HeldCase>().ToList();
        store.Execute(
            """
            DELETE FROM case_row WHERE id IN (SELECT value FROM json_each(@ids));
            DELETE FROM case_alarm WHERE case_id IN (SELECT value FROM json_each(@ids));
            DELETE FROM case_deadline WHERE case_id IN (SELECT value FROM json_each(@ids));
            DELETE FROM case_holder WHERE case_id IN (SELECT value FROM json_each(@ids));
            UPDATE case_projected SET position = (SELECT coalesce(max(position), 0) FROM case_event);
            """,
            new { ids = JsonSerializer.Serialize(cases.Select(each => each.State.Id)) },
            transaction);
        cases.ForEach(each => Save(null, each.State, each.Ordinal));
    }

    // Null for a history that was tampered with: its rows stay as they are, and verify names it.
    private static HeldCase? Fold(SqliteConnection store, SqliteTransaction transaction, string id)
    {
        try
        {
            var events = CaseHistory.Of(store, id, transaction);
            return new(CaseFold.Of(events.Select(row => row.Placed))!, events[0].Position);
        }
        catch (Exception damage) when (damage is InvalidOperationException or JsonException)
        {
            return null;
        }
    }

    public static string SeverityText(Band severity) => severity switch
    {
        Band.Red => "red",
        Band.Orange => "orange",
        Band.Yellow => "yellow",
        _ => "blue",
    };

    public void Dispose()
    {
        foreach (var statement in new[] { insert, update, setDeadline, dropDeadline, addHolder, dropHolder, addAlarm, dropAlarms })
        {
            statement.Dispose();
        }
    }

    private void Changing(Statement statement, CaseRow row)
    {
        statement.With(row.State).With(row.Final).With(SeverityText(row.Severity)).With(row.TitleZh).With(row.TitleEn).With(row.Assignee)
            .With(row.Delegate).With(row.EnteredAt).With(row.Due).With(row.Late).With(row.Level).With(row.ClosedAt).With(row.Alarm).With(row.Tasks)
            .With(row.TasksOver).With(row.Evidence).With(row.MergedInto).With(row.Mark).With(row.Definition).With(row.Region).With(row.Supervisions).With(row.Version).With(row.Id);
        if (statement == insert)
        {
            statement.With(row.Ordinal).With(row.Type).With(row.Thing).With(row.Party).With(row.OpenedAt).With(row.OpenedBy).With(row.Rule)
                .With(row.Exercise);
        }

        statement.Run();
    }

    private void SaveDeadlines(Case? before, Case state)
    {
        var was = before?.Timers ?? [];
        if (was == state.Timers)
        {
            return;
        }

        foreach (var gone in was.Where(timer => !state.Timers.Any(each => each.Key == timer.Key)))
        {
            dropDeadline.With(state.Id).With(gone.Key).Run();
        }

        foreach (var timer in state.Timers.Where(timer => !was.Contains(timer)))
        {
            setDeadline.With(state.Id).With(timer.Key).With(CaseTime.Of(timer.At)).With(timer.Fired).Run();
        }
    }

    private void SaveHolders(Case? before, Case state)
    {
        var was = before is null ? [] : Holders(before);
        var now = Holders(state);
        foreach (var user in was.Where(user => !now.Contains(user)))
        {
            dropHolder.With(user).With(state.Id).Run();
        }

        foreach (var user in now.Where(user => !was.Contains(user)))
        {
            addHolder.With(user).With(state.Id).Run();
        }
    }
}
