using Dapper;
using Jingwei.Server.Telemetry;

namespace Jingwei.Server.Reports.Feeds;

/// <summary>The feeds that are read, and what became of them.</summary>
internal sealed class FeedBook
{
    private const string Columns =
        """
        id, name, url, type, party, region, source_kind AS SourceKind, every, reports, disabled, tag, modified, next, last, fault, failures, entries, taken, duplicates, warnings, refused, format
        """;

    // Problems of the last readings, that somebody may look at.
    private const int MostProblems = 100;

    private readonly Database database;
    private readonly TimeProvider time;

    public FeedBook(Database database, TimeProvider time)
    {
        (this.database, this.time) = (database, time);
        database.Migrate(
            "reports.feeds",
            """
            CREATE TABLE feed (
                id TEXT PRIMARY KEY, name TEXT NOT NULL, url TEXT NOT NULL, type TEXT NOT NULL, party TEXT NOT NULL, region TEXT NOT NULL, source_kind TEXT NOT NULL, every INTEGER NOT NULL,
                reports INTEGER NOT NULL, disabled INTEGER NOT NULL, tag TEXT, modified TEXT, next INTEGER NOT NULL, last INTEGER, fault TEXT, failures INTEGER NOT NULL,
                entries INTEGER NOT NULL, taken INTEGER NOT NULL, duplicates INTEGER NOT NULL, warnings INTEGER NOT NULL, refused INTEGER NOT NULL);
            CREATE TABLE feed_problem (position INTEGER PRIMARY KEY AUTOINCREMENT, feed TEXT NOT NULL, at INTEGER NOT NULL, problem TEXT NOT NULL);
            CREATE INDEX feed_problem_feed ON feed_problem (feed, position);
            """,
            "ALTER TABLE feed ADD COLUMN format TEXT");
    }

    /// <summary>Told after a feed was added or changed.</summary>
    public event Action? Changed;

    public IReadOnlyList<ReportFeed> All => database.Read(store => store.Query<ReportFeed>($"SELECT {Columns} FROM feed ORDER BY id").AsList());

    public ReportFeed? Find(string id) => database.Read(store => store.QueryFirstOrDefault<ReportFeed>($"SELECT {Columns} FROM feed WHERE id = @id", new { id }));

    /// <summary>Feeds that are to be read now.</summary>
    public IReadOnlyList<ReportFeed> Due(long now) =>
        database.Read(store => store.Query<ReportFeed>($"SELECT {Columns} FROM feed WHERE disabled = 0 AND next <= @now ORDER BY next", new { now }).AsList());

    public long? NextDue() => database.Read(store => store.ExecuteScalar<long?>("SELECT min(next) FROM feed WHERE disabled = 0"));

    /// <summary>What was wrong lately, the newest first.</summary>
    public IReadOnlyList<(long At, string Problem)> Problems(string id) => database.Read(store =>
        store.Query<(long, string)>("SELECT at, problem FROM feed_problem WHERE feed = @id ORDER BY position DESC LIMIT @MostProblems", new { id, MostProblems }).AsList());

    /// <summary>Adds a feed, or puts it in place of the one with that id; it is read at once.</summary>
    public void Save(ReportFeed feed)
    {
        database.Write((store, transaction) => store.Execute(
            """
            INSERT INTO feed (id, name, url, type, party, region, source_kind, every, reports, disabled, next, failures, entries, taken, duplicates, warnings, refused)
            VALUES (@Id, @Name, @Url, @Type, @Party, @Region, @SourceKind, @Every, @Reports, @Disabled, @Next, 0, 0, 0, 0, 0, 0)
            ON CONFLICT (id) DO UPDATE SET name = @Name, url = @Url, type = @Type, party = @Party, region = @Region, source_kind = @SourceKind, every = @Every, reports = @Reports,
                disabled = @Disabled, next = @Next, tag = CASE WHEN url = @Url THEN tag END, modified = CASE WHEN url = @Url THEN modified END,
                format = CASE WHEN url = @Url THEN format END, fault = NULL, failures = 0
            """,
            feed,
            transaction));
        Changed?.Invoke();
    }

    /// <summary>Has a feed read as soon as the others allow; one that is switched off is not.</summary>
    public void Hurry(string id)
    {
        database.Write((store, transaction) => store.Execute("UPDATE feed SET next = @now WHERE id = @id", new { id, now = Instant.Of(time.GetUtcNow()) }, transaction));
        Changed?.Invoke();
    }

    public void Delete(string id) => database.Write((store, transaction) =>
        store.Execute("DELETE FROM feed_problem WHERE feed = @id; DELETE FROM feed WHERE id = @id", new { id }, transaction));

    /// <summary>Notes what a reading came to, and when the next one is: later after failures.</summary>
    public void Note(ReportFeed feed, FeedTurn turn)
    {
        var now = Instant.Of(time.GetUtcNow());
        var failures = turn.Fault is null ? 0 : feed.Failures + 1;
        // Twice as long after each failure, an hour at most.
        var pause = Math.Min(feed.Every * Math.Pow(2, Math.Min(failures, 10)), Math.Max(feed.Every, 3600));
        database.Write((store, transaction) =>
        {
            store.Execute(
                """
                UPDATE feed SET tag = coalesce(@Tag, tag), modified = coalesce(@Modified, modified), format = coalesce(@Format, format), next = @next, last = @now, fault = @Fault, failures = @failures,
                    entries = entries + @Entries, taken = taken + @Taken, duplicates = duplicates + @Duplicates, warnings = warnings + @Warnings, refused = refused + @Refused
                WHERE id = @Id
                """,
                new
                {
                    feed.Id,
                    turn.Tag,
                    turn.Modified,
                    turn.Format,
                    next = now + (long)(pause * Instant.PerSecond),
                    now,
                    turn.Fault,
                    failures,
                    turn.Entries,
                    turn.Taken,
                    turn.Duplicates,
                    turn.Warnings,
                    turn.Refused,
                },
                transaction);
            store.Execute(
                "INSERT INTO feed_problem (feed, at, problem) VALUES (@Id, @now, @problem)",
                turn.Problems.Concat(turn.Fault is null ? [] : [turn.Fault]).Take(MostProblems).Select(problem => new { feed.Id, now, problem }),
                transaction);
            store.Execute(
                "DELETE FROM feed_problem WHERE feed = @Id AND position <= (SELECT max(position) FROM feed_problem WHERE feed = @Id) - @MostProblems",
                new { feed.Id, MostProblems },
                transaction);
        });
    }
}
