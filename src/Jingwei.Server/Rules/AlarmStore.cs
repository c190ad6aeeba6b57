using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Rules;

/// <summary>Which alarms a list is about; null for all.</summary>
/// <param name="Open">True: those that are raised or acknowledged.</param>
/// <param name="Things">Only alarms of these things; null: of any.</param>
public sealed record AlarmFilter(bool Open, AlarmState? State, Packs.Model.Band? Severity, string? Thing, string? Rule, Func<string, bool>? Things);

/// <summary>The alarms in the database: columns to find them by, and the whole as JSON, so that it reads the same when its rule is gone.</summary>
internal sealed class AlarmStore
{
    private const int Chunk = 500;
    private readonly Database database;

    public AlarmStore(Database database)
    {
        this.database = database;
        database.Migrate(
            "rules",
            """
            CREATE TABLE alarm (
                id INTEGER PRIMARY KEY, rule TEXT NOT NULL, thing TEXT NOT NULL, severity INTEGER NOT NULL, state INTEGER NOT NULL,
                raised_us BIGINT NOT NULL, body TEXT NOT NULL)
            """,
            "CREATE INDEX alarm_open ON alarm (state) WHERE state <> 2",
            "CREATE INDEX alarm_thing ON alarm (thing, id)",
            """
            ALTER TABLE alarm ADD COLUMN awaits_case INTEGER NOT NULL DEFAULT 0;
            CREATE INDEX alarm_awaits_case ON alarm (id) WHERE awaits_case = 1;
            """,
            "CREATE TABLE rule_progress (id INTEGER PRIMARY KEY CHECK (id = 1), stamp BIGINT NOT NULL, tick BIGINT NOT NULL)");
    }

    public long LastId() => database.Read(store => store.ExecuteScalar<long>("SELECT COALESCE(MAX(id), 0) FROM alarm"));

    public IReadOnlyList<Alarm> Open() =>
        database.Read(store => store.Query<string>("SELECT body FROM alarm WHERE state <> 2 ORDER BY id").Select(Parse).ToList());

    public IReadOnlyList<Alarm> AwaitingCase() =>
        database.Read(store => store.Query<string>("SELECT body FROM alarm WHERE awaits_case = 1 ORDER BY id").Select(Parse).ToList());

    public IReadOnlyList<Alarm> After(long id, int limit) => database.Read(store =>
        store.Query<string>("SELECT body FROM alarm WHERE id > @id ORDER BY id LIMIT @limit", new { id, limit }).Select(Parse).ToList());

    public Alarm? Find(long id) => database.Read(store =>
        store.QuerySingleOrDefault<string>("SELECT body FROM alarm WHERE id = @id", new { id }) is { } body ? Parse(body) : null);

    /// <summary>Those of a rule and thing that were raised from <paramref name="from"/> (inclusive) to <paramref name="to"/> (exclusive), in the order of time.</summary>
    public IReadOnlyList<Alarm> Between(string rule, string thing, long from, long to) => database.Read(store => store
        .Query<string>(
            "SELECT body FROM alarm WHERE thing = @thing AND rule = @rule AND raised_us >= @from AND raised_us < @to ORDER BY raised_us, id",
            new { rule, thing, from, to })
        .Select(Parse)
        .ToList());

    /// <summary>How far rules had judged when alarms were last stored; null for never.</summary>
    public RuleProgress? Progress() => database.Read(store => store
        .Query<(long Stamp, long Tick)>("SELECT stamp, tick FROM rule_progress").Select(row => (RuleProgress?)new RuleProgress(row.Stamp, row.Tick)).FirstOrDefault());

    /// <param name="upTo">How far rules have judged with them, in the same transaction; null: it is no rule's doing.</param>
    public void Save(IReadOnlyCollection<Alarm> alarms, RuleProgress? upTo = null)
    {
        if (alarms.Count == 0)
        {
            return;
        }

        database.Write((store, transaction) =>
        {
            Save(store, transaction, alarms);
            if (upTo is { } progress)
            {
                store.Execute(
                    "INSERT INTO rule_progress (id, stamp, tick) VALUES (1, @Stamp, @Tick) ON CONFLICT (id) DO UPDATE SET stamp = @Stamp, tick = @Tick",
                    progress, transaction);
            }

            Reach("alarms-written");
        });
        Reach("alarms-committed");

        void Reach(string point)
        {
            if (alarms.Count > 0)
            {
                KillPoint.Reach(point);
            }
        }
    }

    private static void Save(SqliteConnection store, SqliteTransaction transaction, IReadOnlyCollection<Alarm> alarms) => store.Execute(
            """
            INSERT INTO alarm (id, rule, thing, severity, state, raised_us, awaits_case, body)
            VALUES (@Id, @Rule, @Thing, @severity, @state, @raised, @awaitsCase, @body)
            ON CONFLICT (id) DO UPDATE SET state = excluded.state, awaits_case = excluded.awaits_case, body = excluded.body
            """,
            alarms.Select(alarm => new
            {
                alarm.Id,
                alarm.Rule,
                alarm.Thing,
                severity = (int)alarm.Severity,
                state = (int)alarm.State,
                raised = Telemetry.Instant.Of(alarm.RaisedAt),
                awaitsCase = alarm.AwaitsCase,
                body = JsonSerializer.Serialize(alarm),
            }),
            transaction);

    public IReadOnlyList<Alarm> List(AlarmFilter filter, long? before, int limit)
    {
        var found = new List<Alarm>();
        for (var last = before; found.Count < limit;)
        {
            var rows = Rows(filter, last);
            found.AddRange(rows.Where(alarm => filter.Things?.Invoke(alarm.Thing) ?? true).Take(limit - found.Count));
            if (rows.Count < Chunk)
            {
                break;
            }

            last = rows[^1].Id;
        }

        return found;
    }

    private List<Alarm> Rows(AlarmFilter filter, long? before) => database.Read(store => store
        .Query<string>(
            """
            SELECT body FROM alarm
            WHERE (@before IS NULL OR id < @before) AND (@open = 0 OR state IN (0, 1)) AND (@state IS NULL OR state = @state)
                AND (@severity IS NULL OR severity = @severity) AND (@thing IS NULL OR thing = @thing) AND (@rule IS NULL OR rule = @rule)
            ORDER BY id DESC LIMIT @limit
            """,
            new
            {
                before,
                open = filter.Open ? 1 : 0,
                state = (int?)filter.State,
                severity = (int?)filter.Severity,
                thing = filter.Thing,
                rule = filter.Rule,
                limit = Chunk,
            })
        .Select(Parse)
        .ToList());

    private static Alarm Parse(string body) => JsonSerializer.Deserialize<Alarm>(body)!;
}
