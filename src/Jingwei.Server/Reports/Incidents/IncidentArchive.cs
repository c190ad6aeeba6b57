using System.Text.Json;
using System.Text.RegularExpressions;
using Dapper;
using Jingwei.Server.Access;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Reports.Settling;
using Jingwei.Server.Telemetry;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Reports.Incidents;

/// <summary>An incident of the past that another system handled.</summary>
/// <param name="Number">As that system knew it; none that looks like a number of ours.</param>
/// <param name="Severity">red to blue.</param>
public sealed record ArchivedIncident(
    string? Number, string? Title, string? Text, string? Region, LonLat? Position, Band? Severity, DateTimeOffset? Opened, DateTimeOffset? Closed, string? Party, string? Type);

/// <summary>What loading an archive came to.</summary>
public sealed record ArchiveAnswer(int Incidents, int Taken, int Duplicates, IReadOnlyList<string> Bad);

/// <summary>Loads incidents of the past: they stand on the map's past, and what is like them is found; no case is made of them.</summary>
internal sealed partial class IncidentArchive(
    Database database, IncidentBook book, IncidentMatching matching, IncidentScoring scoring, IncidentTypes types, ReportReading reading, Regions regions, TimeProvider time) : IDisposable
{
    /// <summary>Incidents in one request.</summary>
    public const int Most = 5000;

    private const int MostFaults = 100;

    // One archive at a time: the numbers of the next begin where those of this one end.
    private readonly SemaphoreSlim loading = new(1);

    public async Task<ArchiveAnswer> LoadAsync(Caller caller, IReadOnlyList<ArchivedIncident> archive, Func<string, string, bool> may, CancellationToken cancellation)
    {
        var faults = new List<string>();
        var checkedOnes = archive.Select((each, place) => (each, Fault: FaultOf(each, may), place)).ToList();
        faults.AddRange(checkedOnes.Where(each => each.Fault is not null).Select(each => $"[{each.place}]: {each.Fault}"));
        if (faults.Count > 0)
        {
            return new(archive.Count, 0, 0, [.. faults.Take(MostFaults)]);
        }

        await loading.WaitAsync(cancellation);
        try
        {
            return await TakeAsync(caller, archive);
        }
        finally
        {
            loading.Release();
        }
    }

    public void Dispose() => loading.Dispose();

    // What was begun is ended, though nobody may wait for the answer any more.
    private async Task<ArchiveAnswer> TakeAsync(Caller caller, IReadOnlyList<ArchivedIncident> archive)
    {
        var fresh = archive.DistinctBy(each => each.Number).Where(each => book.OfCase(each.Number!) is null && !IsKept(each.Number!)).ToList();
        var kept = Keep(caller, fresh);
        KillPoint.Reach("archive-kept");
        var readings = await reading.ReadAsync([.. kept.Select(each => each.Row)], CancellationToken.None);
        Archived[] read = [.. readings.Select((each, place) => Judge(each, kept[place].Id, fresh[place]))];
        await book.Changing.WaitAsync(CancellationToken.None);
        try
        {
            database.Write((store, transaction) => Write(store, transaction, read));
            book.Recall([.. read.Select(each => (each.Incident, Instant.Of(each.Given.Opened!.Value)))]);
            foreach (var each in read)
            {
                matching.Add(each.Incident, each.Reading.Row.Seq, each.Reading.Profile);
            }
        }
        finally
        {
            book.Changing.Release();
        }

        return new(archive.Count, fresh.Count, archive.Count - fresh.Count, []);
    }

    private string? FaultOf(ArchivedIncident each, Func<string, string, bool> may)
    {
        var type = TypeOf(each);
        return type is null ? "type: a kind of incidents of a pack in force"
            : each.Number is not { Length: > 0 and <= 64 } || !Number().IsMatch(each.Number) || Ours().IsMatch(each.Number) ? "number: 1 to 64 letters, digits, points and hyphens, and none as ours are (2026-000001)"
            : each.Title is not { Length: > 0 and <= ReportLimits.Title } ? $"title: 1 to {ReportLimits.Title} characters"
            : each.Text is { Length: > ReportLimits.Text } ? $"text: at most {ReportLimits.Text} characters"
            : each.Severity is null or Band.Green ? "severity: red, orange, yellow or blue"
            : each.Opened is not { } opened || each.Closed is not { } closed || opened > closed || closed > time.GetUtcNow() ? "opened, closed: two times that are over, in their order"
            : each.Region is not null && regions.Find(each.Region) is null ? $"region: there is no region {each.Region}"
            : each.Position is { IsOnEarth: false } ? "position: lon is -180 to 180, lat is -90 to 90"
            : !may(each.Party ?? Parties.Root, each.Region ?? Regions.Root) ? "party, region: none that you may configure"
            : null;
    }

    private IncidentType? TypeOf(ArchivedIncident each) => each.Type is null ? types.All.FirstOrDefault() : types.Find(each.Type)?.Type;

    private bool IsKept(string number) => database.Read(store => store.ExecuteScalar<long>("SELECT count(*) FROM incident WHERE \"case\" = @number", new { number })) > 0;

    // What was said of it is a report as any other: it can be read, and compared. It may be there already, where a load was cut off behind this.
    private List<(ReportRow Row, long Id)> Keep(Caller caller, List<ArchivedIncident> archive) => database.Write((store, transaction) =>
    {
        var least = store.ExecuteScalar<long>("SELECT min(0, coalesce(min(id), 0)) FROM incident", transaction: transaction);
        using var insert = new PreparedStatement(store, transaction,
            """
            INSERT INTO report (id, type, party, region, home, scope, channel, source_kind, source, title, text, reported_at, received_at, lon, lat, external, exercise, actor, state)
            VALUES ($0, $1, $2, $3, $4, $4, $5, $6, '', $7, $8, $9, $10, $11, $12, $13, 0, $14, 2)
            ON CONFLICT (type, party, channel, source, external) WHERE external IS NOT NULL
                DO UPDATE SET region = $3, home = $4, scope = $4, title = $7, text = $8, reported_at = $9, received_at = $10, lon = $11, lat = $12, actor = $14
            RETURNING seq
            """);
        using var original = new PreparedStatement(store, transaction, "INSERT INTO report_original (seq, media_type, body) VALUES ($0, 'application/json', $1) ON CONFLICT DO UPDATE SET body = $1");
        var now = Instant.Of(time.GetUtcNow());
        return archive.Select((each, place) =>
        {
            var type = TypeOf(each)!;
            var (id, home, at) = (Ulid.New(time.GetUtcNow()), each.Region ?? Regions.Root, Instant.Of(each.Opened!.Value));
            var (party, text) = (each.Party ?? Parties.Root, each.Text ?? each.Title!);
            var seq = (long)insert.Scalar(
                id, type.Id, party, each.Region, home, (int)ReportChannel.Upload, type.Source, each.Title, text, at, now, each.Position?.Lon, each.Position?.Lat, $"archive/{each.Number}", caller.Actor)!;
            original.Run(seq, JsonSerializer.SerializeToUtf8Bytes(each, JsonSerializerOptions.Web));
            var row = new ReportRow(
                seq, id, type.Id, party, each.Region, home, home, (long)ReportChannel.Upload, type.Source, "", each.Title!, text, at, now, each.Position?.Lon, each.Position?.Lat, null,
                $"archive/{each.Number}", null, 0, caller.Actor, (long)ReportState.SetAside, null, null, null, null, null, null);
            return (row, least - 1 - place);
        }).ToList();
    });

    private Archived Judge(ReadReport reading, long id, ArchivedIncident given)
    {
        var type = TypeOf(given)!;
        var evidence = ReportEvidence.Of(reading, type.SourceKind(type.Source)!);
        var (opened, closed) = (Instant.Of(given.Opened!.Value), Instant.Of(given.Closed!.Value));
        var incident = scoring.Score(evidence.Begin() with { Id = id, Case = given.Number!, Severity = given.Severity!.Value, SeverityByHand = true }, 0, opened);
        return new(reading, evidence, incident with { Closed = closed, Last = closed }, given);
    }

    private void Write(SqliteConnection store, SqliteTransaction transaction, Archived[] archive)
    {
        using var report = new PreparedStatement(store, transaction,
            "UPDATE report SET state = 1, structure = $1, about = $2, scope = coalesce($2, scope), weight = $3, official = $4, incident = $5, how = $6 WHERE seq = $0");
        using var profile = new PreparedStatement(store, transaction, "INSERT INTO report_profile (seq, profile) VALUES ($0, $1)");
        book.Write(store, transaction, [.. archive.Select(each => each.Incident with { Closed = null })], long.MaxValue);
        foreach (var each in archive)
        {
            var seq = each.Reading.Row.Seq;
            report.Run(seq, each.Reading.Structure.ToJson(), each.Evidence.Moment.Region, each.Evidence.Moment.Weight, each.Evidence.Moment.Official, each.Incident.Id, (int)Joining.Began);
            profile.Run(seq, each.Reading.Profile.ToBytes());
        }

        store.Execute(
            "UPDATE incident SET closed = @Closed WHERE id = @Id; INSERT INTO incident_span (incident, at, region, severity, risk, open) VALUES (@Id, @Closed, @Region, @severity, @Risk, 0)",
            archive.Select(each => new { each.Incident.Closed, each.Incident.Id, each.Incident.Region, severity = (int)each.Incident.Severity, each.Incident.Risk }),
            transaction);
    }

    [GeneratedRegex("^[\\p{L}\\p{Nd}.-]+$")]
    private static partial Regex Number();

    [GeneratedRegex("^[0-9]{4}-[0-9]+$")]
    private static partial Regex Ours();

    private sealed record Archived(ReadReport Reading, ReportEvidence Evidence, Incident Incident, ArchivedIncident Given);
}
