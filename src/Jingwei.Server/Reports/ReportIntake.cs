using System.Threading.Channels;
using Dapper;
using Jingwei.Server.Access;
using Jingwei.Server.Telemetry;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Reports;

/// <summary>What a sender names a request by, so that repeating it does nothing more.</summary>
/// <param name="Request">SHA-256 of what was asked for: the same key with another request is refused.</param>
public sealed record ReportKey(string Actor, string Key, byte[] Request);

/// <summary>Takes reports in: what is acknowledged is on disk as it came, and is structured and matched after that.</summary>
public sealed class ReportIntake
{
    private static readonly TimeSpan AnswerAge = TimeSpan.FromHours(24);

    private readonly Database database;
    private readonly TimeProvider time;

    // One item says it all: look into the store.
    private readonly Channel<bool> arrived = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long waiting;

    public ReportIntake(Database database, TimeProvider time)
    {
        (this.database, this.time) = (database, time);
        database.Migrate("reports", ReportTables.Schema);
        waiting = database.Read(store => store.ExecuteScalar<long>("SELECT count(*) FROM report WHERE state = 0"));
    }

    /// <summary>Reports that are not structured yet.</summary>
    public long Waiting => Interlocked.Read(ref waiting);

    /// <summary>Has something to read when reports came.</summary>
    internal ChannelReader<bool> Arrived => arrived.Reader;

    /// <summary>Takes reports in; they are on disk when this returns. Those that came before are answered as duplicates.</summary>
    /// <param name="key">Of a single report, what the sender names his request by.</param>
    /// <returns>A receipt for each, in their order; null when the key came with another request.</returns>
    /// <exception cref="ReportsFullException">Too many wait already.</exception>
    public IReadOnlyList<ReportReceipt>? Receive(Caller caller, IReadOnlyList<NewReport> reports, ReportKey? key = null)
    {
        if (Waiting + reports.Count > ReportLimits.Waiting)
        {
            throw new ReportsFullException();
        }

        var receipts = database.Write((store, transaction) => Write(store, transaction, caller, reports, key));
        var added = receipts?.Count(receipt => !receipt.Duplicate) ?? 0;
        if (added > 0)
        {
            Interlocked.Add(ref waiting, added);
            arrived.Writer.TryWrite(true);
        }

        return receipts;
    }

    /// <summary>The oldest reports that wait, in the order of their arrival.</summary>
    internal IReadOnlyList<ReportRow> Next(int most) => database.Read(store =>
        store.Query<ReportRow>($"SELECT {ReportTables.Columns} FROM report WHERE state = 0 ORDER BY seq LIMIT @most", new { most }).AsList());

    internal void Settled(int count) => Interlocked.Add(ref waiting, -count);

    private List<ReportReceipt>? Write(SqliteConnection store, SqliteTransaction transaction, Caller caller, IReadOnlyList<NewReport> reports, ReportKey? key)
    {
        var now = Instant.Of(time.GetUtcNow());
        if (key is not null && Answered(store, transaction, key, now) is { } before)
        {
            return before.Request.AsSpan().SequenceEqual(key.Request) ? [new ReportReceipt(before.Report, true)] : null;
        }

        using var insert = new PreparedStatement(store, transaction,
            """
            INSERT INTO report (id, type, party, region, home, scope, channel, source_kind, source, title, text, reported_at, received_at, lon, lat, place, external, link, exercise, actor, state)
            VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, 0) ON CONFLICT DO NOTHING RETURNING seq
            """);
        using var original = new PreparedStatement(store, transaction, "INSERT INTO report_original (seq, media_type, body) VALUES ($0, $1, $2)");
        using var file = new PreparedStatement(store, transaction, "INSERT INTO report_file (seq, place, hash, name, media_type, bytes) VALUES ($0, $1, $2, $3, $4, $5)");
        var receipts = new List<ReportReceipt>(reports.Count);
        foreach (var report in reports)
        {
            var id = Ulid.New(time.GetUtcNow());
            var seq = insert.Scalar(
                id, report.Type, report.Party, report.Region, report.Home, report.Region ?? report.Home, (int)report.Channel, report.SourceKind, report.Source, report.Title, report.Text,
                Instant.Of(report.ReportedAt), now, report.Position?.Lon, report.Position?.Lat, report.Place, report.External, report.Link, report.Exercise, caller.Actor);
            if (seq is null)
            {
                receipts.Add(new ReportReceipt(Earlier(store, transaction, report), true));
                continue;
            }

            original.Run(seq, report.Original.MediaType, report.Original.Body);
            for (var place = 0; place < report.Files.Count; place++)
            {
                var each = report.Files[place];
                file.Run(seq, place, each.Hash, each.Name, each.MediaType, each.Bytes);
            }

            receipts.Add(new ReportReceipt(id, false));
        }

        if (key is not null)
        {
            Keep(store, transaction, key, receipts[0].Id, now);
        }

        return receipts;
    }

    private static string Earlier(SqliteConnection store, SqliteTransaction transaction, NewReport report) => store.ExecuteScalar<string>(
        "SELECT id FROM report WHERE type = @Type AND party = @Party AND channel = @Channel AND source = @Source AND external = @External", report, transaction)!;

    private static Answer? Answered(SqliteConnection store, SqliteTransaction transaction, ReportKey key, long now) => store.QueryFirstOrDefault<Answer>(
        "SELECT request, report FROM report_answer WHERE actor = @Actor AND key = @Key AND at > @oldest",
        new { key.Actor, key.Key, oldest = now - (AnswerAge.Ticks / TimeSpan.TicksPerMicrosecond) },
        transaction);

    private static void Keep(SqliteConnection store, SqliteTransaction transaction, ReportKey key, string report, long now)
    {
        store.Execute("DELETE FROM report_answer WHERE at <= @oldest", new { oldest = now - (AnswerAge.Ticks / TimeSpan.TicksPerMicrosecond) }, transaction);
        store.Execute(
            "INSERT INTO report_answer (actor, key, request, report, at) VALUES (@Actor, @Key, @Request, @report, @now)",
            new { key.Actor, key.Key, key.Request, report, now },
            transaction);
    }

    private sealed record Answer(byte[] Request, string Report);
}

/// <summary>So many reports wait that no more are taken in.</summary>
public sealed class ReportsFullException() : Exception($"More than {ReportLimits.Waiting} reports wait to be structured.");
