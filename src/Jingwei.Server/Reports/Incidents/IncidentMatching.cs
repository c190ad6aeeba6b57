using System.Collections.Concurrent;
using Dapper;
using Jingwei.Server.Access;
using Jingwei.Server.Telemetry;
using Jingwei.Text.Likeness;

namespace Jingwei.Server.Reports.Incidents;

/// <summary>An incident that a report may be about.</summary>
/// <param name="Report">Its report that is most alike.</param>
/// <param name="Likeness">How alike that one is.</param>
/// <param name="Support">The scores of all its reports that were found, summed: of two incidents that one report may be about, the one that more speaks for.</param>
internal readonly record struct IncidentCandidate(Incident Incident, long Report, LikenessScore Likeness, double Support);

/// <summary>Finds the incidents that a report may be about, by likeness with their reports. One writer; anybody may ask.</summary>
internal sealed class IncidentMatching(Database database, IncidentBook book, IncidentTypes types, Parties parties, Lazy<LikenessModel> model) : IDisposable
{
    // An incident is known by its first reports and by its newest ones, which speak of what became of it.
    private const int FirstReports = 2;
    private const int NewestReports = 4;

    // Reports that are looked at for one: some of them belong to the same incident.
    internal const int Neighbours = 24;

    private readonly ConcurrentDictionary<(string Type, string Tenant, bool Exercise), LikenessIndex> indexes = new();
    private readonly ConcurrentDictionary<long, long> incidentOf = new();
    private readonly ConcurrentDictionary<long, Indexed> ofIncident = new();

    /// <summary>From which likeness on a report is joined to an incident of the type, and from which on that is proposed.</summary>
    public (double Merge, double Propose) Bars(string type)
    {
        var match = types.Find(type)?.Type.Match;
        var merge = match?.Merge ?? model.Value.SameFrom(LikenessTask.Event);
        return (merge, match?.Propose ?? merge / 2);
    }

    /// <summary>Reads the profiles of all incidents in memory, the oldest first.</summary>
    public void Load() => database.Read(store =>
    {
        var rows = store.Query<ProfileRow>(
            $"""
            SELECT report.seq, incident, profile FROM report JOIN report_profile ON report_profile.seq = report.seq
            WHERE incident IN (SELECT id FROM incident WHERE {IncidentBook.Held}) ORDER BY report.seq
            """,
            new { oldest = book.Oldest },
            buffered: false);
        foreach (var row in rows)
        {
            if (Standing(row.Incident, book.Find) is { } incident && Read(row.Profile) is { } profile)
            {
                Add(incident, row.Seq, profile);
            }
        }

        return true;
    });

    /// <summary>Lets an incident be known by one more report.</summary>
    public void Add(Incident incident, long report, ReportProfile profile)
    {
        var index = IndexOf(incident.Type, incident.Party, incident.Exercise);
        var mine = ofIncident.GetOrAdd(incident.Id, _ => new Indexed());
        lock (mine)
        {
            incidentOf[report] = incident.Id;
            index.Set(report, profile);
            if (mine.First.Count < FirstReports)
            {
                mine.First.Add(report);
                return;
            }

            mine.Newest.Enqueue(report);
            if (mine.Newest.Count > NewestReports && mine.Newest.TryDequeue(out var oldest))
            {
                Take(index, oldest);
            }
        }
    }

    /// <summary>An incident is not known by a report any more: it was moved.</summary>
    public void Remove(Incident incident, long report)
    {
        if (ofIncident.TryGetValue(incident.Id, out var mine))
        {
            lock (mine)
            {
                mine.First.Remove(report);
                mine.Newest = new(mine.Newest.Where(each => each != report));
                Take(IndexOf(incident.Type, incident.Party, incident.Exercise), report);
            }
        }
    }

    /// <summary>Forgets incidents that ended long ago.</summary>
    public void Forget(IEnumerable<long> incidents)
    {
        foreach (var id in incidents)
        {
            if (ofIncident.TryRemove(id, out var mine))
            {
                foreach (var report in mine.First.Concat(mine.Newest))
                {
                    incidentOf.TryRemove(report, out _);
                    foreach (var index in indexes.Values)
                    {
                        index.Remove(report);
                    }
                }
            }
        }
    }

    /// <summary>The incidents most like a report, the best first; those whose last report is too long ago are left out.</summary>
    /// <param name="at">When the report was made.</param>
    /// <param name="find">Incidents as they stand, those that are being written included.</param>
    public IReadOnlyList<IncidentCandidate> Candidates(string type, string party, bool exercise, ReportProfile profile, long at, Func<long, Incident?> find)
    {
        var within = Instant.Of(types.Find(type)?.Type.Match.Within ?? ReportLimits.Kept);
        return
        [
            .. Like(type, party, exercise, profile, find).Where(candidate => candidate.Incident.Last >= at - within && candidate.Incident.First <= at + within),
        ];
    }

    /// <summary>The incidents most like a report, of whatever time.</summary>
    public IReadOnlyList<IncidentCandidate> Like(string type, string party, bool exercise, ReportProfile profile, Func<long, Incident?> find)
    {
        var found = new List<IncidentCandidate>();
        foreach (var neighbour in IndexOf(type, party, exercise).Nearest(profile, Neighbours))
        {
            if (incidentOf.TryGetValue(neighbour.Id, out var id) && Standing(id, find) is { } incident)
            {
                var at = found.FindIndex(each => each.Incident.Id == incident.Id);
                if (at < 0)
                {
                    found.Add(new(incident, neighbour.Id, neighbour.Score, neighbour.Score.Score));
                }
                else
                {
                    found[at] = found[at] with { Support = found[at].Support + neighbour.Score.Score };
                }
            }
        }

        return found;
    }

    public LikenessScore Compare(ReportProfile one, ReportProfile other) => model.Value.Compare(one, other, LikenessTask.Event);

    /// <summary>Reads a kept profile; null for one of a version that this program does not read.</summary>
    public static ReportProfile? Read(byte[] profile)
    {
        try
        {
            return ReportProfile.Read(profile);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        foreach (var index in indexes.Values)
        {
            index.Dispose();
        }
    }

    // What an incident became a part of stands for it.
    private static Incident? Standing(long id, Func<long, Incident?> find)
    {
        var incident = find(id);
        for (var step = 0; incident?.Merged is { } into && step < FirstReports + NewestReports; step++)
        {
            incident = find(into);
        }

        return incident;
    }

    private void Take(LikenessIndex index, long report)
    {
        index.Remove(report);
        incidentOf.TryRemove(report, out _);
    }

    // Tenants share nothing, so their reports are not compared.
    private LikenessIndex IndexOf(string type, string party, bool exercise) =>
        indexes.GetOrAdd((type, Tenant(party), exercise), _ => new LikenessIndex(model.Value, LikenessTask.Event));

    private string Tenant(string party) =>
        parties.PathOf(party).Text.Split('/', StringSplitOptions.RemoveEmptyEntries) is [_, var tenant, ..] ? tenant : Parties.Root;

    private sealed class Indexed
    {
        public List<long> First { get; } = [];

        public Queue<long> Newest { get; set; } = new();
    }

    private sealed record ProfileRow(long Seq, long Incident, byte[] Profile);
}
