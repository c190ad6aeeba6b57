using Dapper;
using Jingwei.Server.Telemetry.Intake;
using Jingwei.Server.Telemetry.Journal;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Telemetry.Store;

/// <summary>A rejected value as it is shown.</summary>
/// <param name="Id">Its stamp in the log; grows with time.</param>
public sealed record RejectItem(
    long Id, DateTimeOffset At, string Channel, string? Thing, string? Property, string Reason, string Detail, string Payload);

/// <summary>Which rejects are asked for.</summary>
public sealed record RejectFilter(string? Reason, string? Thing, string? Channel);

/// <summary>The rejected values that are kept for repair; they come here from the log, where they were synced first.</summary>
public sealed class RejectStore
{
    private readonly Database database;
    private readonly int kept;

    public RejectStore(Database database, TelemetryOptions options)
    {
        (this.database, kept) = (database, options.RejectsKept);
        database.Migrate(
            "telemetry.rejects",
            """
            CREATE TABLE reject (
                id INTEGER PRIMARY KEY, at INTEGER NOT NULL, channel TEXT NOT NULL, thing TEXT, property TEXT,
                reason TEXT NOT NULL, detail TEXT NOT NULL, payload TEXT NOT NULL)
            """,
            "CREATE INDEX reject_by_thing ON reject (thing, id)");
    }

    /// <summary>The newest first; at most <paramref name="limit"/> of them, older than <paramref name="before"/>.</summary>
    public IReadOnlyList<RejectItem> List(RejectFilter filter, long before, int limit) => database.Read(store => store.Query<Row>(
        """
        SELECT id, at, channel, thing, property, reason, detail, payload FROM reject
        WHERE id < @before AND (@Reason IS NULL OR reason = @Reason) AND (@Thing IS NULL OR thing = @Thing) AND (@Channel IS NULL OR channel = @Channel)
        ORDER BY id DESC LIMIT @limit
        """,
        new { before, limit, filter.Reason, filter.Thing, filter.Channel }).Select(row => row.ToItem()).ToList());

    /// <summary>Adds rejects within the checkpoint's transaction, and removes the oldest beyond the limit.</summary>
    internal void Store(SqliteConnection store, SqliteTransaction transaction, IEnumerable<CommittedBatch> batches)
    {
        foreach (var (stamp, batch) in batches.Where(each => each.Batch.Rejected.Count > 0))
        {
            Store(store, transaction, stamp, batch);
        }

        store.Execute("DELETE FROM reject WHERE id <= (SELECT id FROM reject ORDER BY id DESC LIMIT 1 OFFSET @kept)", new { kept }, transaction);
    }

    // Those that are there already stay as they are.
    private static void Store(SqliteConnection store, SqliteTransaction transaction, long id, IntakeBatch batch)
    {
        foreach (var reject in batch.Rejected)
        {
            store.Execute(
                """
                INSERT INTO reject (id, at, channel, thing, property, reason, detail, payload)
                VALUES (@id, @Arrived, @Channel, @Thing, @Property, @Reason, @Detail, @Payload) ON CONFLICT DO NOTHING
                """,
                new { id, batch.Arrived, batch.Channel, reject.Thing, reject.Property, reject.Reason, reject.Detail, reject.Payload },
                transaction);
            id++;
        }
    }

    private sealed record Row(
        long Id, long At, string Channel, string? Thing, string? Property, string Reason, string Detail, string Payload)
    {
        public RejectItem ToItem() => new(Id, Instant.ToTime(At), Channel, Thing, Property, Reason, Detail, Payload);
    }
}
