using Dapper;
using Jingwei.Server.Access;
using Jingwei.Server.Telemetry.Intake;
using Jingwei.Server.Telemetry.Journal;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Telemetry.Store;

/// <summary>Which rejects are asked for; what is null does not matter.</summary>
/// <param name="Text">Stands in the payload, the detail, the thing or the property; upper and lower case are alike.</param>
/// <param name="From">Arrived then or later.</param>
/// <param name="To">Arrived before.</param>
public sealed record RejectFilter(
    string? Reason = null, string? Thing = null, string? Channel = null, string? Property = null, string? Text = null,
    DateTimeOffset? From = null, DateTimeOffset? To = null);

/// <summary>A rejected value as it is kept.</summary>
/// <param name="Id">Its stamp in the log; grows with time.</param>
/// <param name="At">When it arrived, in microseconds since the epoch, UTC.</param>
internal sealed record KeptReject(long Id, long At, string Channel, Reject What, Origin? Origin);

/// <summary>Rejects of one reason and thing.</summary>
/// <param name="Replayable">Those of them that can be judged again.</param>
/// <param name="Newest">The newest one's number.</param>
internal sealed record RejectGroup(string Reason, string? Thing, long Count, long Replayable, long Newest);

/// <summary>The rejected values that are kept for repair; they come here from the log, where they were synced first.</summary>
public sealed class RejectStore
{
    private const string Columns = "id, at, channel, thing, property, reason, detail, payload, whole, publisher_kind AS publisherKind, publisher, precision";

    private const string Where =
        """
        (@Reason IS NULL OR reason = @Reason) AND (@Thing IS NULL OR thing = @Thing) AND (@Channel IS NULL OR channel = @Channel)
        AND (@Property IS NULL OR property = @Property) AND (@from IS NULL OR at >= @from) AND (@to IS NULL OR at < @to)
        AND (@Text IS NULL OR instr(lower(payload || char(10) || detail || char(10) || ifnull(thing, '') || char(10) || ifnull(property, '')), lower(@Text)) > 0)
        """;

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
            "CREATE INDEX reject_by_thing ON reject (thing, id)",
            // Those that were kept before have no publisher, so they cannot be judged again.
            """
            ALTER TABLE reject ADD COLUMN whole INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE reject ADD COLUMN publisher_kind INTEGER;
            ALTER TABLE reject ADD COLUMN publisher TEXT;
            ALTER TABLE reject ADD COLUMN precision TEXT;
            CREATE TABLE reject_gone (cause TEXT PRIMARY KEY, rejects INTEGER NOT NULL)
            """);
    }

    /// <summary>Rejects that are kept no more, though they stay counted: "expired" by number or age, "deleted" by people.</summary>
    public IReadOnlyDictionary<string, long> Gone => database.Read(store =>
        store.Query<(string Cause, long Rejects)>("SELECT cause, rejects FROM reject_gone").ToDictionary(row => row.Cause, row => row.Rejects, StringComparer.Ordinal));

    /// <summary>The highest number among the rejects; 0 when there are none.</summary>
    public long Newest => database.Read(store => store.ExecuteScalar<long?>("SELECT max(id) FROM reject")) ?? 0;

    /// <summary>The newest first; at most <paramref name="limit"/> of them, older than <paramref name="before"/>.</summary>
    internal IReadOnlyList<KeptReject> List(RejectFilter filter, long before, int limit) =>
        Select($"SELECT {Columns} FROM reject WHERE id < @id AND {Where} ORDER BY id DESC LIMIT @limit", filter, before, long.MaxValue, limit);

    /// <summary>The oldest first; at most <paramref name="limit"/> of them, after one number and up to another.</summary>
    internal IReadOnlyList<KeptReject> After(RejectFilter filter, long after, long until, int limit) =>
        Select($"SELECT {Columns} FROM reject WHERE id > @id AND id <= @until AND {Where} ORDER BY id LIMIT @limit", filter, after, until, limit);

    /// <summary>The reject of that number, or null when it is not kept any more.</summary>
    internal KeptReject? Find(long id) =>
        Select($"SELECT {Columns} FROM reject WHERE id = @id AND {Where} LIMIT @limit", new RejectFilter(), id, long.MaxValue, 1).FirstOrDefault();

    /// <summary>How many are kept, by reason and thing, with how many of them are kept whole and from whom, and the newest.</summary>
    internal IReadOnlyList<RejectGroup> Groups(RejectFilter filter) => database.Read(store => store.Query<(string Reason, string? Thing, long Count, long Replayable, long Newest)>(
        $"""
        SELECT reason, thing, count(*) AS count, sum(whole != 0 AND publisher IS NOT NULL) AS replayable, max(id) AS newest
        FROM reject WHERE {Where} GROUP BY reason, thing
        """,
        Parameters(filter)).Select(row => new RejectGroup(row.Reason, row.Thing, row.Count, row.Replayable, row.Newest)).ToList());

    /// <summary>Forgets rejects that people gave up; they stay counted.</summary>
    public void Delete(IReadOnlyCollection<long> ids) => database.Write((store, transaction) =>
        Gave(store, transaction, "deleted", ids.Sum(id => store.Execute("DELETE FROM reject WHERE id = @id", new { id }, transaction))));

    /// <summary>Forgets what arrived before a time, at most <paramref name="limit"/> of them; tells how many that were.</summary>
    /// <param name="before">Microseconds since the epoch, UTC.</param>
    public int Expire(long before, int limit) => database.Write((store, transaction) =>
    {
        var expired = store.Execute(
            "DELETE FROM reject WHERE id IN (SELECT id FROM reject WHERE at < @before ORDER BY id LIMIT @limit)", new { before, limit }, transaction);
        Gave(store, transaction, "expired", expired);
        return expired;
    });

    /// <summary>Gives rejects that were judged again and stay the reasons that they have now, and counts them so.</summary>
    /// <returns>Those that are still kept; one that was deleted meanwhile stays counted as it was.</returns>
    internal IReadOnlyList<(KeptReject Before, Reject Now)> Restate(IEnumerable<(KeptReject Before, Reject Now)> restated) =>
        database.Write((store, transaction) => restated.Where(each => Restate(store, transaction, each.Before, each.Now)).ToList());

    /// <summary>Adds rejects and takes out those that were judged again, within the checkpoint's transaction; removes the oldest beyond the limit.</summary>
    internal void Store(SqliteConnection store, SqliteTransaction transaction, IEnumerable<CommittedBatch> batches)
    {
        foreach (var (stamp, batch) in batches)
        {
            foreach (var (id, _) in batch.Replayed)
            {
                store.Execute("DELETE FROM reject WHERE id = @id", new { id }, transaction);
            }

            Store(store, transaction, stamp, batch);
        }

        Gave(store, transaction, "expired", store.Execute(
            "DELETE FROM reject WHERE id <= (SELECT id FROM reject ORDER BY id DESC LIMIT 1 OFFSET @kept)", new { kept }, transaction));
    }

    // Those that are there already stay as they are.
    private static void Store(SqliteConnection store, SqliteTransaction transaction, long id, IntakeBatch batch)
    {
        foreach (var reject in batch.Rejected)
        {
            store.Execute(
                """
                INSERT INTO reject (id, at, channel, thing, property, reason, detail, payload, whole, publisher_kind, publisher, precision)
                VALUES (@id, @At, @Channel, @Thing, @Property, @Reason, @Detail, @Payload, @IsWhole, @Kind, @Publisher, @Precision)
                ON CONFLICT DO NOTHING
                """,
                new
                {
                    id,
                    reject.At,
                    batch.Channel,
                    reject.Thing,
                    reject.Property,
                    reject.Reason,
                    reject.Detail,
                    reject.Payload,
                    reject.IsWhole,
                    batch.Origin?.Kind,
                    batch.Origin?.Publisher,
                    batch.Origin?.Precision,
                },
                transaction);
            id++;
        }
    }

    private static bool Restate(SqliteConnection store, SqliteTransaction transaction, KeptReject before, Reject now)
    {
        if (store.Execute("UPDATE reject SET reason = @Reason, detail = @Detail WHERE id = @Id", new { now.Reason, now.Detail, before.Id }, transaction) == 0)
        {
            return false;
        }

        Accounting.Add(store, transaction, before.Channel, before.What.Reason, -1);
        Accounting.Add(store, transaction, before.Channel, now.Reason, 1);
        return true;
    }

    private static void Gave(SqliteConnection store, SqliteTransaction transaction, string cause, int rejects)
    {
        if (rejects > 0)
        {
            store.Execute(
                "INSERT INTO reject_gone (cause, rejects) VALUES (@cause, @rejects) ON CONFLICT (cause) DO UPDATE SET rejects = rejects + excluded.rejects",
                new { cause, rejects },
                transaction);
        }
    }

    private List<KeptReject> Select(string sql, RejectFilter filter, long id, long until, int limit)
    {
        var parameters = Parameters(filter);
        parameters.AddDynamicParams(new { id, until, limit });
        return database.Read(store => store.Query<Row>(sql, parameters).Select(row => row.ToReject()).ToList());
    }

    private static DynamicParameters Parameters(RejectFilter filter) => new(new
    {
        filter.Reason,
        filter.Thing,
        filter.Channel,
        filter.Property,
        filter.Text,
        from = filter.From is { } from ? Instant.Of(from) : (long?)null,
        to = filter.To is { } to ? Instant.Of(to) : (long?)null,
    });

    private sealed record Row(
        long Id, long At, string Channel, string? Thing, string? Property, string Reason, string Detail, string Payload, long Whole,
        long? PublisherKind, string? Publisher, string? Precision)
    {
        public KeptReject ToReject() => new(
            Id, At, Channel, new Reject(Reason, Detail, Thing, Property, Payload, IsWhole: Whole != 0),
            Publisher is null ? null : new Origin((CallerKind)PublisherKind!.Value, Publisher, Precision));
    }
}
