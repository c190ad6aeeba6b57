using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Dapper;
using Jingwei.Server.Access;
using Jingwei.Server.Packs.Model;
using Jingwei.Server.Telemetry;
using Microsoft.Data.Sqlite;

namespace Jingwei.Server.Reports.Incidents;

/// <summary>Every incident that is open, and those that ended of late: in memory, stored before it is seen.</summary>
internal sealed class IncidentBook : IDisposable
{
    /// <summary>SQL for the incidents that are held in memory: those that are open, and those that ended after `@oldest`.</summary>
    internal const string Held = "(closed IS NULL AND merged IS NULL) OR last >= @oldest";

    private readonly Database database;
    private readonly TimeProvider time;
    private readonly ConcurrentDictionary<long, Incident> byId = new();
    private readonly ConcurrentDictionary<string, long> byCase = new(StringComparer.Ordinal);
    private readonly IncidentPast past = new();
    private readonly Lock gate = new();
    private long version;

    public IncidentBook(Database database, TimeProvider time, ReportIntake intake)
    {
        // The intake makes the tables.
        ArgumentNullException.ThrowIfNull(intake);
        (this.database, this.time) = (database, time);
        Load();
    }

    /// <summary>Held by whoever changes incidents, from when he reads them until they are remembered: one at a time.</summary>
    public SemaphoreSlim Changing { get; } = new(1);

    /// <summary>Each incident as it stands after a change, once that is on disk.</summary>
    public Feed<Incident> Changes { get; } = new();

    public ICollection<Incident> All => byId.Values;

    /// <summary>Another number after every change.</summary>
    public long Version => Interlocked.Read(ref version);

    public Incident? Find(long id) => byId.GetValueOrDefault(id);

    public Incident? OfCase(string @case) => byCase.TryGetValue(@case, out var id) ? Find(id) : null;

    /// <summary>Before it what ended is let go, in microseconds since 1970.</summary>
    public long Oldest => Instant.Of(time.GetUtcNow() - ReportLimits.Kept);

    /// <summary>Looks at how incidents stood in the past; nothing changes meanwhile.</summary>
    public T Look<T>(Func<IncidentPast, T> look)
    {
        lock (gate)
        {
            return look(past);
        }
    }

    /// <summary>Writes incidents as they stand now, within a transaction. <see cref="RememberAsync"/> is called once it is committed.</summary>
    public void Write(SqliteConnection store, SqliteTransaction transaction, IReadOnlyCollection<Incident> incidents, long at)
    {
        using var upsert = new PreparedStatement(store, transaction,
            """
            INSERT INTO incident (id, "case", type, party, region, exercise, title, lon, lat, first, last, reports, facts, risk, parts, severity, closed, merged)
            VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
            ON CONFLICT (id) DO UPDATE SET region = $4, title = $6, lon = $7, lat = $8, first = $9, last = $10, reports = $11, facts = $12, risk = $13, parts = $14,
                severity = $15, closed = $16, merged = $17
            """);
        using var span = new PreparedStatement(store, transaction,
            "INSERT INTO incident_span (incident, at, region, severity, risk, open) VALUES ($0, $1, $2, $3, $4, $5) ON CONFLICT DO UPDATE SET region = $2, severity = $3, risk = $4, open = $5");
        foreach (var each in incidents)
        {
            upsert.Run(
                each.Id, each.Case, each.Type, each.Party, each.Region, each.Exercise, each.Title, each.Position?.Lon, each.Position?.Lat, each.First, each.Last,
                each.Reports, JsonSerializer.Serialize(each.Facts.Values), each.Risk, JsonSerializer.Serialize(each.Parts), Stored(each), each.Closed, each.Merged);
            if (Differs(each))
            {
                span.Run(each.Id, Since(each, at), each.Region, (int)each.Severity, each.Risk, each.IsOpen);
            }
        }
    }

    /// <summary>Shows what was written, and tells whoever follows.</summary>
    public async Task RememberAsync(IReadOnlyCollection<Incident> incidents, long at, CancellationToken cancellation)
    {
        lock (gate)
        {
            foreach (var each in incidents)
            {
                past.Tell(each, Since(each, at));
                byId[each.Id] = each;
                byCase[each.Case] = each.Id;
            }
        }

        Interlocked.Increment(ref version);
        foreach (var each in incidents)
        {
            await Changes.PublishAsync(each, cancellation);
        }
    }

    /// <summary>Shows incidents of the past that were written, each as it stood from when it was opened until it was closed.</summary>
    public void Recall(IReadOnlyCollection<(Incident Incident, long Opened)> incidents)
    {
        lock (gate)
        {
            foreach (var (incident, opened) in incidents)
            {
                past.Tell(incident with { Closed = null }, opened);
                past.Tell(incident, incident.Closed ?? opened);
                byId[incident.Id] = incident;
                byCase[incident.Case] = incident.Id;
            }
        }

        Interlocked.Increment(ref version);
    }

    /// <summary>Changes incidents, on disk and then in memory.</summary>
    /// <param name="beside">What else the transaction writes.</param>
    public async Task ChangeAsync(IReadOnlyCollection<Incident> incidents, CancellationToken cancellation, Action<SqliteConnection, SqliteTransaction>? beside = null)
    {
        var at = Instant.Of(time.GetUtcNow());
        database.Write((store, transaction) =>
        {
            Write(store, transaction, incidents, at);
            beside?.Invoke(store, transaction);
        });
        await RememberAsync(incidents, at, cancellation);
    }

    /// <summary>Lets go what ended long ago; it stays in the store.</summary>
    public IReadOnlyList<(long Id, string Case)> Forget()
    {
        var oldest = Oldest;
        var gone = byId.Values.Where(each => !each.IsOpen && (each.Closed ?? each.Last) < oldest).Select(each => (each.Id, each.Case)).ToList();
        lock (gate)
        {
            past.Forget(oldest);
            foreach (var (id, @case) in gone)
            {
                byId.TryRemove(id, out _);
                byCase.TryRemove(@case, out _);
            }
        }

        return gone;
    }

    public void Dispose() => Changing.Dispose();

    // Severity and who set it in one number: those by hand are negative.
    private static int Stored(Incident incident) => incident.SeverityByHand ? -1 - (int)incident.Severity : (int)incident.Severity;

    // An incident of which the first report came late was there before anybody here knew of it: what comes late corrects the past.
    private long Since(Incident incident, long at) => byId.ContainsKey(incident.Id) ? at : Math.Min(at, incident.First);

    private bool Differs(Incident next) => byId.GetValueOrDefault(next.Id) is not { } before ||
        before.IsOpen != next.IsOpen || before.Severity != next.Severity || before.Region != next.Region || (int)before.Risk != (int)next.Risk;

    private void Load()
    {
        var oldest = Oldest;
        var rows = database.Read(store => store.Query<Row>(
            $"""
            SELECT id, "case" AS "Case", type, party, region, exercise, title, lon, lat, first, last, reports, facts, risk, parts, severity, closed, merged
            FROM incident WHERE {Held} ORDER BY id DESC LIMIT @Incidents
            """,
            new { oldest, ReportLimits.Incidents }).AsList());
        var moments = database.Read(store => store.Query<MomentRow>(
            """
            SELECT incident, reported_at AS At, source_kind AS SourceKind, source, weight, official, about FROM report
            WHERE incident IS NOT NULL AND reported_at >= @oldest ORDER BY reported_at DESC
            """,
            new { oldest }).ToLookup(moment => moment.Incident));
        foreach (var row in rows)
        {
            var incident = row.ToIncident() with { Moments = [.. moments[row.Id].Take(ReportLimits.Moments).Select(each => each.ToMoment())] };
            byId[incident.Id] = incident;
            byCase[incident.Case] = incident.Id;
        }

        var spans = database.Read(store => store.Query<SpanRow>(
            $"SELECT incident, at, region, severity, risk, open FROM incident_span WHERE incident IN (SELECT id FROM incident WHERE {Held}) ORDER BY at, incident", new { oldest }).AsList());
        foreach (var span in spans)
        {
            if (byId.TryGetValue(span.Incident, out var incident))
            {
                past.Tell(incident with { Region = span.Region, Severity = (Band)span.Severity, Risk = span.Risk, Closed = span.Open != 0 ? null : span.At, Merged = null }, span.At);
            }
        }

        past.Forget(oldest);
    }

    private sealed record SpanRow(long Incident, long At, string Region, long Severity, double Risk, long Open);

    private sealed record MomentRow(long Incident, long At, string SourceKind, string Source, double? Weight, long? Official, string? About)
    {
        public ReportMoment ToMoment() => new(At, (float)(Weight ?? 0), ReportMoment.KeyOf(SourceKind, Source), Official is 1, About);
    }

    private sealed record Row(
        long Id, string Case, string Type, string Party, string Region, long Exercise, string Title, double? Lon, double? Lat, long First, long Last, long Reports,
        string Facts, double Risk, string Parts, long Severity, long? Closed, long? Merged)
    {
        public Incident ToIncident() => new(
            Id, Case, Type, Party, Region, Exercise != 0, Title, LonLat.Of(Lon, Lat), First, Last, (int)Reports,
            JsonSerializer.Deserialize<Statement[]>(Facts)!.ToImmutableSortedDictionary(each => each.Fact, each => each, StringComparer.Ordinal),
            Risk, JsonSerializer.Deserialize<ImmutableArray<RiskContribution>>(Parts), (Band)(Severity < 0 ? -1 - Severity : Severity), Closed, Merged)
        {
            SeverityByHand = Severity < 0,
        };
    }
}
