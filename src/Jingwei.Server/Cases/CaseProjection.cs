using Dapper;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Cases;

/// <summary>The tables that lists and searches read; everything in them can be made again from the history.</summary>
public static class CaseProjection
{
    public const string Columns =
        """
        id, ordinal, type, title_zh AS TitleZh, title_en AS TitleEn, state, final, severity, thing, party, region, assignee,
        opened_at AS OpenedAt, opened_by AS OpenedBy, due, late, closed_at AS ClosedAt, alarm, rule, version, search
        """;

    public const string Schema =
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

    /// <summary>Stores a case as it now stands.</summary>
    public static CaseRow Save(SqliteConnection store, SqliteTransaction transaction, Case state, long ordinal)
    {
        var row = CaseRow.Of(state, ordinal);
        var before = store.ExecuteScalar<string?>("SELECT search FROM case_row WHERE id = @Id", row, transaction);
        store.Execute(
            """
            INSERT INTO case_row (id, ordinal, type, title_zh, title_en, state, final, severity, thing, party, region, assignee, opened_at,
                opened_by, due, late, closed_at, alarm, rule, version, search)
            VALUES (@Id, @Ordinal, @Type, @TitleZh, @TitleEn, @State, @Final, @severity, @Thing, @Party, @Region, @Assignee, @OpenedAt,
                @OpenedBy, @Due, @Late, @ClosedAt, @Alarm, @Rule, @Version, @Search)
            ON CONFLICT (id) DO UPDATE SET title_zh = @TitleZh, title_en = @TitleEn, state = @State, final = @Final, assignee = @Assignee,
                due = @Due, late = @Late, closed_at = @ClosedAt, alarm = @Alarm, version = @Version, search = @Search
            """,
            Parameters(row),
            transaction);
        foreach (var alarm in state.Alarms)
        {
            store.Execute(
                "INSERT INTO case_alarm (alarm, case_id) VALUES (@alarm, @Id) ON CONFLICT DO NOTHING", new { alarm, state.Id }, transaction);
        }

        if (before != row.Search)
        {
            SaveGrams(store, transaction, row);
        }

        return row;
    }

    /// <summary>Makes every row again from the history.</summary>
    public static void Rebuild(SqliteConnection store, SqliteTransaction transaction)
    {
        store.Execute("DELETE FROM case_row; DELETE FROM case_alarm; DELETE FROM case_gram;", transaction: transaction);
        foreach (var id in store.Query<string>("SELECT case_id FROM case_event WHERE seq = 1 ORDER BY position", transaction: transaction).AsList())
        {
            var events = CaseHistory.Of(store, id, transaction);
            Save(store, transaction, CaseFold.Of(events.Select(row => row.Placed))!, events[0].Position);
        }
    }

    private static void SaveGrams(SqliteConnection store, SqliteTransaction transaction, CaseRow row)
    {
        store.Execute("DELETE FROM case_gram WHERE case_id = @Id", row, transaction);
        store.Execute(
            "INSERT INTO case_gram (gram, case_id) VALUES (@gram, @Id)",
            CaseSearch.Grams(row.Search).Select(gram => new { gram, row.Id }),
            transaction);
    }

    private static DynamicParameters Parameters(CaseRow row)
    {
        var parameters = new DynamicParameters(row);
        parameters.Add("severity", SeverityText(row));
        return parameters;
    }

    public static string SeverityText(CaseRow row) => row.Severity.ToString().ToLowerInvariant();
}
