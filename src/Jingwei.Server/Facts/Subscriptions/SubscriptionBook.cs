using System.Text.Json;
using Dapper;
using Jingwei.Server.Access;
using Jingwei.Server.Facts.Capture;
using Jingwei.Server.Facts.Queries;
using Jingwei.Server.Facts.Rest;

namespace Jingwei.Server.Facts.Subscriptions;

/// <summary>All subscriptions and how far each got. They go with their query.</summary>
internal sealed class SubscriptionBook
{
    private readonly Database database;

    // The queries' table is there before this one.
    public SubscriptionBook(Database database, NamedQueries queries)
    {
        this.database = database;
        _ = queries;
        database.Migrate(
            "facts.subscriptions",
            """
            CREATE TABLE fact_subscription (
                id TEXT PRIMARY KEY, party TEXT NOT NULL, query TEXT NOT NULL, kind INTEGER NOT NULL, subscriber TEXT NOT NULL, dest TEXT NOT NULL, signature_token TEXT,
                report_if_empty INTEGER NOT NULL, schedule TEXT, digital_links INTEGER NOT NULL, initial_record_time INTEGER, created INTEGER NOT NULL, last_notified INTEGER,
                position INTEGER NOT NULL, together INTEGER NOT NULL, due INTEGER NOT NULL, failures INTEGER NOT NULL, fault TEXT,
                FOREIGN KEY (party, query) REFERENCES fact_query (party, name) ON DELETE CASCADE);
            CREATE INDEX fact_subscription_query ON fact_subscription (party, query, id);
            CREATE INDEX fact_subscription_due ON fact_subscription (due);
            """,
            "ALTER TABLE fact_subscription RENAME COLUMN digital_links TO epc_format");
    }

    public long Count => database.Read(store => store.ExecuteScalar<long>("SELECT count(*) FROM fact_subscription"));

    public Subscription? Find(string party, string query, string id) => database.Read(store => store.QueryFirstOrDefault<Row>(
        "SELECT * FROM fact_subscription WHERE id = @id AND party = @party AND query = @query", new { id, party, query }))?.ToSubscription();

    /// <summary>In the order of their making.</summary>
    public IReadOnlyList<Subscription> After(string party, string query, string? id, int most) => [.. database.Read(store => store.Query<Row>(
        "SELECT * FROM fact_subscription WHERE party = @party AND query = @query AND id > @after ORDER BY id LIMIT @most",
        new { party, query, after = id ?? "", most }).AsList()).Select(row => row.ToSubscription())];

    /// <summary>Those that are to be asked by now, those first that are farthest behind: their time has come, or for those of no schedule, there are events that they have not looked at.</summary>
    public IReadOnlyList<Subscription> DueAt(DateTimeOffset now, ulong newest) => [.. database.Read(store => store.Query<Row>(
        "SELECT * FROM fact_subscription WHERE due <= @now AND (schedule IS NOT NULL OR position < @newest) ORDER BY position",
        new { now = now.ToUnixTimeMilliseconds(), newest = (long)newest }).AsList()).Select(row => row.ToSubscription())];

    public void Add(Subscription added) => database.Write((store, transaction) => store.Execute(
        """
        INSERT INTO fact_subscription VALUES (@Id, @Party, @Query, @Kind, @Subscriber, @Dest, @Signature_Token, @Report_If_Empty, @Schedule, @Epc_Format, @Initial_Record_Time,
            @Created, @Last_Notified, @Position, @Together, @Due, @Failures, @Fault)
        """,
        Row.Of(added),
        transaction));

    /// <summary>Notes how far it got; nothing where it was taken away meanwhile.</summary>
    public void Update(Subscription changed) => database.Write((store, transaction) => store.Execute(
        """
        UPDATE fact_subscription SET last_notified = @Last_Notified, position = @Position, together = @Together, due = @Due, failures = @Failures, fault = @Fault WHERE id = @Id
        """,
        Row.Of(changed),
        transaction));

    /// <summary>Takes it away; false where there is none.</summary>
    public bool Remove(string party, string query, string id) => database.Write((store, transaction) => store.Execute(
        "DELETE FROM fact_subscription WHERE id = @id AND party = @party AND query = @query", new { id, party, query }, transaction)) == 1;

    private sealed record Row(
        string Id, string Party, string Query, long Kind, string Subscriber, string Dest, string? Signature_Token, long Report_If_Empty, string? Schedule, long Epc_Format,
        long? Initial_Record_Time, long Created, long? Last_Notified, long Position, long Together, long Due, long Failures, string? Fault)
    {
        public static Row Of(Subscription each) => new(
            each.Id, each.Party, each.Query, (long)each.Subscriber.Kind, each.Subscriber.Id, each.Dest, each.SignatureToken, each.ReportIfEmpty ? 1 : 0,
            each.Schedule is null ? null : JsonSerializer.Serialize(each.Schedule, Capturing.JobJson), (long)each.Format, each.InitialRecordTime?.ToUnixTimeMilliseconds(),
            each.Created.ToUnixTimeMilliseconds(), each.LastNotified?.ToUnixTimeMilliseconds(), (long)each.Position, each.Together, each.Due.ToUnixTimeMilliseconds(), each.Failures, each.Fault);

        public Subscription ToSubscription()
        {
            var schedule = Schedule is null ? null : JsonSerializer.Deserialize<QuerySchedule>(Schedule, Capturing.JobJson);
            schedule?.Fault();
            return new(
                Id, Party, Query, new((CallerKind)Kind, Subscriber, Subscriber, []), Dest, Signature_Token, Report_If_Empty != 0, schedule, (EpcFormat)Epc_Format, At(Initial_Record_Time),
                At(Created)!.Value, At(Last_Notified), (ulong)Position, (int)Together, At(Due)!.Value, (int)Failures, Fault);
        }

        private static DateTimeOffset? At(long? milliseconds) => milliseconds is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
    }
}
